"""How many areas have which figure: bars over one scale, with the quarters and one area. Pure.

The bars repeat what the sentence and the table say, so they are hidden from whoever reads those.
"""

from collections.abc import Sequence
from html import escape
from math import ceil, floor
from typing import NamedTuple

from dashboard.domain.records import Area, Figure, Metric, Spread
from dashboard.draw import sparklines, table
from dashboard.draw.axes import compute_step
from dashboard.draw.table import Column
from dashboard.words.names import name_metric
from dashboard.words.numbers import describe_side, format_average, format_value, round_as_shown
from dashboard.words.ranks import name_areas
from dashboard.words.signs import describe_beside

BARS = 20  # about as many as the eye takes in
NUDGE = 1e-9


class Bar(NamedTuple):
    """One bar: from which value, up to which, how many areas, and whether one's own is in it.

    Its end is in the next bar, except for the last one.
    """

    low: float
    high: float
    count: int
    is_own: bool


def count_bars(metric: Metric, values: Sequence[float], own: float | None) -> list[Bar]:
    """The areas counted by their figures as they are shown, over round steps of one width."""
    shown = [round_as_shown(metric, value) for value in values]
    if not shown:
        return []
    step = _compute_step(max(shown) - min(shown), metric.decimals)
    first = floor(min(shown) / step + NUDGE)
    last = max(ceil(max(shown) / step - NUDGE) - first, 1) - 1

    def place(value: float) -> int:
        """Which bar a figure is in; the highest is in the last one though it be its end."""
        return min(floor(round_as_shown(metric, value) / step + NUDGE) - first, last)

    counts = [0] * (last + 1)
    for value in shown:
        counts[place(value)] += 1
    mine = None if own is None else place(own)
    return [
        Bar((first + i) * step, (first + i + 1) * step, count, i == mine)
        for i, count in enumerate(counts)
    ]


def title(metric: Metric, spread: Spread, area: Area | None, own: Figure | None) -> str:
    """Where the middle half of the areas lies, and where the chosen one does."""
    low, high = format_average(metric, spread.lower), format_average(metric, spread.upper)
    if area is None or own is None or own.value is None or own.rank is None:
        return f"Half of all {name_areas(metric)} lie between {low} and {high}"
    lies = f"{area.name} ({format_value(metric, own.value)})"
    halves = f"the middle half of {name_areas(metric)}, {low} to {high}"
    below = describe_side(metric, own.value, spread.lower) == "below"
    above = describe_side(metric, own.value, spread.upper) == "above"
    if below or above:
        if metric.signed:
            end = spread.lower if below else spread.upper
            return f"{lies}: {describe_beside(metric, own.value, end)} {halves}"
        return f"{lies} lies {'below' if below else 'above'} {halves}"
    return f"{lies} lies in {halves}"


def render_distribution(
    metric: Metric,
    spread: Spread | None,
    found: Sequence[Figure],
    area: Area | None,
    breakdown: str,
) -> str:
    """The sentence, the bars over a strip of the quarters, and the counts as a table."""
    ranked = [figure for figure in found if figure.rank is not None]
    own = next((f for f in ranked if area and f.area_code == area.code), None)
    drawn = count_bars(
        metric, [f.value for f in ranked if f.value is not None], own.value if own else None
    )
    if spread is None or len(drawn) < 2:  # noqa: PLR2004 - one bar says nothing
        return ""
    named = escape(name_metric(metric, breakdown))
    when = escape(ranked[0].time_period)
    mine = f" Darker: where {escape(area.name)} is." if area and own else ""
    return (
        f'<div class="chart-head"><h2>{escape(title(metric, spread, area, own))}</h2>'
        f"<p>{named}. {when}. Each bar: how many {name_areas(metric)}.{mine} Below: the middle "
        "half, the median and the scale</p></div>"
        '<div class="histogram" aria-hidden="true"><div class="columns">'
        f"{_render_columns(drawn)}</div>"
        f"{_render_strip(metric, spread, drawn, own)}</div>"
    ) + table.render_details("View this chart as a table", _render_counts(metric, drawn, named))


def _render_columns(drawn: Sequence[Bar]) -> str:
    most = max(bar.count for bar in drawn)
    return "".join(
        f"<span{' class=mine' if bar.is_own else ''}><b>{bar.count or ''}</b>"
        f'<i style="height:{100 * bar.count / most:.3g}%"></i></span>'
        for bar in drawn
    )


def _render_strip(metric: Metric, spread: Spread, drawn: Sequence[Bar], own: Figure | None) -> str:
    key = (drawn[0].low, spread.lower, spread.median, spread.upper, drawn[-1].high)
    ends = sparklines.render_scale(metric, key)[1]
    return sparklines.render_marked(metric, key, own.value if own else None) + ends


def _render_counts(metric: Metric, drawn: Sequence[Bar], named: str) -> str:
    columns = [Column("From"), Column("To less than"), Column(name_areas(metric).capitalize())]
    columns[1:] = [Column(column.title, numeric=True) for column in columns[1:]]
    rows = [
        [
            format_value(metric, bar.low),
            format_value(metric, bar.high) + (" (included)" if bar is drawn[-1] else ""),
            f"{bar.count}{' (yours is here)' if bar.is_own else ''}",
        ]
        for bar in drawn
    ]
    return table.render_table(
        f"{named}: how many have which figure", columns, rows, caption_is_seen=False
    )


def _compute_step(span: float, decimals: int) -> float:
    """The width of a bar: a round number, never finer than the figures are shown."""
    finest = 10.0**-decimals
    return ceil(compute_step(max(span / BARS, finest), NUDGE) / finest - NUDGE) * finest
