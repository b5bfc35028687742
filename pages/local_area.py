"""One local authority: every metric beside its neighbours, its region and England."""

import streamlit as st

from dashboard import areas, book, data, frame, parts, scorecard, state
from dashboard.model import Area

view = frame.view()
build = view.build
with st.container(key="choosers", horizontal=True):
    frame.choose_area(view)
    frame.choose_comparator(view)


def show_area(area: Area) -> None:
    """The heading, the charts and the scorecard of one local authority."""
    figures = data.scorecard(build, area.code)
    parts.heading(
        area.name,
        areas.about_area(view, area, data.predecessors(build, area)),
        above=areas.kind(area, build.areas.get(area.region_code or "")),
    )
    for notice in areas.notices(view, area):
        parts.notice(notice)
    parts.signals(view, area)
    show_charts()
    with st.container(key="part"):
        frame.choose("Part of the scorecard", "part", state.PARTS, view.part)
    if view.part != "health":
        parts.scorecard(view, area, figures)
    if view.part in {"health", "all"}:
        show_health(area)
    st.html(areas.sources_note(view))


def show_health(area: Area) -> None:
    """What is published for the integrated care boards the local authority lies in."""
    boards = {code: data.scorecard(build, code) for code, _ in build.boards.get(area.code, ())}
    about = areas.health(view, area) or "No integrated care board is known for this area."
    st.html(f'<h2 class="pillar">Health services</h2><p>{about}</p>')
    st.html(scorecard.health(view, area, boards))


def show_charts() -> None:
    """Where the area ranks, unless it is never ranked, and one metric over time."""
    trend, ranks = st.container(), book.positions(view)
    if ranks:
        left, trend = st.columns(2, gap="large")
        with left:
            parts.chart(ranks, key="positions")
    with trend:
        parts.chart(book.trend(view), key="trend")
        frame.choose("Metric shown in this chart", "metric", state.titles(build), view.metric.id)


if view.area:
    show_area(view.area)
else:
    parts.heading("Local area", "Choose your local authority above, or from this list.")
    st.html(areas.directory(view))
