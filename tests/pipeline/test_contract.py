"""What later work and others' programs rely on in the published tables."""

import datetime as dt
import re

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.build import build
from tests.pipeline.conftest import RAW, needs_raw, table

TEXT, NUMBER, WHOLE, DAY, LIST = "string", "double", "int32", "date32[day]", "list<element: string>"
TINY, SMALL, LIMIT, YES, NUMBERS = "int8", "int16", "float", "bool", "list<element: double>"

COLUMNS = {
    "metric_value": {
        "metric": TEXT, "breakdown": TEXT, "area_code": TEXT, "time_period": TEXT,
        "period_end": DAY, "value": NUMBER, "numerator": NUMBER, "denominator": NUMBER,
        "status": TEXT, "note": TEXT, "source_file": TEXT, "denominator_source_file": TEXT,
        "denominator_period": TEXT,
    },
    "comparison": {
        "metric": TEXT, "breakdown": TEXT, "area_code": TEXT, "time_period": TEXT,
        "period_end": DAY, "low": LIMIT, "high": LIMIT, "england": NUMBER, "region": NUMBER,
        "against_england": TINY, "neighbour_mean": NUMBER, "neighbour_median": NUMBER,
        "neighbours_with_value": TINY, "against_neighbours": TINY, "rank": SMALL,
        "sharing": SMALL, "number_ranked": SMALL, "quartile": SMALL, "change": NUMBER,
        "against_before": TINY, "previous_time_period": TEXT, "trend": TINY, "run": TINY,
        "funnel": TINY, "is_latest": YES,
    },
    "benchmark": {
        "model": TEXT, "metric": TEXT, "breakdown": TEXT, "area_code": TEXT, "mean": NUMBER,
        "median": NUMBER, "with_value": TINY, "lowest": TINY, "highest": TINY, "above": TINY,
        "below": TINY, "against": TINY,
    },
    "group_summary": {
        "area_group": TEXT, "metric": TEXT, "breakdown": TEXT, "time_period": TEXT,
        "period_end": DAY, "mean": NUMBER, "median": NUMBER, "with_value": SMALL,
        "members": SMALL, "lowest": TEXT, "highest": TEXT,
    },
    "funnel": {
        "metric": TEXT, "breakdown": TEXT, "time_period": TEXT, "areas": SMALL,
        "overall": NUMBER, "dispersion": NUMBER, "added_variance": NUMBER, "sizes": NUMBERS,
        "low998": NUMBERS, "low95": NUMBERS, "high95": NUMBERS, "high998": NUMBERS,
    },
    "signal": {
        "area_code": TEXT, "position": TINY, "is_strength": YES, "metric": TEXT,
        "breakdown": TEXT, "time_period": TEXT, "level": TINY, "level_p": NUMBER,
        "usual_low": NUMBER, "usual_high": NUMBER, "change": TINY, "change_p": NUMBER,
        "expected_low": NUMBER, "expected_high": NUMBER, "adjusted_p": NUMBER,
    },
    "signal_test": {"area_code": TEXT, "tests": SMALL, "facts": SMALL, "metrics": LIST},
    "usual_spread": {
        "metric": TEXT, "breakdown": TEXT, "newest": TEXT, "time_period": TEXT,
        "period_end": DAY, "spread": NUMBER,
    },
    "area_index": {
        "area_code": TEXT, "name": TEXT, "value": NUMBER, "held": NUMBER, "rank": SMALL,
        "number_ranked": SMALL, "rank_best": SMALL, "rank_worst": SMALL,
    },
    "index_part": {
        "name": TEXT, "theme": TEXT, "metric": TEXT, "breakdown": TEXT, "time_period": TEXT,
        "weight": NUMBER, "sign": TINY, "varied": SMALL,
    },
    "area": {
        "area_code": TEXT, "old_la_code": TEXT, "name": TEXT, "level": TEXT, "region_code": TEXT,
        "start": DAY, "end": DAY, "successor_codes": LIST, "authority_type": TEXT,
    },
    "neighbour": {
        "model": TEXT, "area_code": TEXT, "neighbour_code": TEXT, "position": WHOLE,
        "closeness": TEXT, "distance": NUMBER,
    },
    "context": {
        "area_code": TEXT, "position": WHOLE, "variable": TEXT, "theme": TEXT, "metric": TEXT,
        "breakdown": TEXT, "title": TEXT, "unit": TEXT, "period": TEXT, "value": NUMBER,
        "transform": TEXT, "standardised": NUMBER, "weight": NUMBER, "reason": TEXT,
    },
    "provision": {
        "area_code": TEXT, "placement": TEXT, "time_period": TEXT, "plans": WHOLE,
        "observed": WHOLE, "expected": NUMBER, "ratio": NUMBER, "low": NUMBER, "high": NUMBER,
        "is_judged": "bool",
    },
    "provision_mix": {
        "area_code": TEXT, "time_period": TEXT, "plans": WHOLE, "recorded_per_cent": NUMBER,
        "dissimilarity": NUMBER, "by_chance": NUMBER, "chance_limit": NUMBER, "is_judged": "bool",
        "rank": WHOLE, "number_ranked": WHOLE,
    },
    "association": {
        "first_metric": TEXT, "first_breakdown": TEXT, "first_time_period": TEXT,
        "second_metric": TEXT, "second_breakdown": TEXT, "second_time_period": TEXT,
        "areas": WHOLE, "rho": NUMBER, "low": NUMBER, "high": NUMBER, "p": NUMBER,
        "adjusted_p": NUMBER, "tested": WHOLE, "pearson": NUMBER, "pearson_low": NUMBER,
        "pearson_high": NUMBER,
    },
    "source_file": {
        "path": TEXT, "title": TEXT, "publisher": TEXT, "publication": TEXT, "release": TEXT,
        "official_url": TEXT, "licence": TEXT, "obtained": TEXT, "sha256": TEXT, "note": TEXT,
        "publication_title": TEXT,
    },
    "freshness": {
        "source_file": TEXT, "metric": TEXT, "time_period": TEXT, "period_end": DAY,
        "published": DAY, "published_words": TEXT, "next_release": DAY,
        "next_release_words": TEXT, "stated_in": TEXT, "archive_date": DAY,
    },
}  # fmt: skip

