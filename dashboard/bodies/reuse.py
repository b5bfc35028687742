"""How to use the data elsewhere: the API, the files, a chart on another page. Pure."""

from urllib.parse import urlsplit

from dashboard.charts import registry
from dashboard.charts.model import LICENCE
from dashboard.domain.choices import View
from dashboard.draw.templates import render_template

# What each chart shows, for who wants it on a page of their own.
CHARTS = {
    "trend": "the metric over time in the area beside its comparators",
    "england": "the metric over time in England",
    "trends": "the metric over time in several areas (areas=)",
    "ranking": "every area in order",
    "beside": "the area among those it is compared with",
    "funnel": "every area given its numbers of children",
    "map": "every local authority where it lies",
    "positions": "the area's rank on each headline metric",
    "outcomes-and-spending": "the two indices of every local authority",
}


def render_reuse(view: View, address: str) -> str:
    """Where the figures can be had and how a chart is embedded; address is this page's own."""
    parts = urlsplit(address)
    host = f"{parts.scheme}://{parts.netloc}/" if parts.netloc else "/"
    shown = view.link("metric", metric=view.metric.id, breakdown=view.breakdown)
    return render_template(
        "bodies/templates/reuse.html.j2",
        source=f"{host}{shown}&chart=trend&embed=true",
        title=f"{view.metric.title}, over time",
        charts=registry.CHARTS,
        meanings=CHARTS,
        licence=LICENCE,
    )
