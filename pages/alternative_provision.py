"""Alternative provision: its five outcomes, who is in it, and the way in."""

import streamlit as st

from dashboard import alternative, frame, parts, topics

view = frame.view()
with st.container(key="choosers", horizontal=True):
    frame.choose_area(view)
    frame.choose_comparator(view)
parts.heading("Alternative provision", alternative.lead(view.area), above=topics.title(view.area))
for notice in topics.notices(view):
    parts.notice(notice)
parts.html(alternative.outcomes())
for section in topics.sections(alternative.PAGE):
    parts.topic(view, section)
parts.topic_foot(view, alternative.PAGE)
