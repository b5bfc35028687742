"""Each rule passes the sound lake and catches the row made to break it."""

from pathlib import Path

import pytest

from pipeline import catalogue
from pipeline.build import (
    HERE,
    STEPS,
    connect,
    ingest_sources,
    insert_definitions,
    sort_sources,
)
from pipeline.lake import open_lake
from pipeline.tables import run_step

CHECKS = {path.stem: path.read_text() for path in Path(HERE / "checks").glob("*.sql")}

OBSERVATION = (
    "UPDATE observation SET {} WHERE rowid = (SELECT min(rowid) FROM observation WHERE {})"
)
VALUE = (
    "UPDATE numbered SET {} WHERE rowid = "
    "(SELECT min(numbered.rowid) FROM numbered JOIN series USING (series) WHERE {})"
)

BREAKS = {
    "counts_are_not_negative": VALUE.format("numerator = -1", "metric = 'requests_refused'"),
    "each_area_is_known": OBSERVATION.format("area_code = NULL", "true"),
    "each_area_name_belongs_to_its_code": OBSERVATION.format("area_name = 'Nowhere'", "area != ''"),
    "each_current_local_authority_has_ten_neighbours": (
        "DELETE FROM neighbour WHERE model = '2025-05' AND position = 10"
    ),
    "each_context_neighbour_is_another_area": (
        "UPDATE neighbour SET neighbour_code = area_code WHERE model = 'context' AND position = 10"
    ),
    "each_indicator_has_observations": "DELETE FROM observation WHERE indicator = 'ehc_plans'",
    "each_metric_has_its_indicators": "DELETE FROM observation WHERE indicator = 'ehc_plans'",
    "each_missing_value_says_why": VALUE.format("value = NULL", "status = 'ok'"),
    "each_number_is_finite": VALUE.format("value = 'inf'", "true"),
    "each_observation_is_the_only_one": "INSERT INTO observation FROM observation LIMIT 1",
    "each_period_is_known": OBSERVATION.format("period_end = NULL", "true"),
    "each_sign_has_its_meaning": VALUE.format("value = -1", "metric = 'ehc_plans'"),
    "each_withheld_figure_says_who_and_what": VALUE.format(
        "value = NULL, status = 'withheld', note = 'Odd.'", "metric = 'ehc_plans'"
    ),
    "each_symbol_is_known": OBSERVATION.format("status = 'unknown'", "true"),
    "each_area_has_its_own_code": "UPDATE area SET area_code = 'x' WHERE name = 'Testshire AC'",
    "each_category_has_its_label": VALUE.format(
        "value = 9", "metric = 'designated_medical_officer'"
    ),
    "each_local_authority_lies_in_boards_whole": (
        "DELETE FROM overlap WHERE rowid = (SELECT min(rowid) FROM overlap)"
    ),
    "each_current_local_authority_has_one_shape": (
        "DELETE FROM boundary WHERE area = (SELECT min(area) FROM boundary)"
    ),
    "each_publication_has_its_title": (
        "UPDATE source_file SET publication_title = NULL WHERE source = 'lait'"
    ),
    "each_release_date_is_known": (
        "UPDATE release_date SET next_release = published WHERE label = 'TotAbs'"
    ),
    "each_source_reaches_its_newest_period": (
        "DELETE FROM observation WHERE source = 'ehc_requests' AND time_period = '2024'"
    ),
    "england_and_regions_have_no_gaps": (
        "DELETE FROM observation WHERE rowid = (SELECT max(rowid) FROM observation "
        "WHERE source = 'lait' AND area_code = 'E92000001')"
    ),
    "local_authorities_add_up": OBSERVATION.format(
        "value = value + 1", "indicator = 'new_ehc_plans' AND time_period = '2024'"
    ),
    "local_authorities_are_all_there": (
        "DELETE FROM observation WHERE source = 'ehc_requests' AND area > '600'"
    ),
    "percentages_are_possible": VALUE.format("value = 101", "metric = 'requests_refused'"),
    "results_agree_with_the_publishers": (
        "UPDATE reconciliation SET differing = compared, largest_difference = 2 "
        "WHERE metric = 'plans_in_mainstream' AND NOT starts_with(against, 'England: ')"
    ),
}


@pytest.fixture(scope="module")
def sound(lake):
    known = catalogue.load_catalogue()
    with open_lake(lake) as files, connect() as db:
        insert_definitions(db, known)
        ingest_sources(db, files, sort_sources(known))
        for step in STEPS:
            run_step(db, step)
        yield db


def test_every_rule_has_a_row_made_to_break_it():
    assert set(BREAKS) == set(CHECKS)


@pytest.mark.parametrize("rule", CHECKS)
def test_a_rule_passes_sound_rows(sound, rule):
    assert sound.execute(CHECKS[rule]).fetchall() == []


@pytest.mark.parametrize("rule", CHECKS)
def test_a_rule_catches_the_row_made_to_break_it(sound, rule):
    sound.execute("BEGIN")
    try:
        sound.execute(BREAKS[rule])
        rows = sound.execute(CHECKS[rule]).fetchall()
    finally:
        sound.execute("ROLLBACK")
    assert rows
    assert all(len(row) == 5 and all(part is not None for part in row) for row in rows)
