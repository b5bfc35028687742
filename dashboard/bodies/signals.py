"""What stands out in one local authority, each in one sentence from the numbers. Pure.

Two lists with different words: what is tested and lies beyond chance, and what lies furthest from
similar areas, by distance. Then what the law asks, as facts. The same sentences stand on the page
and in every briefing.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

from dashboard.domain.choices import View
from dashboard.domain.records import Area, Figure, Group, Metric, Signal
from dashboard.draw.templates import render_macro
from dashboard.store import comparators
from dashboard.words import furthest
from dashboard.words.changes import describe_verdict
from dashboard.words.furthest import Far
from dashboard.words.names import capitalise, name_metric, name_place
from dashboard.words.numbers import (
    EACH,
    format_average,
    format_count,
    format_value,
    format_whole,
    spell_number,
)
from dashboard.words.periods import describe_period, format_period
from dashboard.words.ranks import format_rank
from dashboard.words.signs import describe_direction, describe_level, describe_way
from pipeline.signal_rule import BY_CHANCE, FURTHEST

WORSE, BETTER = "Beyond chance, for the worse", "Beyond chance, for the better"
BEYOND = "Beyond chance"
TOO_FEW = f"That needs a group of at least {FURTHEST['least_members']} local authorities."
NONE_WORSE = "Nothing stands out for the worse beyond chance."
NONE_BETTER = "Nothing stands out for the better beyond chance."
FAR = "Furthest from similar areas (not tested)"
LAW = "What the law asks"
TESTED_TOO = " Tested too, and not beyond chance."
IN_LAW = "Duties whose published figures leave out what the regulations permit: facts, not marks."
YEARS = spell_number(FURTHEST["years"])

Key = tuple[str, str]

_render = partial(render_macro, "bodies/templates/signals.html.j2")


class Said(NamedTuple):
    """One figure in one sentence, and what marks it."""

    metric: Metric
    breakdown: str
    text: str  # begins with the figure's name
    marks: tuple[str, ...] = ()


class Part(NamedTuple):
    """One list: its heading, what it rests on, its sentences, and what is said without any."""

    heading: str
    about: str
    items: tuple[Said, ...]
    nothing: str = ""


def is_tested(view: View, area: Area) -> bool:
    """Whether any figure of an area is tested: very small and abolished authorities have none."""
    return area.code in view.build.tests


def list_parts(view: View, area: Area, only: set[str] | None = None) -> list[Part]:
    """Every list of what stands out in an area.

    Args:
        view: the build and the reader's choices; the second list is beside the chosen group.
        area: a local authority of today that is ranked.
        only: the metrics that are asked about; None for all.
    """
    figures = view.build.newest.get(area.code, {})
    group = comparators.find_chosen_group(view)
    made = [*_list_beyond_chance(view, area, figures, only)]
    if group:
        made.append(_build_furthest(view, area, group, only))
    law = _build_law(view, figures, only)
    return [*made, law] if law.items else made


def _list_beyond_chance(
    view: View, area: Area, figures: Mapping[Key, Figure], only: set[str] | None
) -> list[Part]:
    """What is tested: the worse and the better, or that there is neither."""
    found = [one for one in view.build.signals.get(area.code, []) if _is_wanted(one.metric, only)]
    about = describe_tests(view, area, only)
    if not found:
        return [Part(BEYOND, about, (), describe_nothing(view, area, only))]
    worse, better = (
        tuple(_describe_tested(view, [one for one in found if one.is_strength is way], figures))
        for way in (False, True)
    )
    return [Part(WORSE, about, worse, NONE_WORSE), Part(BETTER, "", better, NONE_BETTER)]


def _describe_tested(
    view: View, found: Iterable[Signal], figures: Mapping[Key, Figure]
) -> Iterator[Said]:
    for signal in found:
        if figure := figures.get((signal.metric, signal.breakdown)):
            metric = view.build.metrics[signal.metric]
            text = describe_signal(metric, figure, signal, view.build.newest_day)
            yield Said(metric, signal.breakdown, text, tuple(list_marks(figure, signal)))


def describe_tests(view: View, area: Area, only: set[str] | None) -> str:
    """How many tests there are, against what, and what chance alone would list."""
    asked, chance = view.build.tests[area.code], BY_CHANCE["chance"]["concerns"]
    tests = f"{format_count(asked.tests, 'test')} on {format_count(asked.facts, 'subject')}"
    some = " Only those of this briefing are listed." if only is not None else ""
    return (
        f"{area.name} has {tests}: each figure is tested against England and the usual range of "
        "local authorities, each change against the usual change, whichever group is chosen to "
        f"compare with.{some} By chance alone an authority would have {chance:.2f} concerns here; "
        f"the average is {compute_average_concerns(view):.2f}. At most 5% of what is listed, over "
        "all authorities, is expected to be there by chance."
    )


def compute_average_concerns(view: View) -> float:
    """How many figures an authority has in the list for the worse, on average."""
    listed = (one for found in view.build.signals.values() for one in found)
    return sum(not one.is_strength for one in listed) / max(len(view.build.tests), 1)


def describe_nothing(view: View, area: Area, only: set[str] | None) -> str:
    """That nothing stands out, of how much that was tested; or that nothing could be."""
    asked = view.build.tests[area.code]
    if only is None:
        every = len(view.build.tests)
        return (
            f"Nothing stands out beyond chance in {area.name}, as in "
            f"{every - len(view.build.signals)} of {every} local authorities. That does not say "
            "that all is well: figures without published numbers cannot be tested, and where "
            "authorities differ widely even the lowest is not out of the ordinary."
        )
    tested = sorted(only & set(asked.metrics))
    if not tested:
        return (
            "None of this briefing’s figures can be tested for standing out: the tests need a "
            "figure that is better or worse, and the numbers of children, plans or decisions "
            "behind it."
        )
    of_these, are = format_count(len(tested), "measure"), "is" if len(tested) == 1 else "are"
    return (
        f"Nothing stands out beyond chance among the {of_these} of this briefing that {are} tested."
    )


def describe_signal(metric: Metric, figure: Figure, signal: Signal, newest: date = date.min) -> str:
    """The figure with its numbers and period, England, the usual range, and its change."""
    name = name_metric(metric, figure.breakdown)
    england = f"; England {format_value(metric, figure.england)}" if figure.england else ""
    when = format_period(describe_period(figure, newest))
    said = [f"{name}: {format_numbers(metric, figure)} in {when}{england}."]
    if signal.level:
        low, high = _format_range(metric, signal.usual_low, signal.usual_high)
        said.append(f"Local authorities of this size usually lie between {low} and {high}.")
    said += _describe_change(metric, figure, signal)
    return " ".join([*said, f"Note: {figure.note}"] if figure.note else said)


def format_numbers(metric: Metric, figure: Figure) -> str:
    """How many of how many, and the figure: 412 of 1,034 plans (39.8%)."""
    value, total = format_value(metric, figure.value), figure.denominator
    if metric.unit in EACH:
        value = f"{value} {EACH[metric.unit]}"
    if total is None or not metric.counts:
        return value
    counted = format_count(round(total), *metric.counts)
    if figure.numerator is None:
        return f"{value} of {counted}"
    between = "of" if metric.interval == "wilson" else "for"
    return f"{format_whole(figure.numerator)} {between} {counted} ({value})"


def _describe_change(metric: Metric, figure: Figure, signal: Signal) -> list[str]:
    """How it has changed since the year before; and what was usual, where that is marked."""
    if figure.change is None or figure.previous_time_period is None or figure.value is None:
        return []
    then = format_period(figure.previous_time_period)
    before = format_value(metric, figure.value - figure.change)
    way = describe_direction(metric, figure.change)
    moved = f"{capitalise(way)} from {before} in {then}."
    if not signal.change:
        return [moved]
    low, high = _format_range(metric, signal.expected_low, signal.expected_high)
    return [moved, f"From there local authorities usually came to between {low} and {high}."]


def _format_range(metric: Metric, low: float | None, high: float | None) -> tuple[str, str]:
    return format_value(metric, low), format_value(metric, high)


def list_marks(figure: Figure, signal: Signal) -> list[str]:
    """What the tests say, each with what it is tested against."""
    level = {1: "Worse", -1: "Better"}.get(signal.level or 0)
    change = {1: "Worsened", -1: "Improved"}.get(signal.change or 0)
    given = [f"{level} than England and than the usual range"] if level else []
    if change and figure.previous_time_period:
        since = format_period(figure.previous_time_period)
        given.append(f"{change} since {since} by more than is usual")
    return given


def _build_furthest(view: View, area: Area, group: Group, only: set[str] | None) -> Part:
    """By distance and not by a test: the figures furthest from the group's median."""
    build, metrics = view.build, view.build.metrics
    own, tested = build.newest.get(area.code, {}), build.tests[area.code].metrics
    facts = {furthest.name_fact(build, one.metric) for one in build.signals.get(area.code, [])}
    found = furthest.list_furthest(build, area, group, facts, only)
    items = tuple(
        Said(
            metric,
            far.breakdown,
            describe_far(metric, far, group, figure, build.newest_day)
            + (TESTED_TOO if far.metric in tested else ""),
            (mark,),
        )
        for far in found
        for metric, figure in [(metrics[far.metric], own.get((far.metric, far.breakdown)))]
        for mark in [describe_far_side(metric, far)]
    )
    beside = name_group(group)
    about = (
        "Chosen by distance and not by a test: where the numbers behind a figure are not "
        "published, chance may explain it, most of all in a small authority. At most "
        f"{FURTHEST['most']}, the furthest first, each at least one usual spread of local "
        f"authorities from the median of {beside}, on the same side, in {YEARS} years in a row. "
        "A usual spread is the distance between the quartiles of all local authorities, divided by "
        "1.35."
    )
    if len(group.members) < FURTHEST["least_members"]:
        return Part(FAR, about, (), TOO_FEW)
    return Part(FAR, about, items, f"None lies so far from the median of {beside} for so long.")


