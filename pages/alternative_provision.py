"""Alternative provision: its five outcomes, who is in it, and the way in."""

import streamlit as st

from dashboard.bodies import alternative, topic_sections
from dashboard.charts import of_topic
from dashboard.web import choosers, components, reader

view = reader.view()
with st.container(key="choosers", horizontal=True):
    choosers.choose_area(view)
    choosers.choose_comparator(view)
components.heading(
    "Alternative provision", alternative.lead(view.area), above=of_topic.title(view.area)
)
for notice in topic_sections.notices(view):
    components.notice(notice)
components.html(alternative.outcomes())
for section in of_topic.sections(alternative.PAGE):
    components.topic(view, section)
components.topic_foot(view, alternative.PAGE)
