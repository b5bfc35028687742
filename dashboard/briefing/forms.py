"""The forms a briefing can have, by the ending of a file's name; each is made only when asked."""

from dataclasses import dataclass
from importlib import import_module

from dashboard.briefing.model import Briefing
from dashboard.draw import safe

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its name, what browsers call it, and the module that makes it."""

    name: str
    mime: str
    module: str


FORMS = {
    "pptx": Form("PowerPoint", f"{OFFICE}.presentationml.presentation", "deck"),
    "docx": Form("Word", f"{OFFICE}.wordprocessingml.document", "document"),
    "pdf": Form("PDF", "application/pdf", "paper"),
    "xlsx": Form("Excel", f"{OFFICE}.spreadsheetml.sheet", "sheets"),
}


def render_file(briefing: Briefing, form: str) -> bytes:
    """The file of a briefing.

    Its module is imported here, at the first download: what draws and writes documents takes a
    second to load, which no page should wait for.

    Raises:
        KeyError: there is no such form (see FORMS).
    """
    return import_module(f"dashboard.briefing.{FORMS[form].module}").render(briefing)


def filename(area: str, recipe: str, against: str, build: str) -> str:
    """Area, recipe, comparator and build, in letters that any computer takes; without an ending."""
    return safe.make_slug(f"send briefing {area} {recipe} {against} {build}")
