"""The words and numbers a reader sees. Pure: no Streamlit, no SQL."""

import math
from datetime import date
from functools import lru_cache

from dashboard.model import UNRANKED, Figure, Metric

STATUS_LABEL = {
    "suppressed": "Suppressed",
    "not_applicable": "Not applicable",
    "not_available": "Not available",
    "low": "Low",
    "unreliable": "Unreliable",
    "not_returned": "Not returned",
    "no_denominator": "No population held",
}
STATUS_MEANING = {
    "suppressed": "withheld by the publisher so that nobody can be identified",
    "not_applicable": "the metric does not apply to this area or period",
    "not_available": "the publisher gives no figure",
    "low": "the publisher says only that the figure rounds to zero",
    "unreliable": "the publisher marks the figure as unreliable and does not give it",
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
    "points": "percentage points",
    "percent_change": "per cent change on the year before",
    "category": "outcome or answer",
}
MONTHS = 12
NUDGE = 1e-9
NOTHING = "£0.,%"
MINUS = "\N{MINUS SIGN}"
SAME = "no different"
NO_PUBLISHED_FIGURE = "No figure published"
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
    match metric.unit:
        case "percent" | "percent_change" | "points":
            return f"{text} percentage {'point' if text == '1' else 'points'}"
        case "pounds":
            return f"£{text}"
        case "per_1000":
            return f"{text} per 1,000"
        case "per_100":
            return f"{text} per 100"
        case "score":
            return f"{text} {'point' if text == '1' else 'points'}"
        case _:
            return text


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
        return "no change"
    return "up" if shown > 0 else "down"


def verdict(metric: Metric, way: int | None) -> str:
    """Better or worse, where a test found a difference and the metric has a better end."""
    if not way or metric.polarity == "no_judgement":
        return ""
    return "better" if (way > 0) is (metric.polarity == "high_is_good") else "worse"


def moved(metric: Metric, figure: Figure) -> str:
    """The change on the previous period in words, without a judgement; or nothing."""
    if figure.change is None or figure.previous_time_period is None:
        return ""
    way = direction(metric, figure.change)
    size = "" if way == "no change" else f" {amount(metric, figure.change)}"
    return f"{way}{size} on {period(figure.previous_time_period)}"


def change(metric: Metric, figure: Figure) -> str:
    """The change in words, and what the test says of it: worse, no different from chance."""
    words, judged = moved(metric, figure), change_verdict(metric, figure)
    return f"{words} ({judged})" if words and judged else words


def change_verdict(metric: Metric, figure: Figure) -> str:
    """Better, worse or beyond chance; no different; nothing where the change is not tested."""
    if figure.change is None or figure.against_before is None:
        return ""
    if figure.against_before == 0 or direction(metric, figure.change) == "no change":
        return SAME
    return verdict(metric, figure.against_before) or "beyond chance"


def standing(way: int | None, other: str) -> str:
    """Higher than England, lower than neighbours, no different; nothing where not tested."""
    if way is None:
        return ""
    return {1: f"higher than {other}", -1: f"lower than {other}", 0: SAME}[way]


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
    return {
        "high_is_good": "1st is the highest, which is best",
        "low_is_good": "1st is the lowest, which is best",
        "no_judgement": "1st is the highest; high is neither good nor bad in itself",
    }[metric.polarity]


def polarity(metric: Metric) -> str:
    """Which way is better, in words."""
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
    return max(metric.decimals, 1) if metric.unit in {"percent", "score"} else metric.decimals


def _size(number: float) -> float:
    """Nudged off the half, so that 8.5 is 9 as in any textbook and not the nearest even 8."""
    return abs(number) + NUDGE


def _round(number: float, decimals: int) -> float:
    return round(number + math.copysign(NUDGE, number), decimals) + 0.0
