"""The page of what is new: of the committed build, of one with revisions, and of a first build."""

import json

import duckdb
import pytest

from dashboard.bodies import whats_new
from dashboard.store import provenance
from dashboard.store.provenance import find_changes, is_first_build, load_revisions
from pipeline import revisions
from tests.pages.test_pages import BUILD, KENT, open_page, text
from tests.pipeline.conftest import BUILT

PAGE, BEFORE = "whats_new", "000000000000"


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    """What the committed build would change, if Kent's figures and a metric had been otherwise."""
    out, after = tmp_path_factory.mktemp("builds"), BUILT / BUILD.id
    before = out / BEFORE
    before.mkdir()
    for path in after.glob("*.parquet"):
        (before / path.name).write_bytes(path.read_bytes())
    mine = f"metric = 'plans_issued_in_20_weeks' AND area_code = '{KENT}'"
    duckdb.sql(
        f"COPY (SELECT * REPLACE (value - ({mine})::INT AS value) "
        f"FROM '{after}/metric_value.parquet' WHERE metric != 'ehc_plans') "
        f"TO '{before}/metric_value.parquet' (FORMAT parquet)"
    )
    place = revisions.get_folder_between(out, BEFORE, BUILD.id)
    place.mkdir()
    assert revisions.write(before, after, place)
    return out


@pytest.fixture
def revised(builds, monkeypatch):
    """The committed build, with the changes of another: to load one twice takes long."""
    monkeypatch.setattr(
        provenance,
        "find_changes_folder",
        lambda _: revisions.get_folder_between(builds, BEFORE, BUILD.id),
    )


def test_the_committed_build_says_what_it_changed():
    shown = text(open_page(PAGE, area=KENT))
    assert find_changes(BUILD)
    assert "The newest update added" in shown
    assert "took the place of build" in shown
    assert "Metrics with figures added, revised or withdrawn" in shown
    assert "Releases in this build" in shown


@pytest.mark.usefixtures("revised")
def test_an_areas_revised_figures_have_before_and_now():
    shown = text(open_page(PAGE, area=KENT))
    assert "Revised figures: Kent" in shown
    assert "Figures for Kent that were revised or withdrawn" in shown
    assert "Same files: how it is worked out here changed" in shown
    assert "metric?area=E10000016&amp;metric=plans_issued_in_20_weeks" in shown
    assert "No figure for Medway was revised" in text(open_page(PAGE, area="E06000035"))


def test_a_first_build_says_that_there_is_nothing_to_compare_with(monkeypatch):
    monkeypatch.setattr(provenance, "find_changes_folder", lambda _: None)
    monkeypatch.setattr(provenance, "is_first_build", lambda _: True)
    assert load_revisions(BUILD, KENT) == []
    shown = text(open_page(PAGE))
    assert whats_new.FIRST in shown
    assert "<table" not in shown.partition("Releases in this build")[0]
    assert "Releases in this build" in shown


def test_where_what_changed_cannot_be_read_the_page_does_not_call_the_build_the_first(
    monkeypatch,
):
    monkeypatch.setattr(provenance, "find_changes_folder", lambda _: None)
    shown = text(open_page(PAGE))
    assert whats_new.FIRST not in shown
    assert whats_new.UNKNOWN in shown


def test_a_build_is_the_first_where_nothing_stands_beside_it(tmp_path, monkeypatch):
    monkeypatch.setenv("SEND_DATA", str(tmp_path))
    assert is_first_build(BUILD)
    (tmp_path / f"since-{BEFORE}-{BUILD.id}").mkdir()
    assert not is_first_build(BUILD)
    (tmp_path / f"since-{BEFORE}-{BUILD.id}").rmdir()
    pointer = {"build": BUILD.id, "before": [BEFORE]}
    (tmp_path / "current.json").write_text(json.dumps(pointer))
    assert not is_first_build(BUILD)


def test_of_several_differences_the_one_from_the_build_replaced_is_found(builds, monkeypatch):
    monkeypatch.setenv("SEND_DATA", str(builds))
    assert find_changes(BUILD).before == BEFORE
    other = revisions.get_folder_between(builds, "fffffffffff0", BUILD.id)
    other.mkdir()
    for path in revisions.get_folder_between(builds, BEFORE, BUILD.id).iterdir():
        (other / path.name).write_bytes(path.read_bytes())
    for before in (BEFORE, "fffffffffff0"):
        pointer = {"build": BUILD.id, "before": [before]}
        (builds / "current.json").write_text(json.dumps(pointer))
        assert find_changes(BUILD).before == before