# Ids that others link to and compute with: once published, never renamed.
METRICS = {
    "ehc_plans", "ehc_plans_per_1000_aged_0_25", "plans_issued_in_20_weeks", "new_ehc_plans",
    "assessment_requests", "requests_refused", "tribunal_appeal_rate", "plans_in_mainstream",
    "plans_in_special_schools", "plans_in_independent_special_schools", "pupils_with_ehc_plan",
    "pupils_with_sen_support", "ks2_reading_writing_maths", "attainment_8",
    "ks4_sustained_destination", "special_school_absence",
    "persistent_absence", "severe_absence", "overall_absence", "suspension_rate",
    "permanent_exclusion_rate", "tribunal_appeal_rate_new_method", "post_16_sustained_destination",
    "neet_or_not_known", "plans_by_primary_need", "community_health_waits_over_18_weeks",
    "community_health_waits_over_52_weeks", "high_needs_spend_per_head_2_18", "high_needs_spend",
    "dsg_balance_per_cent", "high_needs_block", "high_needs_import_export_adjustment",
    "independent_special_share_of_top_up", "area_send_inspection_outcome",
    "good_level_of_development", "ap_placements_per_1000",
}  # fmt: skip


@pytest.mark.parametrize("name", COLUMNS)
def test_a_table_has_its_columns_and_types(committed, name):
    schema = pq.read_schema(committed / f"{name}.parquet")
    assert {field.name: str(field.type) for field in schema} == COLUMNS[name]


def test_every_table_is_zstd_parquet(committed):
    for path in committed.glob("*.parquet"):
        file = pq.ParquetFile(path).metadata
        for group in range(file.num_row_groups):
            assert file.row_group(group).column(0).compression == "ZSTD", path.name


def test_the_metrics_that_others_rely_on_exist(committed):
    assert {row["id"] for row in table(committed, "metric")} >= METRICS


def test_a_value_is_missing_exactly_when_its_status_says_why(committed):
    rows = table(committed, "metric_value", ["value", "status"])
    assert rows
    assert all((row["value"] is None) == (row["status"] != "ok") for row in rows)


