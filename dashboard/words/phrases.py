"""The words and numbers a reader sees. Pure: no Streamlit, no SQL."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from dashboard.domain.records import UNRANKED, Figure, Metric

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
MONTHS = 12
OLD = 2  # years, beyond which a figure says its age
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUDGE = 1e-9
NOTHING = "£0.,%"
HALVES = {"percent", "score", "weeks", "goals"}  # of which a mean or a median keeps one decimal
MINUS = "\N{MINUS SIGN}"
SAME = "no different"
CHANGED = "tested change"  # of a metric without a better end: one test alone
NO_CHANGE = "no change"
NOUGHT = "nought"
SIGNS = Path(__file__).parent / "signs.toml"
SIDES = {1: "above", -1: "below"}  # of nought
NO_PUBLISHED_FIGURE = "No figure held"  # of what is held: elsewhere one may be published
NO_QUARTER = "no quarter: many are level"


def value(metric: Metric, number: float | None, status: str = "ok") -> str:
    """61.0% or £1,200, or why there is no number."""
    if number is None or status != "ok":
        return STATUS_LABEL.get(status, NO_PUBLISHED_FIGURE)
    if metric.is_category:
        return metric.label(number)
    return _written(metric.unit, number, metric.decimals)


def average(metric: Metric, number: float | None) -> str:
    """A mean or a median: with one decimal where whole percentages or scores are averaged."""
    if number is None:
        return NO_PUBLISHED_FIGURE
    return _written(metric.unit, number, _average_decimals(metric))


def amount(metric: Metric, number: float) -> str:
    """The size of a difference, without its sign: 2.1 percentage points."""
    text = f"{_size(number):,.{metric.decimals}f}"
    if metric.unit == "pounds":
        return f"£{text}"
    if noun := SIZED.get(metric.unit):
        return f"{text} {noun}{'' if text == '1' else 's'}"
    return f"{text} {EACH[metric.unit]}" if metric.unit in EACH else text


def short_amount(metric: Metric, number: float) -> str:
    """The size of a difference for a table's cell, whose column says the unit."""
    text = f"{_size(number):,.{metric.decimals}f}"
    match metric.unit:
        case "percent" | "percent_change" | "points":
            return f"{text} {'pt' if text == '1' else 'pts'}"
        case "pounds":
            return f"£{text}"
        case _:
            return text


def rounded(metric: Metric, number: float) -> float:
    """A number as it is shown, to be compared with others as they are shown."""
    return _round(number, metric.decimals)


def direction(metric: Metric, difference: float) -> str:
    """Up, down or no change, judged on the number as it is shown."""
    shown = rounded(metric, difference)
    if shown == 0:
        return NO_CHANGE
    return "up" if shown > 0 else "down"


@cache
def sign_words() -> Mapping[str, Any]:
    """What signs.toml says of each kind of metric whose figures lie on both sides of nought."""
    return tomllib.loads(SIGNS.read_text(encoding="utf-8"))


def say_level(metric: Metric, number: float) -> str:
    """A figure with its sign in words: a deficit of 6.8%, a gap of 2 percentage points, nought."""
    side = _side(metric, number)
    if side == 0:
        return NOUGHT
    if not _has_names(metric):
        return f"{'+' if side > 0 and metric.signed else ''}{value(metric, number)}"
    return _of_side(metric, side)["level"].format(size=_level_size(metric, number))


def say_change(metric: Metric, number: float, before: float) -> str:
    """How a figure has moved: up 3.9 percentage points; deficit grew by 2.9 percentage points.

    Of a metric whose sign turns, it says which side of nought the figure is on and was on, and
    whether it moved away from nought or towards it. Judged on the difference as it is shown.
    """
    way = direction(metric, number - before)
    if way == NO_CHANGE:
        return NO_CHANGE
    size = amount(metric, number - before)
    if not metric.signed:
        return f"{way} {size}"
    if not _has_names(metric):
        verb = sign_words()[metric.signed]["rising" if way == "up" else "falling"]
        levels = f"from {say_level(metric, before)} to {say_level(metric, number)}"
        return f"{verb} {size}, {levels}"
    now, then = _side(metric, number), _side(metric, before)
    if now and now == then:
        return f"{_moved_on_one_side(metric, number, before)} by {size}"
    levels = (say_level(metric, before), say_level(metric, number))
    return f"turned from {levels[0]} into {levels[1]}" if now and then else _by_nought(levels)


