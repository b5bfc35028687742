"""England: the headline metrics of each pillar, and straight to one's own area."""

import streamlit as st

from dashboard import areas, book, cards, data, frame, parts, state
from dashboard.model import ENGLAND

view = frame.view()
headlines = [metric.id for metric in state.headlines(view.build)]
own = data.newest(view.build, headlines, [view.area.code]) if view.area else []

parts.heading(
    "Special educational needs and disabilities in England",
    "The latest official figures, and how widely the 153 local authorities differ. "
    + areas.invitation(view),
)
with st.container(key="chooser"):
    frame.choose_area(view)
st.html(cards.KEY + cards.html(view, data.newest(view.build, headlines, [ENGLAND]), own))
parts.chart(book.england(view), key="trend")
parts.tile_map(view, with_table=True)
with st.container(key="below"):
    frame.choose(
        "Metric shown in the chart and on the map",
        "metric",
        state.titles(view.build),
        view.metric.id,
    )
st.html(areas.sources_note(view))