def test_each_area_has_one_current_code_in_every_period(committed):
    areas = table(committed, "area")
    local = [a for a in areas if a["level"] == "local_authority"]
    assert len([a for a in local if a["end"] is None]) == 153
    assert len({a["old_la_code"] for a in local}) == len(local)
    codes = {a["old_la_code"]: a["area_code"] for a in local}
    assert codes["825"] == "E06000060"  # Buckinghamshire: two codes in the files
    assert codes["815"] == "E06000065"
    assert codes["933"] == "E06000066"
    assert codes["370"] == "E08000038"
    assert codes["373"] == "E08000039"
    used = {row["area_code"] for row in table(committed, "metric_value", ["area_code"])}
    assert used <= {a["area_code"] for a in areas}


def test_abolished_councils_name_their_successors(committed):
    areas = {a["old_la_code"]: a for a in table(committed, "area")}
    assert areas["909"]["end"] == dt.date(2023, 3, 31)
    assert areas["909"]["successor_codes"] == ["E06000063", "E06000064"]  # Cumbria
    assert areas["928"]["successor_codes"] == ["E06000061", "E06000062"]  # Northamptonshire
    assert areas["835"]["successor_codes"] == ["E06000058", "E06000059"]  # Dorset: BCP and Dorset
    assert areas["836"]["successor_codes"] == areas["837"]["successor_codes"] == ["E06000058"]


def test_very_small_areas_are_shown_and_never_ranked(committed):
    small = {"E09000001", "E06000053"}  # City of London, Isles of Scilly
    columns = ["area_code", "value"]
    values = [r for r in table(committed, "metric_value", columns) if r["area_code"] in small]
    assert any(row["value"] is not None for row in values)
    columns = ["area_code", "rank", "quartile"]
    rows = [row for row in table(committed, "comparison", columns) if row["area_code"] in small]
    assert all(row["rank"] is None and row["quartile"] is None for row in rows)


def test_each_kind_of_period_has_one_form(committed):
    year, term = r"\d{4}([/-]\d\d)?", r"(Autumn|Spring|Summer) term \d{4}/\d\d"
    forms = rf"{year}|{term}|Mid-\d{{4}}|[A-Z][a-z]+ \d{{4}}"
    periods = {row["time_period"] for row in table(committed, "metric_value", ["time_period"])}
    assert all(re.fullmatch(forms, period) for period in periods)


def test_each_value_names_a_file_that_is_listed(committed):
    files = {row["path"] for row in table(committed, "source_file")}
    rows = table(committed, "metric_value", ["source_file", "denominator_source_file"])
    assert {row["source_file"] for row in rows} <= files
    assert {row["denominator_source_file"] for row in rows} <= files | {None}
    assert all(row["sha256"] and row["publisher"] for row in table(committed, "source_file"))


@pytest.mark.exhaustive
@needs_raw
def test_rebuilding_from_the_published_files_gives_exactly_the_committed_build(tmp_path, committed):
    build_id = build(RAW, tmp_path)
    assert build_id == committed.name
    for path in committed.iterdir():
        assert (tmp_path / build_id / path.name).read_bytes() == path.read_bytes()


def test_each_result_that_is_compared_agrees_or_differs(committed):
    for row in table(committed, "reconciliation"):
        assert row["compared"] == row["agreeing"] + row["differing"] > 0, row
        assert (row["differing"] > 0) == (row["explained"] is not None), row
        assert row["largest_difference"] is not None, row


def test_the_lists_are_text(committed):
    schema = pq.read_schema(committed / "metric.parquet")
    assert schema.field("breakdowns").type == pa.list_(pa.field("element", pa.string()))


def test_there_are_metrics_enough_over_sources_enough(committed):
    metrics, files = table(committed, "metric"), table(committed, "source_file")
    assert len(metrics) >= 120
    assert len({file["publication"] for file in files}) >= 20


def test_the_build_stays_small(committed):
    assert sum(path.stat().st_size for path in committed.iterdir()) < 14_000_000


def test_each_metric_has_data(committed):
    rows = table(committed, "metric_value", ["metric", "value"])
    valued = {row["metric"] for row in rows if row["value"] is not None}
    assert valued == {metric["id"] for metric in table(committed, "metric")}
