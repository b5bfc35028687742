"""A second, deliberately dull calculation in plain Python agrees with the SQL."""

import calendar
import csv
import io
import statistics
import zipfile
from bisect import bisect_left, bisect_right
from collections import defaultdict

import pytest

from pipeline import catalogue
from tests.lake import AREAS, number
from tests.lake.numbers import year_of
from tests.lake.rows import PERIODS, cell
from tests.pipeline.conftest import RAW, needs_raw, table

KNOWN = catalogue.load_catalogue()


def test_every_ratio_of_the_invented_lake_is_what_its_formula_says(built):
    ees = {i.id for s in KNOWN.sources.values() if s.layout == "ees" for i in s.indicators.values()}
    areas = {area.code: area for area in AREAS}
    compared = set()
    for row in table(built, "metric_value"):
        metric = KNOWN.metrics[row["metric"]]
        parts = {*metric.numerator, *metric.denominator}
        if not parts or not parts <= ees or row["status"] != "ok":
            continue
        area = areas[row["area_code"]]
        year = year_of(row["time_period"])
        value = sum(number(i, row["breakdown"], area, year) for i in metric.numerator)
        if metric.denominator and row["denominator"] is None:  # counts missing, theirs shown
            assert "The publisher's own percentage." in row["note"], (metric.id, area.name)
            value = number(metric.published[0], row["breakdown"], area, year)
        elif metric.denominator:
            own = own_groups(metric.denominator, row["breakdown"])
            year = year_of(row["denominator_period"])
            below = sum(number(i, own, area, year) for i in metric.denominator)
            value = metric.unit.multiplier * value / below
        assert row["value"] == pytest.approx(value, rel=1e-12), (metric.id, area.name)
        compared.add((metric.id, row["breakdown"], area.code, row["time_period"]))
    assert len(compared) > 15_000
    # The three rates of work-based placements are of single ages added up: test_wording_of_data.py.
    assert len({key[0] for key in compared}) >= 35


def own_groups(denominator, breakdown):
    """A group is set against its own denominator where there is one, else against all."""
    groups = {
        i.breakdown
        for s in KNOWN.sources.values()
        for i in s.indicators.values()
        if i.id == denominator[0]
    }
    return breakdown if breakdown in groups else "Total"


def test_no_published_row_is_lost_and_symbols_keep_their_meaning(built):
    source = KNOWN.sources["ehc_personal_budgets"]
    found = {
        (r["area_code"], r["time_period"]): r
        for r in table(built, "metric_value")
        if r["metric"] == "plans_with_a_personal_budget"
    }
    assert len(found) == len(AREAS) * 2
    for area in AREAS:
        for i, published in enumerate(PERIODS["january"]):
            row = found[area.code, f"January 20{published[4:]}"]
            text = cell(source, "personal_budget", area, published, old=i == 0)
            if text == "x":
                assert (row["value"], row["status"]) == (None, "not_available")
            else:
                assert (row["numerator"], row["status"]) == (float(text), "ok")
    assert any(row["status"] == "not_available" for row in found.values())


@pytest.mark.exhaustive
def test_comparisons_agree_with_plain_python(committed):
    areas = {a["area_code"]: a for a in table(committed, "area")}
    metrics = {m["id"]: m for m in table(committed, "metric")}
    neighbours = neighbours_of(committed)
    groups = defaultdict(dict)
    for row in table(committed, "metric_value"):
        groups[row["metric"], row["breakdown"], row["period_end"]][row["area_code"]] = row["value"]
    rows = table(committed, "comparison")
    assert len(rows) > 100_000
    orders = {key: orders_of(values, areas) for key, values in groups.items()}
    for row in rows:
        metric = metrics[row["metric"]]
        values = groups[row["metric"], row["breakdown"], row["period_end"]]
        before = groups.get((row["metric"], row["breakdown"], year_before(row["period_end"])), {})
        order = orders[row["metric"], row["breakdown"], row["period_end"]]
        expected = compare(areas[row["area_code"]], values, order, neighbours, metric)
        own = values[row["area_code"]]
        expected["change"] = change(row, own, before.get(row["area_code"]), metric)
        if metric["unit"] == "category":  # a category is shown, and nothing is computed of it
            expected |= dict.fromkeys(expected.keys() - {"england", "region"})
        for key, value in expected.items():
            assert same(row[key], value), (key, value, row)


def neighbours_of(committed):
    found = defaultdict(list)
    for row in table(committed, "neighbour"):
        if row["model"] == "2025-05":
            found[row["area_code"]].append(row["neighbour_code"])
    return found


