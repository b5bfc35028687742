"""What a picture, a slide and a workbook share: colours by role, number formats, periods. Pure."""

import math
import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from dashboard.charts.model import MOST_BREAKS, RANGES, ChartModel, Curve, Role, Row
from dashboard.design import theme
from dashboard.draw.screen import lines

MOST_NAMED = 30  # bars with a name each: more of them are columns without names
NAMED = {Role.FOCUS, Role.ENGLAND, Role.REGION}
NEW_SERIES = "new series"
NOTHING = (None, None, None)
MOST_RANGES = 2  # a chart of Office has a first and a second pair of axes
GAP_WIDTH = 12  # between the columns of a range, in hundredths of one


class Line(NamedTuple):
    """One line over time: its rows by period, how it is drawn and in which colour it is named."""

    label: str
    role: Role
    rows: dict[str, Row]
    style: dict[str, object]
    ink: str
    when: str = ""  # what its newest figure says of its period


class Times(NamedTuple):
    """A chart over time: its periods in order, its lines and the ranges behind them.

    A period that no row has is a missing year, or the place where a new series starts: it keeps its
    room, and no line crosses it.
    """

    periods: tuple[str, ...]
    lines: tuple[Line, ...]
    ranges: tuple[Line, ...]


class Floating(NamedTuple):
    """A range as stacked parts: up to it without a colour, then above 0 and below 0.

    The columns by what they are called; the last is left out where no range reaches below 0.
    """

    name: str
    colour: str
    start: list[float | None]
    above: list[float | None]
    below: list[float | None]

    def columns(self) -> list[tuple[str, list[float | None]]]:
        """The parts that are drawn, in the order they are stacked, with their names."""
        whole = [(f"{self.name}: starts at", self.start), (self.name, self.above)]
        return [*whole, (f"{self.name}: below 0", self.below)] if any(self.below) else whole


def times(model: ChartModel) -> Times:
    """The lines of a chart over time, drawn as on screen."""
    found: list[Line] = []
    said = lines.end_periods(model)
    for index, (label, rows) in enumerate(lines.by_label(model.rows).items()):
        role = rows[0].role
        held = {row.time_period: row for row in rows}
        if role in RANGES:
            shade: dict[str, object] = {"color": lines.SHADED[role], "width": 0}
            found.append(Line(label, role, held, shade, theme.INK))
            continue
        style, ink = lines.style(role, index)
        if role is Role.ENGLAND and not model.highlights:
            style, ink = lines.LINE[Role.FOCUS], lines.INK[Role.FOCUS]
        found.append(Line(label, role, held, style, ink, said.get(label, "")))
    return Times(
        periods(model),
        tuple(line for line in found if line.role not in RANGES),
        tuple(line for line in found if line.role in RANGES),
    )


def floating(model: ChartModel) -> list[Floating]:
    """The ranges behind the lines, each as stacked columns, the one that lies behind first.

    Columns, for an area would fall to nought in a missing year. In one stack the second range would
    stand on the first, so each needs axes of its own.
    """
    found = times(model)
    ordered = sorted(found.ranges, key=lambda line: line.role is not Role.HALF)
    return [_floating(line, found.periods) for line in ordered]


def _floating(line: Line, named: Sequence[str]) -> Floating:
    rows = [line.rows.get(period) for period in named]
    parts = [stacked(row.low, row.high) if row else NOTHING for row in rows]
    start, above, below = zip(*parts, strict=True) if parts else ((), (), ())
    colour = str(line.style["color"])
    return Floating(line.label, colour, list(start), list(above), list(below))


def stacked(
    low: float | None, high: float | None
) -> tuple[float, float, float] | tuple[None, None, None]:
    """How far a range starts from nought, how far it goes on above nought, and how far below.

    Office programs pile what is above nought and what is below it apart, both from nought. Nothing
    where an end of the range is missing.
    """
    if low is None or high is None:
        return NOTHING
    start = low if low > 0 else min(high, 0.0)
    return start, max(high, 0.0) - max(low, 0.0), min(low, 0.0) - min(high, 0.0)


def periods(model: ChartModel) -> tuple[str, ...]:
    """The periods in order, with room for missing years and before each new series."""
    ends = sorted({row.period_end: row.time_period for row in model.rows if row.period_end}.items())
    named = [ends[0][1]] if ends else []
    for before, after in pairwise(ends):
        missing = _missing_years(before[0], after[0])
        named += [" "] * missing
        if after[1] in model.breaks and not has_forest(model) and not missing:
            named.append(NEW_SERIES)
        named.append(after[1])
    return tuple(named)


