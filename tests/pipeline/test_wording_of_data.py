"""What a figure is of, which year it is under and whose percentage it is, in the build."""

import pytest

from pipeline import catalogue
from pipeline.catalogue import Metric
from tests.pipeline.conftest import table

WOKINGHAM, NEWHAM, ENGLAND = "E06000041", "E09000025", "E92000001"
WORK_BASED = (
    "supported_internships_per_1000_plans",
    "apprenticeships_per_1000_plans",
    "work_based_placements_per_1000_plans",
)


@pytest.fixture(scope="module")
def rows(committed):
    return table(committed, "metric_value")


@pytest.mark.parametrize("metric", WORK_BASED)
def test_what_only_young_people_can_have_is_of_plans_of_their_age_in_the_same_january(rows, metric):
    aged = {}
    for row in rows:
        if row["metric"] == "plans_by_age_group" and row["breakdown"] in {
            "Age 16 to 19",
            "Age 20 to 25",
        }:
            key = row["area_code"], row["time_period"]
            aged[key] = aged.get(key, 0) + (row["numerator"] or 0)
    own = [row for row in rows if row["metric"] == metric and row["status"] == "ok"]
    assert len(own) > 150
    for row in own:
        assert row["denominator_period"] == row["time_period"]
        assert row["denominator"] == aged[row["area_code"], row["time_period"]]
        assert row["value"] == pytest.approx(1000 * row["numerator"] / row["denominator"])
    assert [r["status"] for r in rows if (r["metric"], r["area_code"]) == (metric, NEWHAM)] == [
        "withheld"
    ]


def test_the_publishers_percentage_is_shown_where_its_counts_give_another(rows):
    found = {
        row["time_period"]: row
        for row in rows
        if (row["metric"], row["area_code"]) == ("requests_decided_in_6_weeks", WOKINGHAM)
    }
    row = next(row for row in found.values() if "own percentage" in (row["note"] or ""))
    assert row["value"] == pytest.approx(58.6)
    assert row["numerator"] is None
    assert "The published counts give 62.3% (" in row["note"]


@pytest.mark.parametrize(
    ("metrics", "expected"),
    [
        (("requests_decided_in_6_weeks",), 50),
        (("social_care_groups_with_ehc_plan", "social_care_groups_with_sen_support"), 167),
    ],
)
def test_each_percentage_that_is_the_publishers_says_so(rows, metrics, expected):
    own = [r for r in rows if r["metric"] in metrics and "own percentage" in (r["note"] or "")]
    assert len(own) == expected
    assert all(row["value"] is not None and row["denominator"] is None for row in own)


def test_destinations_are_all_under_the_year_in_which_pupils_left(rows):
    newest = {}
    for row in rows:
        if row["metric"].startswith(("ks4_to_", "post_16_to_")):
            newest[row["metric"]] = max(newest.get(row["metric"], ""), row["time_period"])
    assert set(newest.values()) == {"2020/21"}  # seen in 2021/22, the last year in the files
    known = catalogue.load_catalogue().metrics.values()
    said = [
        metric.caveat or "" for metric in known if metric.id.startswith(("ks4_to_", "post_16_"))
    ]
    assert not [text for text in said if "The year is that of the destination" in text]


def test_a_series_that_has_ended_is_no_headline():
    known = catalogue.load_catalogue().metrics
    assert known["tribunal_appeal_rate"].ended
    assert not [m.id for m in known.values() if m.ended and m.headline]
    ended = known["tribunal_appeal_rate"].model_dump()
    with pytest.raises(ValueError, match="wanted no headline of a series that has ended"):
        Metric.model_validate(ended | {"headline": True})


def test_weeks_are_weeks():
    assert catalogue.load_catalogue().metrics["average_weeks_to_issue_a_plan"].unit == "weeks"
    titles = [
        m for m in catalogue.load_catalogue().metrics.values() if "weeks to" in m.title.lower()
    ]
    assert {metric.unit for metric in titles} == {"weeks"}
    assert catalogue.load_catalogue().metrics["early_learning_goals_reached"].unit == "goals"
