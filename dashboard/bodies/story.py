"""The national story: what the headline figures of England say, in sentences made by rule. Pure.

The rules are on the Methods page. Nothing here says why a figure moved.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from dashboard.domain.choices import View
from dashboard.domain.records import Figure, Metric, Series, Spread
from dashboard.draw.templates import render_macro
from dashboard.words.changes import describe_figure_change
from dashboard.words.names import join_words
from dashboard.words.numbers import format_average, format_value, round_as_shown
from dashboard.words.periods import describe_period, format_period
from dashboard.words.signs import describe_extreme
from pipeline.methods import story as rules

DAYS = 366
MOST_SPREADS = 2
Key = tuple[str, str]

_render = partial(render_macro, "bodies/templates/story.html.j2")


class Line(NamedTuple):
    """One headline metric of England: its latest figure, its series and the areas' spread."""

    metric: Metric
    figure: Figure
    series: Series | None
    spread: Spread | None


def list_lines(
    metrics: Sequence[Metric],
    england: Mapping[Key, Figure],
    series: Mapping[Key, Series],
    spreads: Mapping[Key, Spread],
) -> list[Line]:
    """What is known of each headline metric that has a figure for England."""
    keys = [(metric, (metric.id, metric.breakdowns[0])) for metric in metrics]
    return [
        Line(metric, england[key], series.get(key), spreads.get(key))
        for metric, key in keys
        if key in england and england[key].value is not None
    ]


def group_by_test(known: Sequence[Line]) -> tuple[list[Line], list[Line], list[Line], int]:
    """The lines that a test finds up, down and no different; and how many changes have no test."""
    changed = [line for line in known if line.figure.change is not None]
    by_way: dict[int, list[Line]] = {1: [], -1: [], 0: []}
    for line in changed:
        if line.figure.against_before is not None:
            by_way[line.figure.against_before].append(line)
    counted = sum(len(found) for found in by_way.values())
    return by_way[1], by_way[-1], by_way[0], len(changed) - counted


def select_runs(known: Sequence[Line]) -> list[Line]:
    """The lines that have gone one way for years in a row, the longest first."""
    found = [line for line in known if rules.is_in_a_row(np.array([line.figure.run or 0.0]))[0]]
    return sorted(found, key=lambda line: -abs(line.figure.run or 0))


def find_record(line: Line) -> int:
    """Whether the figure is the highest (1) or the lowest (-1) since its series began, or not."""
    shown, joins = _select_comparable(line)
    return rules.find_records(np.array(shown), np.array(joins)) if len(shown) > 1 else 0


def select_widest(known: Sequence[Line]) -> list[Line]:
    """The percentages on which local authorities differ most, the widest first."""
    spreads = {
        line.metric.id: float(
            rules.measure_widest(np.array(line.spread.lower), np.array(line.spread.upper))
        )
        for line in known
        if line.spread and line.metric.unit == "percent" and not line.metric.is_nhs
    }
    found = [line for line in known if line.metric.id in spreads]
    return sorted(found, key=lambda line: -spreads[line.metric.id])[:MOST_SPREADS]


def render_story(view: View, known: Sequence[Line]) -> str:
    """The story as a list of sentences, with the rule it is made by."""
    up, down, same, untested = group_by_test(known)
    changes = [
        ("Higher", "than", _list_shown(view, up)),
        ("Lower", "than", _list_shown(view, down)),
        ("No different", "from", _list_shown(view, same)),
    ]
    long = select_runs(known)
    long += [line for line in known if find_record(line) and line not in long]
    years = [
        (name, [(line, _describe_years(view, line)) for line in long if _find_way(line) == way])
        for name, way in (("Rising for years", 1), ("Falling for years", -1))
    ]
    differences = [
        (line, _describe_spread(line.metric, line.spread))
        for line in select_widest(known)
        if line.spread
    ]
    return _render("section", view, changes, untested, years, differences)


def describe_story(known: Sequence[Line]) -> str:
    """How many of the headline figures moved, in one sentence."""
    up, down, same, untested = group_by_test(known)
    total = len(up) + len(down) + len(same) + untested
    sure = len(up) + len(down) + len(same)
    moved = join_words([f"{len(up)} rose", f"{len(down)} fell", f"{len(same)} are no different"])
    return (
        f"Of the {total} headline figures with an earlier one to compare, {sure} can be tested: "
        f"{moved}."
    )


def _list_shown(view: View, lines: Sequence[Line]) -> list[tuple[Line, str]]:
    return [(line, _describe_figure(view, line)) for line in lines]


def _find_way(line: Line) -> int:
    return find_record(line) or (1 if (line.figure.run or 0) > 0 else -1)


def _describe_years(view: View, line: Line) -> str:
    """The figure, how long it has gone one way, and whether it is a record."""
    run, best = abs(line.figure.run or 0), find_record(line)
    end = describe_extreme(line.metric, line.figure.value or 0, is_high=best > 0)
    end = end if line.metric.signed else f"the {end}"
    parts = [
        f"{run} years in a row" if run >= rules.YEARS_IN_A_ROW else "",
        f"{end} of {len(_select_comparable(line)[0])}" if best else "",
    ]
    return f"{_describe_figure(view, line)} ({', '.join(filter(None, parts))})"


def _describe_spread(metric: Metric, spread: Spread) -> str:
    low, high = format_average(metric, spread.lower), format_average(metric, spread.upper)
    return (
        f"where a quarter of local authorities have {low} or less and a quarter {high} or more "
        f"({format_period(spread.time_period)})"
    )


def _describe_figure(view: View, line: Line) -> str:
    """The figure with its period, and how it has moved where its sign says which way."""
    when = format_period(describe_period(line.figure, view.build.newest_day))
    shown = f"{format_value(line.metric, line.figure.value)} in {when}"
    moved = describe_figure_change(line.metric, line.figure) if line.metric.signed else ""
    return f"{shown}: {moved}" if moved else shown


def _select_comparable(line: Line) -> tuple[list[float], list[bool]]:
    """The series as it is shown, up to the figure, since it last began anew."""
    if line.series is None:
        return [], []
    end = line.figure.period_end
    last = round(end.year + end.timetuple().tm_yday / DAYS, 2)
    shown: list[float] = []
    for at, value, joined in zip(*line.series, strict=True):
        if at > last:
            break
        shown = [*(shown if joined else []), round_as_shown(line.metric, value)]
    return shown, [False, *(True for _ in shown[1:])]
