"""Health and care: waits by integrated care board, designated officers, social care groups."""

import streamlit as st

from dashboard import (
    choosers,
    data,
    health,
    parts,
    reader,
    scorecard,
    topic_charts,
    topics,
    waits_chart,
)

view = reader.view()
with st.container(key="choosers", horizontal=True):
    choosers.choose_area(view)
    choosers.choose_comparator(view)
parts.heading("Health and care", health.lead(view.area), above=topic_charts.title(view.area))
parts.html(topics.contents(health.PAGE, health.FIRST))
for notice in topics.notices(view):
    parts.notice(notice)
parts.html(health.HEAD + health.boards(view))
parts.chart(waits_chart.waits(view), key="health-waits")
if view.area:
    boards = {code: data.scorecard(view.build, code) for code in waits_chart.boards_of(view)}
    parts.html(scorecard.health(view, view.area, boards) + health.source(view))
else:
    parts.html(topics.measures(view, health.national()))
for section in topic_charts.sections(health.PAGE):
    parts.topic(view, section)
    if section.id == "officers":
        parts.html(health.officers(view))
parts.topic_foot(view, health.PAGE, health.also(view))
