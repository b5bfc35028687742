"""The templates of pages: plain values in, escaped by the engine, HTML out.

A template stands beside what fills it: `bodies/templates/money.html.j2`. Whatever is a plain `str`
is escaped where it is shown. Between the layers HTML is a plain `str`, and is marked where it goes
into a template. The functions and filters below are there in every template.
"""

import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

from dashboard.draw import table, table_cells
from dashboard.words import names
from dashboard.words.names import capitalise, name_licence, name_metric
from dashboard.words.numbers import NUMBERS, format_count, format_ordinal, format_value
from dashboard.words.periods import format_period
from dashboard.words.ranks import format_rank

BETWEEN_TAGS = re.compile(r"(?:(?<=>)|(?<=%\}))(\s*\n\s*)(?=<|\{%)")
LINE = re.compile(r"\s*\n\s*")
INDENTATION = re.compile(r"\n[ \t]+")


class _Compact(Extension):
    """A reader is sent no indentation, no line break between tags, and a space for any other.

    The lines are still counted, so that an error names the line of the file.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - the engine's own signature
        """The source without what only its author needs."""
        return INDENTATION.sub("\n", BETWEEN_TAGS.sub(r"{#\1#}", source))

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The parts of a template with one space where its author went to the next line."""
        for token in stream:
            is_text = token.type == "data"
            yield Token(token.lineno, "data", LINE.sub(" ", token.value)) if is_text else token


class _Template(Template):
    """A template that escapes in the fewest steps: a third of what a long table takes."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - the engine's own name
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """The template of some code, which calls `escape` of its own module for each value."""
        made = super().from_code(environment, code, globals, uptodate)
        cast("FunctionType", made.root_render_func).__globals__["escape"] = _escape
        return made


def _escape(value: object) -> str:
    """What is shown of a value: HTML as it is, and anything else escaped."""
    return value if type(value) is Markup else escape(str(value))


def render_template(name: str, **values: object) -> str:
    """The HTML of a template, named from the folder `dashboard`.

    Raises:
        jinja2.UndefinedError: the template asks for a value that was not given.
        jinja2.TemplateNotFound: there is no such file.
    """
    return ENVIRONMENT.get_template(name).render(values)


def render_macro(name: str, macro: str, *values: object) -> str:
    """The HTML of one of the pieces that a template defines, with its values in their order.

    A body of many small pieces has one file of macros.
    """
    return str(_find_macro(name, macro)(*values))


@cache
def _find_macro(name: str, macro: str) -> Callable[..., str]:
    return getattr(ENVIRONMENT.get_template(name).module, macro)


def mark_html(html: str) -> Markup:
    """HTML that `draw`, or a template, has made, for a template to take as it is."""
    return Markup(html)  # noqa: S704 - the one place where HTML is said to be HTML


def join_words(parts: Iterable[str]) -> Markup:
    """Words or links in a row, each escaped unless it is marked as HTML: a, b and c."""
    return mark_html(names.join_words([_escape(part) for part in parts]))


def _mark(draw: Callable[..., str]) -> Callable[..., Markup]:
    """A function of `draw` whose HTML a template takes as it is."""
    return lambda *values, **options: mark_html(draw(*values, **options))


def _format_day(day: date) -> str:
    """1 April 2020."""
    return f"{day.day} {day:%B %Y}"


FUNCTIONS: dict[str, Any] = {
    "link": _mark(table.render_link),
    "link_outside": _mark(table.render_outside_link),
    "name_metric": _mark(table_cells.render_name),
    "say_number": _mark(table_cells.render_number),
    "say_rank": format_rank,
    "say_value": format_value,
    "table": _mark(table.render_table),
    "title": name_metric,
}
FILTERS: dict[str, Any] = {
    "capital": capitalise,
    "counted": format_count,
    "day": _format_day,
    "join_words": join_words,
    "ordinal": format_ordinal,
    "licence": name_licence,
    "number_word": NUMBERS.__getitem__,
    "period": format_period,
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
    made.template_class = _Template
    made.globals.update(FUNCTIONS)
    made.filters.update(FILTERS)
    return made


ENVIRONMENT = _make_environment()
