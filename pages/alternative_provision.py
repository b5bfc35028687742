"""Alternative provision: its five outcomes, who is in it, and the way in."""

import streamlit as st

from dashboard import alternative, choosers, parts, reader, topic_charts, topics

view = reader.view()
with st.container(key="choosers", horizontal=True):
    choosers.choose_area(view)
    choosers.choose_comparator(view)
parts.heading(
    "Alternative provision", alternative.lead(view.area), above=topic_charts.title(view.area)
)
for notice in topics.notices(view):
    parts.notice(notice)
parts.html(alternative.outcomes())
for section in topic_charts.sections(alternative.PAGE):
    parts.topic(view, section)
parts.topic_foot(view, alternative.PAGE)
