"""Neighbours in words and tables: who shares whom, what is far, what makes areas alike."""

import re
import statistics

import pytest

from dashboard.bodies import neighbours
from dashboard.domain import choices
from dashboard.domain.records import Context, Neighbour
from dashboard.store import served
from dashboard.store.groups import load_context, load_nearest_distances, load_neighbours
from dashboard.words.numbers import NUMBERS
from tests.dashboard.make import KENT

BUILD = served.find_current_build()
RUTLAND, LONDON, SCILLY, CUMBRIA = "E06000017", "E09000001", "E06000053", "E10000006"
ESSEX, DEVON, MEDWAY = "E10000012", "E10000008", "E06000035"


def view(area=KENT, **asked):
    return choices.read_view(BUILD, {"area": area} | asked)


def near(**codes):
    """Invented neighbours: the codes of each model, the nearest first."""
    return neighbours.group_by_model(
        Neighbour(
            choices.MODELS[name],
            code,
            position,
            None if name == "context" else "Close",
            position / 10 if name == "context" else None,
        )
        for name, each in codes.items()
        for position, code in enumerate(each, start=1)
    )


def real(area):
    return neighbours.group_by_model(load_neighbours(BUILD, area))


def row(**changes):
    given = {
        "area_code": KENT,
        "theme": "Size",
        "metric": "population_0_25",
        "breakdown": "Total",
        "title": "Children and young people aged 0 to 25",
        "unit": "count",
        "period": "Mid-2023",
        "value": 10.0,
        "transform": "log",
        "standardised": 1.0,
        "weight": 0.125,
        "reason": "How many there are.",
    }
    return Context(**(given | changes))


def shown(html):
    return re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (
            {"neighbours": [ESSEX, DEVON], "neighbours_2021": [DEVON, MEDWAY], "context": [DEVON]},
            (
                "1 of the two is in both of the Department’s models: Devon."
                "1 of the two of May 2025 is also a SEND context neighbour: Devon."
                "1 of the two is in all three models: Devon."
            ),
        ),
        (
            {"neighbours": [ESSEX, DEVON], "neighbours_2021": [DEVON, ESSEX]},
            "All two are in both of the Department’s models.",
        ),
        (
            {"neighbours": [ESSEX, DEVON], "neighbours_2021": [MEDWAY]},
            "None of the two is in both of the Department’s models.",
        ),
        (
            {"neighbours": [ESSEX, DEVON], "context": [DEVON, ESSEX, MEDWAY]},
            "All two of May 2025 are also SEND context neighbours.",
        ),
        ({"context": [DEVON]}, ""),
    ],
)
def test_what_the_models_share_is_said_by_name(codes, said):
    assert shown(neighbours.render_shared(view(), near(**codes))) == said


def test_the_models_share_as_many_as_the_table_has():
    new, old, ours = (set(BUILD.near[m][KENT]) for m in ("2025-05", "2021-04", "context"))
    said = shown(neighbours.render_shared(view(), real(KENT)))
    assert f"{len(new & old)} of the ten are in both of the Department’s models: Essex" in said
    assert f"{len(new & ours)} of the ten of May 2025 are also SEND context neighbours" in said
    assert f"{len(new & old & ours)} of the ten are in all three models" in said


def test_rows_come_by_may_2025_then_context_then_april_2021():
    found = near(neighbours=[ESSEX], neighbours_2021=[LONDON, ESSEX], context=[MEDWAY, DEVON])
    assert neighbours.list_in_any_model(found) == [ESSEX, MEDWAY, DEVON, LONDON]


def test_the_table_has_every_neighbour_once_with_its_place_and_closeness():
    html = neighbours.render_who(view(), BUILD.areas[KENT], real(KENT))
    everyone = {code for model in BUILD.near.values() for code in model[KENT]}
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    assert sorted(re.findall(r"<th scope=\"row\"><a href=\"[^\"]*area=(\w+)", body)) == sorted(
        everyone
    )
    first = shown(body.split("</tr>")[0])
    assert first == "Essex1stVery close1stExtremely close1stdistance 0.26"
    assert body.count("not among the ten") == 3 * len(everyone) - 30


def test_an_area_no_model_knows_says_so():
    said = neighbours.render_who(view(), BUILD.areas[KENT], near())
    assert "No model gives neighbours for Kent" in said
    assert neighbours.render_ways_to_compare(view(), BUILD.areas[KENT], near()) == ""


def test_far_is_above_the_90th_percentile_of_all_nearest_distances():
    distances = [number / 10 for number in range(11)]
    assert neighbours.compute_far_limit(distances) == pytest.approx(0.9)


def test_about_one_area_in_ten_is_far_from_all_others():
    nearest = load_nearest_distances(BUILD)
    limit = statistics.quantiles(nearest.values(), n=10, method="inclusive")[-1]
    assert neighbours.compute_far_limit(nearest.values()) == pytest.approx(limit)
    far = [
        code for code, d in nearest.items() if d > neighbours.compute_far_limit(nearest.values())
    ]
    assert len(nearest) == 151
    assert len(far) == 15


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            RUTLAND,
            (
                "Few areas are like Rutland. Its nearest SEND context neighbour, West Berkshire, "
                "is at a distance of 1.24; nine in ten local authorities have one within 0.50."
            ),
        ),
        (
            LONDON,
            (
                "Few areas are like City of London. The Department calls all ten of its "
                "statistical neighbours of May 2025 “not close”. The Department calls all ten of "
                "its statistical neighbours of April 2021 “not close”."
            ),
        ),
        (KENT, ""),
    ],
)
def test_few_alike_is_said_where_the_nearest_are_far(code, said):
    area, nearest = BUILD.areas[code], load_nearest_distances(BUILD)
    assert shown(neighbours.render_few_alike(view(code), area, real(code), nearest)) == said


