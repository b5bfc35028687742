"""The tables about need and provision: on real figures, and on a few invented areas."""

import csv
import io
import math
import zipfile
from collections import Counter, defaultdict

import pytest

from pipeline import provision
from pipeline.build import connect
from tests.pipeline.conftest import RAW, needs_raw, table

ENGLAND = "E92000001"
UNRANKED = {"E09000001", "E06000053"}  # City of London, Isles of Scilly
NAMES = {  # as no other part of the program has them
    "plans_by_need_in_mainstream": {"Mainstream - LA maintained", "Mainstream - academy"}
    | {"Mainstream - free school", "Mainstream - independent"},
    "plans_by_need_in_units": {
        f"Mainstream - {kind} ({what})"
        for kind in ("LA maintained", "academy", "free school")
        for what in ("SEN unit", "resourced provision")
    },
    "plans_by_need_in_state_special": {"Special - LA maintained", "Special - Academy/free schools"},
    "plans_by_need_in_independent_special": {"Special - independent", "Special - non-maintained"},
    "plans_by_need_in_further_education": {"FE - total"},
    "plans_by_need_elsewhere": {"AP/PRU - total", "Educated elsewhere - total"}
    | {"Non-maintained early years"},
}


@pytest.fixture(scope="module")
def areas(committed):
    return {row["area_code"]: row for row in table(committed, "area")}


@pytest.fixture(scope="module")
def rows(committed):
    return table(committed, "provision")


def test_every_area_has_every_group_and_its_plans_are_in_one_of_them(rows):
    by_area = defaultdict(list)
    for row in rows:
        by_area[row["area_code"]].append(row)
    for own in by_area.values():
        assert [row["placement"] for row in own] == sorted(provision.list_placements())
        assert sum(row["observed"] for row in own) == own[0]["plans"]
        assert sum(row["expected"] for row in own) == pytest.approx(own[0]["plans"], abs=1e-5)


def test_england_is_as_expected_and_its_regions_add_up_to_it(rows, areas):
    england = {r["placement"]: r for r in rows if r["area_code"] == ENGLAND}
    expected, observed = Counter(), Counter()
    for row in rows:
        if areas[row["area_code"]]["level"] == "region":
            expected[row["placement"]] += row["expected"]
            observed[row["placement"]] += row["observed"]
    for placement, row in england.items():
        assert row["ratio"] == 1
        assert row["low"] < 1 < row["high"]
        assert observed[placement] == row["observed"]
        assert expected[placement] == pytest.approx(row["observed"], abs=1e-4)


def test_a_ratio_is_observed_over_expected_and_lies_in_its_interval(rows):
    for row in rows:
        assert row["ratio"] == pytest.approx(row["observed"] / row["expected"], rel=1e-5, abs=1e-6)
        assert row["low"] <= row["ratio"] <= row["high"]


def test_few_plans_and_partial_returns_are_shown_and_not_judged(rows, committed, areas):
    mix = {row["area_code"]: row for row in table(committed, "provision_mix")}
    unjudged = {code for code, row in mix.items() if not row["is_judged"]}
    names = {areas[code]["name"] for code in unjudged}
    assert names == {"City of London", "Isles of Scilly", "Newham"}
    assert unjudged == {row["area_code"] for row in rows if not row["is_judged"]}
    assert all(mix[code]["rank"] is None for code in unjudged)
    missing = {
        area["name"]
        for code, area in areas.items()
        if area["level"] == "local_authority" and area["end"] is None and code not in mix
    }
    withdrawn = {"Brighton and Hove", "Wolverhampton"}
    assert missing == {"Surrey", "Cambridgeshire", "North East Lincolnshire"} | withdrawn


def test_the_mix_is_the_sum_of_its_parts(rows, committed):
    apart = Counter()
    for row in rows:
        apart[row["area_code"]] += 50 * abs(row["observed"] - row["expected"]) / row["plans"]
    mix = table(committed, "provision_mix")
    for row in mix:
        assert row["dissimilarity"] == pytest.approx(apart[row["area_code"]], abs=1e-5)
        assert 0 < row["by_chance"] < row["chance_limit"]
    ranked = [row for row in mix if row["rank"]]
    assert all(row["number_ranked"] == len(ranked) for row in ranked)
    in_order = sorted(ranked, key=lambda row: row["rank"])
    values = [row["dissimilarity"] for row in in_order]
    assert values == sorted(values, reverse=True)


