"""Questions to the committed build, and what happens when there is another one, or none."""

import ast
import hashlib
import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from benchmarks import copies
from dashboard.domain.build import NEIGHBOUR_MODEL
from dashboard.domain.records import (
    PILLARS,
    UNRANKED,
    Context,
    Figure,
    Funnel,
    Middle,
    Reconciled,
)
from dashboard.store import ask, served
from dashboard.store.figures import (
    find_funnel,
    list_newest_figures,
    list_ranking,
    load_figures_then,
    load_history,
    load_ranges,
    load_series,
    load_spreads,
    load_spreads_then,
)
from dashboard.store.groups import (
    list_predecessors,
    load_benchmarks_of_area,
    load_group_medians,
    load_group_summaries,
    load_group_summaries_then,
    load_memberships,
)
from dashboard.store.loading import load_build
from dashboard.store.provenance import list_files_used, list_releases
from dashboard.store.serving import Serving
from pipeline import builds, package
from tests.dashboard.make import ENGLAND, KENT
from tests.pipeline.conftest import BUILT


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("SEND_DATA", str(tmp_path))
    monkeypatch.setattr(served, "SERVING", Serving(load_build))
    return tmp_path


def publish(place, build, note):
    """Publish the committed figures under an id of their own; gives it."""
    name = copies.copy(BUILT / build.id, place, note)
    copies.serve_in_turn(place, name)
    return name


def test_the_build_holds_153_local_authorities_and_england(build):
    assert len(build.local_authorities) == 153
    assert build.areas[ENGLAND].level == "country"
    assert {metric.pillar for metric in build.metrics.values()} <= set(PILLARS)


def test_every_current_local_authority_has_ten_neighbours(build):
    small = set(UNRANKED)
    for area in build.local_authorities:
        assert len(build.neighbours.get(area.code, ())) == 10 or area.code in small


def test_the_scorecard_has_one_figure_for_each_metric_and_group(build):
    figures = list_newest_figures(build, KENT)
    keys = [(figure.metric, figure.breakdown) for figure in figures]
    assert len(set(keys)) == len(keys)
    assert all(figure.area_code == KENT for figure in figures)
    assert list_newest_figures(build, "E99999999") == []


def test_a_ranking_is_in_order_and_ends_with_who_is_not_ranked(build):
    figures = list_ranking(build, "plans_issued_in_20_weeks", "Total")
    ranks = [figure.rank for figure in figures if figure.rank is not None]
    assert ranks == sorted(ranks)
    assert {figure.area_code for figure in figures[len(ranks) :]} >= set(UNRANKED)
    assert len(figures) == 153


def test_equal_ranks_are_marked_as_shared(build):
    for figure in list_ranking(build, "plans_issued_in_20_weeks", "Total"):
        same = [
            f
            for f in list_ranking(build, "plans_issued_in_20_weeks", "Total")
            if f.rank == figure.rank and f.rank is not None
        ]
        assert figure.tied is (len(same) > 1)


def test_history_is_in_order_and_only_of_the_areas_asked_for(build):
    figures = load_history(build, "plans_issued_in_20_weeks", "Total", [KENT])
    ends = [figure.period_end for figure in figures]
    assert ends == sorted(ends)
    assert {figure.area_code for figure in figures} == {KENT}


def test_a_range_is_the_lowest_and_highest_of_the_areas(build):
    codes = build.neighbours[KENT]
    for one in load_ranges(build, "plans_issued_in_20_weeks", "Total", codes):
        values = [
            f.value
            for f in load_history(build, "plans_issued_in_20_weeks", "Total", codes)
            if f.time_period == one.time_period and f.value is not None
        ]
        assert (one.low, one.high) == (min(values), max(values))


