"""Money: what an area is given for high needs, what it spends and on what, and its balance."""

import streamlit as st

from dashboard import data, frame, money, parts, topics

view = frame.view()
with st.container(key="choosers", horizontal=True):
    frame.choose_area(view)
    frame.choose_comparator(view)
parts.heading("Money", money.lead(view.area), above=topics.title(view.area))
parts.html(topics.contents(money.PAGE, money.FIRST))
for notice in topics.notices(view):
    parts.notice(notice)
parts.html(money.findings(view))
parts.html(money.HEAD)
story = {"money-block": money.block_and_spending(view), "money-balance": money.balance(view)}
parts.panels(story, money.PANELS, money.remarks(view))
for section in topics.sections(money.PAGE):
    parts.topic(view, section)
    if section.id == "around":
        parts.html(money.outcomes(view, data.indices(view.build)))
parts.topic_foot(view, money.PAGE)
