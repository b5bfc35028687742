"""One chart alone, for a page of another site: its title, its source, its licence, its link.

`embed=true` is Streamlit's own, and hides what Streamlit puts around a page; `chart=` names the
chart, as the book has it.
"""

from html import escape

import streamlit as st

from dashboard.charts import registry
from dashboard.charts.model import ChartModel
from dashboard.domain import choices
from dashboard.domain.choices import View
from dashboard.draw.screen import bars
from dashboard.web import components, reader

PARAMETER = "chart"
NO_FIGURES = (
    "There are no figures for it with these choices: some charts need a local authority, "
    "some a metric that is a number."
)


def show(view: View) -> None:
    """Draw the chart that the address names, or say why there is none."""
    name = st.query_params.get(PARAMETER, "")
    for note in reader.list_notes(view):
        components.show_notice(escape(note))
    model = find_chart(view, name)
    if model is None:
        st.html(_explain_absence(view, name))
    else:
        components.show_html(components.render_chart_head(model, 1))
        _draw(view, name, model)
    components.show_html(_render_foot(view, model))


def find_chart(view: View, name: str) -> ChartModel | None:
    """The chart of that name; nothing where there is none, or none for these choices."""
    if name not in registry.CHARTS:
        return None
    if name in registry.OF_MANY:
        return registry.build_chart(name, view)
    return (
        None
        if view.metric.is_category
        else registry.build_chart(name, choices.put_area_at_level(view))
    )


def _draw(view: View, name: str, model: ChartModel) -> None:
    """As the pages draw it: every area as a list, the map as asked for, the rest as charts."""
    if name not in {"ranking", "map"}:
        components.show_picture(model, name)
        return

    def link(code: str) -> str:
        stay = f"&embed=true&{PARAMETER}={name}"
        return "" if view.metric.is_nhs else f"{view.link('metric', area=code)}{stay}"

    if name == "ranking":
        components.show_html(bars.render_bars(model, link))
    else:
        components.draw_map(view, model, link)
    components.show_html(components.render_below_chart(model))


def _explain_absence(view: View, name: str) -> str:
    """Why there is no chart of that name for these choices."""
    if name in registry.CHARTS:
        why = registry.describe_no_funnel(view) if name == "funnel" else NO_FIGURES
        return (
            f'<div class="chart-head"><h1>This chart cannot be drawn</h1></div><p>{escape(why)}</p>'
        )
    return (
        f'<div class="chart-head"><h1>There is no chart called “{escape(choices.shorten(name))}”'
        "</h1></div>"
        f"<p>The charts are: {escape(', '.join(registry.CHARTS))}.</p>"
    )


def _render_foot(view: View, model: ChartModel | None) -> str:
    address = model.permalink if model and model.permalink else view.link("metric")
    return (
        '<footer class="foot"><p>From '
        f'<a href="{escape(address)}" target="_blank" rel="noopener">SEND System Health</a>, '
        f"where the choices can be changed. Build {escape(view.build.id)}.</p></footer>"
    )
