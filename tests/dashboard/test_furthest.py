"""What lies furthest from similar areas follows the group that is chosen."""

import math
from collections import Counter

import pytest

from dashboard import comparators, data, furthest, signals, state
from pipeline.signal_rule import FURTHEST

BUILD = data.current()
KENT, RUTLAND = "E10000016", "E06000017"
GROUPS = ("neighbours", "neighbours_2021", "context", "region", "england", "type")


def listed(code, against="neighbours", **asked):
    view = state.read(BUILD, {"area": code, "against": against, **asked})
    group = comparators.group(view)
    return furthest.listed(BUILD, BUILD.areas[code], group, set()), group


def value(code, key, moment):
    series = data.sparks(BUILD, code).get(key)
    at = {} if series is None else dict(zip(series.years, series.values, strict=True))
    return at.get(moment, math.nan)


def median(values):
    known = sorted(each for each in values if not math.isnan(each))
    half = len(known) // 2
    return known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2


def twin(code, group):
    """The rule once more, in plain Python: every figure's distance where it has lasted."""
    found = {}
    for each in BUILD.usual_spreads:
        key, years = (each.metric, each.breakdown), []
        for moment, spread in zip(each.moments, each.spreads, strict=True):
            theirs = [value(member, key, moment) for member in group.members]
            own, known = value(code, key, moment), sum(not math.isnan(v) for v in theirs)
            if math.isnan(own) or known < FURTHEST["least_members"] or not spread:
                break
            years.append((own - median(theirs)) / (spread / 1.3489795003921634))
        lasting = len(years) == 3 and (min(years) >= 1 or max(years) <= -1)
        if lasting:
            found[key] = years[-1]
    return found


@pytest.mark.parametrize("against", GROUPS)
@pytest.mark.parametrize("code", [KENT, RUTLAND])
def test_it_is_the_furthest_of_each_fact_beside_the_chosen_group(code, against):
    found, group = listed(code, against)
    wanted = twin(code, group)
    best = {}
    for (metric, breakdown), away in wanted.items():
        fact = furthest.fact(BUILD, metric)
        if fact not in best or abs(away) > abs(best[fact][1]):
            best[fact] = ((metric, breakdown), away)
    order = sorted(best.values(), key=lambda item: -abs(item[1]))[: FURTHEST["most"]]
    assert [each.distance for each in found] == pytest.approx([away for _, away in order])
    assert {(f.metric, f.breakdown) for f in found} == {key for key, _ in order}


def test_the_list_follows_the_group():
    assert len({tuple(f.median for f in listed(RUTLAND, against)[0]) for against in GROUPS}) > 3


@pytest.mark.parametrize("area", list(BUILD.tests)[::15])
def test_one_fact_is_said_once_and_never_in_both_lists(area):
    view = state.read(BUILD, {"area": area})
    made = {part.heading: part for part in signals.parts(view, BUILD.areas[area])}
    facts = [furthest.fact(BUILD, one.metric.id) for one in made[signals.FAR].items]
    beyond = {furthest.fact(BUILD, one.metric) for one in BUILD.signals.get(area, [])}
    assert max(Counter(facts).values(), default=1) == 1
    assert not beyond & set(facts)
    assert len(facts) <= FURTHEST["most"]


def test_nothing_that_is_tested_is_in_it():
    tested = {metric for each in BUILD.tests.values() for metric in each.metrics}
    assert not tested & {each.metric for each in BUILD.usual_spreads}
    kinds = {BUILD.metrics[each.metric].interval for each in BUILD.usual_spreads}
    assert kinds == {"none"}


def test_a_group_too_small_has_no_list():
    found, group = listed(KENT, "own", group="E10000017,E10000018")
    assert (found, len(group.members)) == ([], 2)
