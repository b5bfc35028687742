"""What a build says of where areas stand: nothing that its own numbers contradict."""

from collections import Counter

import pytest

from tests.pipeline.conftest import table

SMALL = {"E09000001", "E06000053"}
DEVON, IN_TIME = "E10000008", "plans_issued_in_20_weeks"
POSITIONS = (
    *("rank", "sharing", "number_ranked", "quartile", "against_england", "against_neighbours"),
    *("against_before", "trend", "funnel"),
)


@pytest.fixture(scope="module")
def compared(committed):
    values, rows = table(committed, "metric_value"), table(committed, "comparison")
    return [row | {"value": one["value"]} for row, one in zip(rows, values, strict=True)]


@pytest.mark.exhaustive
def test_no_figure_is_called_higher_or_lower_than_neighbours_against_their_median(compared):
    called = [row for row in compared if row["against_neighbours"]]
    assert len(called) > 1000
    for row in called:
        off = row["value"] - row["neighbour_median"]
        assert off * row["against_neighbours"] > 0, row


def test_the_spread_of_the_ten_counts_so_about_one_in_twenty_is_called_different(compared):
    tested = [r for r in compared if r["is_latest"] and r["against_neighbours"] is not None]
    share = sum(row["against_neighbours"] != 0 for row in tested) / len(tested)
    assert 0.03 < share < 0.08  # by sampling error alone it was 0.44


def test_no_quarter_holds_much_more_than_a_quarter(compared):
    held, ranked = Counter(), {}
    for row in compared:
        if row["quartile"]:
            key = row["metric"], row["breakdown"], row["period_end"]
            held[key, row["quartile"]] += 1
            ranked[key] = row["number_ranked"]
    assert held
    for (key, _), number in held.items():
        assert number <= ranked[key] / 4 + 1, key


def test_areas_of_very_small_numbers_stand_nowhere(committed, compared):
    own = [row for row in compared if row["area_code"] in SMALL]
    assert len(own) > 1000
    assert all(row[name] is None for row in own for name in POSITIONS)
    for name in ("benchmark", "area_index", "signal"):
        assert not SMALL & {row["area_code"] for row in table(committed, name)}


def test_a_funnel_that_cannot_tell_areas_apart_has_no_limits_and_says_nothing_of_any(
    committed, compared
):
    found = {(row["metric"], row["breakdown"]): row for row in table(committed, "funnel")}
    flat = {key for key, row in found.items() if row["dispersion"] > 4}
    assert 50 < len(found) - len(flat) < len(found)
    for key, row in found.items():
        assert bool(row["sizes"]) is bool(row["low95"]) is (key not in flat)
    assert not any(
        row["funnel"] is not None and (row["metric"], row["breakdown"]) in flat for row in compared
    )
    (devon,) = (
        r for r in compared if (r["metric"], r["area_code"]) == (IN_TIME, DEVON) and r["is_latest"]
    )
    assert (devon["rank"], devon["funnel"]) == (146, None)
