"""The funnel plot of one metric: every area by its size, between the limits of chance. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from dashboard.charts import sentences
from dashboard.charts.model import About, ChartModel, Curve, Kind, Role, Row
from dashboard.charts.of_metric import Said, build_model
from dashboard.domain.records import Area, Figure, Funnel, Group, Metric
from dashboard.words import findings
from dashboard.words.names import capitalise
from dashboard.words.numbers import format_value, format_whole
from dashboard.words.ranks import format_rank, name_areas


class Funnelled(NamedTuple):
    """What a funnel plot shows: its limits, every area's figure, and who is marked."""

    funnel: Funnel
    figures: Sequence[Figure]
    names: Mapping[str, str]
    area: Area | None
    group: Group | None


def build_funnel(about: About, shown: Funnelled) -> ChartModel:
    """Every area at its denominator and its value, with the limits of chance around them all."""
    metric, limits = about.metric, shown.funnel
    placed = [f for f in shown.figures if f.funnel is not None and f.denominator]
    marked = shown.group.marked if shown.group else ()
    roles = dict.fromkeys(marked, Role.NEIGHBOUR)
    roles |= {shown.area.code: Role.FOCUS} if shown.area else {}
    rows = [
        Row(
            *(shown.names[f.area_code], roles.get(f.area_code, Role.OTHER), f.value),
            shown=format_value(metric, f.value),
            area_code=f.area_code,
            note=capitalise(findings.OUTSIDE[f.funnel or 0]),
            size=f.denominator,
        )
        for f in placed
    ]
    own = next((f for f in placed if shown.area and f.area_code == shown.area.code), None)
    outside = (
        sum(abs(f.funnel or 0) > 1 for f in placed),
        sum(abs(f.funnel or 0) == 1 for f in placed),
    )
    said = Said(
        title=title(metric, limits, own, shown.area.name if shown.area else "", outside),
        alt=alt(about, limits, outside, own, shown.names),
        note=note(metric, limits),
        shading=f"{limits.time_period}. Across: {metric.denominator}. Lines: 95% and 99.8% "
        "limits, and all together",
    )
    drawn = build_model(about, Kind.FUNNEL, rows, list(roles), said)
    across = metric.denominator or ""
    curves = _build_curves(limits)
    return replace(drawn, curves=curves, across=across, member=sentences.member(shown.group))


def _build_curves(limits: Funnel) -> tuple[Curve, ...]:
    sizes = tuple(limits.sizes)
    return (
        Curve("99.8%", sizes, tuple(limits.low998), is_outer=True),
        Curve("95%", sizes, tuple(limits.low95)),
        Curve("all", sizes, (limits.overall,) * len(sizes), is_middle=True),
        Curve("95%", sizes, tuple(limits.high95)),
        Curve("99.8%", sizes, tuple(limits.high998), is_outer=True),
    )


def title(
    metric: Metric, funnel: Funnel, own: Figure | None, name: str, outside: tuple[int, int]
) -> str:
    """Where the chosen area lies in the funnel; without one, how many lie outside."""
    if own and own.funnel is not None:
        shown = f"{name} ({format_value(metric, own.value)})"
        place = f" and is {format_rank(metric, own)}" if own.rank is not None else ""
        if own.funnel == 0:
            return f"{shown} does not lie outside the limits of the funnel{place}"
        return f"{shown} lies {findings.OUTSIDE[own.funnel]} of the funnel{place}"
    far, near = outside
    return (
        f"{far} of {funnel.areas} {name_areas(metric)} lie outside the funnel’s 99.8% limits, "
        f"{near} more outside its 95% limits"
    )


def note(metric: Metric, funnel: Funnel) -> str:
    """What the limits of a funnel mean, and how much more areas differ than by chance."""
    overall = f"{format_value(metric, funnel.overall)} is the figure of all of them together."
    if funnel.dispersion > 1:
        spread = (
            f"The over-dispersion is {funnel.dispersion:,.1f}: by variance, {name_areas(metric)} "
            f"vary {funnel.dispersion:,.1f} times as much as chance alone would make them, and the "
            "limits are widened for it."
        )
    else:
        spread = (
            f"The over-dispersion is {funnel.dispersion:,.1f}: {name_areas(metric)} vary no more "
            "than by chance, and the limits are not widened."
        )
    return (
        f"{overall} {spread} If areas differed only by chance and by this ordinary spread, about 1 "
        "in 20 would lie outside the 95% limits and 1 in 500 outside the 99.8% limits. To lie "
        "outside asks for a closer look; it does not say why. Not to lie outside says only that "
        "chance and the ordinary spread could explain the figure, and not that it is a good one."
    )


def describe_absence(
    metric: Metric, limits: Funnel | None = None, own: Figure | None = None
) -> str:
    """Why a metric has no funnel plot, and where the chosen area stands without one."""
    if limits is not None:
        place = f" {describe_own_place(metric, own)}" if own and own.rank is not None else ""
        return f"There is no funnel plot: {findings.explain_too_wide(metric, limits)}.{place}"
    if metric.interval in findings.COUNTED:
        return "There is no funnel plot: fewer than ten areas have their numbers published."
    if metric.interval == "difference":
        return "There is no funnel plot: this is a gap between two groups, not a count of children."
    return f"There is no funnel plot: {findings.explain_metric_has_no_interval(metric)}."


def describe_own_place(metric: Metric, own: Figure) -> str:
    """Where one area's figure stands among all: the worst of them is never left unsaid."""
    shown = format_value(metric, own.value)
    return f"The chosen area’s {shown} is {format_rank(metric, own)}."


def alt(
    about: About,
    funnel: Funnel,
    outside: tuple[int, int],
    own: Figure | None,
    names: Mapping[str, str],
) -> str:
    """What a funnel plot shows, for a reader who cannot see it."""
    far, near = outside
    metric = about.metric
    mine = (
        f" {names[own.area_code]}: {format_value(metric, own.value)} of "
        f"{format_whole(own.denominator or 0)}."
        if own
        else ""
    )
    return (
        f"Funnel chart of {about.subtitle} in {funnel.areas} {name_areas(metric)} by their "
        f"number: {format_value(metric, funnel.overall)} over all, {far} outside the 99.8% limits "
        f"and {near} more outside the 95% limits.{mine} {sentences.BELOW}"
    )
