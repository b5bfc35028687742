"""How figures are compared, printed from the methods' own words, so that it cannot drift. Pure."""

import inspect
import pkgutil
import re
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from textwrap import dedent
from types import ModuleType

import pipeline.methods
from dashboard.domain.choices import View
from dashboard.domain.records import Metric
from dashboard.draw.templates import mark_html, render_macro
from dashboard.words.names import capitalise
from pipeline.limits import LIMITS
from pipeline.signal_rule import BY_CHANCE, FURTHEST, TESTED

ORDER = ("intervals", "position", "groups", "change", "funnel", "exact", "usual", "signals")
HEADING = re.compile(r"^(\w+):$", re.MULTILINE)
KINDS = {
    "wilson": "A proportion: Wilson’s score method",
    "byar": "A rate or a count of events: Byar’s method, exact below ten",
    "difference": "A gap between two groups: the interval of the difference",
    "none": "No interval",
}

_render = partial(render_macro, "bodies/templates/methods.html.j2")


@dataclass(frozen=True, slots=True)
class Method:
    """One method in its own words: what its docstring says, by part."""

    name: str
    summary: str
    text: tuple[str, ...]
    parts: dict[str, str]

    @property
    def heading(self) -> str:
        """What it gives or says, without the verb and the full stop."""
        return _make_heading(self.summary)

    def paragraphs(self, heading: str) -> list[str]:
        """One part as paragraphs."""
        return _split_paragraphs(self.parts[heading])


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject: a module of methods, with what its docstring says to the reader."""

    name: str
    title: str
    text: tuple[str, ...]
    methods: tuple[Method, ...]


@cache
def list_subjects() -> tuple[Subject, ...]:
    """Every subject there is: those of the order first, any other after them by name."""
    found = [module.name for module in pkgutil.iter_modules(pipeline.methods.__path__)]
    ordered = [name for name in ORDER if name in found]
    ordered += sorted(set(found) - set(ordered))
    return tuple(_read_subject(import_module(f"pipeline.methods.{name}"), name) for name in ordered)


def parse_method(name: str, docstring: str) -> Method:
    """A method's docstring in its parts: summary, paragraphs, then sections by their heading."""
    start, *rest = HEADING.split(inspect.cleandoc(docstring))
    summary, *text = _split_paragraphs(start)
    parts = {
        heading: dedent(body.strip("\n")).strip()
        for heading, body in zip(rest[::2], rest[1::2], strict=True)
    }
    return Method(name, summary, tuple(text), parts)


def render_contents() -> str:
    """Every subject and its methods, each a way to its place on the page."""
    return _render("contents", list_subjects())


@cache
def render_methods() -> str:
    """Every subject with its methods, in their own words."""
    return _render("subjects", list_subjects(), mark_html(render_by_chance()))


def render_by_chance() -> str:
    """What the rule for what stands out lists where there is nothing to find, as simulated."""
    return _render("by_chance", BY_CHANCE, TESTED, FURTHEST)


def render_used_intervals(view: View) -> str:
    """Which metrics each way of making an interval is used for."""
    by_kind: dict[str, list[Metric]] = {kind: [] for kind in KINDS}
    for metric in view.build.metrics.values():
        by_kind[metric.interval].append(metric)
    return _render("used", view, [(KINDS[kind], metrics) for kind, metrics in by_kind.items()])


def render_limits() -> str:
    """The limits that decide what is said of a figure, each with its reason and its source."""
    return _render("limits", LIMITS.values())


def _read_subject(module: ModuleType, name: str) -> Subject:
    title, *text = _split_paragraphs(inspect.cleandoc(module.__doc__ or name))
    listed = [(each, getattr(module, each)) for each in getattr(module, "__all__", ())]
    methods = tuple(
        parse_method(each, found.__doc__)
        for each, found in listed
        if callable(found) and found.__doc__
    )
    return Subject(name, _make_heading(title), tuple(text), methods)


def _split_paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]


def _make_heading(sentence: str) -> str:
    """A summary as a heading: what it gives or says, without the verb and the full stop."""
    return capitalise(re.sub(r"^(Give|Say) ", "", sentence).removesuffix("."))
