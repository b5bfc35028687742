"""What is new: what the newest build added, revised and withdrawn, and for one area each figure."""

from dashboard.bodies import whats_new
from dashboard.store import data
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("whats-new", "What is new", "reference", 5)
view = reader.view()
build, area = view.build, view.area
since = data.since(build)
choosers.choose_area_alone(view)
components.heading(PAGE.title, whats_new.lead(view, since, is_first=data.is_first(build)))
if since:
    components.html(whats_new.publications(since))
    components.html(whats_new.metrics(view, since))
    revised = data.revisions(build, area.code) if area else []
    components.html(whats_new.area(view, area, since, revised))
components.html(whats_new.releases(view))
