"""Money: what an area is given for high needs, what it spends and on what, and its balance."""

import streamlit as st

from dashboard.bodies import money_story, topic_sections
from dashboard.charts import money as money_charts
from dashboard.charts import of_topic
from dashboard.store import data
from dashboard.web import choosers, components, reader

view = reader.view()
with st.container(key="choosers", horizontal=True):
    choosers.choose_area(view)
    choosers.choose_comparator(view)
components.heading("Money", money_story.lead(view.area), above=of_topic.title(view.area))
components.html(topic_sections.contents(money_charts.PAGE, money_story.FIRST))
for notice in topic_sections.notices(view):
    components.notice(notice)
components.html(money_story.findings(view))
components.html(money_story.head())
story = {
    "money-block": money_charts.block_and_spending(view),
    "money-balance": money_charts.balance(view),
}
components.panels(story, money_story.PANELS, money_story.remarks(view))
for section in of_topic.sections(money_charts.PAGE):
    components.topic(view, section)
    if section.id == "around":
        components.html(money_story.outcomes(view, data.indices(view.build)))
components.topic_foot(view, money_charts.PAGE)
