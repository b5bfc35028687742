"""The one formula behind every invented number."""

import re
import zlib
from functools import cache
from itertools import chain

from pipeline import catalogue
from pipeline.catalogue import Metric
from tests.lake.areas import PARTS, Area

KNOWN = catalogue.load_catalogue()
METRICS = tuple(KNOWN.metrics.values())
RESULTS = {i: metric for metric in METRICS for i in metric.published}
COUNTED_OUT_OF = {
    (i, below)
    for metric in METRICS
    if metric.unit.multiplier == 100
    for below in metric.denominator
    for i in metric.numerator
    if i not in metric.denominator
}
# What is published as a result, without the counts behind it.
VALUES = {
    i: metric
    for metric in METRICS
    if not metric.denominator and metric.unit not in {"count", "pounds"}
    for i in metric.numerator
}
GROUPS: dict[str, list[str]] = {}
for _indicator in chain.from_iterable(s.indicators.values() for s in KNOWN.sources.values()):
    if _indicator.breakdown not in GROUPS.setdefault(_indicator.id, []):
        GROUPS[_indicator.id].append(_indicator.breakdown)

# Groups that add up to a whole which their file holds too.
WHOLES = {
    "la_funded_ap_in_setting": ("la_funded_ap_placements", "Total"),
    "school_arranged_ap_in_setting": ("school_arranged_ap_pupils", "Total"),
    "school_arranged_ap_for_reason": ("school_arranged_ap_pupils", "Total"),
    "school_arranged_ap_pupils_with_sen": ("school_arranged_ap_pupils", "Total"),
    "state_ap_pupils_with_sen": ("pupils_in_state_ap", "Total"),
}
# Numbers that are others added up, or the first less the others.
SUMS: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("top_up_spend", "Total"): (
        ("top_up_spend", "State-funded"),
        ("top_up_spend", "Independent or non-maintained"),
    ),
}
# Plans by need and placement: needs add up to all plans, placements to the plans with a need.
NEEDS = GROUPS["plans_by_primary_need"]
PLACEMENTS = [i.id for i in KNOWN.sources["ehc_need_by_placement"].indicators.values()]
SUMS |= {(i, "Total"): tuple((i, need) for need in NEEDS) for i in PLACEMENTS}
SUMS |= {("plans_by_primary_need", n): tuple((i, n) for i in PLACEMENTS) for n in NEEDS}
SUMS[("plans_with_need_known_or_not", "Total")] = tuple((i, "Total") for i in PLACEMENTS)
DIFFERENCES = {
    ("ap_outside_registered_schools", "Funded by the local authority"): (
        ("la_funded_ap_placements", "Total"),
        ("la_funded_ap_in_setting", "Registered school or setting"),
    ),
    ("ap_outside_registered_schools", "Arranged by schools"): (
        ("school_arranged_ap_pupils", "Total"),
        ("school_arranged_ap_in_setting", "Registered school or setting"),
    ),
}


@cache
def number(indicator: str, breakdown: str, area: Area, year: int) -> float:
    """Give the invented number of an indicator, one of its groups, an area and a year.

    Counts of local authorities add up to those of regions and of England. What is counted out of
    something is a quarter of it or less, so that no share passes 100%. A publisher's own result is
    the ratio of the counts, rounded.
    """
    if indicator in RESULTS:
        return round(result(RESULTS[indicator], breakdown, area, year), 1)
    if metric := VALUES.get(indicator):
        if metric.labels:
            return 1 + (area.size + year) % len(metric.labels)
        return (_weight(indicator, breakdown) + _weight(indicator, area.code) % 9 + year % 50) / 2
    if area.code in PARTS:
        return sum(number(indicator, breakdown, part, year) for part in PARTS[area.code])
    return _count(indicator, breakdown, area, year)


def _count(indicator: str, breakdown: str, area: Area, year: int) -> int:
    key = (indicator, breakdown)
    if parts := SUMS.get(key):
        return sum(number(*part, area, year) for part in parts)
    if parts := DIFFERENCES.get(key):
        first, *others = (number(*part, area, year) for part in parts)
        return first - sum(others)
    if indicator in WHOLES:
        return share(indicator, breakdown, area, year)
    own = 40 + _weight(indicator, breakdown) + year % 50 + _weight(indicator, area.code) % 9
    return area.size * own * 10 ** _depth(indicator)


def share(indicator: str, breakdown: str, area: Area, year: int) -> int:
    """Give one group of a whole: the last is what the others leave."""
    *others, last = GROUPS[indicator]
    whole = number(*WHOLES[indicator], area, year)
    weights = {group: 1 + _weight(indicator, group) for group in (*others, last)}
    parts = {group: int(whole) * weights[group] // sum(weights.values()) for group in others}
    return parts[breakdown] if breakdown != last else int(whole) - sum(parts.values())


def result(metric: Metric, breakdown: str, area: Area, year: int) -> float:
    """Work out a metric of counts in plain Python."""
    value = sum(number(i, breakdown, area, year) for i in metric.numerator)
    if not metric.denominator:
        return value
    below = sum(
        number(i, breakdown if breakdown in GROUPS[i] else "Total", area, year)
        for i in metric.denominator
    )
    return metric.unit.multiplier * value / below


@cache
def _weight(*words: str) -> int:
    return zlib.crc32("|".join(words).encode()) % 40


@cache
def _depth(indicator: str) -> int:
    """Say how many times something is counted out of this: the more, the larger it is."""
    return 1 + max((_depth(i) for i, below in COUNTED_OUT_OF if below == indicator), default=-1)


def year_of(published: str) -> int:
    """Read the year a period ends in, however it is written: '2024', '202425' or '2024-10'."""
    digits = re.sub(r"[^0-9]", "", published)[:6]
    first, second = int(digits[:4]), digits[4:]
    return first + (second == f"{(first + 1) % 100:02}")
