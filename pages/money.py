"""Money: what an area is given for high needs, what it spends and on what, and its balance."""

from dashboard.bodies import money_story, topic_sections
from dashboard.charts import money as money_charts
from dashboard.charts import of_topic
from dashboard.store.analyses import load_indices
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("money", "Money", "topic", 1, "area", "area=E10000016")
view = reader.view()
choosers.choose_area_and_comparator(view)
components.heading(PAGE.title, money_story.lead(view.area), above=of_topic.title(view.area))
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
        components.html(money_story.outcomes(view, load_indices(view.build)))
components.topic_foot(view, money_charts.PAGE)
