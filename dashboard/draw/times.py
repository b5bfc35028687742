"""A chart over time in lines and ranges: its periods, its gaps, what stands at its ends. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from dashboard.charts.model import MOST_BREAKS, RANGES, ChartModel, Role, Row
from dashboard.design import theme
from dashboard.draw import looks

LONGEST_GAP = 1.6  # years between two points that a line still joins
NEW_SERIES = "new series"
TICKS = {len("2024"): 6, len("2024-25"): 5, 99: 3}  # how many fit a phone, by what they say


class Line(NamedTuple):
    """One line over time: its rows by period, how it is drawn and in which colour it is named."""

    label: str
    role: Role
    rows: dict[str, Row]
    style: dict[str, object]
    ink: str
    when: str = ""  # what its newest figure says of its period

    @property
    def is_main(self) -> bool:
        """Whether it is what the chart is about."""
        return self.style["width"] == looks.LINE[Role.FOCUS]["width"]

    @property
    def end(self) -> Row | None:
        """The newest row that has a value."""
        return find_newest(list(self.rows.values()))

    def end_words(self, end: Row) -> str:
        """Its newest figure, and the period of that where it is needed."""
        return f"{end.shown} {self.when}".rstrip()


class Times(NamedTuple):
    """A chart over time: its lines, and the ranges behind them."""

    lines: tuple[Line, ...]
    ranges: tuple[Line, ...]


def build_times(model: ChartModel) -> Times:
    """The lines and ranges of a chart over time, in the order of its rows."""
    whens = end_periods(model)
    lines: list[Line] = []
    ranges: list[Line] = []
    for index, (label, rows) in enumerate(group_by_label(model.rows).items()):
        role, by_period = rows[0].role, {row.time_period: row for row in rows}
        if role in RANGES:
            shade: dict[str, object] = {"color": looks.SHADED[role], "width": 0}
            ranges.append(Line(label, role, by_period, shade, theme.INK))
            continue
        # Alone, England is what the chart is about.
        is_alone = role is Role.ENGLAND and not model.highlights
        style, ink = looks.line_style(Role.FOCUS if is_alone else role, index)
        lines.append(Line(label, role, by_period, style, ink, whens.get(label, "")))
    return Times(tuple(lines), tuple(ranges))


def group_by_label(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows of each line, in the order the lines are drawn."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.label, []).append(row)
    return groups


def find_newest(rows: Sequence[Row]) -> Row | None:
    """The newest row of a line that has a value."""
    return next((row for row in reversed(rows) if row.value is not None), None)


def end_periods(model: ChartModel) -> dict[str, str]:
    """What each line's newest figure says of its period, by the line's name: (2025), or nothing.

    A figure that is not of the chart's last period says its own. Where one line stops before the
    others, all of them say theirs, for they are read side by side; an abolished council's, whose
    name says that it has ended, changes nothing for the rest.
    """
    ends = [(label, find_newest(rows)) for label, rows in group_by_label(model.rows).items()]
    last = max((row.period_end for row in model.rows if row.period_end), default=None)
    early = {label for label, row in ends if row and row.period_end != last}
    is_mixed = any(
        row and label in early and row.role is not Role.PREDECESSOR for label, row in ends
    )
    return {
        label: f"({short_period(row.time_period)})" if label in early or is_mixed else ""
        for label, row in ends
        if row
    }


def short_period(label: str) -> str:
    """A period in few letters: Jan 2025."""
    return label.replace("January ", "Jan ").replace(" term", "")


def year(end: date | None) -> float:
    """A date as a year and its fraction, so that a missing year leaves its room."""
    return 0.0 if end is None else round(end.year + end.timetuple().tm_yday / 366, 3)


def is_apart(before: Row, row: Row, breaks: Sequence[str]) -> bool:
    """Whether a line must not join two points: years between them, or a new series."""
    return row.time_period in breaks or year(row.period_end) - year(before.period_end) > LONGEST_GAP


def split_runs(rows: Sequence[Row], breaks: Sequence[str]) -> Iterator[list[Row]]:
    """Rows that one stroke joins: no gap between them, and no new series."""
    run: list[Row] = []
    for row in rows:
        is_missing = row.value is None and row.low is None
        if run and (is_missing or is_apart(run[-1], row, breaks)):
            yield run
            run = []
        if not is_missing:
            run.append(row)
    if run:
        yield run


def has_forest(model: ChartModel) -> bool:
    """Whether so many series begin that points are not joined at all."""
    return len(model.breaks) > MOST_BREAKS


def periods(model: ChartModel) -> list[tuple[date, str]]:
    """The ends of the periods that the rows are of, in order, with what each is called."""
    return sorted({row.period_end: row.time_period for row in model.rows if row.period_end}.items())


def drawn_periods(model: ChartModel) -> list[tuple[date, str]]:
    """The same from the first in which anything is drawn."""
    every = periods(model)
    drawn = [
        row.period_end
        for row in model.rows
        if row.period_end and (row.value is not None or row.low is not None)
    ]
    start = min(drawn, default=date.min)
    return [period for period in every if period[0] >= start]


def places(model: ChartModel) -> tuple[str, ...]:
    """The periods as an office program has them: with room for what is missing.

    A place that no row has is a missing year, or where a new series starts: no line crosses it.
    """
    ends = periods(model)
    named = [ends[0][1]] if ends else []
    for before, after in pairwise(ends):
        gap = year(after[0]) - year(before[0])
        missing = round(gap) - 1 if gap > LONGEST_GAP else 0
        named += [" "] * missing
        if after[1] in model.breaks and not has_forest(model) and not missing:
            named.append(NEW_SERIES)
        named.append(after[1])
    return tuple(named)


def break_places(model: ChartModel) -> list[float]:
    """Halfway between the last point of the old series and the first of the new."""
    if has_forest(model):
        return []  # a line at every point would hide the points; the note says what they are
    return [
        (year(before[0]) + year(after[0])) / 2
        for before, after in pairwise(drawn_periods(model))
        if after[1] in model.breaks
    ]


def time_ticks(model: ChartModel) -> tuple[tuple[float, float], dict[float, str]]:
    """The ends of the axis of time, and a few periods named from the newest backwards."""
    ordered = drawn_periods(model)
    longest = max((len(short_period(label)) for _, label in ordered), default=0)
    most = next(number for width, number in TICKS.items() if longest <= width)
    step = max(1, -(-(len(ordered) - 1) // (most - 1)))
    first, last = (year(ordered[0][0]), year(ordered[-1][0])) if ordered else (0.0, 1.0)
    room = max(0.25, (last - first) * 0.03)
    ticks = {year(end): short_period(label) for end, label in ordered[::-1][::step]}
    return (first - room, last + room), ticks
