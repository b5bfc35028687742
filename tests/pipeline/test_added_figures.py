"""Figures of two measures, worked out by hand from the published files for three authorities."""

import pytest

from tests.pipeline.conftest import table

DEVON, KENT, RUTLAND = "E10000008", "E10000016", "E06000017"

# The decisions within 16 weeks and after them; the rates of the autumn, spring and summer term.
DECISIONS = {DEVON: (19, 199), KENT: (174, 314), RUTLAND: (1, 9)}
TERMS = {
    DEVON: (15.31, 13.458, 13.147),
    KENT: (8.595, 7.655, 7.867),
    RUTLAND: (5.67, 9.091, 9.524),
}


@pytest.fixture(scope="module")
def values(committed):
    return {
        (row["metric"], row["breakdown"], row["area_code"], row["time_period"]): row
        for row in table(committed, "metric_value")
    }


@pytest.mark.parametrize("area", DECISIONS)
def test_decisions_within_16_weeks_are_those_of_the_file(values, area):
    within, after = DECISIONS[area]
    row = values["decisions_not_to_issue_within_16_weeks", "Total", area, "2024"]
    assert (row["numerator"], row["denominator"]) == (within, within + after)
    assert row["value"] == pytest.approx(100 * within / (within + after))


@pytest.mark.parametrize("area", TERMS)
def test_the_suspensions_of_a_year_are_the_three_terms_added_up(values, area):
    row = values["suspension_rate_of_three_terms", "EHC plan", area, "2023/24"]
    assert row["value"] == pytest.approx(sum(TERMS[area]))


def test_a_year_without_its_summer_term_has_no_figure(values):
    years = {year for metric, _, _, year in values if metric == "suspension_rate_of_three_terms"}
    assert max(years) == "2023/24"
