"""What lies furthest from similar areas and cannot be tested: beside whichever group is chosen.

The rule and the spreads come with the build; the medians are those of the group that the reader
compares with, so this is worked out when it is asked for. Pure: no Streamlit, no SQL.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dashboard.data import Build
from dashboard.model import Area, Group, Series, UsualSpread
from pipeline.methods import groups
from pipeline.methods import signals as rule
from pipeline.methods.intervals import Floats
from pipeline.signal_rule import FURTHEST

NOTHING = float("nan")
SAME_DAY = 0.006  # of a year: ends of periods are kept to a hundredth


class Far(NamedTuple):
    """One figure that has lain far from the middle of a group for years."""

    metric: str
    breakdown: str
    time_period: str
    since: str  # the first of those years
    value: float
    median: float
    with_value: int  # members of the group with a figure
    distance: float  # in usual spreads, above 0 where the figure is higher


def listed(build: Build, area: Area, beside: Group, facts: set[str]) -> list[Far]:
    """Give what lies furthest, the furthest first, one figure of each fact.

    Args:
        build: the build with its figures and usual spreads.
        area: a local authority whose figures are ranked.
        beside: the group that it is set beside.
        facts: the facts that are listed beyond chance, which are not said again.
    """
    spreads = [each for each in build.usual_spreads if fact(build, each.metric) not in facts]
    if len(beside.members) < FURTHEST["least_members"] or not spreads:
        return []
    own = values(build, area.code, spreads)
    theirs = np.stack([values(build, code, spreads) for code in beside.members])
    summary = groups.summary(theirs)
    enough = (summary["number"] >= FURTHEST["least_members"]).all(axis=1)
    wide = np.array([each.spreads for each in spreads])
    away = rule.lasting(
        rule.distance(own, summary["median"], wide), float(FURTHEST["least_distance"])
    )
    away = np.where(enough, away, NOTHING)
    found: dict[str, Far] = {}
    for i in np.argsort(-np.abs(away), kind="stable").tolist():
        if not np.isnan(away[i]):
            last = own[i, -1], summary["median"][i, -1], summary["number"][i, -1]
            found.setdefault(fact(build, spreads[i].metric), _far(spreads[i], last, float(away[i])))
    return list(found.values())[: FURTHEST["most"]]


def fact(build: Build, metric: str) -> str:
    """The name of what a metric sees: shared by metrics that see the same children."""
    return build.metrics[metric].fact or metric


def values(build: Build, code: str, spreads: Sequence[UsualSpread]) -> Floats:
    """Give an area's figures of each of the three years; not a number where there is none."""
    series = build.series.get(code, {})
    return np.array(
        [_in_years(series.get((each.metric, each.breakdown)), each.moments) for each in spreads]
    )


def _in_years(series: Series | None, moments: Sequence[float]) -> list[float]:
    if series is None:
        return [NOTHING] * len(moments)
    at = len(series.years) - 1
    result = []
    for moment in reversed(moments):
        while at >= 0 and series.years[at] > moment + SAME_DAY:
            at -= 1
        is_there = at >= 0 and abs(series.years[at] - moment) <= SAME_DAY
        result.append(series.values[at] if is_there else NOTHING)
    return result[::-1]


def _far(spread: UsualSpread, last: tuple[float, float, float], distance: float) -> Far:
    value, median, number = map(float, last)
    periods = spread.periods
    return Far(
        spread.metric,
        spread.breakdown,
        *(periods[-1], periods[0], value, median, int(number), distance),
    )
