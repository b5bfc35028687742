"""How figures stand and move where their sign means something: a deficit, a gap, a surplus."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.domain.records import Metric
from dashboard.words.numbers import (
    _find_size,
    describe_side,
    format_amount,
    format_short_amount,
    format_value,
    round_as_shown,
)

SIGNS = Path(__file__).parent / "signs.toml"
SIDES = {1: "above", -1: "below"}  # of nought
NOUGHT = "nought"
NO_CHANGE = "no change"


def describe_direction(metric: Metric, difference: float) -> str:
    """Up, down or no change, judged on the number as it is shown."""
    shown = round_as_shown(metric, difference)
    if shown == 0:
        return NO_CHANGE
    return "up" if shown > 0 else "down"


@cache
def read_sign_words() -> Mapping[str, Any]:
    """What signs.toml says of each kind of metric whose figures lie on both sides of nought."""
    return tomllib.loads(SIGNS.read_text(encoding="utf-8"))


def describe_level(metric: Metric, number: float) -> str:
    """A figure with its sign in words: a deficit of 6.8%, a gap of 2 percentage points, nought."""
    side = _find_side(metric, number)
    if side == 0:
        return NOUGHT
    if not _has_names(metric):
        return f"{'+' if side > 0 and metric.signed else ''}{format_value(metric, number)}"
    return _find_side_words(metric, side)["level"].format(size=_format_level_size(metric, number))


def describe_change(metric: Metric, number: float, before: float) -> str:
    """How a figure has moved: up 3.9 percentage points; deficit grew by 2.9 percentage points.

    Of a metric whose sign turns, it says which side of nought the figure is on and was on, and
    whether it moved away from nought or towards it. Judged on the difference as it is shown.
    """
    way = describe_direction(metric, number - before)
    if way == NO_CHANGE:
        return NO_CHANGE
    size = format_amount(metric, number - before)
    if not metric.signed:
        return f"{way} {size}"
    if not _has_names(metric):
        verb = read_sign_words()[metric.signed]["rising" if way == "up" else "falling"]
        levels = f"from {describe_level(metric, before)} to {describe_level(metric, number)}"
        return f"{verb} {size}, {levels}"
    now, then = _find_side(metric, number), _find_side(metric, before)
    if now and now == then:
        return f"{_describe_move_on_one_side(metric, number, before)} by {size}"
    levels = (describe_level(metric, before), describe_level(metric, number))
    verb, joint = ("turned", "into") if now and then else ("went", "to")
    return f"{verb} from {levels[0]} {joint} {levels[1]}"


def describe_change_briefly(metric: Metric, number: float, before: float) -> str:
    """The same for a table's cell: up 3.9 pts; deficit grew 2.9 pts; surplus became deficit."""
    way = describe_direction(metric, number - before)
    if way == NO_CHANGE:
        return NO_CHANGE
    size = format_short_amount(metric, number - before)
    if not _has_names(metric):
        return f"{way} {size}"
    now, then = _find_side(metric, number), _find_side(metric, before)
    if now and now == then:
        return f"{_describe_move_on_one_side(metric, number, before)} {size}"
    names = [_find_side_words(metric, side)["name"] if side else NOUGHT for side in (then, now)]
    return f"{names[0]} became {names[1]}" if now or then else f"{way} {size}"


def pick_arrow(metric: Metric, difference: float) -> str:
    """▲ or ▼; none where words say whether a deficit or a gap grew, which an arrow cannot."""
    if _has_names(metric):
        return ""
    return {"up": "▲", "down": "▼"}.get(describe_direction(metric, difference), "")


def describe_beside(metric: Metric, number: float, other: float) -> str:
    """How a figure stands to another: above, below, level with; a larger deficit than.

    On two sides of nought, as “further towards deficit than” and the like: true of any two signs.
    """
    way = describe_side(metric, number, other)
    if way == "level with" or not metric.signed:
        return way
    return _describe_comparison(
        metric, way, {_find_side(metric, number), _find_side(metric, other)}
    )


def describe_beside_several(
    metric: Metric, way: str, number: float, others: Sequence[float]
) -> str:
    """The words for one way, above or below, that are true of a figure beside several others."""
    if way == "level with" or not metric.signed:
        return f" is {way}"
    sides = {_find_side(metric, each) for each in (number, *others)}
    return f": {_describe_comparison(metric, way, sides)}"


def describe_extreme(metric: Metric, number: float, *, is_high: bool) -> str:
    """The one end of several: highest or lowest; the smallest deficit, the widest gap."""
    if not metric.signed:
        return "highest" if is_high else "lowest"
    side = _find_side(metric, number)
    if side == 0 or not _has_names(metric):
        return str(read_sign_words()[metric.signed]["high" if is_high else "low"])
    return _find_side_words(metric, side)["largest" if is_high is (side > 0) else "smallest"]


def describe_run(metric: Metric, way: int, years: str) -> str:
    """Years in a row that went one way: has fallen in each of the last three years."""
    if not metric.signed:
        verb = "has risen" if way > 0 else "has fallen"
    else:
        verb = str(read_sign_words()[metric.signed]["rising" if way > 0 else "falling"])
    return f"{verb} in each of the last {years} years"


def describe_trend(metric: Metric, way: int) -> str:
    """What a test finds over five years: rising, falling or neither."""
    if way == 0:
        return "neither rising nor falling"
    if not metric.signed:
        return "rising" if way > 0 else "falling"
    return str(read_sign_words()[metric.signed]["rising" if way > 0 else "falling"])


def describe_way(metric: Metric, way: int) -> str:
    """Higher or lower than, in words that are true whatever the two signs are."""
    if not metric.signed:
        return "higher than" if way > 0 else "lower than"
    return str(read_sign_words()[metric.signed]["higher" if way > 0 else "lower"])


def _has_names(metric: Metric) -> bool:
    return bool(metric.signed) and "above" in read_sign_words()[metric.signed]


def _find_side_words(metric: Metric, side: int) -> Mapping[str, str]:
    return read_sign_words()[metric.signed or ""][SIDES[side]]


def _find_side(metric: Metric, number: float) -> int:
    """1 above nought, -1 below it, 0 where the figure is shown as nought."""
    shown = round_as_shown(metric, number)
    return (shown > 0) - (shown < 0)


def _describe_move_on_one_side(metric: Metric, number: float, before: float) -> str:
    own = _find_side_words(metric, _find_side(metric, number))
    return f"{own['name']} {own['further' if abs(number) > abs(before) else 'back']}"


def _describe_comparison(metric: Metric, way: str, sides: set[int]) -> str:
    """Larger or smaller where all are on one side of nought; else what is true of any signs."""
    if len(sides) == 1 and 0 not in sides and _has_names(metric):
        (side,) = sides
        return _find_side_words(metric, side)[
            "larger" if (way == "above") is (side > 0) else "smaller"
        ]
    return describe_way(metric, 1 if way == "above" else -1)


def _format_level_size(metric: Metric, number: float) -> str:
    """The size of a figure without its sign: 6.8%, where a difference would be in points."""
    if metric.unit in {"percent", "percent_change"}:
        return f"{_find_size(number):,.{metric.decimals}f}%"
    return format_amount(metric, number)
