"""Money figures that lie far from similar areas, by a rule of their own: sentences. Pure.

The rule is pipeline/methods/money.py, what it takes is in the metrics. Nothing is tested.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from dashboard.bodies.signals import Part, Said
from dashboard.charts import of_topic
from dashboard.domain.choices import View
from dashboard.domain.records import UNRANKED, Area, Figure, Metric
from dashboard.draw.templates import render_macro
from dashboard.words.changes import describe_figure_change
from dashboard.words.names import capitalise, join_words, name_metric, name_metric_briefly
from dashboard.words.numbers import format_amount, format_average, format_count
from dashboard.words.periods import describe_period
from dashboard.words.signs import (
    NO_CHANGE,
    describe_beside,
    describe_direction,
    describe_level,
    read_sign_words,
)
from pipeline.limits import FEWEST_SIMILAR
from pipeline.methods import money
from pipeline.shown import list_shown

HEADING = "Money: furthest from similar areas (not tested)"
ABOUT = (
    "Money by a rule of its own: what lies further from the median of the ten statistical "
    "neighbours (May 2025 model) than the middle half of all local authorities is wide, and a "
    "balance that moved as far from the usual change. Pounds are not tested, and neither more nor "
    "less is called better, but for a balance, of which a surplus ranks as best."
)
SMALL = "No money findings are worked out: its numbers are very small."


class Measure(NamedTuple):
    """A figure that may stand out, the words that follow it, and whether its change may too."""

    metric: str
    breakdown: str
    of: str = ""
    has_change: bool = False


class Found(NamedTuple):
    """One sentence, and how far what it says lies from the middle."""

    distance: float
    said: Said


def list_money_measures(view: View) -> list[tuple[Metric, Measure]]:
    """The measures of the rule that the build has."""
    known = view.build.metrics
    return [
        (metric, one._replace(breakdown=one.breakdown or metric.breakdowns[0]))
        for one in MEASURES
        if (metric := known.get(one.metric))
    ]


def has_money_measure(metrics: Sequence[str]) -> bool:
    """Whether any of some metrics is about money, so that its findings belong beside them."""
    return any(one.metric in metrics for one in MEASURES)


def build_money_part(view: View, area: Area) -> Part:
    """What stands out in an area's money, furthest first, or that nothing does."""
    if area.code in UNRANKED:
        return Part(HEADING, "", (), SMALL)
    judged = [
        found for each in list_money_measures(view) for found in _judge_measure(view, area, each)
    ]
    out = [one for one in judged if money.is_far_out(np.array(one.distance))]
    listed = sorted(out, key=lambda one: -abs(one.distance))
    return Part(
        HEADING, ABOUT, tuple(one.said for one in listed), _describe_nothing(view, area, judged)
    )


def render_money_findings(view: View, area: Area) -> str:
    """The findings for the page on money, each leading to its figure; HTML."""
    return render_macro(
        "bodies/templates/signals.html.j2", "money", view, build_money_part(view, area)
    )


def _judge_measure(view: View, area: Area, measure: tuple[Metric, Measure]) -> Iterator[Found]:
    """A measure's level and change in an area, where there is what they are set beside."""
    metric, asked = measure
    newest = view.build.newest_day
    figure = view.build.newest.get(area.code, {}).get((asked.metric, asked.breakdown))
    if figure is None or figure.value is None or not figure.is_latest:
        return
    if (apart := _compute_distance(view, figure)) is not None:
        text = _describe_level(metric, asked, figure, newest) + _describe_beside(
            view, metric, figure, apart
        )
        text += f" Note: {figure.note}" if figure.note else ""
        yield Found(apart, _make_said(metric, asked, text))
    if asked.has_change and (usual := _compute_usual_change(view, figure)):
        yield _judge_change(metric, asked, figure, (usual, newest))


def _make_said(metric: Metric, asked: Measure, text: str) -> Said:
    basis = of_topic.describe_basis(metric)
    return Said(metric, asked.breakdown, f"{text}{f' Basis: {basis}.' if basis else ''}")


def _compute_distance(view: View, figure: Figure) -> float | None:
    """How far a figure is from its neighbours' median; None where it cannot be said."""
    spread = view.build.spreads.get((figure.metric, figure.breakdown))
    few = (figure.neighbours_with_value or 0) < FEWEST_SIMILAR
    if spread is None or spread.time_period != figure.time_period or few:
        return None
    given = (figure.value, figure.neighbour_median, spread.lower, spread.upper)
    apart = float(money.compute_distance(*(np.array(one, dtype=float) for one in given)))
    return None if np.isnan(apart) else apart