@pytest.mark.parametrize("code", [LONDON, SCILLY])
def test_the_two_smallest_say_why_they_have_no_context_neighbours(code):
    area = BUILD.areas[code]
    (said,) = neighbours.list_neighbours_notices(view(code), area, load_context(BUILD)[code])
    assert f"{area.name} has no SEND context neighbours" in said
    assert "Not published for it: pupils in primary and secondary schools" in said
    assert "too few people" in said


def test_notices_of_others():
    (said,) = neighbours.list_neighbours_notices(view(CUMBRIA), BUILD.areas[CUMBRIA], [])
    assert "abolished on 1 April 2023 and replaced by" in said
    assert "Department’s files still give its neighbours" in said
    assert neighbours.list_neighbours_notices(view(), BUILD.areas[KENT], [row()]) == []


def test_a_mean_is_over_those_with_a_figure():
    assert neighbours.compute_mean(
        [row(value=1.0), row(value=None), row(value=4.0)]
    ) == pytest.approx(2.5)
    assert neighbours.compute_mean([row(value=None)]) is None


def test_the_figures_stand_beside_neighbours_and_all_authorities():
    known = load_context(BUILD)
    html = neighbours.render_alike(view(), BUILD.areas[KENT], known, real(KENT))
    ten = [known[code][4].value for code in BUILD.near["context"][KENT]]
    everyone = [rows[4].value for code, rows in known.items() if code not in {LONDON, SCILLY}]
    assert len(everyone) == 151
    line = next(part for part in html.split("</tr>") if "income deprivation<" in part)
    assert shown(line) == (
        "People in income deprivationIncome; per cent, 20256.25%20.6%"
        f"{statistics.fmean(ten):.1f}%{statistics.fmean(everyone):.1f}%"
    )


def test_weights_are_shares_that_themes_have_alike():
    rows = load_context(BUILD)[KENT]
    themes = {each.theme: 0.0 for each in rows}
    for each in rows:
        themes[each.theme] += each.weight
    assert list(themes) == ["Size", "Place", "Income", "Language"]
    assert list(themes.values()) == pytest.approx([0.25] * 4)
    assert [neighbours.format_weight(share) for share in (0.125, 0.0625, 0.333333)] == [
        "12.5%",
        "6.25%",
        "33.33%",
    ]


def test_reasons_say_how_each_is_counted():
    said = neighbours.render_reasons([row(), row(title="Share", transform="none")])
    assert "How many there are. Counted by its logarithm" in said
    assert "Counted as it is published." in said


def test_who_names_an_area_is_counted_among_todays_authorities():
    found = neighbours.list_named_by(view(), BUILD.areas[KENT])
    for name, codes in found.items():
        given = BUILD.near[choices.MODELS[name]]
        assert all(KENT in given[code] and BUILD.areas[code].is_current for code in codes)
    said = shown(neighbours.render_named_by(view(), BUILD.areas[KENT], real(KENT)))
    assert (
        "6 local authorities have it among their ten SEND context neighbours, 5 of them among its "
        "own ten: Essex, Hampshire" in said
    )
    assert "not mutual" in said


def test_an_area_nobody_names_says_so_and_leaves_out_models_it_is_not_in():
    said = shown(neighbours.render_named_by(view(RUTLAND), BUILD.areas[RUTLAND], real(RUTLAND)))
    assert "No local authority of today has Rutland among its ten SEND context neighbours" in said
    said = shown(neighbours.render_named_by(view(LONDON), BUILD.areas[LONDON], real(LONDON)))
    assert "1 local authority has it among its ten statistical neighbours of April 2021" in said
    assert "SEND context" not in said


@pytest.mark.parametrize("code", [KENT, LONDON, CUMBRIA])
def test_links_lead_to_a_comparison_the_address_knows(code):
    html = neighbours.render_ways_to_compare(view(code), BUILD.areas[code], real(code))
    for query in re.findall(r'href="local-area\?([^"]+)"', html):
        asked = dict(pair.split("=") for pair in query.replace("&amp;", "&").split("&"))
        seen = choices.read_view(BUILD, asked)
        assert not seen.notes
        assert seen.against == asked["against"]
        assert len(seen.group) == (10 if seen.against == "own" else 0)


def test_the_maps_say_how_many_neighbours_are_in_the_same_region():
    kent, found = view(), neighbours.group_by_model(load_neighbours(BUILD, KENT))
    html = neighbours.render_where(kent, kent.area, found)
    assert html.count("<figure>") == 3
    for name, ten in found.items():
        same = sum(BUILD.areas[code].region_code == kent.area.region_code for code in ten)
        number = NUMBERS[same] if same else "none"
        said = f"<strong>{neighbours.TITLES[name]}</strong>: {number} of ten in the South East"
        assert said in html
    assert html.count("<a ") == 3 * 11


def test_without_neighbours_there_is_no_map():
    kent = view()
    assert neighbours.render_where(kent, kent.area, {name: {} for name in neighbours.TITLES}) == ""
