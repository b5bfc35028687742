"""Outcomes and spending: two indices for each local authority, beside one another."""

from dashboard.bodies import indices as value
from dashboard.charts import registry
from dashboard.store.analyses import load_index_parts, load_indices
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("outcomes-and-spending", "Outcomes and spending", "topic", 5, "area", "area=E10000016")
view = reader.get_view()
build, area = view.build, view.area
choosers.choose_area_alone(view)
components.show_heading(PAGE.title, value.LEAD, above=area.name if area else "England")
ranks, made = load_indices(build), load_index_parts(build)
if area:
    components.show_html(value.render_ranks(area, ranks, made))
if made:
    components.show_chart(registry.outcomes_and_spending(view), key="outcomes-and-spending")
    components.show_html(value.render_every_area(view, ranks))
    components.show_html(value.render_made_of(view, made))