def describe_far(
    metric: Metric,
    far: Far,
    group: Group,
    figure: Figure | None = None,
    newest: date = date.min,
) -> str:
    """The figure with its numbers, the median of the group, and how far apart they are."""
    value = describe_level(metric, far.value) if metric.signed else format_value(metric, far.value)
    when = far.time_period
    if figure and figure.time_period == far.time_period:
        when = describe_period(figure, newest)
        value = value if metric.signed else format_numbers(metric, figure)
    median = format_average(metric, far.median)
    is_whole = far.with_value == len(group.members)
    some = "" if is_whole else f"; {far.with_value} of {len(group.members)} have a figure"
    name, way = name_metric(metric, far.breakdown), describe_way(metric, _sign(far.distance))
    return (
        f"{name}: {value} in {format_period(when)}. That is {way} the median of "
        f"{name_group(group)} ({median}{some}) by {abs(far.distance):.1f} usual spreads, and by at "
        f"least one in each year since {format_period(far.since)}."
        + (f" Note: {figure.note}" if figure and figure.note else "")
    )


def _sign(number: float) -> int:
    return 1 if number > 0 else -1


def describe_far_side(metric: Metric, far: Far) -> str:
    """Which side it is on, and whether that is the better one."""
    judged = describe_verdict(metric, _sign(far.distance))
    return f"On the {judged} side, by distance" if judged else "Neither side is better"


