"""Health and care: waits by integrated care board, designated officers, social care groups."""

from dashboard.bodies import health, scorecard, topic_sections
from dashboard.charts import of_topic
from dashboard.charts import waits as waits_chart
from dashboard.store.figures import list_newest_figures
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("health-and-care", "Health and care", "topic", 4, "area", "area=E06000064")
view = reader.get_view()
choosers.choose_area_and_comparator(view)
components.show_heading(
    PAGE.title, health.render_lead(view.area), above=of_topic.name_area(view.area)
)
components.show_html(topic_sections.render_topic_contents(health.PAGE, health.FIRST))
for notice in topic_sections.list_topic_notices(view):
    components.show_notice(notice)
components.show_html(health.render_boards(view))
components.show_chart(waits_chart.build_waits(view), key="health-waits")
if view.area:
    boards = {code: list_newest_figures(view.build, code) for code in waits_chart.list_boards(view)}
    components.show_html(
        scorecard.draw_board_tables(view, view.area, boards) + health.render_source(view)
    )
else:
    components.show_html(topic_sections.render_measures(view, health.build_national_section()))
for section in of_topic.list_sections(health.PAGE):
    components.show_topic(view, section)
    if section.id == "officers":
        components.show_html(health.render_officers(view))
components.show_topic_foot(view, health.PAGE, health.list_other_metrics(view))
