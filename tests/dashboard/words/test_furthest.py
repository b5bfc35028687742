"""What lies furthest from similar areas follows the group that is chosen."""

import math
from collections import Counter

import pytest

from dashboard.bodies import signals
from dashboard.domain import choices
from dashboard.store import comparators, served
from dashboard.store.figures import load_history
from dashboard.words import furthest
from pipeline.signal_rule import FURTHEST, TESTED

BUILD = served.find_current_build()
KENT, RUTLAND, DEVON = "E10000016", "E06000017", "E10000008"
LEICESTER = "E06000016"
GROUPS = ("neighbours", "neighbours_2021", "context", "region", "england", "type")


def listed(code, against="neighbours", **asked):
    view = choices.read_view(BUILD, {"area": code, "against": against, **asked})
    group = comparators.find_chosen_group(view)
    return furthest.list_furthest(BUILD, BUILD.areas[code], group, set()), group


def is_enough(figure):
    """Whether the numbers behind a figure are large enough to be tested, where they are known."""
    metric = BUILD.metrics[figure.metric]
    if figure.denominator is None or metric.interval == "none":
        return True
    if metric.interval == "wilson":
        return figure.denominator >= TESTED["least_out_of"]
    per = {"percent": 100, "per_100": 100, "per_1000": 1000}[metric.unit]
    return figure.denominator * figure.england / per >= TESTED["least_expected"]


def value(code, key, period):
    figures = load_history(BUILD, *key, [code])
    at = {f.time_period: f.value for f in figures if f.value is not None and is_enough(f)}
    return at.get(period, math.nan)


def median(values):
    known = sorted(each for each in values if not math.isnan(each))
    half = len(known) // 2
    return known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2


def twin(code, group):
    """The rule once more, in plain Python: every figure's distance where it has lasted."""
    found = {}
    for each in BUILD.usual_spreads:
        key, years = (each.metric, each.breakdown), []
        for period, spread in zip(each.periods, each.spreads, strict=True):
            theirs = [value(member, key, period) for member in group.members]
            own, known = value(code, key, period), sum(not math.isnan(v) for v in theirs)
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
        fact = furthest.name_fact(BUILD, metric)
        if fact not in best or abs(away) > abs(best[fact][1]):
            best[fact] = ((metric, breakdown), away)
    order = sorted(best.values(), key=lambda item: -abs(item[1]))[: FURTHEST["most"]]
    assert [each.distance for each in found] == pytest.approx([away for _, away in order])
    assert {(f.metric, f.breakdown) for f in found} == {key for key, _ in order}


def test_the_list_follows_the_group():
    assert len({tuple(f.median for f in listed(RUTLAND, against)[0]) for against in GROUPS}) > 3


@pytest.mark.parametrize("area", list(BUILD.tests)[::15])
def test_one_fact_is_said_once_and_never_in_both_lists(area):
    view = choices.read_view(BUILD, {"area": area})
    made = {part.heading: part for part in signals.list_parts(view, BUILD.areas[area])}
    facts = [furthest.name_fact(BUILD, one.metric.id) for one in made[signals.FAR].items]
    beyond = {furthest.name_fact(BUILD, one.metric) for one in BUILD.signals.get(area, [])}
    assert max(Counter(facts).values(), default=1) == 1
    assert not beyond & set(facts)
    assert len(facts) <= FURTHEST["most"]


def test_a_duty_that_no_test_can_mark_is_said_with_its_place():
    """One plan in twenty on time lies inside the usual range, which runs from few to nearly all."""
    view = choices.read_view(BUILD, {"area": DEVON})
    made = {part.heading: part for part in signals.list_parts(view, BUILD.areas[DEVON])}
    (text,) = [one.text for one in made[signals.LAW].items if "20 weeks:" in one.text]
    figure = BUILD.newest[DEVON]["plans_issued_in_20_weeks", "Total"]
    assert f"{figure.rank}" in text.partition(";")[2].partition(" of ")[0]
    assert f"of {figure.number_ranked}" in text
    assert "England" in text


def test_a_duty_without_a_figure_is_not_left_out():
    view = choices.read_view(BUILD, {"area": LEICESTER})
    made = {part.heading: part for part in signals.list_parts(view, BUILD.areas[LEICESTER])}
    (text,) = [one.text for one in made[signals.LAW].items if "20 weeks:" in one.text]
    assert text.startswith("EHC plans issued within 20 weeks: not returned in 2025. Regulation 13")


def test_what_is_far_and_was_tested_says_so():
    marked = []
    for code in BUILD.tests:
        view = choices.read_view(BUILD, {"area": code})
        made = {part.heading: part for part in signals.list_parts(view, BUILD.areas[code])}
        for one in made[signals.FAR].items:
            is_tested = one.metric.id in BUILD.tests[code].metrics
            assert (signals.TESTED_TOO in one.text) is is_tested
            marked += [code] * is_tested
    assert marked


def test_a_figure_with_numbers_can_be_far():
    kinds = {BUILD.metrics[each.metric].interval for each in BUILD.usual_spreads}
    assert {"none", "wilson"} <= kinds


def test_a_figure_of_small_numbers_is_not_in_it():
    place = {(s.metric, s.breakdown): i for i, s in enumerate(BUILD.usual_spreads)}
    few = [
        figure
        for code in BUILD.tests
        for key, at in place.items()
        if (figure := BUILD.newest[code].get(key))
        and figure.value is not None
        and not is_enough(figure)
        and figure.time_period == BUILD.usual_spreads[at].periods[-1]
    ]
    assert few
    assert all(
        math.isnan(BUILD.in_years[f.area_code][place[f.metric, f.breakdown], -1]) for f in few
    )


def test_a_group_too_small_has_no_list():
    found, group = listed(KENT, "own", group="E10000017,E10000018")
    assert (found, len(group.members)) == ([], 2)