def name_group(group: Group) -> str:
    """The group inside a sentence about its members."""
    if group.id == "england":
        return "all local authorities in England"
    if group.id == "region":
        return f"local authorities in {name_place(group.named)}"
    return group.named


def _build_law(view: View, figures: Mapping[Key, Figure], only: set[str] | None) -> Part:
    """The duties in law, each with the area's numbers."""
    items = []
    for metric in view.build.metrics.values():
        figure = figures.get((metric.id, metric.breakdowns[0]))
        if metric.duty and figure and _is_wanted(metric.id, only):
            text = f"{_describe_duty(metric, figure, view.build.newest_day)}. {metric.duty}."
            text += f" Note: {figure.note}" if figure.note else ""
            items.append(Said(metric, figure.breakdown, text))
    return Part(LAW, IN_LAW, tuple(items))


def _describe_duty(metric: Metric, figure: Figure, newest: date) -> str:
    """A figure that a duty is about, with its numbers and its place; or why there is none."""
    when = format_period(describe_period(figure, newest))
    if figure.value is None:
        return f"{metric.title}: {format_value(metric, None, figure.status).lower()} in {when}"
    own = [f"{metric.title}: {format_numbers(metric, figure)} in {when}"]
    own += [format_rank(metric, figure)] if figure.rank is not None else []
    own += [f"England {format_value(metric, figure.england)}"] if figure.england is not None else []
    return "; ".join(own)


def _is_wanted(metric: str, only: set[str] | None) -> bool:
    return only is None or metric in only


def render_signals(view: View, area: Area) -> str:
    """What stands out in an area, as HTML; nothing where no figure of it is tested."""
    return _render("section", view, area, list_parts(view, area)) if is_tested(view, area) else ""