def test_neighbours_are_summed_up_with_the_names_of_the_ends(build):
    found = load_benchmarks_of_area(build, NEIGHBOUR_MODEL, KENT)
    for key in [("plans_issued_in_20_weeks", "Total")]:
        one, figure = found[key], build.newest[KENT][key]
        assert (one.mean, one.median) == (figure.neighbour_mean, figure.neighbour_median)
        assert one.against == figure.against_neighbours
        assert {one.lowest, one.highest} <= set(build.neighbours[KENT])
    assert load_benchmarks_of_area(build, "no such model", KENT) == {}


def test_peers_are_those_that_are_summed_up(build):
    for name, codes in build.peers.items():
        found = load_group_summaries(build, name)
        assert {one.members for one in found.values()} == {len(codes)}
        one = found["plans_issued_in_20_weeks", "Total"]
        assert {one.lowest, one.highest} <= set(codes)
        assert load_group_medians(build, name, "plans_issued_in_20_weeks", "Total")[-1].median == (
            one.median
        )


def test_a_funnel_has_its_lines_at_the_same_sizes(build):
    assert not find_funnel(build, "plans_issued_in_20_weeks", "Total").is_drawn
    found = find_funnel(build, "plans_discontinued_needs_met", "Total")
    assert found.is_drawn
    assert len(found.sizes) == len(found.low998) == len(found.high95)
    assert all(low <= high for low, high in zip(found.low95, found.high95, strict=True))
    assert find_funnel(build, "no such metric", "Total") is None


def test_the_spread_leaves_out_who_is_never_ranked(build):
    spread = build.spreads["plans_issued_in_20_weeks", "Total"]
    assert spread.count == len(spread.values) <= 151
    assert spread.minimum <= spread.lower <= spread.median <= spread.upper <= spread.maximum
    assert load_spreads(build, "plans_issued_in_20_weeks", "Total")[-1] == spread


def test_a_series_does_not_join_across_a_break(build):
    metric = build.metrics["plans_issued_in_20_weeks"]
    series = load_series(build, KENT)[metric.id, "Total"]
    periods = [
        f.time_period
        for f in load_history(build, metric.id, "Total", [KENT])
        if f.value is not None
    ]
    for when, joins in zip(periods, series.joins, strict=True):
        assert not (when in metric.breaks and joins)


def test_successors_know_their_predecessors(build):
    cumberland = build.areas["E06000063"]
    assert [area.name for area in list_predecessors(build, cumberland)] == ["Cumbria"]


def test_a_metrics_publications_are_each_named_once(build):
    found = list_releases(build, build.metrics.values())
    named = [(source.publication, source.release) for source in found]
    assert len(set(named)) == len(named)
    assert len(list_files_used(build)) == len(build.sources)


@pytest.mark.exhaustive
def test_a_new_build_is_shown_at_the_next_question_and_the_old_one_stays_whole(build, place):
    wanted = [publish(place, build, "first")]
    first = served.find_current_build()
    wanted.append(publish(place, build, "second"))
    second = served.find_current_build()
    assert [first.id, second.id] == wanted
    assert served.find_current_build() is second
    assert load_history(first, "plans_issued_in_20_weeks", "Total", [KENT])
    assert len(served.load_boundaries(first.id)) == len(served.load_boundaries(second.id)) == 153
    (place / "current.json").write_text("nonsense")
    assert served.find_current_build() is second
    assert served.describe_refusal().startswith("current.json: ")


@pytest.mark.parametrize("table", ["index_part", "context", "metric_value"])
def test_a_build_with_other_columns_is_refused_as_a_whole(build, place, table):
    name = publish(place, build, "other columns")
    folder = place / name
    path = folder / f"{table}.parquet"
    duckdb.sql(
        f"COPY (SELECT COLUMNS(*) AS 'other_\\0' FROM '{path}' LIMIT 9) TO '{folder / 'new'}' "
        "(FORMAT parquet)"
    )
    (folder / "new").replace(path)
    described = json.loads((folder / "datapackage.json").read_text())
    [resource] = [one for one in described["resources"] if one["name"] == table]
    resource["hash"] = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    described["version"] = package.compute_identity(described | {"version": ""})
    (folder / "datapackage.json").write_text(package.format_descriptor(described))
    folder.rename(place / described["version"])
    copies.serve_in_turn(place, described["version"])
    assert builds.is_sound(place / described["version"])
    assert served.find_current_build() is None
    assert "its tables cannot be read" in served.describe_refusal()


