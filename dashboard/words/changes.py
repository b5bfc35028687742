"""What a figure says beside the period before and beside others: up, worse, no different."""

from dashboard.domain.records import Figure, Metric
from dashboard.words.periods import format_period
from dashboard.words.signs import (
    NO_CHANGE,
    describe_change,
    describe_change_briefly,
    describe_direction,
    describe_way,
)

SAME = "no different"
CHANGED = "tested change"  # of a metric without a better end: one test alone


def describe_verdict(metric: Metric, way: int | None) -> str:
    """Better or worse, where a test found a difference and the metric has a better end."""
    if not way or metric.polarity == "no_judgement":
        return ""
    return "better" if (way > 0) is (metric.polarity == "high_is_good") else "worse"


def describe_move(metric: Metric, figure: Figure) -> str:
    """The change on the previous period in words, without a judgement; or nothing."""
    if figure.change is None or figure.previous_time_period is None:
        return ""
    change = describe_figure_change(metric, figure)
    return f"{change} {pick_joint(metric, change)} {format_period(figure.previous_time_period)}"


def pick_joint(metric: Metric, moved: str) -> str:
    """What joins a change to the period before: up 3 on 2023, the deficit grew since 2020-21."""
    return "since" if metric.signed and moved != NO_CHANGE else "on"


def describe_figure_change(metric: Metric, figure: Figure, *, brief: bool = False) -> str:
    """How a figure has moved on the one before it, in words; nothing where it has no change."""
    if figure.change is None:
        return ""
    number = figure.value or 0.0
    say = describe_change_briefly if brief else describe_change
    return say(metric, number, number - figure.change)


def describe_tested_change(metric: Metric, figure: Figure) -> str:
    """The change in words, and what the test says of it: worse, no different from chance."""
    words, judged = describe_move(metric, figure), describe_change_verdict(metric, figure)
    return f"{words} ({judged})" if words and judged else words


def describe_change_verdict(metric: Metric, figure: Figure) -> str:
    """Better, worse or a tested change; no different; nothing where the change is not tested."""
    if figure.change is None or figure.against_before is None:
        return ""
    if figure.against_before == 0 or describe_direction(metric, figure.change) == NO_CHANGE:
        return SAME
    return describe_verdict(metric, figure.against_before) or CHANGED


def describe_standing(metric: Metric, way: int | None, other: str) -> str:
    """Higher than England, lower than neighbours, no different; nothing where not tested."""
    if way is None:
        return ""
    return f"{describe_way(metric, way)} {other}" if way else SAME
