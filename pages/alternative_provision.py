"""Alternative provision: its five outcomes, who is in it, and the way in."""

from dashboard.bodies import alternative, topic_sections
from dashboard.charts import of_topic
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("alternative-provision", "Alternative provision", "topic", 3, "area", "area=E10000016")
view = reader.get_view()
choosers.choose_area_and_comparator(view)
components.show_heading(
    PAGE.title, alternative.render_lead(view.area), above=of_topic.name_area(view.area)
)
for notice in topic_sections.list_topic_notices(view):
    components.show_notice(notice)
components.show_html(alternative.render_outcomes())
for section in of_topic.list_sections(alternative.PAGE):
    components.show_topic(view, section)
components.show_topic_foot(view, alternative.PAGE)
