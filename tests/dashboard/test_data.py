"""Questions to the committed build, and what happens when there is another one, or none."""

import ast
import hashlib
import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from benchmarks import copies
from dashboard.domain.records import (
    PILLARS,
    UNRANKED,
    Context,
    Figure,
    Funnel,
    Middle,
    Reconciled,
)
from dashboard.store import ask, data, served
from dashboard.store.loading import load_build
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
    copies.point(place, name)
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
    figures = data.scorecard(build, KENT)
    keys = [(figure.metric, figure.breakdown) for figure in figures]
    assert len(set(keys)) == len(keys)
    assert all(figure.area_code == KENT for figure in figures)
    assert data.scorecard(build, "E99999999") == []


def test_a_ranking_is_in_order_and_ends_with_who_is_not_ranked(build):
    figures = data.ranking(build, "plans_issued_in_20_weeks", "Total")
    ranks = [figure.rank for figure in figures if figure.rank is not None]
    assert ranks == sorted(ranks)
    assert {figure.area_code for figure in figures[len(ranks) :]} >= set(UNRANKED)
    assert len(figures) == 153


def test_equal_ranks_are_marked_as_shared(build):
    for figure in data.ranking(build, "plans_issued_in_20_weeks", "Total"):
        same = [
            f
            for f in data.ranking(build, "plans_issued_in_20_weeks", "Total")
            if f.rank == figure.rank and f.rank is not None
        ]
        assert figure.tied is (len(same) > 1)


def test_history_is_in_order_and_only_of_the_areas_asked_for(build):
    figures = data.history(build, "plans_issued_in_20_weeks", "Total", [KENT])
    ends = [figure.period_end for figure in figures]
    assert ends == sorted(ends)
    assert {figure.area_code for figure in figures} == {KENT}


def test_a_range_is_the_lowest_and_highest_of_the_areas(build):
    codes = build.neighbours[KENT]
    for one in data.ranges(build, "plans_issued_in_20_weeks", "Total", codes):
        values = [
            f.value
            for f in data.history(build, "plans_issued_in_20_weeks", "Total", codes)
            if f.time_period == one.time_period and f.value is not None
        ]
        assert (one.low, one.high) == (min(values), max(values))


def test_neighbours_are_summed_up_with_the_names_of_the_ends(build):
    found = data.benchmarks(build, data.NEIGHBOUR_MODEL, KENT)
    for key in [("plans_issued_in_20_weeks", "Total")]:
        one, figure = found[key], build.newest[KENT][key]
        assert (one.mean, one.median) == (figure.neighbour_mean, figure.neighbour_median)
        assert one.against == figure.against_neighbours
        assert {one.lowest, one.highest} <= set(build.neighbours[KENT])
    assert data.benchmarks(build, "no such model", KENT) == {}


def test_peers_are_those_that_are_summed_up(build):
    for name, codes in build.peers.items():
        found = data.group_summaries(build, name)
        assert {one.members for one in found.values()} == {len(codes)}
        one = found["plans_issued_in_20_weeks", "Total"]
        assert {one.lowest, one.highest} <= set(codes)
        assert data.middles(build, name, "plans_issued_in_20_weeks", "Total")[-1].median == (
            one.median
        )


def test_a_funnel_has_its_lines_at_the_same_sizes(build):
    assert not data.funnel(build, "plans_issued_in_20_weeks", "Total").is_drawn
    found = data.funnel(build, "plans_discontinued_needs_met", "Total")
    assert found.is_drawn
    assert len(found.sizes) == len(found.low998) == len(found.high95)
    assert all(low <= high for low, high in zip(found.low95, found.high95, strict=True))
    assert data.funnel(build, "no such metric", "Total") is None


def test_the_spread_leaves_out_who_is_never_ranked(build):
    spread = build.spreads["plans_issued_in_20_weeks", "Total"]
    assert spread.count == len(spread.values) <= 151
    assert spread.minimum <= spread.lower <= spread.median <= spread.upper <= spread.maximum
    assert data.spreads(build, "plans_issued_in_20_weeks", "Total")[-1] == spread


