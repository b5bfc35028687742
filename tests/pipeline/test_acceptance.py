"""Published figures, found by hand in the files, hold in the committed build."""

import csv
from pathlib import Path

import pytest

from tests.pipeline.conftest import RAW, needs_raw, table

HERE = Path(__file__).parent
KEY, PARTS = ("metric", "breakdown", "area_code", "time_period"), ("numerator", "denominator")
with (HERE / "acceptance.csv").open(encoding="utf-8", newline="") as file:
    FIGURES = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def values(committed):
    return {
        tuple(row[name] for name in KEY): row
        for row in table(committed, "metric_value", [*KEY, "value", "status", *PARTS])
    }


@pytest.mark.parametrize(
    "figure", FIGURES, ids=lambda f: f"{f['metric']}, {f['area']}, {f['time_period']}"
)
def test_a_published_figure_holds(figure, values):
    key = (figure["metric"], figure["breakdown"], figure["area_code"], figure["time_period"])
    row = values[key]
    assert row["status"] == "ok"
    precision = 0.5 * 10 ** -int(figure["decimals"])
    assert abs(row["value"] - float(figure["value"])) <= precision + 1e-9
    for part in PARTS:
        if figure[part] and row[part] is not None:
            assert row[part] == float(figure[part])


@needs_raw
def test_each_figure_is_the_one_in_the_list_of_the_published_files():
    with (RAW / "ACCEPTANCE.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = {
            (r["figure"], r["area"], r["time_period"]): r["value"] for r in csv.DictReader(file)
        }
    for figure in FIGURES:
        assert listed[figure["figure"], figure["area"], figure["listed_period"]] == figure["value"]
