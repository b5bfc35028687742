"""A whole briefing on one local authority for one audience: chosen, read, and taken away."""

from dashboard import areas, parts, reader
from dashboard.briefing import builder, compose
from dashboard.model import Area

view = reader.view()
builder.choose(view)
parts.heading(
    "Briefing",
    "Choose a local authority and an audience, add your own commentary, and download the "
    "briefing as PowerPoint, Word, PDF or Excel. The address keeps your choice, but not your "
    "commentary.",
)


def show_briefing(area: Area) -> None:
    """The sections to choose, the downloads and the preview."""
    builder.sections(view)
    briefing = compose.briefing(view, area, builder.site())
    builder.downloads(view, briefing)
    builder.show(briefing)


if view.area:
    show_briefing(view.area)
else:
    parts.html(areas.directory(view))
