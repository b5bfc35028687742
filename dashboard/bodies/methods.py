"""How figures are compared, printed from the methods' own words, so that it cannot drift. Pure."""

import inspect
import pkgutil
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import import_module
from textwrap import dedent
from types import ModuleType

import pipeline.methods
from dashboard.domain.choices import View
from dashboard.domain.records import Metric
from dashboard.draw import table
from dashboard.draw.table import Column
from dashboard.words import phrases as words
from pipeline.limits import LIMITS
from pipeline.signal_rule import BY_CHANCE, FURTHEST, TESTED

ORDER = ("intervals", "position", "groups", "change", "funnel", "exact", "usual", "signals")
HEADING = re.compile(r"^(\w+):$", re.MULTILINE)
CODE = {"Formula", "Example"}  # sections whose lines are kept as they stand
SIMULATED = {
    "concerns": "For the worse",
    "strengths": "For the better",
    "without_concern": "None for the worse",
    "with_nothing": "Nothing listed",
    "most_concerns": "Most for the worse",
}
ENGLANDS = {
    "reality": "In reality",
    "chance": "Where no authority differs",
    "usual": "Where authorities differ as usual and none stands out",
}
KINDS = {
    "wilson": "A proportion: Wilson’s score method",
    "byar": "A rate or a count of events: Byar’s method, exact below ten",
    "difference": "A gap between two groups: the interval of the difference",
    "none": "No interval",
}


@dataclass(frozen=True, slots=True)
class Method:
    """One method in its own words: what its docstring says, by part."""

    name: str
    summary: str
    text: tuple[str, ...]
    parts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject: a module of methods, with what its docstring says to the reader."""

    name: str
    title: str
    text: tuple[str, ...]
    methods: tuple[Method, ...]


@cache
def subjects() -> tuple[Subject, ...]:
    """Every subject there is: those of the order first, any other after them by name."""
    found = [module.name for module in pkgutil.iter_modules(pipeline.methods.__path__)]
    ordered = [name for name in ORDER if name in found]
    ordered += sorted(set(found) - set(ordered))
    return tuple(_subject(import_module(f"pipeline.methods.{name}"), name) for name in ordered)


def parse(name: str, docstring: str) -> Method:
    """A method's docstring in its parts: summary, paragraphs, then sections by their heading."""
    start, *rest = HEADING.split(inspect.cleandoc(docstring))
    summary, *text = _paragraphs(start)
    parts = {
        heading: dedent(body.strip("\n")).strip()
        for heading, body in zip(rest[::2], rest[1::2], strict=True)
    }
    return Method(name, summary, tuple(text), parts)


def contents() -> str:
    """Every subject and its methods, each a way to its place on the page."""
    items = "".join(
        f'<li><a href="#{subject.name}">{escape(_plain(subject.title))}</a></li>'
        for subject in subjects()
    )
    rest = {"limits": "Limits that are used", "used": "Where each is used"}
    items += "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title in rest.items())
    return f'<ul class="sets">{items}</ul>'


def html() -> str:
    """Every subject with its methods, in their own words."""
    return "".join(
        _subject_html(subject) + (by_chance() if subject.name == "signals" else "")
        for subject in subjects()
    )


def by_chance() -> str:
    """What the rule for what stands out lists where there is nothing to find, as simulated."""
    columns = [
        table.Column("Beyond chance, per local authority"),
        *(table.Column(name, numeric=True) for name in SIMULATED.values()),
    ]
    rows = [
        [escape(name), *(_simulated(BY_CHANCE[kind], of) for of in SIMULATED)]
        for kind, name in ENGLANDS.items()
    ]
    chance, real = (BY_CHANCE[kind]["concerns"] for kind in ("chance", "reality"))
    times = f", {real / chance:.0f} times as many" if chance else ""
    numbers = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in _rule_numbers()
    )
    return (
        '<section class="method" id="by-chance"><h3>What it lists by chance '
        "<code>benchmarks.signals_by_chance</code></h3>"
        f"<p>The rule was run on {BY_CHANCE['englands']} made-up Englands in which no local "
        "authority differs from England: the real authorities, measures, periods and numbers of "
        "children, with the counts drawn from England’s figure, each year by itself. What it lists "
        "there is there by chance. In others the usual differences between authorities were drawn "
        "as well, afresh for each measure and year, so that nobody stands out though all differ. "
        "Figures without published numbers are in no list that is counted here. By chance an "
        f"authority has {chance:.3f} concerns, in reality {real:.3f}{times}.</p>"
        + table.table("What stands out beyond chance, simulated", columns, rows)
        + f'<p class="source">{BY_CHANCE["englands"]} Englands of each kind, seed '
        f"{BY_CHANCE['seed']}, with the numbers of build {escape(BY_CHANCE['build'])}, run on "
        f"{BY_CHANCE['made_on']:%-d %B %Y}.</p>"
        f'<h3>Its numbers</h3><dl class="facts">{numbers}</dl></section>'
    )


