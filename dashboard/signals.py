"""What deserves attention in one local authority, each in one sentence from the numbers. Pure."""

from collections.abc import Iterable, Mapping
from html import escape

from dashboard import format as words
from dashboard import table
from dashboard.model import Area, Figure, Metric, Signal, Summary
from dashboard.state import View

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FEW = 3  # neighbours that are named as exceptions: "all but two"
IN_A_ROW = 2

RULE = (
    "Chosen by one rule for every local authority, from the marks shown beside each; the rule is "
    "under {methods}. It says where figures stand out, and not why."
)

Key = tuple[str, str]


def section(
    view: View,
    area: Area,
    found: Iterable[Signal],
    figures: Mapping[Key, Figure],
) -> str:
    """What stands out for the worse, then for the better: each a sentence and its marks."""
    listed = list(found)
    if not listed:
        return ""
    worse = [s for s in listed if not s.is_strength]
    better = [s for s in listed if s.is_strength]
    rule = RULE.format(methods=table.link(view.link("methods"), "Methods"))
    return (
        f'<section class="signals"><h2>What stands out in {escape(area.name)}</h2>'
        f"<p>{rule}</p>"
        + _list("Deserves attention", view, worse, figures)
        + _list("Better than elsewhere", view, better, figures)
        + "</section>"
    )


def _list(
    title: str,
    view: View,
    found: Iterable[Signal],
    figures: Mapping[Key, Figure],
) -> str:
    items = "".join(
        _item(view, signal, figure)
        for signal in found
        if (figure := figures.get((signal.metric, signal.breakdown)))
    )
    return f"<h3>{title}</h3><ol>{items}</ol>" if items else ""


def _item(view: View, signal: Signal, figure: Figure) -> str:
    metric = view.build.metrics[signal.metric]
    name = words.title(metric, signal.breakdown)
    rest = sentence(metric, figure, signal.near).removeprefix(name)
    link = table.link(
        view.link("metric", metric=metric.id, breakdown=signal.breakdown, topic=None), name
    )
    tags = "".join(f"<li>{escape(mark)}</li>" for mark in marks(metric, signal))
    return f'<li>{link}{escape(rest)}<ul class="marks" aria-label="Marks">{tags}</ul></li>'


def sentence(metric: Metric, figure: Figure, near: Summary | None) -> str:
    """The figure, its place, how it stands to neighbours and England, its change, and its note."""
    standing = words.joined(
        [part for part in (among(near), beside_england(metric, figure)) if part]
    )
    name, value = words.title(metric, figure.breakdown), words.value(metric, figure.value)
    place = f"{words.rank(metric, figure)} {words.areas(metric)}"
    start = f"{name}: {value} in {words.period(figure.time_period)}"
    whole = ", ".join(part for part in (start, place, standing) if part)
    over_time = since(metric, figure)
    said = f"{whole}; {over_time}." if over_time else f"{whole}."
    return f"{said} Note: {figure.note}" if figure.note else said


def among(near: Summary | None) -> str:
    """Above or below how many of the statistical neighbours that have a figure."""
    if near is None or not near.with_value or near.above is None or near.below is None:
        return ""
    way, count = ("above", near.above) if near.above >= near.below else ("below", near.below)
    number, rest = near.with_value, near.with_value - count
    neighbours = "of its statistical neighbours"
    if number < near.members:
        neighbours += f" with a figure ({number} of {near.members})"
    if rest == 0:
        return f"{way} all {NUMBERS[number]} {neighbours}"
    if rest <= FEW and count > rest:
        return f"{way} all but {NUMBERS[rest]} {neighbours}"
    return f"{way} {NUMBERS[count]} {neighbours}"


def beside_england(metric: Metric, figure: Figure) -> str:
    """Higher or lower than England by more than chance; nothing where that is not so."""
    way = words.say_way(metric, figure.against_england) if figure.against_england else ""
    return f"{way} England ({words.value(metric, figure.england)})" if way else ""


def since(metric: Metric, figure: Figure) -> str:
    """How it has changed: for how many years in a row, or since the year before."""
    run = figure.run or 0
    if abs(run) >= IN_A_ROW:
        years = NUMBERS[abs(run)] if abs(run) < len(NUMBERS) else str(abs(run))
        return f"it {words.say_run(metric, run, years)}"
    if figure.change is None or figure.previous_time_period is None:
        return ""
    return words.moved(metric, figure)


def marks(metric: Metric, signal: Signal) -> list[str]:
    """What the rule marked, in words; the number of them decides the order."""
    way = "Better" if signal.is_strength else "Worse"
    outside = {1: "Outside the funnel’s 95% limits", 2: "Outside the funnel’s 99.8% limits"}
    given = {
        f"Short of a duty in law ({metric.duty})": signal.statutory,
        f"{way} than its neighbours": signal.by_neighbours,
        f"{way} than England": signal.by_england,
        outside.get(signal.by_funnel, ""): bool(signal.by_funnel),
        f"{'Best' if signal.is_strength else 'Worst'} quarter": signal.by_quarter,
        f"Getting {way.lower()}": signal.by_change,
    }
    return [words_ for words_, is_given in given.items() if is_given]
