"""Outcomes and spending: two indices for each local authority, beside one another."""

from dashboard.bodies import indices as value
from dashboard.charts import registry
from dashboard.store.analyses import load_index_parts, load_indices
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("outcomes-and-spending", "Outcomes and spending", "topic", 5, "area", "area=E10000016")
view = reader.view()
build, area = view.build, view.area
choosers.choose_area_alone(view)
components.heading(PAGE.title, value.LEAD, above=area.name if area else "England")
ranks, made = load_indices(build), load_index_parts(build)
if area:
    components.html(value.ranks(area, ranks, made))
if made:
    components.chart(registry.outcomes_and_spending(view), key="outcomes-and-spending")
    components.html(value.every_area(view, ranks))
    components.html(value.made_of(view, made))
