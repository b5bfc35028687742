"""England: the state of the system on one screen, and straight to one's own area."""

import streamlit as st

from dashboard.bodies import areas, cards, story
from dashboard.charts import registry
from dashboard.domain import choices
from dashboard.domain.records import ENGLAND
from dashboard.store.figures import load_series, select_newest_figures
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("", "England", "main", 1, picture="area=E10000016")
view = reader.get_view()
build = view.build
headlines = choices.list_headlines(build)
ids = [metric.id for metric in headlines]
own = select_newest_figures(build, ids, [view.area.code]) if view.area else []
lines = story.list_lines(
    headlines, build.newest[ENGLAND], load_series(build, ENGLAND), build.spreads
)

with st.container(key="home"):
    components.show_heading(
        "Special educational needs and disabilities in England",
        f"{story.describe_story(lines)} {areas.render_invitation(view)}",
    )
    choosers.choose_area_alone(view)
components.show_html(cards.render_cards(view, select_newest_figures(build, ids, [ENGLAND]), own))
components.show_html(story.render_story(view, lines))
with st.container(key="below"):
    choosers.choose(
        "Metric shown on the map and in the chart",
        "metric",
        choices.list_titles(build),
        view.metric.id,
    )
components.show_tile_map(view, with_table=True)
components.show_chart(registry.build_england(view), key="england")
st.html(areas.render_sources_note(view))
