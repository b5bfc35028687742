"""The benchmarks of the committed build, worked out again one figure at a time in plain Python."""

import calendar
import math
import random
import statistics
from collections import defaultdict

import pytest
from scipy import stats

from tests.pipeline.conftest import table

pytestmark = pytest.mark.exhaustive  # every figure of the build is read, as plain Python
Z = float(stats.norm.ppf(0.975))
SMALL = {"E09000001", "E06000053"}


class World:
    """The committed figures, found by metric, group and period, then by area."""

    def __init__(self, folder):
        """Read the tables of one build."""
        self.metrics = {row["id"]: row for row in table(folder, "metric")}
        self.areas = {row["area_code"]: row for row in table(folder, "area")}
        self.comparison = table(folder, "comparison")
        self.rows = defaultdict(dict)
        values = table(folder, "metric_value")
        for value, row in zip(values, self.comparison, strict=True):
            merged = value | row
            self.rows[merged["metric"], merged["breakdown"], merged["period_end"]][
                merged["area_code"]
            ] = merged
        self.near = defaultdict(list)
        for row in table(folder, "neighbour"):
            self.near[row["model"], row["area_code"]].append(row["neighbour_code"])
        self.folder = folder
        self.scores = {}

    def some(self, number, keep):
        """A fixed sample of figures, so that a failure is seen again."""
        kept = [row for group in self.rows.values() for row in group.values() if keep(row)]
        return sample(kept, number)

    def others(self, row):
        """The figures of every area in the same metric, group and period."""
        return self.rows[row["metric"], row["breakdown"], row["period_end"]]

    def score(self, part):
        """One part of an index, standardised over the ranked areas."""
        key = part["metric"], part["breakdown"]
        if key not in self.scores:
            group = next(
                group
                for found, group in self.rows.items()
                if found[:2] == key
                and next(iter(group.values()))["time_period"] == part["time_period"]
            )
            values = {code: row["value"] for code, row in group.items() if row["rank"] is not None}
            mean, spread = statistics.fmean(values.values()), statistics.pstdev(values.values())
            self.scores[key] = {
                code: part["sign"] * (value - mean) / spread for code, value in values.items()
            }
        return self.scores[key]

    def before(self, row):
        """The same area's figure a year before, within one series."""
        day = row["period_end"]
        last = calendar.monthrange(day.year - 1, day.month)[1]
        if row["time_period"] in self.metrics[row["metric"]]["breaks"]:
            return None
        group = self.rows.get(
            (row["metric"], row["breakdown"], day.replace(day.year - 1, day=last))
        )
        return group and group.get(row["area_code"])


@pytest.fixture(scope="module")
def world(committed):
    return World(committed)


def wilson(count, total):
    middle = (count + Z * Z / 2) / (total + Z * Z)
    half = Z / (total + Z * Z) * math.sqrt(count * (total - count) / total + Z * Z / 4)
    return middle - half, middle + half


def poisson(count):
    if count < 10:
        low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0
        return low, stats.chi2.ppf(0.975, 2 * count + 2) / 2
    more = count + 1
    return (
        count * (1 - 1 / (9 * count) - Z / (3 * math.sqrt(count))) ** 3,
        more * (1 - 1 / (9 * more) + Z / (3 * math.sqrt(more))) ** 3,
    )


def estimate(row):
    """A figure with the limits that are published for it; None where there are none."""
    known = row and row["value"] is not None and row["low"] is not None
    return (row["value"], row["low"], row["high"]) if known else None


def verdict(one, other):
    """Higher, lower or no different by the interval of the difference; None where not tested."""
    if not one or not other:
        return None
    (a, a_low, a_high), (b, b_low, b_high) = one, other
    low = a - b - math.hypot(a - a_low, b_high - b)
    high = a - b + math.hypot(a_high - a, b - b_low)
    close = min(abs(low), abs(high)) < 1e-5 * max(1, abs(a))  # limits are kept to seven digits
    return "either" if close else (low > 0) - (high < 0)


def agrees(found, wanted):
    return wanted in ("either", found)


def sample(rows, number):
    return random.Random(1).sample(rows, min(number, len(rows)))  # noqa: S311 - nothing secret


def test_intervals_of_counts_are_wilsons_or_those_of_a_count(world):
    rows = world.some(8000, lambda row: row["low"] is not None and row["numerator"] is not None)
    for row in rows:
        metric = world.metrics[row["metric"]]
        scale = {"percent": 100, "per_100": 100, "per_1000": 1000}[metric["unit"]]
        count, total = row["value"] * row["denominator"] / scale, row["denominator"]
        events = [limit / total for limit in poisson(round(count))]
        shares = wilson(count, total) if count <= total else (0, 0)
        found = row["low"] / scale, row["high"] / scale
        wanted = [pytest.approx(limits, rel=2e-6, abs=1e-8) for limits in (shares, events)]
        assert found in wanted, row
        assert row["low"] <= row["value"] * (1 + 1e-6) + 1e-9
        assert row["high"] >= row["value"] * (1 - 1e-6) - 1e-9
    assert len({row["metric"] for row in rows}) > 40