def _missing_years(before: date, after: date) -> int:
    years = lines.year(after) - lines.year(before)
    return round(years) - 1 if years > lines.LONGEST_GAP else 0


def has_forest(model: ChartModel) -> bool:
    """Whether so many series begin that points are not joined at all."""
    return len(model.breaks) > MOST_BREAKS


def last(line: Line) -> Row | None:
    """The newest row of a line that has a value."""
    return lines.newest(list(line.rows.values()))


def end_words(line: Line, end: Row) -> str:
    """What stands at the end of a line: its newest figure, and its period where that is needed."""
    return f"{end.shown} {line.when}".rstrip()


def number_format(unit: str, decimals: int) -> str:
    """The number format of a spreadsheet or a slide that writes a value as the screen does."""
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    before = '"£"' if unit == "pounds" else ""
    after = '"%"' if unit in {"percent", "percent_change"} else ""
    plus = "+" if unit == "percent_change" else ""
    body = f"{before}{digits}{after}"
    return f"{plus}{body};\N{MINUS SIGN}{body};{body}"


def shown_format(model: ChartModel, rows: Sequence[Row]) -> str:
    """The number format that writes some values as their rows do: £308,369,391 as £308.4m."""
    places = decimals(rows, model.decimals)
    plain = number_format(model.unit, places)
    shown = next((row.shown for row in reversed(rows) if row.value is not None), "")
    if model.unit != "pounds" or not shown.endswith("m"):
        return plain
    digits = number_format("", places).split(";")[-1]
    return plain.replace(digits, f'{digits},,"m"')


def decimals(rows: Sequence[Row], usual: int) -> int:
    """How many decimals the values are shown with: a mean may have one more than a value."""
    shown = next((row.shown for row in reversed(rows) if row.value is not None), "")
    found = re.search(r"\.(\d+)\D*$", shown)
    if found:
        return len(found.group(1))
    return 0 if shown else usual


def hexed(colour: str) -> str:
    """A colour of the theme as six digits: 12436D."""
    return colour.removeprefix("#")


def extent(model: ChartModel) -> tuple[float, float]:
    """The lowest and the highest number drawn; from nought where that does not flatten it."""
    found = [
        number
        for row in model.rows
        for number in (row.value, *((row.low, row.high) if row.role in RANGES else ()))
        if number is not None
    ]
    found += [number for curve in model.curves for number in curve.values]
    low, high = min(found, default=0.0), max(found, default=1.0)
    return (0.0 if 0 <= low < high * 0.8 else low), (high if high > low else low + 1.0)


def steps(low: float, high: float) -> tuple[float, float, float]:
    """The ends of an axis at whole steps, and the step: five to eight of them."""
    rough = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * size for size in (1, 2, 2.5, 5, 10) if power * size >= rough * 0.999)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step, step


def step_format(unit: str, step: float) -> str:
    """The number format of an axis: as many decimals as its step has."""
    places = len(f"{step:.6g}".partition(".")[2])
    return number_format(unit, places).replace("+", "")


def powers(low: float, high: float) -> tuple[float, float]:
    """The ends of a logarithmic axis, at whole steps of 1, 2 and 5."""
    steps = [step * 10.0**power for power in range(-1, 8) for step in (1, 2, 5)]
    return (
        max((step for step in steps if step <= low), default=steps[0]),
        min((step for step in steps if step >= high), default=steps[-1]),
    )


def role_name(model: ChartModel, role: Role) -> str:
    """What the points of one role are called: the chosen area by its name."""
    if role is Role.FOCUS:
        return next(row.label for row in model.rows if row.role is role)
    many = model.member if model.member.endswith("s") else f"{model.member}s"
    return f"{many[:1].upper()}{many[1:]}" if role is Role.NEIGHBOUR else "Others"


def curve_names(model: ChartModel) -> list[str]:
    """What each line without an area is called: 95% limit, lower."""
    middle = next((curve.values for curve in model.curves if curve.is_middle), ())
    return [_curve_name(curve, middle) for curve in model.curves]


def _curve_name(curve: Curve, middle: tuple[float, ...]) -> str:
    if not curve.label:
        return "Mean of local authorities"
    if curve.is_middle:
        return "All together"
    return f"{curve.label} limit, {'upper' if curve.values > middle else 'lower'}"