def _simulated(found: Mapping[str, float], of: str) -> str:
    if of in {"without_concern", "with_nothing"}:
        return f"{100 * found[of]:.1f}%"
    return f"{found[of]:.0f}" if of == "most_concerns" else f"{found[of]:.3f}"


def _rule_numbers() -> list[tuple[str, str]]:
    """What the rule asks for, each number with its reason."""
    return [
        (
            f"At least {TESTED['least_out_of']} children, plans or schools",
            "of fewer, one moves a percentage by more than three points",
        ),
        (
            f"At least {TESTED['least_expected']} events expected at England’s rate",
            "where fewer are expected, none at all is nothing unusual",
        ),
        (
            f"At least {TESTED['least_areas']} local authorities with such numbers",
            "fewer do not show how far authorities usually lie apart",
        ),
        (
            f"False discovery rate {TESTED['false_discovery_rate']:.0%}",
            "of all that is ever listed, the share that is expected to be there by chance",
        ),
        (
            (
                f"{FURTHEST['years']} years in a row, at least {FURTHEST['least_distance']:g} "
                f"usual spread away, {FURTHEST['least_members']} members of the group with a figure"
            ),
            "one odd year is no pattern; of fewer members the median is one or two areas’ figure",
        ),
    ]


def used(view: View) -> str:
    """Which metrics each way of making an interval is used for."""
    by_kind: dict[str, list[Metric]] = {kind: [] for kind in KINDS}
    for metric in view.build.metrics.values():
        by_kind[metric.interval].append(metric)
    sections = "".join(
        f"<h3>{escape(KINDS[kind])}</h3><p>{words.counted(len(metrics), 'metric')}.</p>"
        + table.details(f"Show {'them' if len(metrics) > 1 else 'it'}", _listed(view, metrics))
        for kind, metrics in by_kind.items()
        if metrics
    )
    return (
        '<h2 id="used" class="pillar">Where each is used</h2>'
        "<p>How the 95% interval of each metric is made. The tests of differences, of changes and "
        "of five years are for the metrics that have one, funnel plots for proportions and rates."
        "</p>"
        f"{sections}"
    )


def limits() -> str:
    """The limits that decide what is said of a figure, each with its reason and its source."""
    columns = [
        Column("Limit"),
        Column("Value", numeric=True),
        Column("Why", style="say"),
        Column("Source", style="say"),
    ]
    rows = [
        [escape(one.title), f"{one.value:g}", escape(one.reason), escape(one.source)]
        for one in LIMITS.values()
    ]
    listed = table.table("Limits that are used", columns, rows, caption_is_seen=False)
    return f'<h2 id="limits" class="pillar">Limits that are used</h2>{listed}'


def _subject(module: ModuleType, name: str) -> Subject:
    title, *text = _paragraphs(inspect.cleandoc(module.__doc__ or name))
    listed = [(each, getattr(module, each)) for each in getattr(module, "__all__", ())]
    methods = tuple(
        parse(each, found.__doc__) for each, found in listed if callable(found) and found.__doc__
    )
    return Subject(name, title, tuple(text), methods)


def _subject_html(subject: Subject) -> str:
    text = "".join(_text(part) for part in subject.text)
    methods = "".join(_method_html(method) for method in subject.methods)
    title = escape(_plain(subject.title))
    intro = f'<div class="method">{text}</div>'
    return f'<h2 id="{subject.name}" class="pillar">{title}</h2>{intro}{methods}'


def _method_html(method: Method) -> str:
    text = "".join(_text(part) for part in method.text)
    parts = "".join(
        f"<dt>{escape(heading)}</dt><dd>{_part(heading, body)}</dd>"
        for heading, body in method.parts.items()
    )
    return (
        f'<section class="method"><h3>{escape(_plain(method.summary))}'
        f' <code>{escape(method.name)}</code></h3>{text}<dl class="facts">{parts}</dl></section>'
    )


def _part(heading: str, body: str) -> str:
    if heading in CODE:
        return f'<pre tabindex="0" role="region" aria-label="{heading}">{escape(body)}</pre>'
    return "".join(_text(part) for part in _paragraphs(body))


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip())]


def _plain(sentence: str) -> str:
    """A summary as a heading: what it gives or says, without the verb and the full stop."""
    return words.capital(re.sub(r"^(Give|Say) ", "", sentence).removesuffix("."))


def _text(text: str) -> str:
    """A paragraph, with the names in backticks set as code."""
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
    return f"<p>{marked}</p>"


def _listed(view: View, metrics: Iterable[Metric]) -> str:
    items = "".join(
        f"<li>{table.link(view.link('metric', metric=m.id, breakdown=None), m.title)}</li>"
        for m in metrics
    )
    return f'<ul class="sets">{items}</ul>'