def test_intervals_of_rounded_percentages_reach_from_the_least_to_the_most(world):
    rows = world.some(
        2000,
        lambda row: row["low"] is not None and row["denominator"] and row["numerator"] is None,
    )
    for row in rows:
        values = [other["value"] for other in world.others(row).values()]
        texts = [f"{value:.10g}" for value in values if value is not None]
        half_step = 0.5 / 10 ** max(len(text.partition(".")[2]) for text in texts)
        ends = max(row["value"] - half_step, 0), min(row["value"] + half_step, 100)
        total = row["denominator"]
        low, high = (wilson(end / 100 * total, total)[i] for i, end in enumerate(ends))
        assert row["low"] == pytest.approx(100 * low, rel=2e-6, abs=1e-6), row
        assert row["high"] == pytest.approx(100 * high, rel=2e-6, abs=1e-6), row
    assert len({row["metric"] for row in rows}) > 20


def test_figures_are_tested_against_england_and_the_year_before(world):
    tested = world.some(8000, lambda row: row["low"] is not None)
    for row in tested:
        england = world.others(row).get("E92000001")
        country = estimate(england)
        if row["area_code"] in SMALL:
            assert row["against_england"] is row["against_before"] is row["trend"] is None
            continue
        if england and england["value"] is not None and not country:
            country = (england["value"],) * 3
        if row["area_code"] != "E92000001":
            assert agrees(row["against_england"], verdict(estimate(row), country)), row
        before = estimate(world.before(row))
        assert agrees(row["against_before"], verdict(estimate(row), before)), row
    assert {row["against_england"] for row in tested} == {None, -1, 0, 1}


def test_neighbours_of_every_model_are_summed_up(world):
    rows = table(world.folder, "benchmark")
    assert {row["model"] for row in rows} == {"2021-04", "2025-05", "context"}
    latest = {
        (row["metric"], row["breakdown"]): row for row in world.comparison if row["is_latest"]
    }
    for row in sample(rows, 5000):
        others = world.others(latest[row["metric"], row["breakdown"]])
        own = others.get(row["area_code"])
        near = [others.get(code) for code in world.near[row["model"], row["area_code"]]]
        values = [each and each["value"] for each in near]
        known = [value for value in values if value is not None]
        assert row["with_value"] == len(known)
        assert (row["mean"] is None) == (not known)
        if known:
            assert row["mean"] == pytest.approx(statistics.fmean(known), rel=1e-9, abs=1e-9)
            assert row["median"] == pytest.approx(statistics.median(known), rel=1e-9, abs=1e-9)
            assert values[row["lowest"] - 1] == min(known)
            assert values[row["highest"] - 1] == max(known)
        if own and own["value"] is not None:
            assert row["above"] == sum(own["value"] > value for value in known)
            assert row["below"] == sum(own["value"] < value for value in known)
        metric = world.metrics[row["metric"]]
        mine = shaped(metric, estimate(own))
        assert agrees(row["against"], verdict(mine, one_more(metric, near))), row


def shaped(metric, estimate):
    """A figure and its limits on the scale on which chance is the same for all; a gap as it is."""
    scale = {"percent": 100, "per_100": 100, "per_1000": 1000}.get(metric["unit"], 1)
    if not estimate or metric["interval"] not in {"wilson", "byar"}:
        return estimate
    roots = [math.sqrt(max(each / scale, 0)) for each in estimate]
    return [math.asin(min(root, 1)) for root in roots] if metric["interval"] == "wilson" else roots


def one_more(metric, near):
    """What one more area like some neighbours would have; None where that cannot be said."""
    there = [each for each in near if each and each["value"] is not None]
    if len(there) < 3 or any(each["low"] is None for each in there):
        return None
    estimates = [shaped(metric, estimate(each)) for each in there]
    figures = [each[0] for each in estimates]
    within = statistics.fmean(((high - low) / (2 * Z)) ** 2 for _, low, high in estimates)
    between = statistics.variance(figures)
    added = max(between - within, 0)
    spread = math.sqrt(added + math.pi / 2 * max(between, within) / len(there))
    reach = stats.t.ppf(0.975, len(there) - 1) * spread
    middle = statistics.median(each["value"] for each in there)
    (middle, *_) = shaped(metric, (middle,) * 3)
    return middle, middle - reach, middle + reach


def test_a_group_is_summed_up_over_its_areas_of_today(world):
    members = defaultdict(set)
    for area in world.areas.values():
        if area["authority_type"] and area["end"] is None and area["area_code"] not in SMALL:
            members[area["authority_type"]].add(area["area_code"])
    for row in table(world.folder, "programme"):
        members[row["programme"]].add(row["area_code"])
    rows = table(world.folder, "group_summary")
    assert {row["area_group"] for row in rows} == set(members)
    for row in sample(rows, 2000):
        others = world.rows[row["metric"], row["breakdown"], row["period_end"]]
        values = {
            code: others[code]["value"]
            for code in members[row["area_group"]]
            if code in others and others[code]["value"] is not None
        }
        assert row["members"] == len(members[row["area_group"]])
        assert row["with_value"] == len(values)
        assert row["mean"] == pytest.approx(statistics.fmean(values.values()), rel=1e-9, abs=1e-9)
        median = statistics.median(values.values())
        assert row["median"] == pytest.approx(median, rel=1e-9, abs=1e-9)
        assert values[row["lowest"]] == min(values.values())
        assert values[row["highest"]] == max(values.values())


