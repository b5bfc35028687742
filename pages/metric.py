"""One metric: every area ranked, the trend, the definition and the source."""

import streamlit as st

from dashboard import (
    areas,
    book,
    catalogue,
    choosers,
    comparators,
    data,
    figures,
    parts,
    reader,
    state,
)

view = reader.view()
build, metric = view.build, view.metric

with st.container(key="choosers", horizontal=True):
    choosers.choose("Metric", "metric", state.titles(build), metric.id)
    if len(metric.breakdowns) > 1:
        choosers.choose("Group", "breakdown", state.groups(metric), view.breakdown)
    choosers.choose_area(view)
    if not metric.is_nhs:
        choosers.choose_comparator(view)
parts.heading(
    metric.title, catalogue.lead(view), above=f"{metric.topic_title}{figures.group(view)}"
)
if metric.is_nhs and view.area:
    parts.notice(areas.health(view, view.area))
view = state.at_level(view)
found = data.ranking(build, metric.id, view.breakdown)
said = parts.key_figures(view)


def show_trend() -> None:
    """The metric over time, beside the group where it is not too many, else what it counts."""
    group = comparators.group(view)
    few = group and 0 < len(group.members) <= state.MOST_IN_GROUP
    is_beside = view.area and view.area.is_current and few
    left, right = st.columns([11, 9], gap="large")
    with left:
        parts.chart(book.trend(view), key="trend")
    with right:
        if is_beside:
            parts.chart(book.beside(view), key="beside")
        else:
            st.html(catalogue.definition(view))
    if is_beside or said:
        parts.html(figures.meaning(said, catalogue.definition(view) if is_beside else ""))


if metric.is_category:
    st.html(figures.by_label(view, found))
    st.html(catalogue.definition(view))
else:
    show_trend()
    parts.distribution(view, found)
    parts.ranking(view, found)
    parts.tile_map(view)
    parts.funnel(view)