def say_change_briefly(metric: Metric, number: float, before: float) -> str:
    """The same for a table's cell: up 3.9 pts; deficit grew 2.9 pts; surplus became deficit."""
    way = direction(metric, number - before)
    if way == NO_CHANGE:
        return NO_CHANGE
    size = short_amount(metric, number - before)
    if not _has_names(metric):
        return f"{way} {size}"
    now, then = _side(metric, number), _side(metric, before)
    if now and now == then:
        return f"{_moved_on_one_side(metric, number, before)} {size}"
    names = [_of_side(metric, side)["name"] if side else NOUGHT for side in (then, now)]
    return f"{names[0]} became {names[1]}" if now or then else f"{way} {size}"


def arrow(metric: Metric, difference: float) -> str:
    """▲ or ▼; none where words say whether a deficit or a gap grew, which an arrow cannot."""
    if _has_names(metric):
        return ""
    return {"up": "▲", "down": "▼"}.get(direction(metric, difference), "")


def say_beside(metric: Metric, number: float, other: float) -> str:
    """How a figure stands to another: above, below, level with; a larger deficit than.

    On two sides of nought, as “further towards deficit than” and the like: true of any two signs.
    """
    way = against(metric, number, other)
    if way == "level with" or not metric.signed:
        return way
    return _comparative(metric, way, {_side(metric, number), _side(metric, other)})


def say_beside_several(metric: Metric, way: str, number: float, others: Sequence[float]) -> str:
    """The words for one way, above or below, that are true of a figure beside several others."""
    if way == "level with" or not metric.signed:
        return f" is {way}"
    sides = {_side(metric, each) for each in (number, *others)}
    return f": {_comparative(metric, way, sides)}"


def say_extreme(metric: Metric, number: float, *, is_high: bool) -> str:
    """The one end of several: highest or lowest; the smallest deficit, the widest gap."""
    if not metric.signed:
        return "highest" if is_high else "lowest"
    side = _side(metric, number)
    if side == 0 or not _has_names(metric):
        return str(sign_words()[metric.signed]["high" if is_high else "low"])
    return _of_side(metric, side)["largest" if is_high is (side > 0) else "smallest"]


def say_run(metric: Metric, way: int, years: str) -> str:
    """Years in a row that went one way: has fallen in each of the last three years."""
    if not metric.signed:
        verb = "has risen" if way > 0 else "has fallen"
    else:
        verb = str(sign_words()[metric.signed]["rising" if way > 0 else "falling"])
    return f"{verb} in each of the last {years} years"


def say_trend(metric: Metric, way: int) -> str:
    """What a test finds over five years: rising, falling or neither."""
    if way == 0:
        return "neither rising nor falling"
    if not metric.signed:
        return "rising" if way > 0 else "falling"
    return str(sign_words()[metric.signed]["rising" if way > 0 else "falling"])


def say_way(metric: Metric, way: int) -> str:
    """Higher or lower than, in words that are true whatever the two signs are."""
    if not metric.signed:
        return "higher than" if way > 0 else "lower than"
    return str(sign_words()[metric.signed]["higher" if way > 0 else "lower"])


def _has_names(metric: Metric) -> bool:
    return bool(metric.signed) and "above" in sign_words()[metric.signed]


def _of_side(metric: Metric, side: int) -> Mapping[str, str]:
    return sign_words()[metric.signed or ""][SIDES[side]]


def _side(metric: Metric, number: float) -> int:
    """1 above nought, -1 below it, 0 where the figure is shown as nought."""
    shown = rounded(metric, number)
    return (shown > 0) - (shown < 0)


def _moved_on_one_side(metric: Metric, number: float, before: float) -> str:
    own = _of_side(metric, _side(metric, number))
    return f"{own['name']} {own['further' if abs(number) > abs(before) else 'back']}"


def _by_nought(levels: tuple[str, str]) -> str:
    return f"went from {levels[0]} to {levels[1]}"


def _comparative(metric: Metric, way: str, sides: set[int]) -> str:
    """Larger or smaller where all are on one side of nought; else what is true of any signs."""
    if len(sides) == 1 and 0 not in sides and _has_names(metric):
        (side,) = sides
        return _of_side(metric, side)["larger" if (way == "above") is (side > 0) else "smaller"]
    return say_way(metric, 1 if way == "above" else -1)