def change(row, own, previous, metric):
    """The difference on the year before, within one series."""
    if None in (own, previous) or row["time_period"] in metric["breaks"]:
        return None
    return own - previous


def same(found, value):
    if found is None or value is None:
        return found is value
    return abs(found - value) <= 1e-9 * max(1, abs(value))


def orders_of(values, areas):
    """The values of the areas that are ranked, for each level of areas, in order."""
    ranked = {"local_authority": [], "nhs": []}
    for code, value in values.items():
        if value is not None and areas[code]["old_la_code"] not in ("201", "420"):
            ranked.get(areas[code]["level"], []).append(value)
    return {level: sorted(own) for level, own in ranked.items()}


def compare(area, values, order, neighbours, metric):
    """England, region, neighbours, rank and quartile of one area among the values of all."""
    code = area["area_code"]
    near = [values[n] for n in neighbours[code] if values.get(n) is not None]
    result = {
        "england": values.get("E92000001"),
        "region": values.get(area["region_code"]),
        "neighbour_mean": statistics.fmean(near) if near else None,
        "neighbour_median": statistics.median(near) if near else None,
        "neighbours_with_value": len(near) if neighbours[code] else None,
        "rank": None,
        "number_ranked": None,
        "quartile": None,
    }
    if values[code] is None or area["old_la_code"] in ("201", "420") or area["level"] not in order:
        return result
    ranked = order[area["level"]]
    low_is_good = metric["polarity"] == "low_is_good"
    bad = ranked if low_is_good else [-value for value in reversed(ranked)]
    mine = values[code] if low_is_good else -values[code]
    cuts = [quantile(bad, q) for q in (0.25, 0.5, 0.75)]
    result["rank"] = 1 + bisect_left(bad, mine)
    result["number_ranked"] = len(bad)
    first, last = bisect_left(bad, mine), bisect_right(bad, mine) - 1
    if not any(first <= q * (len(bad) - 1) < last for q in (0.25, 0.5, 0.75)):
        result["quartile"] = 1 + sum(mine > cut for cut in cuts)
    return result


def quantile(ordered, q):
    """Linear interpolation between the nearest two (type 7), as the Department's own tool does."""
    place = q * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def year_before(day):
    last = calendar.monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=last)


@pytest.mark.exhaustive
@needs_raw
def test_the_committed_values_agree_with_the_csv_files_read_by_the_standard_library(committed):
    published = observations()
    areas = {a["area_code"]: a["old_la_code"] or a["area_code"] for a in table(committed, "area")}
    compared = 0
    for row in table(committed, "metric_value"):
        metric = KNOWN.metrics[row["metric"]]
        if len(metric.numerator) == 1 and metric.numerator[0] in published and not row["note"]:
            cells = published[metric.numerator[0]]
            key = row["breakdown"], areas[row["area_code"]], row["time_period"]
            if key in cells:
                agree(row, metric, cells[key])
                compared += 1
    assert compared > 15_000


def agree(row, metric, text):
    """One committed value is what its published cell says."""
    if text == "x":
        assert row["status"] == "not_available"
    elif not metric.denominator:
        assert row["value"] == float(text)
    else:
        assert row["numerator"] == float(text)
        if row["denominator"]:
            ratio = metric.unit.multiplier * float(text) / row["denominator"]
            assert row["value"] == pytest.approx(ratio, rel=1e-12)


def observations():
    """Every cell of the 2025 release's tables, keyed by indicator, then group, area and period."""
    found = defaultdict(dict)
    for source in KNOWN.sources.values():
        name, _, member = source.files[0].partition("!")
        if source.layout == "ees" and "/2025/" in name and member:
            for row in headline_rows(RAW / name, member, source):
                area = row["old_la_code"] or row["region_code"] or row["country_code"]
                is_january = source.period == "january"
                period = f"January 20{row['time_period'][4:]}" if is_january else row["time_period"]
                for label, i in source.indicators.items():
                    found[i.id][i.breakdown, area, period] = row[label]
    return found


def headline_rows(path, member, source):
    """The rows of one table that its source's filter keeps."""
    with zipfile.ZipFile(path) as archive:
        text = io.StringIO(archive.read(member).decode("utf-8-sig"))
    wanted = [part.split(" = ") for part in source.where.split(" AND ")]
    return [
        row
        for row in csv.DictReader(text)
        if all(row[column] == value.strip("'") for column, value in wanted)
    ]