def test_a_series_does_not_join_across_a_break(build):
    metric = build.metrics["plans_issued_in_20_weeks"]
    series = data.sparks(build, KENT)[metric.id, "Total"]
    periods = [
        f.time_period
        for f in data.history(build, metric.id, "Total", [KENT])
        if f.value is not None
    ]
    for when, joins in zip(periods, series.joins, strict=True):
        assert not (when in metric.breaks and joins)


def test_successors_know_their_predecessors(build):
    cumberland = build.areas["E06000063"]
    assert [area.name for area in data.predecessors(build, cumberland)] == ["Cumbria"]


def test_a_metrics_publications_are_each_named_once(build):
    found = data.releases(build, build.metrics.values())
    named = [(source.publication, source.release) for source in found]
    assert len(set(named)) == len(named)
    assert len(data.files_used(build)) == len(build.sources)


@pytest.mark.exhaustive
def test_a_new_build_is_shown_at_the_next_question_and_the_old_one_stays_whole(build, place):
    wanted = [publish(place, build, "first")]
    first = data.current()
    wanted.append(publish(place, build, "second"))
    second = data.current()
    assert [first.id, second.id] == wanted
    assert data.current() is second
    assert data.history(first, "plans_issued_in_20_weeks", "Total", [KENT])
    assert len(data.boundaries(first.id)) == len(data.boundaries(second.id)) == 153
    (place / "current.json").write_text("nonsense")
    assert data.current() is second
    assert data.refusal().startswith("current.json: ")


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
    described["version"] = package.identity(described | {"version": ""})
    (folder / "datapackage.json").write_text(package.text(described))
    folder.rename(place / described["version"])
    copies.point(place, described["version"])
    assert builds.is_sound(place / described["version"])
    assert data.current() is None
    assert "its tables cannot be read" in data.refusal()


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
    assert data.current() is None
    (place / "current.json").write_text(text)
    assert data.current() is None


@pytest.mark.sample(1)
@pytest.mark.parametrize("year", [2018, 2022, 2024])
def test_a_scorecard_of_an_earlier_year_holds_the_newest_figures_that_had_ended_by_then(
    build, year
):
    end = date(year, 12, 31)
    found = {(f.metric, f.breakdown): f for f in data.scorecard_then(build, KENT, year)}
    assert len(found) > 60
    for (metric, breakdown), figure in found.items():
        history = data.history(build, metric, breakdown, [KENT])
        before = [f for f in history if f.period_end <= end]
        assert figure in before
        if figure != before[-1]:  # then no local authority had a figure after it
            later = {f.period_end for f in before if f.period_end > figure.period_end}
            spreads = {s.period_end for s in data.spreads(build, metric, breakdown)}
            assert not later & spreads
    assert data.scorecard_then(build, KENT, year) is data.scorecard_then(build, KENT, year)


def test_an_earlier_year_never_mixes_in_a_later_one(build):
    then = data.scorecard_then(build, KENT, 2022)
    spreads = data.spreads_then(build, 2022)
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
    assert years[0] < max(f.period_end for f in data.scorecard(build, KENT)).year
    assert 2016 <= years[-1] <= 2018


def test_an_authority_type_is_summed_up_for_every_period(build):
    held = data.group_then(build, "county")
    latest = data.group_summaries(build, "county")
    figure = data.history(build, "plans_issued_in_20_weeks", "Total", [KENT])[-1]
    key = "plans_issued_in_20_weeks", "Total"
    assert held[(*key, figure.time_period)] == latest[key]
    assert len({period for m, _, period in held if m == key[0]}) > 5


def test_memberships_say_what_they_rest_on(build):
    found = data.memberships(build)[KENT]
    assert [(one.programme, one.joined) for one in found] == [("Safety Valve", "2022-23")]
    assert all(one.evidence for each in data.memberships(build).values() for one in each)
