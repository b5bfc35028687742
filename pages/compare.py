"""Chosen local authorities side by side, on the metrics of one topic."""

import streamlit as st

from dashboard import areas, frame, parts, state

view = frame.view()
parts.heading(
    "Compare local authorities",
    "Choose up to twelve local authorities and a topic. "
    "The address of this page keeps your choice, so you can send it to someone else.",
)
codes = [area.code for area in view.areas]
frame.choose_areas("Local authorities", state.names(view.build, view.areas), codes)
if view.areas:
    metrics = state.of_topic(view.build, view.topic)
    titles = {metric.id: metric.title for metric in metrics}
    shown = state.within(view, metrics)
    with st.container(key="choosers", horizontal=True):
        frame.choose("Topic", "topic", state.topics(view.build), view.topic)
        frame.choose("Metric in the chart", "metric", titles, shown.metric.id)
        if len(shown.metric.breakdowns) > 1:
            frame.choose("Group", "breakdown", state.groups(shown.metric), shown.breakdown)
    parts.comparison(view, metrics)
    parts.areas_trend(shown, key="trends")
st.html(areas.ready_made(view))
