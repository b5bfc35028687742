"""What one figure says: how sure it is, how it stands to others, how it has changed. Pure.

Each function is one sentence, or nothing where the numbers do not carry one.
"""

from dashboard.domain.records import Comparator, Figure, Funnel, Metric
from dashboard.words.changes import SAME, describe_change_verdict, describe_move, describe_verdict
from dashboard.words.names import capitalise, join_words
from dashboard.words.numbers import format_average, format_value, format_whole
from dashboard.words.periods import format_period
from dashboard.words.ranks import format_rank, is_placed, name_areas
from dashboard.words.signs import describe_beside, describe_run, describe_trend, describe_way
from pipeline.limits import SMALL_DENOMINATOR, SMALL_NUMERATOR

COUNTED = {"wilson", "byar"}
BY_INTERVAL = "by the 95% interval of the difference"
PUBLISHERS_OWN = (
    "the figure is the publisher’s own, and the published counts do not give it, or are not "
    "published"
)
NOT_PLACED = "Not compared: very small numbers"
PLAIN = ("above", "below")
OUTSIDE = {
    2: "above the upper 99.8% limit",
    1: "above the upper 95% limit",
    0: "not outside the limits",
    -1: "below the lower 95% limit",
    -2: "below the lower 99.8% limit",
}


def describe_interval(metric: Metric, figure: Figure) -> str:
    """The limits between which the figure would mostly fall by chance, or why there are none."""
    if figure.low is not None and figure.high is not None:
        low, high = format_value(metric, figure.low), format_value(metric, figure.high)
        return f"95% interval {low} to {high}"
    return "" if figure.value is None else f"no interval: {explain_no_interval(metric, figure)}"


def explain_no_interval(metric: Metric, figure: Figure) -> str:
    """Why a figure has no interval: that of its metric, or that no counts give it."""
    return (
        PUBLISHERS_OWN
        if is_publishers_own(metric, figure)
        else explain_metric_has_no_interval(metric)
    )


def is_publishers_own(metric: Metric, figure: Figure) -> bool:
    """Whether a figure that is otherwise made of counts stands without any.

    Then it is as its publisher gives it. Counts may be published beside it that give another
    figure, which its note says, or none may be: so it is not said that none are.
    """
    counts = (figure.numerator, figure.denominator)
    return metric.interval in COUNTED and figure.value is not None and counts == (None, None)


def explain_metric_has_no_interval(metric: Metric) -> str:
    """Why a metric's figures have no interval, in a few words."""
    if metric.interval != "none":
        return "the numbers behind it are not published"
    if metric.unit == "pounds":
        return "pounds do not vary like separate children"
    if metric.unit in {"count", "percent_change", "category"}:
        return f"none is made for {'an outcome' if metric.is_category else 'counts'}"
    if metric.denominator:
        return "half days and pounds do not vary like separate children"
    return "the numbers behind it are not published"


def describe_small_numbers(metric: Metric, figure: Figure) -> str:
    """That few children or events are behind a figure, with their number."""
    count, total = figure.numerator, figure.denominator
    if metric.interval not in COUNTED or total is None or figure.value is None:
        return ""
    is_small = total < SMALL_DENOMINATOR or (count is not None and count < SMALL_NUMERATOR)
    return f"small numbers: {_describe_out_of(count, total)}" if is_small else ""


def describe_certainty(metric: Metric, figure: Figure) -> list[str]:
    """The interval, and how many of how many the figure is made from."""
    parts = [describe_interval(metric, figure), describe_counts(metric, figure)]
    return [capitalise("; ".join(part for part in parts if part))]


def compose_standing(metric: Metric, figure: Figure, other: Comparator) -> list[str]:
    """All that is said of a figure beside one group, a line for each thing said."""
    if not other.members:
        return [describe_members(metric, other)]
    if figure.value is None or (not other.group.has_average and metric.unit == "count"):
        return []
    if other.value is None:
        return [f"No figure for {format_period(figure.time_period)}"]
    if not is_placed(figure):
        return [f"{capitalise(_describe_other(metric, other))}. {NOT_PLACED}"]
    return [
        compose_beside(metric, figure, other),
        capitalise(
            "; ".join(
                filter(
                    None,
                    [
                        describe_averages(metric, other),
                        describe_members_above_and_below(metric, figure, other),
                    ],
                )
            )
        ),
        describe_members(metric, other),
    ]


def describe_counts(metric: Metric, figure: Figure) -> str:
    """How many of how many; said as small where they are."""
    if metric.interval not in COUNTED or figure.denominator is None or figure.value is None:
        return ""
    return describe_small_numbers(metric, figure) or _describe_out_of(
        figure.numerator, figure.denominator
    )


def compose_beside(metric: Metric, figure: Figure, other: Comparator) -> str:
    """Higher or lower than a group's median, than a region or than England; or not tested."""
    if figure.value is None or other.value is None:
        return ""
    of = _describe_other(metric, other)
    if other.against is None:
        way = describe_beside(metric, figure.value, other.value)
        return f"{capitalise(way)} {of}; not tested"
    judged = describe_verdict(metric, other.against)
    which = f", which is {judged}" if judged else ""
    way = describe_way(metric, other.against) if other.against else "no different from"
    return f"{capitalise(way)} {of}{_describe_expected(metric, other)}{which}"


