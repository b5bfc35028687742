"""The newest figures, read by hand in the published files, and those that publishers withdrew."""

import pytest

from tests.pipeline.conftest import table

DEVON, KENT, RUTLAND, LEWISHAM = "E10000008", "E10000016", "E06000017", "E09000023"
BRIGHTON, WOLVERHAMPTON, HARTLEPOOL = "E06000043", "E08000031", "E06000001"


@pytest.fixture(scope="module")
def values(committed):
    return {
        (row["metric"], row["breakdown"], row["area_code"], row["time_period"]): row
        for row in table(committed, "metric_value")
    }


PLACEMENTS = {  # plans in January 2026, of how many
    ("plans_in_mainstream", KENT): (7_746, 21_742),
    ("plans_in_state_special_schools", KENT): (5_564 + 547 + 618, 21_742),
    ("plans_in_resourced_provision", KENT): (1_231, 21_742),
    ("plans_in_sen_units", KENT): (301, 21_742),
    ("plans_in_specialist_post_16", DEVON): (232, 10_340),
    ("plans_in_further_education_colleges", DEVON): (1_408, 10_340),
    ("plans_in_early_years_settings", LEWISHAM): (7, 3_698),
    ("plans_in_state_special_schools", RUTLAND): (2 + 48, 431),
    ("phase_transfers_due", DEVON): (4_422, 10_340),
    ("phase_transfers_final", KENT): (2_557, 21_742),
}


@pytest.mark.parametrize(("metric", "area"), PLACEMENTS)
def test_plans_of_january_2026_are_those_of_the_file(values, metric, area):
    row = values[metric, "Total", area, "January 2026"]
    count, total = PLACEMENTS[metric, area]
    assert (row["numerator"], row["denominator"]) == (count, total)
    assert row["value"] == pytest.approx(100 * count / total)


POUNDS = {
    ("dsg_balance_pounds", KENT): -67_167_405,
    ("dsg_balance_pounds", DEVON): -111_548_000,
    ("sen_transport_per_head_2_18", KENT): 63_954_857,
    ("educational_psychology_per_head_2_18", RUTLAND): 210_820,
    ("sen_administration_per_ehc_plan", DEVON): 4_134_589,
}


@pytest.mark.parametrize(("metric", "area"), POUNDS)
def test_pounds_of_2023_24_are_those_of_the_file(values, metric, area):
    row = values[metric, "Total", area, "2023-24"]
    assert row["value" if row["numerator"] is None else "numerator"] == POUNDS[metric, area]


def test_a_deficit_of_2024_has_the_sign_of_2022(values):
    """Whoever owed much in March 2022 still owed in March 2024, and nobody turned the other way."""
    shared = {
        area: (row["value"], values[metric, group, area, "2023-24"]["value"])
        for (metric, group, area, year), row in values.items()
        if metric == "dsg_balance_per_cent" and year == "2021-22" and area[:2] == "E0"
        if values.get((metric, group, area, "2023-24"), {}).get("value") is not None
    }
    owed = [later for earlier, later in shared.values() if earlier < -5]
    over = [later for earlier, later in shared.values() if earlier > 2]
    assert len(owed) > 20
    assert sum(later < 0 for later in owed) > 0.8 * len(owed)
    assert sum(later > 0 for later in over) > 0.5 * len(over)


WITHDRAWN = [
    *[
        (metric, area, "January 2025")
        for area in (BRIGHTON, WOLVERHAMPTON)
        for metric in ("plans_in_mainstream", "plans_in_independent_special_schools")
    ],
    ("plans_by_need_in_state_special", BRIGHTON, "January 2025"),
    ("plans_by_need_in_state_special", WOLVERHAMPTON, "January 2025"),
    ("plans_issued_in_20_weeks", LEWISHAM, "2024"),
    ("plans_taking_more_than_a_year", LEWISHAM, "2024"),
]


@pytest.mark.parametrize(("metric", "area", "period"), WITHDRAWN)
def test_what_the_publisher_withdrew_is_not_shown(values, metric, area, period):
    row = values[metric, "Total", area, period]
    assert (row["value"], row["numerator"], row["status"]) == (None, None, "not_available")
    assert "Withdrawn by the Department for Education" in row["note"]


def test_nothing_recorded_is_no_nought(values):
    row = values["phase_transfers_due", "Total", HARTLEPOOL, "January 2026"]
    assert (row["value"], row["status"]) == (None, "not_returned")


def test_a_measure_that_leaves_out_a_region_is_missing_there(values):
    missing = {
        area
        for (metric, group, area, year), row in values.items()
        if metric == "severe_absence_by_need" and year == "2024/25" and row["value"] is None
    }
    assert len(missing) >= 20  # the North West
    assert ("overall_absence_by_need", "Autistic spectrum disorder", KENT, "2024/25") in values
