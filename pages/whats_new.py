"""What is new: what the newest build added, revised and withdrawn, and for one area each figure."""

from dashboard.bodies import whats_new
from dashboard.store.provenance import find_changes, is_first_build, load_revisions
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("whats-new", "What is new", "reference", 5)
view = reader.view()
build, area = view.build, view.area
since = find_changes(build)
choosers.choose_area_alone(view)
components.heading(PAGE.title, whats_new.lead(view, since, is_first=is_first_build(build)))
if since:
    components.html(whats_new.publications(since))
    components.html(whats_new.metrics(view, since))
    revised = load_revisions(build, area.code) if area else []
    components.html(whats_new.area(view, area, since, revised))
components.html(whats_new.releases(view))