def test_every_question_that_is_asked_is_tried_when_a_build_is_loaded():
    asked = set()
    for path in Path(ask.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {
                "load_rows",
                "load_records",
            }:
                asked |= {each.value for each in node.args[1:] if isinstance(each, ast.Constant)}
    assert asked == set(ask.QUERIES)
    assert set(ask.QUERIES) - set(ask.PREPARED) == set(ask.read_queries("changes"))
    assert len(ask.PREPARED) > 25


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("figures_over_time", Figure),
        ("group_medians", Middle),
        ("context", Context),
        ("reconciliation", Reconciled),
        ("funnel", Funnel),
    ],
)
def test_the_columns_of_a_query_are_those_of_its_record(build, query, kind):
    sql = ask.QUERIES[query]
    with build.db.cursor() as cursor:
        columns = cursor.execute(sql, [""] * sql.count("?")).description
    assert [column[0] for column in columns] == list(kind._fields)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"build": "missing"}', "not json"])
def test_without_a_build_there_is_none(place, text):
    assert served.find_current_build() is None
    (place / "current.json").write_text(text)
    assert served.find_current_build() is None


@pytest.mark.sample(1)
@pytest.mark.parametrize("year", [2018, 2022, 2024])
def test_a_scorecard_of_an_earlier_year_holds_the_newest_figures_that_had_ended_by_then(
    build, year
):
    end = date(year, 12, 31)
    found = {(f.metric, f.breakdown): f for f in load_figures_then(build, KENT, year)}
    assert len(found) > 60
    for (metric, breakdown), figure in found.items():
        history = load_history(build, metric, breakdown, [KENT])
        before = [f for f in history if f.period_end <= end]
        assert figure in before
        if figure != before[-1]:  # then no local authority had a figure after it
            later = {f.period_end for f in before if f.period_end > figure.period_end}
            spreads = {s.period_end for s in load_spreads(build, metric, breakdown)}
            assert not later & spreads
    assert load_figures_then(build, KENT, year) is load_figures_then(build, KENT, year)


def test_an_earlier_year_never_mixes_in_a_later_one(build):
    then = load_figures_then(build, KENT, 2022)
    spreads = load_spreads_then(build, 2022)
    assert max(f.period_end for f in then).year == 2022
    assert max(s.period_end for s in spreads.values()).year == 2022
    ranked = [f for f in then if f.rank]
    assert len(ranked) > 100
    for figure in ranked:
        spread = spreads[figure.metric, figure.breakdown]
        assert spread.time_period == figure.time_period
        assert spread.count == figure.number_ranked


def test_the_years_are_earlier_ones_with_enough_figures(build):
    years = build.years
    assert list(years) == sorted(years, reverse=True)
    assert years[0] < max(f.period_end for f in list_newest_figures(build, KENT)).year
    assert 2016 <= years[-1] <= 2018


def test_an_authority_type_is_summed_up_for_every_period(build):
    held = load_group_summaries_then(build, "county")
    latest = load_group_summaries(build, "county")
    figure = load_history(build, "plans_issued_in_20_weeks", "Total", [KENT])[-1]
    key = "plans_issued_in_20_weeks", "Total"
    assert held[(*key, figure.time_period)] == latest[key]
    assert len({period for m, _, period in held if m == key[0]}) > 5


def test_memberships_say_what_they_rest_on(build):
    found = load_memberships(build)[KENT]
    assert [(one.programme, one.joined) for one in found] == [("Safety Valve", "2022-23")]
    assert all(one.evidence for each in load_memberships(build).values() for one in each)
