"""What the published files say that cannot be right, and what may not be compared, in the build."""

import re

import pytest

from tests.pipeline.conftest import table

NEWHAM, KENSINGTON, SLOUGH = "E09000025", "E09000020", "E06000039"
CAMBRIDGESHIRE, CENTRAL_BEDFORDSHIRE = "E10000003", "E06000056"
BY_US = "Withheld by SEND System Health, not by the publisher, which gives "
OLD_DORSET, DORSET = "E10000009", "E06000059"


@pytest.fixture(scope="module")
def rows(committed):
    return table(committed, "metric_value")


@pytest.fixture(scope="module")
def compared(committed):
    return table(committed, "comparison")


@pytest.mark.parametrize(
    ("series", "areas"),
    [
        (("ehc_plans", "Total", "January 2025"), {NEWHAM}),
        (("high_needs_spend_per_ehc_plan", "Total", "2024-25"), {NEWHAM}),
        (
            ("tribunal_appeal_rate", "Total", "2024"),
            {CAMBRIDGESHIRE, CENTRAL_BEDFORDSHIRE, NEWHAM},
        ),
        (("level_2_by_19", "EHC plan", "2023/24"), {KENSINGTON, SLOUGH}),
    ],
)
def test_a_return_that_cannot_be_right_is_withheld_and_says_why(rows, compared, series, areas):
    def of(every):
        return [r for r in every if (r["metric"], r["breakdown"], r["time_period"]) == series]

    withheld = [row for row in of(rows) if row["status"] == "withheld"]
    assert {row["area_code"] for row in withheld} == areas
    assert all(row["value"] is None and BY_US in row["note"] for row in withheld)
    assert all(row["rank"] is None for row in of(compared) if row["area_code"] in areas)


def test_whatever_we_withhold_says_so_with_the_published_figure(rows):
    withheld = [row for row in rows if row["status"] == "withheld"]
    assert withheld
    for row in withheld:
        assert re.search(rf"{BY_US}-?[0-9][0-9,.]* \(", row["note"] or ""), row
    newham = next(
        row for row in withheld if (row["metric"], row["area_code"]) == ("ehc_plans", NEWHAM)
    )
    assert "which gives 1,199 (" in newham["note"]


def test_no_publisher_is_said_to_call_a_figure_unreliable_where_none_does(rows):
    assert not [row for row in rows if row["status"] == "unreliable"]


def test_a_rate_before_an_authority_was_made_is_its_predecessors(rows):
    years = {
        code: {
            row["time_period"]
            for row in rows
            if row["metric"] == "tribunal_appeal_rate" and row["area_code"] == code
        }
        for code in (OLD_DORSET, DORSET)
    }
    assert years[OLD_DORSET] >= {"2014", "2018"}
    assert years[DORSET] == {"2019", "2020", "2021", "2022", "2023", "2024"}


@pytest.mark.parametrize(
    "metric",
    [
        *("overall_absence", "persistent_absence", "severe_absence", "all_pupils_absence"),
        *("special_school_absence", "persistent_absence_gap_ehc_plan", "ap_absence", "pru_absence"),
    ],
)
def test_no_change_in_absence_leads_to_or_from_the_year_of_closures(compared, metric):
    own = [row for row in compared if row["metric"] == metric]
    assert any(row["time_period"] == "2020/21" for row in own)
    assert all(row["change"] is None for row in own if row["time_period"] in {"2020/21", "2021/22"})
    assert any(row["change"] is not None for row in own if row["time_period"] == "2022/23")
