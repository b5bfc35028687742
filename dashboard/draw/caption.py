"""The words around a chart that leaves the dashboard, and the finding as text. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts.model import RANGES, ChartModel, Kind, Role, Row
from dashboard.design import theme
from dashboard.domain.program import NAME
from dashboard.domain.records import Metric
from dashboard.words.names import capitalise, join_words
from dashboard.words.numbers import UNIT_WORDS
from dashboard.words.periods import format_period
from dashboard.words.ranks import describe_polarity

MOST_NAMED = 6
FORMULA_FREE = ("http://", "https://")


def compose_finding(model: ChartModel, *, build: str = "") -> str:
    """The finding as text to paste: what, which period, source, licence, link, build."""
    lines = [
        f"{model.title}.",
        f"{describe_measure(model)}.",
        *list_remarks(model),
        *list_provenance(model, build),
    ]
    return "\n".join(lines) + "\n"


def describe_measure(model: ChartModel) -> str:
    """What is measured, and when, without a full stop."""
    when = period(model)
    is_said = not when or when in model.subtitle
    return model.subtitle if is_said else f"{model.subtitle}. {when}"


def period(model: ChartModel) -> str:
    """The period of the rows: the first to the last; nothing where the rows have none."""
    ends = {row.period_end: row.time_period for row in model.rows if row.period_end}
    named = [label for _, label in sorted(ends.items())]
    return " to ".join(dict.fromkeys([named[0], named[-1]])) if named else ""


def list_remarks(model: ChartModel) -> list[str]:
    """What to know before reading on: the chart's note, and which values are missing and why."""
    return [line for line in (model.note, describe_gaps(model.rows)) if line]


def describe_gaps(rows: Sequence[Row]) -> str:
    """Which values are missing over time or under a heading, with the reason for each."""
    missing: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        when = row.group or (row.time_period and format_period(row.time_period))
        if row.value is None and row.role not in RANGES and when:
            missing.setdefault((row.label, row.shown), []).append(when)
    together: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for (label, why), periods in missing.items():
        together.setdefault((tuple(periods), why), []).append(label)
    said = [
        f"{_shorten_names(labels)} in {_shorten_names(list(periods))} ({why.lower()})"
        for (periods, why), labels in together.items()
    ]
    return f"No figure: {'; '.join(said)}." if said else ""


def _shorten_names(names: list[str]) -> str:
    if len(names) <= MOST_NAMED:
        return join_words(names)
    return f"{', '.join(names[: MOST_NAMED - 1])} and {len(names) - MOST_NAMED + 1} more"


def list_provenance(model: ChartModel, build: str = "") -> list[str]:
    """Source with release, licence, link and build, a line for each."""
    lines = [f"Source: {model.source}."] if model.source else []
    return [*lines, f"{model.licence}.", link(model), *([f"Build {build}."] if build else [])]


def link(model: ChartModel) -> str:
    """Where the chart is drawn from the newest figures; in words where the address is not known."""
    if model.permalink.startswith(FORMULA_FREE):
        return f"{NAME}: {model.permalink}"
    return f"{NAME}, page and choices: {model.permalink} (the dashboard’s own address is not given)"


def make_absolute(model: ChartModel, base: str) -> ChartModel:
    """The same chart with a whole address; unchanged where the dashboard's own is not known."""
    if not base or model.permalink.startswith(FORMULA_FREE):
        return model
    return replace(model, permalink=f"{base.rstrip('/')}/{model.permalink.removeprefix('./')}")


def describe_colours(model: ChartModel) -> str:
    """Which colour is which in a chart that has no names on its marks; nothing where all do."""
    roles = {row.role for row in model.rows}
    is_named = any(row.group for row in model.rows)  # each bar says whose it is
    if is_named or model.kind.has_names:
        return ""
    own = next((row.label for row in model.rows if row.role is Role.FOCUS), "")
    many = model.member if model.member.endswith("s") else f"{model.member}s"
    parts = [
        f"{own} {theme.FOCUS.word}" if own else "",
        f"{many} {theme.NEIGHBOUR.word}" if Role.NEIGHBOUR in roles else "",
        f"region {theme.REGION.word}" if Role.REGION in roles else "",
        f"England {theme.ENGLAND.word}" if Role.ENGLAND in roles else "",
        f"others {theme.OTHERS.word}" if Role.OTHER in roles and len(roles) > 1 else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{capitalise(said)}." if said else ""


def flatten_groups(model: ChartModel) -> ChartModel:
    """The same chart with bars under headings as one list, each name after its heading."""
    if model.kind is not Kind.GROUPED_BAR:
        return model
    rows = [
        # "12th of 151" in a note is a place in an order, "323 of 813" here is not.
        replace(row, label=f"{row.group}: {row.label}", note=row.note.replace(" of ", " / "))
        for row in model.rows
    ]
    return replace(model, kind=Kind.RANKED_BAR, rows=tuple(rows))


def list_definition(metric: Metric) -> list[tuple[str, str]]:
    """What a metric counts and how to read it, name by name; only what is known."""
    facts = [
        ("What it measures", metric.description),
        ("Why it matters", metric.why),
        ("Numerator", metric.numerator),
        ("Denominator", metric.denominator),
        ("Who is counted", metric.population),
        ("Unit", UNIT_WORDS.get(metric.unit, metric.unit)),
        ("Which way is better", describe_polarity(metric)),
        ("Caveat", metric.caveat),
        ("New series", ", ".join(metric.breaks)),
        ("What the law asks", metric.duty),
    ]
    return [(name, text) for name, text in facts if text]
