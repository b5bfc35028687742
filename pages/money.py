"""Money: what an area is given for high needs, what it spends and on what, and its balance."""

from dashboard.bodies import money_story, topic_sections
from dashboard.charts import money as money_charts
from dashboard.charts import of_topic
from dashboard.store.analyses import load_indices
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("money", "Money", "topic", 1, "area", "area=E10000016")
view = reader.get_view()
choosers.choose_area_and_comparator(view)
components.show_heading(
    PAGE.title, money_story.render_money_lead(view.area), above=of_topic.name_area(view.area)
)
components.show_html(topic_sections.render_topic_contents(money_charts.PAGE, money_story.FIRST))
for notice in topic_sections.list_topic_notices(view):
    components.show_notice(notice)
components.show_html(money_story.render_findings_of_area(view))
components.show_html(money_story.render_money_head())
story = {
    "money-block": money_charts.build_block_and_spending(view),
    "money-balance": money_charts.build_balance(view),
}
components.show_panels(story, money_story.PANELS, money_story.describe_years(view))
for section in of_topic.list_sections(money_charts.PAGE):
    components.show_topic(view, section)
    if section.id == "around":
        components.show_html(money_story.render_money_outcomes(view, load_indices(view.build)))
components.show_topic_foot(view, money_charts.PAGE)
