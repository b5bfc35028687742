"""Numbers as a reader sees them: with their unit, rounded, counted, put in order."""

import math
from functools import lru_cache

from dashboard.domain.records import Metric

STATUS_LABEL = {
    "suppressed": "Suppressed",
    "not_applicable": "Not applicable",
    "not_available": "Not available",
    "low": "Low",
    "unreliable": "Unreliable",
    "withheld": "Withheld here",
    "not_returned": "Not returned",
    "no_denominator": "No population held",
}
STATUS_MEANING = {
    "suppressed": "withheld by the publisher so that nobody can be identified",
    "not_applicable": "the metric does not apply to this area or period",
    "not_available": "the publisher gives no figure",
    "low": "the publisher says only that the figure rounds to zero",
    "unreliable": "the publisher marks the figure as unreliable and does not give it",
    "withheld": (
        "withheld by SEND System Health, not by the publisher: the note gives the published figure "
        "and why it cannot be right"
    ),
    "not_returned": "the local authority made no return",
    "no_denominator": "no population or other total is held for this period, so there is no rate",
}
UNIT_WORDS = {
    "count": "number",
    "percent": "per cent",
    "per_1000": "per 1,000",
    "per_100": "per 100",
    "pounds": "pounds",
    "score": "points",
    "weeks": "weeks",
    "goals": "early learning goals",
    "points": "percentage points",
    "percent_change": "per cent change on the year before",
    "category": "outcome or answer",
}
POINT = "percentage point"
# What the size of a difference is called, one of it; and what a rate is for.
SIZED = {
    **dict.fromkeys(("percent", "percent_change", "points"), POINT),
    "score": "point",
    "weeks": "week",
    "goals": "goal",
}
EACH = {"per_1000": "per 1,000", "per_100": "per 100"}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUDGE = 1e-9
NOTHING = "£0.,%"
HALVES = {"percent", "score", "weeks", "goals"}  # of which a mean or a median keeps one decimal
MINUS = "\N{MINUS SIGN}"
NO_PUBLISHED_FIGURE = "No figure held"  # of what is held: elsewhere one may be published


def format_value(metric: Metric, number: float | None, status: str = "ok") -> str:
    """61.0% or £1,200, or why there is no number."""
    if number is None or status != "ok":
        return STATUS_LABEL.get(status, NO_PUBLISHED_FIGURE)
    if metric.is_category:
        return metric.label(number)
    return _write_number(metric.unit, number, metric.decimals)


def format_average(metric: Metric, number: float | None) -> str:
    """A mean or a median: with one decimal where whole percentages or scores are averaged."""
    if number is None:
        return NO_PUBLISHED_FIGURE
    return _write_number(metric.unit, number, _count_decimals(metric))


def format_amount(metric: Metric, number: float) -> str:
    """The size of a difference, without its sign: 2.1 percentage points."""
    text = f"{_find_size(number):,.{metric.decimals}f}"
    if metric.unit == "pounds":
        return f"£{text}"
    if noun := SIZED.get(metric.unit):
        return f"{text} {noun}{'' if text == '1' else 's'}"
    return f"{text} {EACH[metric.unit]}" if metric.unit in EACH else text


def format_short_amount(metric: Metric, number: float) -> str:
    """The size of a difference for a table's cell, whose column says the unit."""
    text = f"{_find_size(number):,.{metric.decimals}f}"
    match metric.unit:
        case "percent" | "percent_change" | "points":
            return f"{text} {'pt' if text == '1' else 'pts'}"
        case "pounds":
            return f"£{text}"
        case _:
            return text


def round_as_shown(metric: Metric, number: float) -> float:
    """A number as it is shown, to be compared with others as they are shown."""
    return _round_number(number, metric.decimals)


def format_whole(number: float) -> str:
    """A numerator or a denominator as published."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"


def describe_side(metric: Metric, number: float, other: float) -> str:
    """How one number stands to another, judged on the numbers as they are shown."""
    decimals = _count_decimals(metric)
    shown, beside = _round_number(number, decimals), _round_number(other, decimals)
    if shown == beside:
        return "level with"
    return "above" if shown > beside else "below"


def format_ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th, 112th."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else ending}"


def format_count(number: int, one: str, many: str = "") -> str:
    """1 metric, 2 metrics."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@lru_cache(maxsize=50_000)  # every page repeats England's numbers and its region's
def _write_number(unit: str, number: float, decimals: int) -> str:
    text = f"{abs(number) + NUDGE:,.{decimals}f}"
    if unit == "pounds":
        text = f"£{text}"
    elif unit in {"percent", "percent_change"}:
        text = f"{text}%"
    if not text.strip(NOTHING):
        return text
    plus = "+" if unit == "percent_change" else ""
    return f"{MINUS if number < 0 else plus}{text}"


def _count_decimals(metric: Metric) -> int:
    return max(metric.decimals, 1) if metric.unit in HALVES else metric.decimals


def _find_size(number: float) -> float:
    """Nudged off the half, so that 8.5 is 9 as in any textbook and not the nearest even 8."""
    return abs(number) + NUDGE


def _round_number(number: float, decimals: int) -> float:
    return round(number + math.copysign(NUDGE, number), decimals) + 0.0


def spell_number(number: int) -> str:
    """A number in words, up to ten: three."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)
