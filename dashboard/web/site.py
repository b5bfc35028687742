"""Which pages there are: each says of itself what it is, at the top of its own file."""

import ast
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from dashboard.domain.choices import View

NAME = "SEND System Health"
FOLDER = Path(__file__).parents[2] / "pages"
# Main pages and topics stand at the head of every page, what a reader looks up at its foot.
GROUPS = {"main": "Main pages", "topic": "In depth", "reference": "About this site"}
SUBJECTS = ("", "area", "metric")


class Page(NamedTuple):
    """What a page says of itself, as `PAGE = Page(...)` in its file, in plain values.

    Its tab in the browser names the `subject` first. Its small picture is taken with the choices
    of `picture`, and others with other choices, by what their names end in.
    """

    address: str
    title: str
    group: str
    position: int
    subject: str = ""
    picture: str = ""
    other_pictures: Mapping[str, str] = MappingProxyType({})
    is_in_readme: bool = False

    @property
    def file(self) -> str:
        """Its file in pages/, without the ending: named as its address is."""
        return self.address.replace("-", "_") or "england"

    def name_tab(self, view: View) -> str:
        """What the browser calls the page: what is looked at, the page, the site."""
        area = view.area.name if view.area else ""
        subject = {"area": area, "metric": view.metric.short_title}.get(self.subject)
        return " – ".join(filter(None, (subject, self.title, NAME)))


class PageError(Exception):
    """A page does not say what it is."""


def list_pages(folder: Path) -> tuple[Page, ...]:
    """The pages of a folder, in the order of their groups and of their positions in them."""
    pages = map(_read_page, sorted(folder.glob("[!_]*.py")))
    return tuple(sorted(pages, key=lambda page: ([*GROUPS].index(page.group), page.position)))


def _read_page(file: Path) -> Page:
    """What a page says of itself, read and not run: Streamlit runs it, anew for each reader.

    Raises:
        PageError: it says nothing, or what cannot be.
    """
    for line in ast.parse(file.read_text(encoding="utf-8")).body:
        match line:
            case ast.Assign(targets=[ast.Name("PAGE")], value=ast.Call() as call):
                return _check_page(file, call)
    raise PageError(f"{file}: found no PAGE, wanted PAGE = Page(address, title, ...) at its top")


def _check_page(file: Path, call: ast.Call) -> Page:
    """The page that is written in a file, where it is one there can be."""
    try:
        given = {each.arg or "": ast.literal_eval(each.value) for each in call.keywords}
        page = Page(*map(ast.literal_eval, call.args), **given)
    except (TypeError, ValueError) as e:
        raise PageError(f"{file}: PAGE is no Page of plain values: {e}") from e
    wanted = {page.file: [file.stem], page.group: GROUPS, page.subject: SUBJECTS}
    for value, allowed in wanted.items():
        if value not in allowed:
            raise PageError(f"{file}: PAGE has {value!r}, wanted one of {', '.join(allowed)}")
    return page


SITE = list_pages(FOLDER)
