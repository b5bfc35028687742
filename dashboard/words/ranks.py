"""Where an area stands among all: its rank, its quarter, or why it has none."""

from dashboard.domain.records import UNRANKED, Figure, Metric
from dashboard.words.numbers import format_ordinal
from dashboard.words.signs import read_sign_words

NO_QUARTER = "no quarter: many are level"


def format_rank(metric: Metric, figure: Figure) -> str:
    """=12th of 151, or 12th highest of 151 where high is neither good nor bad."""
    if figure.rank is None:
        return "Not ranked"
    place = f"{'=' if figure.tied else ''}{format_ordinal(figure.rank)}"
    if metric.polarity == "no_judgement":
        return f"{place} highest of {figure.number_ranked}"
    return f"{place} of {figure.number_ranked}"


def explain_no_rank(figure: Figure) -> str:
    """Why an area has no rank, in a few words."""
    if figure.area_code in UNRANKED:
        return "very small numbers"
    if figure.status == "withheld":
        return "withheld here"
    return "no figure" if figure.value is None else ""


def name_areas(metric: Metric) -> str:
    """The kind of area a metric is published for and ranked among."""
    return "integrated care boards" if metric.is_nhs else "local authorities"


def name_one_area(metric: Metric) -> str:
    """One area of that kind."""
    return "integrated care board" if metric.is_nhs else "local authority"


def format_quartile(metric: Metric, number: int | None) -> str:
    """Best, second, third or worst quarter; highest and lowest where nothing is judged."""
    if number is None:
        return ""
    ends = ("highest", "lowest") if metric.polarity == "no_judgement" else ("best", "worst")
    return (f"{ends[0]} quarter", "2nd quarter", "3rd quarter", f"{ends[1]} quarter")[number - 1]


def format_quarter(metric: Metric, figure: Figure) -> str:
    """The quarter of a ranked figure, or why it has none."""
    if figure.rank is None:
        return ""
    return format_quartile(metric, figure.quartile) or NO_QUARTER


def is_placed(figure: Figure) -> bool:
    """Whether a figure may be said to stand anywhere: not where the numbers are always tiny."""
    return figure.area_code not in UNRANKED


def explain_rank(metric: Metric) -> str:
    """Which end of the ranking is first."""
    kind = read_sign_words().get(metric.signed or "", {"high": "the highest", "low": "the lowest"})
    return {
        "high_is_good": f"1st is {kind['high']}, which is best",
        "low_is_good": f"1st is {kind['low']}, which is best",
        "no_judgement": f"1st is {kind['high']}; high is neither good nor bad in itself",
    }[metric.polarity]


def describe_polarity(metric: Metric) -> str:
    """Which way is better, in words."""
    if metric.signed:
        return str(read_sign_words()[metric.signed]["better"])
    return {
        "high_is_good": "Higher is better",
        "low_is_good": "Lower is better",
        "no_judgement": "Neither higher nor lower is better in itself",
    }[metric.polarity]
