"""Alternative provision: its five outcomes, who is in it, and the way in."""

from dashboard.bodies import alternative, topic_sections
from dashboard.charts import of_topic
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("alternative-provision", "Alternative provision", "topic", 3, "area", "area=E10000016")
view = reader.view()
choosers.choose_area_and_comparator(view)
components.heading(PAGE.title, alternative.lead(view.area), above=of_topic.title(view.area))
for notice in topic_sections.notices(view):
    components.notice(notice)
components.html(alternative.outcomes())
for section in of_topic.sections(alternative.PAGE):
    components.topic(view, section)
components.topic_foot(view, alternative.PAGE)
