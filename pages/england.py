"""England: the state of the system on one screen, and straight to one's own area."""

import streamlit as st

from dashboard import areas, book, cards, choosers, data, parts, reader, state, story
from dashboard.model import ENGLAND

view = reader.view()
build = view.build
headlines = state.headlines(build)
ids = [metric.id for metric in headlines]
own = data.newest(build, ids, [view.area.code]) if view.area else []
known = story.lines(headlines, build.newest[ENGLAND], data.sparks(build, ENGLAND), build.spreads)

with st.container(key="home"):
    parts.heading(
        "Special educational needs and disabilities in England",
        f"{story.lead(known)} {areas.invitation(view)}",
    )
    with st.container(key="chooser"):
        choosers.choose_area(view)
parts.html(cards.html(view, data.newest(build, ids, [ENGLAND]), own))
parts.html(story.html(view, known))
with st.container(key="below"):
    choosers.choose(
        "Metric shown on the map and in the chart",
        "metric",
        state.titles(build),
        view.metric.id,
    )
parts.tile_map(view, with_table=True)
parts.chart(book.england(view), key="england")
st.html(areas.sources_note(view))
