"""Money: what an area is given for high needs, what it spends and on what, and its balance."""

import streamlit as st

from dashboard import (
    choosers,
    data,
    money,
    money_charts,
    parts,
    reader,
    topic_charts,
    topics,
)

view = reader.view()
with st.container(key="choosers", horizontal=True):
    choosers.choose_area(view)
    choosers.choose_comparator(view)
parts.heading("Money", money.lead(view.area), above=topic_charts.title(view.area))
parts.html(topics.contents(money_charts.PAGE, money.FIRST))
for notice in topics.notices(view):
    parts.notice(notice)
parts.html(money.findings(view))
parts.html(money.HEAD)
story = {
    "money-block": money_charts.block_and_spending(view),
    "money-balance": money_charts.balance(view),
}
parts.panels(story, money.PANELS, money.remarks(view))
for section in topic_charts.sections(money_charts.PAGE):
    parts.topic(view, section)
    if section.id == "around":
        parts.html(money.outcomes(view, data.indices(view.build)))
parts.topic_foot(view, money_charts.PAGE)
