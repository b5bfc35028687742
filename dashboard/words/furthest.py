"""What lies furthest from similar areas and cannot be tested: beside whichever group is chosen.

The rule and the spreads come with the build; the medians are those of the group that the reader
compares with, so this is worked out when it is asked for. Pure: no Streamlit, no SQL.
"""

from typing import NamedTuple

import numpy as np

from dashboard.domain.build import Build
from dashboard.domain.records import Area, Group, UsualSpread
from pipeline.methods import groups
from pipeline.methods import signals as rule
from pipeline.signal_rule import FURTHEST

NOTHING = float("nan")


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


def list_furthest(
    build: Build, area: Area, beside: Group, facts: set[str], only: set[str] | None = None
) -> list[Far]:
    """Give what lies furthest, the furthest first, one figure of each fact.

    Args:
        build: the build with its figures and usual spreads.
        area: a local authority whose figures are ranked.
        beside: the group that it is set beside.
        facts: the facts that are listed beyond chance, which are not said again.
        only: the metrics that are asked about; None for all.
    """
    spreads = build.usual_spreads
    in_years = build.in_years
    if len(beside.members) < FURTHEST["least_members"] or not spreads or area.code not in in_years:
        return []
    own, none = in_years[area.code], np.full((len(spreads), FURTHEST["years"]), NOTHING)
    theirs = np.stack([in_years.get(code, none) for code in beside.members])
    summary = groups.summarise_group(theirs)
    enough = (summary["number"] >= FURTHEST["least_members"]).all(axis=1)
    wide = np.array([each.spreads for each in spreads])
    away = rule.compute_lasting_distance(
        rule.compute_distance(own, summary["median"], wide), float(FURTHEST["least_distance"])
    )
    is_asked = [
        name_fact(build, each.metric) not in facts and (only is None or each.metric in only)
        for each in spreads
    ]
    away = np.where(enough & np.array(is_asked), away, NOTHING)
    by_fact: dict[str, Far] = {}
    for i in np.argsort(-np.abs(away), kind="stable").tolist():
        if not np.isnan(away[i]):
            last = own[i, -1], summary["median"][i, -1], summary["number"][i, -1]
            by_fact.setdefault(
                name_fact(build, spreads[i].metric), _make_far(spreads[i], last, float(away[i]))
            )
    return list(by_fact.values())[: FURTHEST["most"]]


def name_fact(build: Build, metric: str) -> str:
    """The name of what a metric sees: shared by metrics that see the same children."""
    return build.metrics[metric].fact or metric


def _make_far(spread: UsualSpread, last: tuple[float, float, float], distance: float) -> Far:
    value, median, number = map(float, last)
    periods = spread.periods
    return Far(
        spread.metric,
        spread.breakdown,
        *(periods[-1], periods[0], value, median, int(number), distance),
    )
