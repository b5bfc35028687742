"""The templates of pages: plain values in, escaped by the engine, HTML out.

A template stands beside what fills it: `bodies/templates/money.html.j2`. Whatever is a plain `str`
is escaped where it is shown; HTML that a function of `draw` has made arrives as `Markup`. The
functions and filters below are there in every template.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup, escape

from dashboard.draw import table
from dashboard.words import phrases as words

__all__ = ["Markup", "render_template"]

BETWEEN_TAGS = re.compile(r"(?:(?<=>)|(?<=%\}))(\s*\n\s*)(?=<|\{%)")
INDENTATION = re.compile(r"\n[ \t]+")


class _Compact(Extension):
    """A reader is sent no indentation, and no line break between a tag and the next.

    Line breaks become comments, so that an error still names the line of the file.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - the engine's own signature
        """The source without what only its author needs."""
        return INDENTATION.sub("\n", BETWEEN_TAGS.sub(r"{#\1#}", source))


def render_template(name: str, **values: object) -> str:
    """The HTML of a template, named from the folder `dashboard`.

    It is a plain `str`, as all HTML between the layers is: a template that is given it needs `Markup`.

    Raises:
        jinja2.UndefinedError: the template asks for a value that was not given.
        jinja2.TemplateNotFound: there is no such file.
    """
    return ENVIRONMENT.get_template(name).render(values)


def _as_markup(draw: Callable[..., str]) -> Callable[..., Markup]:
    """A function of `draw` whose HTML a template takes as it is."""
    return lambda *args, **options: Markup(draw(*args, **options))  # noqa: S704 - HTML already


def _join(parts: Iterable[str]) -> Markup:
    """Words or links in a row, each escaped unless it is HTML: a, b and c."""
    return Markup(words.joined([str(escape(part)) for part in parts]))  # noqa: S704 - escaped above


def _day(day: date) -> str:
    """1 April 2020."""
    return f"{day.day} {day:%B %Y}"


FUNCTIONS: dict[str, Any] = {
    "link": _as_markup(table.link),
    "link_outside": _as_markup(table.outside),
    "table": _as_markup(table.table),
}
FILTERS: dict[str, Any] = {
    "capital": words.capital,
    "counted": words.counted,
    "day": _day,
    "join_words": _join,
    "period": words.period,
}


def _make_environment() -> Environment:
    """The engine with the few functions and filters that templates may use."""
    made = Environment(
        autoescape=True,
        auto_reload=False,
        extensions=[_Compact],
        loader=FileSystemLoader(Path(__file__).parents[1]),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    made.globals.update(FUNCTIONS)
    made.filters.update(FILTERS)
    return made


ENVIRONMENT = _make_environment()
