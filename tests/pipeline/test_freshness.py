"""What the files say of their own release, read as data and shown in the publisher's words."""

import csv
import datetime as dt
import shutil
from types import SimpleNamespace

import pytest

from pipeline import build as building
from pipeline import readers
from pipeline.build import build
from pipeline.catalogue import Cover, load_catalogue
from pipeline.errors import PipelineError, SourceError
from pipeline.tables import run_step
from tests.pipeline.conftest import RAW, needs_raw, table

TOOL = "local-authority-interactive-tool/2026-04/"
BOARDS = "community-health-services-waiting-lists/"


@pytest.fixture(scope="module")
def whole(committed):
    rows = table(committed, "freshness")
    return {row["source_file"]: row for row in rows if row["metric"] is None}


@pytest.fixture(scope="module")
def by_metric(committed):
    return {row["metric"]: row for row in table(committed, "freshness") if row["metric"]}


def test_there_is_one_row_for_each_file(committed, whole):
    rows = table(committed, "freshness")
    assert whole.keys() == {file["path"] for file in table(committed, "source_file")}
    assert len({(row["source_file"], row["metric"]) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (f"{BOARDS}2023-03/community_health_2023-03-01.xlsx", "9 March 2023"),  # a day
        (f"{BOARDS}2023-09/community_health_2023-09-01.xlsx", "14 September 2023"),  # as text
        (f"{BOARDS}2025-12/nhs_waiting_times.xlsx", "11 December 2025"),
        ("dedicated-schools-grant/2021-22/dedicated-schools-grant_2022_07_18.ods", "18 July 2022"),
        (
            "local-authority-revenue-outturn/2024-25/RSX_LA_Data_2024-25_data_by_LA.ods",
            "4 December 2025",
        ),
        ("mid-year-population-estimates/2023/mye23tablesew.xlsx", "15 July 2024"),
    ],
)
def test_a_cover_sheet_says_when_its_workbook_was_published(whole, path, words):
    assert whole[path]["published_words"] == words
    assert f"{whole[path]['published']:%-d %B %Y}" == words
    assert whole[path]["stated_in"].startswith("sheet '")


def test_a_cover_sheet_may_say_when_the_next_release_is_expected(whole):
    row = whole["mid-year-population-estimates/2023/mye23tablesew.xlsx"]
    assert (row["next_release"], row["next_release_words"]) == (None, "summer 2025")


def test_what_no_file_states_is_left_out(whole):
    row = whole["education-health-and-care-plans/2026/requests_2025.csv"]
    assert row["published"] is row["published_words"] is row["next_release_words"] is None


def test_a_member_of_a_release_archive_has_the_archives_date(whole):
    of_2025 = {r["archive_date"] for path, r in whole.items() if "plans_2025.zip!" in path}
    assert of_2025 == {dt.date(2025, 7, 1)}
    assert all(row["archive_date"] is None for path, row in whole.items() if "!" not in path)


def test_a_file_reaches_the_newest_period_it_has_a_figure_of(whole):
    path = "education-health-and-care-plans/2025/education-health-and-care-plans_2025.zip!data/"
    assert whole[f"{path}caseload.csv"]["time_period"] == "January 2025"
    assert whole[f"{path}requests.csv"]["time_period"] == "2024"
    assert whole["geography/topo.json"]["time_period"] is None


def test_the_tools_indicators_have_their_own_dates(by_metric):
    row = by_metric["attainment_8"]
    assert (row["published"], row["published_words"]) == (dt.date(2026, 2, 1), "February 2026")
    assert row["next_release_words"] == "October 2026"
    assert by_metric["sen_weekly_unit_cost"]["published_words"] == "29 January 2026"
    assert by_metric["ks2_reading_progress"]["next_release_words"] == "TBC"
    assert by_metric["ks2_reading_progress"]["next_release"] is None