def _level_size(metric: Metric, number: float) -> str:
    """The size of a figure without its sign: 6.8%, where a difference would be in points."""
    if metric.unit in {"percent", "percent_change"}:
        return f"{_size(number):,.{metric.decimals}f}%"
    return amount(metric, number)


def verdict(metric: Metric, way: int | None) -> str:
    """Better or worse, where a test found a difference and the metric has a better end."""
    if not way or metric.polarity == "no_judgement":
        return ""
    return "better" if (way > 0) is (metric.polarity == "high_is_good") else "worse"


def moved(metric: Metric, figure: Figure) -> str:
    """The change on the previous period in words, without a judgement; or nothing."""
    if figure.change is None or figure.previous_time_period is None:
        return ""
    said = say_figure_change(metric, figure)
    return f"{said} {than_before(metric, said)} {period(figure.previous_time_period)}"


def than_before(metric: Metric, moved: str) -> str:
    """What joins a change to the period before: up 3 on 2023, the deficit grew since 2020-21."""
    return "since" if metric.signed and moved != NO_CHANGE else "on"


def say_figure_change(metric: Metric, figure: Figure, *, brief: bool = False) -> str:
    """How a figure has moved on the one before it, in words; nothing where it has no change."""
    if figure.change is None:
        return ""
    number = figure.value or 0.0
    say = say_change_briefly if brief else say_change
    return say(metric, number, number - figure.change)


def change(metric: Metric, figure: Figure) -> str:
    """The change in words, and what the test says of it: worse, no different from chance."""
    words, judged = moved(metric, figure), change_verdict(metric, figure)
    return f"{words} ({judged})" if words and judged else words


def change_verdict(metric: Metric, figure: Figure) -> str:
    """Better, worse or a tested change; no different; nothing where the change is not tested."""
    if figure.change is None or figure.against_before is None:
        return ""
    if figure.against_before == 0 or direction(metric, figure.change) == NO_CHANGE:
        return SAME
    return verdict(metric, figure.against_before) or CHANGED


def standing(metric: Metric, way: int | None, other: str) -> str:
    """Higher than England, lower than neighbours, no different; nothing where not tested."""
    if way is None:
        return ""
    return f"{say_way(metric, way)} {other}" if way else SAME


def whole(number: float) -> str:
    """A numerator or a denominator as published."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"


def possessive(name: str) -> str:
    """Neighbours’, your group’s."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def capital(text: str) -> str:
    """A phrase as the start of a sentence."""
    return text[:1].upper() + text[1:]


def against(metric: Metric, number: float, other: float) -> str:
    """How one number stands to another, judged on the numbers as they are shown."""
    decimals = _average_decimals(metric)
    shown, beside = _round(number, decimals), _round(other, decimals)
    if shown == beside:
        return "level with"
    return "above" if shown > beside else "below"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th, 112th."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else ending}"


def say_none(name: str, figures: Sequence[Figure | None]) -> str:
    """That there is no figure: none is held, or the newest one is withheld here."""
    missing = [figure for figure in figures if figure is not None and figure.value is None]
    newest = max((figure.period_end for figure in missing), default=None)
    if any(f.status == "withheld" and f.period_end == newest for f in missing):
        return f"The figure for {name} is withheld here: what is published cannot be right"
    return f"No figure is held for {name}"


def rank(metric: Metric, figure: Figure) -> str:
    """=12th of 151, or 12th highest of 151 where high is neither good nor bad."""
    if figure.rank is None:
        return "Not ranked"
    place = f"{'=' if figure.tied else ''}{ordinal(figure.rank)}"
    if metric.polarity == "no_judgement":
        return f"{place} highest of {figure.number_ranked}"
    return f"{place} of {figure.number_ranked}"


def why_not_ranked(figure: Figure) -> str:
    """Why an area has no rank, in a few words."""
    if figure.area_code in UNRANKED:
        return "very small numbers"
    if figure.status == "withheld":
        return "withheld here"
    return "no figure" if figure.value is None else ""


def areas(metric: Metric) -> str:
    """The kind of area a metric is published for and ranked among."""
    return "integrated care boards" if metric.is_nhs else "local authorities"


def one_area(metric: Metric) -> str:
    """One area of that kind."""
    return "integrated care board" if metric.is_nhs else "local authority"


def quartile(metric: Metric, number: int | None) -> str:
    """Best, second, third or worst quarter; highest and lowest where nothing is judged."""
    if number is None:
        return ""
    ends = ("highest", "lowest") if metric.polarity == "no_judgement" else ("best", "worst")
    return (f"{ends[0]} quarter", "2nd quarter", "3rd quarter", f"{ends[1]} quarter")[number - 1]