def test_runs_count_the_years_that_went_the_same_way(world):
    rows = world.some(4000, lambda row: row["run"])
    for row in rows:
        steps, now = [], row
        while now and now["change"] is not None:
            steps.append((now["change"] > 0) - (now["change"] < 0))
            now = world.before(now)
        same = next((i for i, step in enumerate(steps) if step != steps[0]), len(steps))
        assert row["run"] == same * steps[0], row
    assert any(abs(row["run"]) > 4 for row in rows)


def test_trends_are_tested_over_five_unbroken_years(world):
    for row in world.some(3000, lambda row: row["trend"] is not None):
        years, now = [row], row
        for _ in range(4):
            now = world.before(now)
            years.append(now)
        assert all(estimate(each) for each in years), row
        assert row["trend"] in (0, slope_sign(years[::-1])), row


def slope_sign(years):
    weights = [(2 * Z / (y["high"] - y["low"])) ** 2 for y in years]
    mean = sum(w * i for i, w in enumerate(weights)) / sum(weights)
    slope = sum(
        w * (i - mean) * y["value"] for i, (w, y) in enumerate(zip(weights, years, strict=True))
    )
    return (slope > 0) - (slope < 0)


def two_sides(lower, upper):
    return min(1.0, 2 * min(lower, upper))


def counted(metric, row):
    """How many of how many, worked back where a share is published without its count."""
    count, total = row["numerator"], row["denominator"]
    if row["value"] is None or not total:
        return None
    scale = {"per_1000": 1000}.get(metric["unit"], 100)
    return round(row["value"] * total / scale if count is None else count), round(total)


def by_chance(world, row):
    """The exact p-value of a figure beside all areas together, by scipy."""
    metric, every = world.metrics[row["metric"]], world.others(row)
    local = [
        counted(metric, each)
        for code, each in every.items()
        if code not in SMALL
        and world.areas[code]["level"] == "local_authority"
        and world.areas[code]["end"] is None
    ]
    local = [each for each in local if each]
    overall = sum(count for count, _ in local) / sum(total for _, total in local)
    count, total = counted(metric, row)
    is_share = metric["interval"] == "wilson"
    known = stats.binom(total, overall) if is_share else stats.poisson(total * overall)
    return two_sides(known.cdf(count), known.sf(count - 1))


def test_signals_are_what_the_rule_lists(world):
    rows = table(world.folder, "signal")
    tests = {row["area_code"]: row for row in table(world.folder, "signal_test")}
    assert len(tests) == 151
    by_area = defaultdict(list)
    for row in rows:
        by_area[row["area_code"], row["is_strength"]].append(row)
        assert row["adjusted_p"] <= 0.05
        assert (-1 if row["is_strength"] else 1) in (row["level"], row["change"])
        marked = [row[f"{of}_p"] for of in ("level", "change") if row[of]]
        assert min(marked) <= row["adjusted_p"]
        assert tests[row["area_code"]]["tests"] >= tests[row["area_code"]]["facts"] >= 1
        assert row["metric"] in tests[row["area_code"]]["metrics"]
    for listed in by_area.values():
        assert [row["position"] for row in listed] == list(range(1, len(listed) + 1))
    for area in tests:
        both = [*by_area[area, True], *by_area[area, False]]
        facts = [
            (world.metrics[row["metric"]]["fact"] or row["metric"], row["breakdown"])
            for row in both
        ]
        assert len(set(facts)) == len(facts), area


def test_no_signal_can_be_chance_by_an_exact_test(world):
    latest = {
        (row["metric"], row["breakdown"], row["area_code"]): row
        for row in world.comparison
        if row["is_latest"]
    }
    checked = 0
    for signal in table(world.folder, "signal"):
        if signal["level"]:
            key = signal["metric"], signal["breakdown"], signal["area_code"]
            row = world.others(latest[key])[signal["area_code"]]
            assert by_chance(world, row) <= signal["level_p"] + 1e-6, key
            checked += 1
    assert checked > 10


def test_an_index_is_the_weighted_mean_of_its_parts(world):
    parts = table(world.folder, "index_part")
    found = table(world.folder, "area_index")
    for row in found:
        own = [part for part in parts if part["name"] == row["name"]]
        pairs = [(part["weight"], world.score(part).get(row["area_code"])) for part in own]
        held = sum(weight for weight, value in pairs if value is not None)
        if held < 0.7 * sum(part["weight"] for part in own):
            assert (row["value"], row["rank"], row["rank_best"]) == (None, None, None)
        else:
            total = sum(weight * value for weight, value in pairs if value is not None)
            assert row["value"] == pytest.approx(total / held, abs=1e-5)
            assert row["rank_best"] <= row["rank"] <= row["rank_worst"] <= row["number_ranked"]
