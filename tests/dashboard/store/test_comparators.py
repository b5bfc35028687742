"""Each comparator is what was published, and the reader's own group follows the same methods."""

import statistics
from dataclasses import replace

import pytest

from dashboard.domain import choices
from dashboard.domain.build import NEIGHBOUR_MODEL
from dashboard.store import comparators
from dashboard.store.figures import list_newest_figures, load_history
from dashboard.store.groups import load_benchmarks_of_area
from dashboard.words import findings
from tests.dashboard.make import KENT, MEDWAY

RUTLAND, SCILLY, CUMBRIA = "E06000017", "E06000053", "E10000006"
IN_TIME = "plans_issued_in_20_weeks"


def view(build, **asked):
    return choices.read_view(build, {"area": KENT, "metric": IN_TIME} | asked)


def chosen(build, **asked):
    seen = view(build, **asked)
    figure = build.newest[seen.area.code][seen.metric.id, seen.breakdown]
    return comparators.build_comparator(seen, comparators.find_chosen_group(seen), figure)


def values(build, codes):
    found = [build.newest[code][IN_TIME, "Total"] for code in codes]
    return [f.value for f in found if f.value is not None and f.is_latest]


@pytest.mark.parametrize("against", ["neighbours", "neighbours_2021", "type", "safety_valve"])
def test_a_mean_and_a_median_are_those_of_the_members_with_a_figure(build, against):
    found = chosen(build, against=against)
    held = values(build, found.group.members)
    assert found.mean == pytest.approx(statistics.fmean(held))
    assert found.median == pytest.approx(statistics.median(held))
    assert found.with_value == len(held)
    assert found.members == len(found.group.members)
    assert (found.lowest[1], found.highest[1]) == (min(held), max(held))
    assert len(found.missing) == found.members - found.with_value


@pytest.mark.parametrize("against", ["region", "england"])
def test_a_region_and_england_are_shown_as_published(build, against):
    figure = build.newest[KENT][IN_TIME, "Total"]
    found = chosen(build, against=against)
    assert found.value == {"region": figure.region, "england": figure.england}[against]
    assert found.mean is None
    held = values(build, found.group.members)
    assert (found.lowest[1], found.highest[1]) == (min(held), max(held))


def test_a_group_of_ones_own_equal_to_the_neighbours_says_the_same(build):
    for code in (KENT, MEDWAY, RUTLAND):
        near = ",".join(build.neighbours[code])
        seen = view(build, area=code, against="own", group=near)
        figures = [f for f in list_newest_figures(build, code) if f.is_latest]
        own = comparators.load_summaries(seen, comparators.find_chosen_group(seen), figures)
        published = load_benchmarks_of_area(build, NEIGHBOUR_MODEL, code)
        differ = 0
        for key, mine in own.items():
            theirs = published[key]
            assert mine.mean == pytest.approx(theirs.mean)
            assert mine.median == pytest.approx(theirs.median)
            assert mine.with_value == theirs.with_value
            assert (mine.above, mine.below) == (theirs.above, theirs.below)
            differ += mine.against != theirs.against
        assert len(own) > 300
        assert differ == 0


def test_an_area_is_never_in_its_own_group(build):
    seen = view(build, against="own", group=f"{KENT},{MEDWAY}")
    assert comparators.find_chosen_group(seen).members == (MEDWAY,)


def test_an_empty_group_has_nothing_to_say(build):
    seen = view(build, against="own")
    found = chosen(build, against="own")
    assert found.members == found.with_value == 0
    assert (
        comparators.load_summaries(
            seen, comparators.find_chosen_group(seen), list_newest_figures(build, KENT)
        )
        == {}
    )
    assert comparators.load_medians(seen, comparators.find_chosen_group(seen), []) == []
    assert findings.describe_members(seen.metric, found) == "No local authority is chosen"


