"""How to use the data elsewhere: the API, the files, a chart on another page. Pure."""

from html import escape
from urllib.parse import urlsplit

from dashboard.charts import registry
from dashboard.charts.model import LICENCE
from dashboard.domain.choices import View
from dashboard.draw.table import link

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

COPY = '<pre class="copy" tabindex="0" role="region" aria-label="Text to copy"><code>'


def section(view: View, address: str) -> str:
    """Where the figures can be had and how a chart is embedded; address is this page's own."""
    return f"""<h2 id="use-the-data">Use the data</h2>
<dl class="facts">
<dt>For programs</dt><dd>{link("/api", "The API")} answers with every figure, area, metric and
source as JSON or CSV; {link("/api/openapi.json", "openapi.json")} describes it. No key is
needed.</dd>
<dt>All of it</dt><dd>{link("/api/datapackage.json", "datapackage.json")} says what each file and
each column of the build means; the files are Parquet tables under <code>/api/files/</code>.</dd>
<dt>Examples</dt><dd>Two programs in the folder <code>examples</code> of the repository compare
areas through the API and read the files.</dd>
<dt>On your own page</dt><dd>Any chart can stand alone, with its title, source, licence and link.
Copy this, and choose the chart and what it shows in the address:
{COPY}{_frame(view, address)}</code></pre>
Charts: {_charts()}. The rest of the address is as on the pages, such as
<code>area=E10000016</code> and <code>against=region</code>.</dd>
<dt>What to write beside it</dt><dd>The publisher and the release, as the source line has them, and
“{LICENCE}”.</dd>
</dl>"""


def _frame(view: View, address: str) -> str:
    parts = urlsplit(address)
    host = f"{parts.scheme}://{parts.netloc}/" if parts.netloc else "/"
    shown = view.link("metric", metric=view.metric.id, breakdown=view.breakdown)
    source = f"{host}{shown}&chart=trend&embed=true"
    title = f"{view.metric.title}, over time"
    return escape(
        f'<iframe src="{escape(source)}" title="{escape(title)}" width="100%" height="640" '
        'loading="lazy" style="border:0"></iframe>'
    )


def _charts() -> str:
    return "; ".join(
        f"<code>{name}</code>, {CHARTS[name]}" if name in CHARTS else f"<code>{name}</code>"
        for name in registry.CHARTS
    )