@needs_raw
def test_the_dates_are_those_of_the_tools_dictionary(by_metric):
    with (RAW / TOOL / "lait_data_dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = {row["Measure_short"]: row for row in csv.DictReader(file)}
    known = load_catalogue()
    labels = {i.id: label for label, i in known.sources["lait"].indicators.items()}
    start = dt.date(1899, 12, 30)
    compared = 0
    for metric, row in by_metric.items():
        parts = [labels[i] for i in known.metrics[metric].numerator if i in labels]
        if len(parts) == 1 and listed[parts[0]]["Last Update"].isdigit():
            days = int(listed[parts[0]]["Last Update"])
            assert row["published"] == start + dt.timedelta(days)
            compared += 1
    assert compared >= 30


def test_invented_covers_and_dictionary_are_read(built):
    rows = table(built, "freshness")
    stated = {row["published_words"] for row in rows if row["source_file"].startswith(BOARDS)}
    assert stated == {"9 March 2024"}
    assert any(row["published_words"] == "New Data" for row in rows)


@pytest.mark.parametrize("stated", ["2023-03-09", "2023-03-09 00:00:00", "09/03/2023",
                                    "9 March 2023", "Thursday, 9 Mar, 2023", "44994"])  # fmt: skip
def test_a_day_is_known_however_it_is_written(stated):
    with building.connect() as db:
        run_step(db, "schema.sql")
        found = db.execute("SELECT stated_day($1), stated_words($1)", [stated]).fetchall()
    assert found == [(dt.date(2023, 3, 9), "9 March 2023")]


@pytest.mark.parametrize(
    ("stated", "words"),
    [("45962", "November 2025"), ("1 November 2025", "1 November 2025"), ("TBC", "TBC")],
)
def test_the_first_of_a_month_in_a_spreadsheet_is_a_month(stated, words):
    with building.connect() as db:
        run_step(db, "schema.sql")
        assert db.execute("SELECT stated_words(?)", [stated]).fetchall() == [(words,)]


SHEET = SimpleNamespace(to_python=lambda **_: [["Cover"], ["", "Released:", "soon"]])
BOOK = SimpleNamespace(sheet_names=["Cover"], get_sheet_by_name=lambda _: SHEET)


@pytest.mark.parametrize(
    ("cover", "message"),
    [
        (Cover(sheet="Cover", published="Published: (.+)"), "sheet 'Cover': found no day of publ"),
        (Cover(sheet="Front*", published="Published: (.+)"), r"found no sheet 'Front\*'"),
    ],
)
def test_a_changed_cover_is_refused_by_name(cover, message):
    source = load_catalogue().sources["community_boards"].model_copy(update={"cover": cover})
    with pytest.raises(SourceError, match=f"community_boards: a.xlsx: {message}"):
        readers.keep_cover(None, source, "a.xlsx", BOOK)


RULE = (building.HERE / "checks" / "each_release_date_is_known.sql").read_text()


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("TotAbs", "45962", "46327")], None),
        ([("TotAbs", "New Data", "TBC")], None),
        ([], None),  # a catalogue without the tool
        ([("Other", "45962", "46327")], "0 rows"),
        ([("TotAbs", "45962", "46327"), ("TotAbs", "45992", "46327")], "2 rows"),
        ([("TotAbs", "45962", "45962")], "next release November 2025"),
        ([("TotAbs", "in 2025?", "46327")], "in 2025?"),
        ([("TotAbs", "~~", "46327")], "~~"),
        ([("TotAbs", "45962", None)], "nothing"),
        ([(None, "9 March 2023", "summer 2025"), ("TotAbs", "45962", "46327")], None),
        ([(None, "9th of March", None), ("TotAbs", "45962", "46327")], "9th of March"),
    ],
)
def test_an_unsound_statement_is_found(rows, found):
    with building.connect() as db:
        run_step(db, "schema.sql")
        db.execute("INSERT INTO indicator BY NAME SELECT 'lait' AS source, 'TotAbs' AS label")
        for row in rows:
            db.execute("INSERT INTO release_date VALUES ('d', 'f', 'lait', ?, ?, ?, 'p')", row)
        broken = db.execute(RULE).fetchall()
    assert [row[3] for row in broken] == ([found] if found else [])
    assert all(row[:2] == ("d", "f") for row in broken)


def test_every_publication_has_a_title(committed):
    titles = load_catalogue().publications
    for file in table(committed, "source_file"):
        assert file["publication_title"] == titles[file["publication"]]


def test_a_publication_without_a_title_is_refused(lake, one_topic, tmp_path):
    copy = shutil.copytree(lake, tmp_path / "lake")
    path = copy / "MANIFEST.csv"
    path.write_text(path.read_text().replace(",geography,", ",new-publication,"))
    with pytest.raises(PipelineError, match=r"geography/\S+: MANIFEST.csv, publication: found new"):
        build(copy, tmp_path / "out", one_topic)
