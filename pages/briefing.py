"""A whole briefing on one local authority for one audience: chosen, read, and taken away."""

from dashboard.bodies import areas
from dashboard.briefing import compose
from dashboard.domain.records import Area
from dashboard.web import briefing_builder, components, reader
from dashboard.web.site import Page

PAGE = Page("briefing", "Briefing", "main", 6, "area", "area=E10000016")
view = reader.get_view()
briefing_builder.choose(view)
components.show_heading(
    PAGE.title,
    "Choose a local authority and an audience, add your own commentary, and download the "
    "briefing as PowerPoint, Word, PDF or Excel. The address keeps your choice, but not your "
    "commentary.",
)


def show_briefing(area: Area) -> None:
    """The sections to choose, the downloads and the preview."""
    briefing_builder.choose_sections(view)
    briefing = compose.build_briefing(view, area, briefing_builder.get_site_address())
    briefing_builder.show_downloads(view, briefing)
    briefing_builder.show_briefing(briefing)


if view.area:
    show_briefing(view.area)
else:
    components.show_html(areas.render_directory(view))