def _describe_level(metric: Metric, asked: Measure, figure: Figure, newest: date) -> str:
    """High needs spending per head: £925 in 2024-25 (£308.4m over 333,370 people aged 2 to 18)."""
    number = figure.value or 0.0
    shown = (
        describe_level(metric, number) if metric.signed else of_topic.format_figure(metric, number)
    )
    of = f" {asked.of}" if asked.of else ""
    made = of_topic.describe_parts(metric, figure)
    name = name_metric(metric, asked.breakdown)
    when = describe_period(figure, newest)
    return f"{name}: {shown}{of} in {when}{f' ({made})' if made else ''}. "


def _describe_beside(view: View, metric: Metric, figure: Figure, apart: float) -> str:
    """How it stands to the neighbours' median, by how much, and how far that is among all."""
    number, median = figure.value or 0.0, figure.neighbour_median or 0.0
    spread = view.build.spreads[figure.metric, figure.breakdown]
    middle = describe_level(metric, median) if metric.signed else format_average(metric, median)
    way = capitalise(describe_beside(metric, number, median))
    difference = format_amount(metric, abs(number - median))
    width = format_amount(metric, spread.upper - spread.lower)
    return (
        f"{way} the median of its statistical neighbours ({middle}; "
        f"{figure.neighbours_with_value} have a figure), {difference} apart: {abs(apart):.1f} "
        f"times the width of the middle half of local authorities ({width})."
    )


def _compute_usual_change(view: View, figure: Figure) -> tuple[float, float, float] | None:
    """The quartiles and the median of all local authorities' changes in the same year."""
    key = figure.metric, figure.breakdown
    others = (view.build.newest.get(a.code, {}).get(key) for a in view.build.local_authorities)
    changes = [
        one.change
        for one in others
        if one
        and one.change is not None
        and one.time_period == figure.time_period
        and one.area_code not in UNRANKED
    ]
    if figure.change is None or len(changes) < FEWEST_SIMILAR:
        return None
    low, middle, high = np.quantile(changes, [0.25, 0.5, 0.75]).tolist()
    return low, middle, high


def _judge_change(
    metric: Metric,
    asked: Measure,
    figure: Figure,
    beside: tuple[tuple[float, float, float], date],
) -> Found:
    """How a figure has moved in the year, beside how local authorities usually moved."""
    (low, middle, high), newest = beside
    change = figure.change or 0.0
    given = (np.array(one) for one in (change, middle, low, high))
    apart = float(money.compute_distance(*given))
    before = (figure.value or 0.0) - change
    levels = f"from {describe_level(metric, before)} to {describe_level(metric, before + change)}"
    moved = describe_figure_change(metric, figure)
    text = (
        f"{name_metric(metric, asked.breakdown)}: {_join_levels(moved, levels)}"
        f"{f' {asked.of}' if asked.of else ''} in {describe_period(figure, newest)}. The middle "
        f"half of local authorities moved by between {_describe_move(metric, low)} and "
        f"{_describe_move(metric, high)}."
    )
    text += f" Note: {figure.note}" if figure.note else ""
    return Found(0.0 if np.isnan(apart) else apart, _make_said(metric, asked, text))


def _join_levels(moved: str, levels: str) -> str:
    """A change with the two levels, once: one that turns from one into the other has them."""
    return moved if " from " in f" {moved}" else f"{moved}, {levels}"


def _describe_move(metric: Metric, change: float) -> str:
    """A change with its way: 1.3 percentage points towards deficit; 0.0 percentage points."""
    way = describe_direction(metric, change)
    if way == NO_CHANGE:
        return format_amount(metric, 0.0)
    said = read_sign_words()[metric.signed or ""]["rising" if way == "up" else "falling"]
    return f"{format_amount(metric, change)} {said.removeprefix('moved ')}"


def _describe_nothing(view: View, area: Area, judged: Sequence[Found]) -> str:
    """That no money figure stands out, of how many; and which could not be judged."""
    held = {(one.said.metric.id, one.said.breakdown) for one in judged}
    absent = [
        name_metric_briefly(metric, asked.breakdown)
        for metric, asked in list_money_measures(view)
        if (asked.metric, asked.breakdown) not in held
    ]
    not_judged = f" Not judged, no figure: {join_words(absent)}." if absent else ""
    if not judged:
        return f"No money figure of {area.name} can be judged.{not_judged}"
    of = format_count(len(judged), "money figure or change", "money figures and changes")
    return (
        f"No money figure stands out in {area.name}: of {of} none lies so far from similar areas "
        f"or the usual change.{not_judged} It does not say that the budget is in balance."
    )


MEASURES = tuple(
    Measure(metric.id, one.group, one.of, one.has_change)
    for metric, one in list_shown("money findings")
)
NAMES = frozenset(one.metric for one in MEASURES)