def test_associations_are_over_local_authorities_that_are_judged(committed):
    found = table(committed, "association")
    assert len(found) == len(provision.list_pairs()) == found[0]["tested"]
    for row in found:
        assert row["low"] < row["rho"] < row["high"]
        assert row["pearson_low"] < row["pearson"] < row["pearson_high"]
        assert row["p"] <= row["adjusted_p"] <= 1
        # Without two very small areas, and without five whose placements are withdrawn, or are of a
        # part of their plans.
        assert row["areas"] == 153 - 2 - 5


def test_an_association_is_that_of_the_published_values(committed):
    """One of them again, from the table of values, with ranks counted out."""
    row = next(
        row
        for row in table(committed, "association")
        if row["first_metric"] == "plans_by_need_in_independent_special"
    )
    values = defaultdict(dict)
    for value in table(committed, "metric_value"):
        key = value["metric"], value["breakdown"], value["time_period"]
        values[key][value["area_code"]] = value["value"]
    one = values[row["first_metric"], row["first_breakdown"], row["first_time_period"]]
    other = values[row["second_metric"], row["second_breakdown"], row["second_time_period"]]
    judged = {r["area_code"]: r["is_judged"] for r in table(committed, "provision_mix")}
    held = [
        code
        for code, value in one.items()
        if value is not None
        and other.get(code) is not None
        and judged.get(code, True)
        and code not in UNRANKED
        and code[:3] in {"E06", "E08", "E09", "E10"}
    ]
    assert row["areas"] == len(held)
    ranks = [counted_ranks([side[code] for code in held]) for side in (one, other)]
    assert row["rho"] == pytest.approx(plain_correlation(*ranks), abs=1e-6)


def counted_ranks(values):
    return [sum(o < v for o in values) + (sum(o == v for o in values) + 1) / 2 for v in values]


def plain_correlation(first, second):
    middle, other = (math.fsum(side) / len(side) for side in (first, second))
    together = math.fsum((a - middle) * (b - other) for a, b in zip(first, second, strict=True))
    apart = math.fsum((a - middle) ** 2 for a in first) * math.fsum(
        (b - other) ** 2 for b in second
    )
    return together / math.sqrt(apart)


@needs_raw
def test_observed_and_expected_are_those_of_the_published_file(rows, areas):
    """Counted again with the standard library, from kinds of placement named here."""
    columns, placed = published()
    codes = {area["old_la_code"]: code for code, area in areas.items() if area["old_la_code"]}
    codes |= {code: code for code in areas}
    by_code = {codes[code]: counts for code, counts in placed.items()}
    national = by_code[ENGLAND]
    for row in rows:
        own = by_code[row["area_code"]]
        assert row["observed"] == sum(own[row["placement"], column] for column in columns)
        expected = 0.0
        for column in columns:
            plans = sum(own[group, column] for group in NAMES)
            everywhere = sum(national[group, column] for group in NAMES)
            expected += plans * national[row["placement"], column] / everywhere
        assert row["expected"] == pytest.approx(expected, abs=2e-6)


def published():
    """Give the columns of needs, and for each area its plans by group and column."""
    archive = RAW / "education-health-and-care-plans/2025/education-health-and-care-plans_2025.zip"
    with zipfile.ZipFile(archive) as file:
        text = file.read("data/sen_needs_all_plans.csv").decode("utf-8-sig")
    found = defaultdict(Counter)
    columns = []
    for row in csv.DictReader(io.StringIO(text)):
        columns = columns or [name for name in row if name.startswith("number_")]
        group = next((g for g, kinds in NAMES.items() if row["breakdown"] in kinds), None)
        if row["breakdown_topic"] == "Type of placement" and group:
            code = row["old_la_code"] or row["region_code"] or row["country_code"]
            for column in columns:
                found[code][group, column] += int(row[column]) if row[column] != "x" else 0
    return columns, found