def quarter(metric: Metric, figure: Figure) -> str:
    """The quarter of a ranked figure, or why it has none."""
    if figure.rank is None:
        return ""
    return quartile(metric, figure.quartile) or NO_QUARTER


def is_placed(figure: Figure) -> bool:
    """Whether a figure may be said to stand anywhere: not where the numbers are always tiny."""
    return figure.area_code not in UNRANKED


def rank_meaning(metric: Metric) -> str:
    """Which end of the ranking is first."""
    kind = sign_words().get(metric.signed or "", {"high": "the highest", "low": "the lowest"})
    return {
        "high_is_good": f"1st is {kind['high']}, which is best",
        "low_is_good": f"1st is {kind['low']}, which is best",
        "no_judgement": f"1st is {kind['high']}; high is neither good nor bad in itself",
    }[metric.polarity]


def polarity(metric: Metric) -> str:
    """Which way is better, in words."""
    if metric.signed:
        return str(sign_words()[metric.signed]["better"])
    return {
        "high_is_good": "Higher is better",
        "low_is_good": "Lower is better",
        "no_judgement": "Neither higher nor lower is better in itself",
    }[metric.polarity]


def title(metric: Metric, breakdown: str) -> str:
    """The metric's title with its group, where it has groups."""
    return metric.title if len(metric.breakdowns) == 1 else f"{metric.title}: {breakdown}"


def short_title(metric: Metric, breakdown: str) -> str:
    """The metric's short title with its group, where it has groups."""
    if len(metric.breakdowns) == 1:
        return metric.short_title
    return f"{metric.short_title}: {breakdown}"


def period(label: str) -> str:
    """A period inside a sentence: mid-2023, not Mid-2023."""
    return label[0].lower() + label[1:] if label.startswith(("Mid-", "Autumn", "Spring")) else label


def age(end: date, today: date) -> str:
    """How long ago a period ended, in calendar months: 22 months old."""
    months = (today.year - end.year) * MONTHS + today.month - end.month
    if months < 1:
        return "less than a month old"
    if months < 2 * MONTHS:
        return f"{counted(months, 'month')} old"
    years, rest = divmod(months, MONTHS)
    return f"{joined([counted(years, 'year'), *([counted(rest, 'month')] if rest else [])])} old"


def say_age(end: date, newest: date) -> str:
    """How old a figure is where that must be said, in whole years: four years old; else nothing.

    Takes the end of the figure's period and that of the newest period which the build holds: the
    same build then always says the same, and never that a figure is older than it is.
    """
    months = (newest.year - end.year) * MONTHS + newest.month - end.month
    years = months // MONTHS
    if months <= OLD * MONTHS:
        return ""
    return f"{NUMBERS[years] if years < len(NUMBERS) else years} years old"


def say_period(figure: Figure, newest: date) -> str:
    """The period of a figure, with its age where it is more than two years old."""
    return ", ".join(filter(None, [figure.time_period, say_age(figure.period_end, newest)]))


def joined(words: list[str]) -> str:
    """Words in a row: a, b and c."""
    if len(words) < 2:  # noqa: PLR2004 - one word or none needs no "and"
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(number: int, one: str, many: str = "") -> str:
    """1 metric, 2 metrics."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def licence(name: str) -> str:
    """A licence's whole name."""
    return name.replace("OGL", "Open Government Licence")


@lru_cache(maxsize=50_000)  # every page repeats England's numbers and its region's
def _written(unit: str, number: float, decimals: int) -> str:
    text = f"{abs(number) + NUDGE:,.{decimals}f}"
    if unit == "pounds":
        text = f"£{text}"
    elif unit in {"percent", "percent_change"}:
        text = f"{text}%"
    if not text.strip(NOTHING):
        return text
    plus = "+" if unit == "percent_change" else ""
    return f"{MINUS if number < 0 else plus}{text}"


def _average_decimals(metric: Metric) -> int:
    return max(metric.decimals, 1) if metric.unit in HALVES else metric.decimals


def _size(number: float) -> float:
    """Nudged off the half, so that 8.5 is 9 as in any textbook and not the nearest even 8."""
    return abs(number) + NUDGE


def _round(number: float, decimals: int) -> float:
    return round(number + math.copysign(NUDGE, number), decimals) + 0.0
