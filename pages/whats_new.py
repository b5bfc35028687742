"""What is new: what the newest build added, revised and withdrawn, and for one area each figure."""

from dashboard.bodies import whats_new
from dashboard.store.provenance import find_changes, is_first_build, load_revisions
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("whats-new", "What is new", "reference", 5)
view = reader.get_view()
build, area = view.build, view.area
since = find_changes(build)
choosers.choose_area_alone(view)
components.show_heading(
    PAGE.title, whats_new.render_whats_new_lead(view, since, is_first=is_first_build(build))
)
if since:
    components.show_html(whats_new.render_publications(since))
    components.show_html(whats_new.render_changed_metrics(view, since))
    revised = load_revisions(build, area.code) if area else []
    components.show_html(whats_new.render_revisions(view, area, since, revised))
components.show_html(whats_new.render_releases(view))