def test_the_median_of_a_group_of_ones_own_is_given_for_every_period(build):
    codes = f"{MEDWAY},{RUTLAND}"
    seen = view(build, against="own", group=codes)
    history = load_history(build, IN_TIME, "Total", codes.split(","))
    found = comparators.load_medians(seen, comparators.find_chosen_group(seen), [])
    for one in found:
        held = [
            f.value for f in history if f.time_period == one.time_period and f.value is not None
        ]
        assert one.median == pytest.approx(statistics.median(held))
    assert len(found) > 5


@pytest.mark.parametrize("against", ["neighbours", "type", "better_value"])
def test_a_published_median_is_given_for_every_period(build, against):
    seen = view(build, against=against)
    own = load_history(build, IN_TIME, "Total", [KENT])
    assert len(comparators.load_medians(seen, comparators.find_chosen_group(seen), own)) > 5


def test_another_model_is_summed_up_for_the_latest_period_alone(build):
    seen = view(build, against="neighbours_2021")
    own = load_history(build, IN_TIME, "Total", [KENT])
    (one,) = comparators.load_medians(seen, comparators.find_chosen_group(seen), own)
    assert one.time_period == own[-1].time_period


def test_peers_of_a_programme_are_offered_to_every_area_with_how_far_the_list_goes(build):
    offered = comparators.list_options(view(build, area=RUTLAND))
    assert offered["safety_valve"] == "Safety Valve, as far as the list held says"
    assert offered["type"] == "Same type: unitary authorities"
    assert next(iter(offered)) == "neighbours"
    named = comparators.find_chosen_group(view(build, area=RUTLAND, against="safety_valve")).named
    assert named == "local authorities in the Safety Valve programme"


def test_an_area_without_neighbours_can_still_be_compared(build):
    alone = replace(build, near={NEIGHBOUR_MODEL: {}})
    assert "neighbours" not in comparators.list_options(view(alone))
    assert comparators.find_chosen_group(view(alone)) is None
    assert comparators.find_chosen_group(view(alone, against="england")).id == "england"
    assert comparators.list_options(choices.read_view(build, {})) == {}


def test_the_smallest_areas_are_shown_beside_their_neighbours(build):
    figure = build.newest[SCILLY][IN_TIME, "Total"]
    found = chosen(build, area=SCILLY)
    assert (found.mean, found.median) == (figure.neighbour_mean, figure.neighbour_median)
    assert comparators.load_summaries(view(build, area=SCILLY), found.group, [figure])


def test_an_abolished_area_has_no_latest_figure_to_compare(build):
    seen = view(build, area=CUMBRIA, against="type")
    figure = build.newest[CUMBRIA][IN_TIME, "Total"]
    found = comparators.build_comparator(seen, comparators.find_chosen_group(seen), figure)
    assert found.mean is None
    assert findings.compose_standing(seen.metric, figure, found) == ["No figure for 2022"]


def test_an_abolished_area_stands_beside_its_neighbours_of_its_last_period(build):
    figure = build.newest[CUMBRIA][IN_TIME, "Total"]
    found = chosen(build, area=CUMBRIA)
    assert (found.mean, found.against) == (figure.neighbour_mean, figure.against_neighbours)
    assert (found.lowest, found.missing) == (None, ())
    nation = chosen(build, area=CUMBRIA, against="england")
    assert findings.describe_members(build.metrics[IN_TIME], nation) == ""


def test_england_itself_is_compared_with_its_local_authorities_alone(build):
    figure = build.newest[KENT][IN_TIME, "Total"]
    names = [each.group.id for each in comparators.build_comparators_of_figure(view(build), figure)]
    assert names == ["neighbours", "england"]
    names = [
        each.group.id
        for each in comparators.build_comparators_of_figure(view(build, against="england"), figure)
    ]
    assert names == ["england"]


def test_an_area_without_a_region_or_a_type_is_not_offered_them(build):
    area = replace(build.areas[KENT], region_code=None, authority_type=None)
    offered = comparators.list_options(replace(view(build), area=area))
    assert not {"region", "type"} & set(offered)
    assert {"neighbours", "england", "safety_valve"} <= set(offered)
