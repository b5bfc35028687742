"""Where axes begin and end, their steps, and how their numbers are written. Pure."""

import math
import re
from collections.abc import Sequence

from dashboard.charts.model import RANGES, ChartModel, Row
from dashboard.words.names import capitalise
from dashboard.words.numbers import UNIT_WORDS

NICE = (1, 2, 2.5, 5, 10)  # what a step of an axis is, times a power of ten
FLAT = 0.8  # an axis begins at nought where the lowest value is below this share of the highest
SIZE_STEPS = (1, 2, 5)
MOST_SIZES = 7  # ticks of a logarithmic axis
NUDGE = 1e-9
AFTER = {"percent": "%", "percent_change": "%"}
BEFORE = {"pounds": "£"}


def compute_extent(model: ChartModel) -> tuple[float, float]:
    """The lowest and the highest number drawn; from nought where that does not flatten it."""
    numbers = [
        number
        for row in model.rows
        for number in (row.value, *((row.low, row.high) if row.role in RANGES else ()))
        if number is not None
    ]
    numbers += [number for curve in model.curves for number in curve.values]
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    return _from_nought(low, high), (high if high > low else low + 1.0)


def compute_span(model: ChartModel) -> tuple[float, float]:
    """The range of the value axis of lines: from nought where that does not flatten them."""
    numbers = [n for row in model.rows for n in (row.value, row.low, row.high) if n is not None]
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    low = _from_nought(low, high)
    room = (high - low or abs(high) or 1.0) * 0.08
    return (low if low == 0 else low - room), high + room


def _from_nought(low: float, high: float) -> float:
    return 0.0 if 0 <= low < high * FLAT else low


def compute_bar_ends(values: Sequence[float | None]) -> tuple[float, float]:
    """The ends of bars: the lowest and the highest value, and nought between or beside them."""
    numbers = [0.0, *(value for value in values if value is not None)]
    return min(numbers), max(numbers)


def add_room(values: Sequence[float], share: float = 0.05) -> tuple[float, float]:
    """The ends of an axis with some room before the lowest and after the highest value."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    room = (high - low or 1.0) * share
    return low - room, high + room


def compute_step(rough: float, nudge: float = 0.001) -> float:
    """The least round number that is no smaller than a rough step."""
    power = 10.0 ** math.floor(math.log10(rough) + NUDGE)
    return next(size * power for size in NICE if size * power >= rough * (1 - nudge))


def compute_steps(low: float, high: float) -> tuple[float, float, float]:
    """The ends of an axis at whole steps, and the step: five to eight of them."""
    step = compute_step((high - low) / 5)
    return math.floor(low / step + NUDGE) * step, math.ceil(high / step - NUDGE) * step, step


def compute_powers(low: float, high: float) -> tuple[float, float]:
    """The ends of a logarithmic axis, at whole steps of 1, 2 and 5."""
    whole = [step * 10.0**power for power in range(-1, 8) for step in SIZE_STEPS]
    return (
        max((step for step in whole if step <= low), default=whole[0]),
        min((step for step in whole if step >= high), default=whole[-1]),
    )


def compute_size_ticks(model: ChartModel) -> tuple[tuple[float, float], list[float]]:
    """The ends of a funnel plot's sizes as powers of ten, and the sizes that are named."""
    sizes = [row.size for row in model.rows if row.size] or [1.0]
    low, high = math.log10(min(sizes)), math.log10(max(sizes))
    room = max((high - low) * 0.03, 0.02)
    ticks = [
        step * 10.0**power
        for power in range(math.floor(low), math.ceil(high) + 1)
        for step in SIZE_STEPS
        if low - room <= math.log10(step * 10.0**power) <= high + room
    ]
    if len(ticks) > MOST_SIZES:
        ticks = [tick for tick in ticks if f"{tick:g}"[0] == "1"]
    return (low - room, high + room), ticks


def compute_value_ends(model: ChartModel) -> tuple[float, float]:
    """The ends of the values of points, with room around the points and the lines."""
    values = [row.value for row in model.rows if row.value is not None] or [0.0]
    return add_room([*values, *(value for curve in model.curves for value in curve.values)])


def value_title(model: ChartModel) -> str:
    """What the axis of the values is called: what it measures, else its unit."""
    return model.up or capitalise(UNIT_WORDS.get(model.unit, model.unit))


def spread_labels(wanted: Sequence[float], sizes: Sequence[float], room: float) -> list[float]:
    """Middles of labels, in order and near where each wants to be, that do not overlap."""
    places: list[float] = []
    for want, size in zip(wanted, sizes, strict=True):
        least = places[-1] + (sizes[len(places) - 1] + size) / 2 if places else size / 2
        places.append(max(want, least))
    limit = room + (sizes[-1] / 2 if sizes else 0)
    for index in range(len(places) - 1, -1, -1):
        places[index] = min(places[index], limit - sizes[index] / 2)
        limit = places[index] - sizes[index] / 2
    return places


def number_format(unit: str, decimals: int) -> str:
    """The number format of a spreadsheet or a slide that writes a value as the screen does."""
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    before, after = (f'"{mark}"' if mark else "" for mark in (BEFORE.get(unit), AFTER.get(unit)))
    plus = "+" if unit == "percent_change" else ""
    body = f"{before}{digits}{after}"
    return f"{plus}{body};\N{MINUS SIGN}{body};{body}"


def shown_format(model: ChartModel, rows: Sequence[Row]) -> str:
    """The number format that writes some values as their rows do: £308,369,391 as £308.4m."""
    shown = next((row.shown for row in reversed(rows) if row.value is not None), "")
    places = _decimals(shown, model.decimals)
    plain = number_format(model.unit, places)
    if model.unit != "pounds" or not shown.endswith("m"):
        return plain
    digits = number_format("", places).split(";")[-1]
    return plain.replace(digits, f'{digits},,"m"')


def _decimals(shown: str, usual: int) -> int:
    """How many decimals a value is shown with: a mean may have one more than a value."""
    part = re.search(r"\.(\d+)\D*$", shown)
    if part:
        return len(part.group(1))
    return 0 if shown else usual


def step_format(unit: str, step: float) -> str:
    """The number format of an axis: as many decimals as its step has."""
    places = len(f"{step:.6g}".partition(".")[2])
    return number_format(unit, places).replace("+", "")