@pytest.fixture
def invented():
    """An empty pipeline of England and five invented local authorities."""
    with connect() as db:
        db.execute("""
            CREATE TABLE place (area_code TEXT, level TINYINT, is_ranked BOOLEAN);
            INSERT INTO place VALUES ('E92000001', 0, false), ('A', 2, true), ('B', 2, true),
                ('C', 2, false), ('D', 2, true), ('E', 2, true);
            CREATE TABLE observation (
                indicator TEXT, breakdown TEXT, area_code TEXT, time_period TEXT, period_end DATE,
                value DOUBLE
            );
            CREATE TABLE metric_value (
                metric TEXT, breakdown TEXT, area_code TEXT, time_period TEXT, period_end DATE,
                value DOUBLE
            )
        """)
        yield db


def observe(db, indicator, area, value, breakdown="Total"):
    """Add one number; of `indicator, year` in an earlier January."""
    name, _, year = indicator.partition(", ")
    period = f"January {year or 2025}"
    row = [name, breakdown, area, period, f"{period[-4:]}-01-31", value]
    db.execute("INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?)", row)


def place(db, area, counts):
    """Put an area's plans for two needs into each of the groups."""
    for placement, numbers in zip(provision.list_placements(), counts, strict=True):
        for need, number in zip(("one", "two"), numbers, strict=True):
            observe(db, placement, area, number, need)


EVERYWHERE = [(300, 20), (20, 0), (200, 60), (30, 10), (40, 10), (10, 0)]  # of 600 and of 100


def found_in(db, name):
    cursor = db.execute(f"FROM {name}")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_invented_areas_are_set_against_the_national_rates(invented):
    place(invented, ENGLAND, EVERYWHERE)
    place(invented, "A", [(60, 8), (0, 0), (30, 2), (5, 0), (5, 0), (0, 0)])
    place(invented, "B", [(60, None), (0, 0), (30, 2), (5, 0), (5, 0), (0, 0)])
    place(invented, "C", [(0, 0)] * 6)
    provision.make(invented)
    rows = found_in(invented, "provision")
    assert {row["area_code"] for row in rows} == {ENGLAND, "A"}
    first = next(row for row in rows if row["area_code"] == "A")
    assert (first["plans"], first["observed"]) == (110, 68)
    assert first["expected"] == pytest.approx(100 * 300 / 600 + 10 * 20 / 100)
    assert first["is_judged"]
    [england, own] = sorted(found_in(invented, "provision_mix"), key=lambda r: -r["plans"])
    assert (england["dissimilarity"], england["rank"]) == (0, None)
    assert (own["rank"], own["number_ranked"], own["recorded_per_cent"]) == (1, 1, None)
    assert found_in(invented, "association") == []


def test_an_area_is_not_judged_on_a_part_of_its_plans(invented):
    place(invented, ENGLAND, EVERYWHERE)
    for area in "ABCDE":
        place(invented, area, EVERYWHERE)
        observe(invented, "ehc_plans", area, 1000)
        observe(invented, "ehc_plans, 2024", area, 2000 if area == "B" else 900)
        unrecorded = {"D": 260, "E": None}.get(area, 250)
        observe(invented, "plans_with_placement_not_recorded", area, unrecorded)
    provision.make(invented)
    found = {row["area_code"]: row for row in found_in(invented, "provision_mix")}
    assert {area: row["is_judged"] for area, row in found.items() if area != ENGLAND} == {
        "A": True,
        "B": False,  # half the plans of the year before
        "C": False,  # very few
        "D": False,  # more than a quarter of placements not recorded
        "E": False,  # not known how many
    }
    assert found["D"]["recorded_per_cent"] == 74
    assert {row["number_ranked"] for row in found.values() if row["rank"]} == {1}


def test_an_empty_pipeline_gives_empty_tables(invented):
    provision.make(invented)
    for name in ("provision", "provision_mix", "association"):
        assert invented.execute(f"FROM {name}").fetchall() == []
