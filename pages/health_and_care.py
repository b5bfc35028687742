"""Health and care: waits by integrated care board, designated officers, social care groups."""

from dashboard.bodies import health, scorecard, topic_sections
from dashboard.charts import of_topic
from dashboard.charts import waits as waits_chart
from dashboard.store.figures import list_newest_figures
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("health-and-care", "Health and care", "topic", 4, "area", "area=E06000064")
view = reader.view()
choosers.choose_area_and_comparator(view)
components.heading(PAGE.title, health.lead(view.area), above=of_topic.title(view.area))
components.html(topic_sections.contents(health.PAGE, health.FIRST))
for notice in topic_sections.notices(view):
    components.notice(notice)
components.html(health.boards(view))
components.chart(waits_chart.waits(view), key="health-waits")
if view.area:
    boards = {code: list_newest_figures(view.build, code) for code in waits_chart.boards_of(view)}
    components.html(scorecard.health(view, view.area, boards) + health.source(view))
else:
    components.html(topic_sections.measures(view, health.national()))
for section in of_topic.sections(health.PAGE):
    components.topic(view, section)
    if section.id == "officers":
        components.html(health.officers(view))
components.topic_foot(view, health.PAGE, health.also(view))