def _describe_other(metric: Metric, other: Comparator) -> str:
    """What a figure is set against, with its own figure: the median of a group, or England."""
    if not other.group.has_average:
        return f"{other.group.named} ({format_value(metric, other.value)})"
    return f"the median of {other.group.named} ({format_average(metric, other.value)})"


def _describe_expected(metric: Metric, other: Comparator) -> str:
    """What one more area like those of a group would be expected to have; of England nothing."""
    if other.expected is None:
        return ""
    low, high = (format_average(metric, limit) for limit in other.expected)
    if not other.against:
        return f": one more area like them would be expected to have anything from {low} to {high}"
    return f" and outside what one more area like them would be expected to have ({low} to {high})"


def describe_members_above_and_below(metric: Metric, figure: Figure, other: Comparator) -> str:
    """How many members of a group the area is above and below."""
    if not is_placed(figure):
        return ""
    if figure.value is None or other.above is None or other.below is None or not other.with_value:
        return ""
    level = other.with_value - other.above - other.below
    above, below = (describe_way(metric, way) for way in (1, -1)) if metric.signed else PLAIN
    parts = [f"{above} {other.above}", f"{below} {other.below}", f"level with {level}"]
    return f"{join_words(parts if level else parts[:2])} of {_count_with_figure(other)}"


def describe_members(metric: Metric, other: Comparator) -> str:
    """How many have a figure, from which to which, and who has none."""
    if not other.members:
        return "No local authority is chosen"
    if not other.group.has_average and not other.with_value:
        return ""  # a figure of years ago: the others' latest do not stand beside it
    text = f"{other.with_value} of {other.members} have a figure"
    if other.lowest and other.highest:
        (low, least), (high, most) = other.lowest, other.highest
        text += (
            f", from {format_value(metric, least)} ({low}) to {format_value(metric, most)} ({high})"
        )
    return f"{text}. No figure: {join_words(list(other.missing))}" if other.missing else text


def describe_averages(metric: Metric, other: Comparator) -> str:
    """The mean and the median of a group, each by its name."""
    if not other.group.has_average or other.mean is None:
        return ""
    mean, median = format_average(metric, other.mean), format_average(metric, other.median)
    return f"mean {mean}, median {median}"


def compose_change(metric: Metric, figure: Figure) -> list[str]:
    """The change on the year before, and whether a test finds one."""
    moved = capitalise(describe_move(metric, figure))
    if not moved:
        return []
    if figure.against_before is None:
        return [f"{moved}; not tested"]
    if describe_change_verdict(metric, figure) == SAME:
        return [f"{moved}: no different {BY_INTERVAL}"]
    judged = describe_verdict(metric, figure.against_before)
    way = "" if metric.signed else ("up " if figure.against_before > 0 else "down ")
    return [
        f"{moved}: {way or 'a change '}{BY_INTERVAL}" + (f", which is {judged}" if judged else "")
    ]


def compose_trend(metric: Metric, figure: Figure) -> list[str]:
    """Five years in a row, where they are tested, and the run of years in one direction."""
    parts = []
    if figure.trend is not None:
        tested = describe_trend(metric, figure.trend)
        parts.append(f"{tested} over the five years to {format_period(figure.time_period)}")
    if figure.run is not None and abs(figure.run) > 1:
        parts.append(describe_run(metric, figure.run, str(abs(figure.run))))
    return [capitalise("; ".join(parts))]


def compose_outlying(metric: Metric, figure: Figure, funnel: Funnel | None) -> list[str]:
    """Where the figure lies in the funnel plot of all areas, with its place among them."""
    if funnel is None or not is_placed(figure):
        return []
    if not funnel.is_drawn:
        return [
            f"None is drawn: {explain_too_wide(metric, funnel)}{_describe_place(metric, figure)}"
        ]
    if figure.funnel is None:
        return []
    lies = capitalise(OUTSIDE[figure.funnel])
    plot = f"of the funnel plot of all {name_areas(metric)}, given its numbers"
    return [f"{lies} {plot}{_describe_place(metric, figure)}"]


def explain_too_wide(metric: Metric, funnel: Funnel) -> str:
    """That a funnel plot could not tell areas apart, and why."""
    return (
        f"{name_areas(metric)} vary {funnel.dispersion:,.1f} times as much as "
        "chance alone would make them (by variance), so its limits would hardly depend on their "
        "numbers and could not tell them apart"
    )


def _describe_place(metric: Metric, figure: Figure) -> str:
    """That no limit is a comfort to the last: where the figure stands among all."""
    return f". It is {format_rank(metric, figure)}" if figure.rank is not None else ""


def _describe_out_of(count: float | None, total: float) -> str:
    """7 of 23; of a percentage that is published as it is, only what it is out of."""
    return (
        f"{format_whole(count)} of {format_whole(total)}"
        if count is not None
        else (f"out of {format_whole(total)}")
    )


def _count_with_figure(other: Comparator) -> str:
    whole = other.with_value == other.members
    return f"the {other.with_value}" if whole else f"the {other.with_value} with a figure"
