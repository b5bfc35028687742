"""A publisher's change stops the build with one line, and the last build keeps serving."""

import csv
import io
import re
import shutil
import subprocess
import sys
import zipfile

import pytest

from pipeline.build import build
from pipeline.errors import PipelineError
from tests.pipeline.conftest import ROOT, table

ARCHIVE = "education-health-and-care-plans/2025/education-health-and-care-plans_2025.zip"
TIMELINESS = "data/timeliness_20_week.csv"


@pytest.fixture
def broken(lake, tmp_path):
    """A lake of one's own, to break."""
    return shutil.copytree(lake, tmp_path / "lake")


def edit(lake, member, change):
    """Rewrite one member of the release archive through a function of its rows."""
    path = lake / ARCHIVE
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rows = list(csv.reader(io.StringIO(parts[member].decode("utf-8-sig"))))
    text = io.StringIO()
    csv.writer(text).writerows(change(rows))
    parts[member] = text.getvalue().encode("utf-8-sig")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def column(rows, name):
    return rows[0].index(name)


def renamed(rows):
    rows[0][column(rows, "plans_issued_den_ex")] = "plans_issued_denominator_ex"
    return rows


def removed(rows):
    place = column(rows, "plans_issued_den_ex")
    return [row[:place] + row[place + 1 :] for row in rows]


def twice_the_same_column(rows):
    rows[0][column(rows, "plans_issued_den")] = "plans_issued_den_ex"
    return rows


def new_symbol(rows):
    rows[20][column(rows, "plans_issued_den_ex")] = "~"
    return rows


def blank(rows):
    rows[20][column(rows, "plans_issued_den_ex")] = ""
    return rows


def not_a_number(rows):
    rows[20][column(rows, "plans_issued_den_ex")] = "nan"
    return rows


def duplicated(rows):
    return [*rows, rows[-1]]


def unknown_area(rows):
    place = column(rows, "old_la_code")
    rows[-1][place] = "999"
    return rows


def name_of_another_area(rows):
    place = column(rows, "la_name")
    rows[-1][place], rows[-2][place] = rows[-2][place], rows[-1][place]
    return rows


def impossible_percentage(rows):
    """More plans in time than plans, in a local authority and in the sums above it."""
    place = column(rows, "plans_issued_20_weeks_ex")
    for row in rows[1:]:
        row[place] = str(int(float(row[place]) * 1000)) if row[place] != "x" else "x"
    return rows


def negative(rows):
    place = column(rows, "plans_issued_20_weeks_ex")
    for row in rows[1:]:
        row[place] = f"-{row[place]}" if row[place] != "x" else "x"
    return rows


def wrong_sum(rows):
    place = column(rows, "plans_issued_den")
    rows[-1][place] = str(int(rows[-1][place]) + 1)
    return rows


def lost_rows(rows):
    return rows[:-20]


def another_kind_of_year(rows):
    place = column(rows, "time_identifier")
    rows[5][place] = "Academic year"
    return rows


def unknown_year(rows):
    place = column(rows, "time_period")
    rows[5][place] = "20245"
    return rows


def unknown_level(rows):
    place = column(rows, "geographic_level")
    rows[5][place] = "School"
    return rows


def other_headline(rows):
    place = column(rows, "breakdown")
    for row in rows[1:]:
        row[place] = "All EHC plans"
    return rows


def ragged(rows):
    return [*rows[:8], rows[8][:-2], *rows[9:]]


def empty(rows):
    return rows[:1]


def nothing(_):
    return []


CHANGES = {
    renamed: "header.*found no column 'plans_issued_den_ex'; the nearest is",
    removed: "header.*found no column 'plans_issued_den_ex'",
    twice_the_same_column: "header",
    new_symbol: "found '~', wanted a number or a symbol this source explains",
    blank: "found '', wanted a number or a symbol this source explains",
    not_a_number: "found 'nan', wanted a number",
    duplicated: "found 2 rows, wanted one row",
    unknown_area: "found area '999', wanted an area of the list",
    name_of_another_area: "found the name 'Testshire .*', wanted a name of Testshire",
    impossible_percentage: "wanted a percentage from 0 to 100",
    negative: "wanted a number of zero or more",
    wrong_sum: "found local authorities that add up to .*, wanted England's",
    lost_rows: "found (133 areas, wanted at least 150|local authorities that add up)",
    another_kind_of_year: "column 'time_identifier', row 6: found 'Academic year', wanted one of",
    unknown_year: "found time period '', wanted a year in a form this source uses",
    unknown_level: "found area '', wanted an area of the list",
    other_headline: "found no row of 'All EHC plans issued', wanted rows",
    ragged: "Expected Number of Columns",
    empty: "found no row below the header",
    nothing: "header",
}


@pytest.mark.sample(5)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_changed_table_is_refused_by_name(broken, one_topic, tmp_path, change):
    edit(broken, TIMELINESS, change)
    with pytest.raises(PipelineError) as raised:
        build(broken, tmp_path / "built", one_topic)
    line = next(line for line in str(raised.value).splitlines() if TIMELINESS in line)
    assert line.startswith("ehc_timeliness: ")
    assert re.search(CHANGES[change], str(raised.value)), str(raised.value)
    assert not (tmp_path / "built" / "current.json").exists()


def test_a_missing_file_is_named(broken, tmp_path):
    (broken / ARCHIVE).unlink()
    with pytest.raises(PipelineError, match=f"[a-z_]+: {ARCHIVE}: found no such file"):
        build(broken, tmp_path / "built")


def test_a_missing_member_is_named_with_what_the_archive_holds(broken, one_topic, tmp_path):
    with zipfile.ZipFile(broken / ARCHIVE, "w") as archive:
        archive.writestr("data/other.csv", "a,b")
    with pytest.raises(PipelineError, match=r"found no member data/annual_reviews.csv.*other.csv"):
        build(broken, tmp_path / "built", one_topic)


def test_a_corrupt_archive_is_named(broken, tmp_path):
    path = broken / ARCHIVE
    data = bytearray(path.read_bytes())
    data[len(data) // 3 : len(data) // 3 + 4000] = bytes(4000)
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(PipelineError, match=f"{ARCHIVE}.*found a damaged archive"):
        build(broken, tmp_path / "built")


def test_a_corrupt_workbook_is_named(broken, tmp_path):
    path = broken / "statistical-neighbours/2025-05/sn_may_2025.xlsx"
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(
        PipelineError, match=r"neighbours_2025: .*sn_may_2025.xlsx: could not be read"
    ):
        build(broken, tmp_path / "built")


def test_a_file_the_manifest_does_not_list_has_no_publisher(broken, tmp_path):
    path = broken / "MANIFEST.csv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join(line for line in lines if "la_codes.csv" not in line))
    with pytest.raises(PipelineError, match=r"la_codes: MANIFEST.csv: found no row for geography"):
        build(broken, tmp_path / "built")


def test_a_lake_without_a_manifest_is_refused(tmp_path):
    with pytest.raises(PipelineError, match=r"MANIFEST.csv: found no file, wanted the list"):
        build(tmp_path, tmp_path / "built")


def test_text_that_is_not_utf_8_is_refused(broken, tmp_path):
    path = broken / "geography/la_codes.csv"
    path.write_bytes(path.read_bytes().replace(b"Testshire AC", b"Testsh\xefre AC"))
    with pytest.raises(PipelineError, match=r"la_codes: geography/la_codes.csv: could not be read"):
        build(broken, tmp_path / "built")


def test_line_ends_and_column_order_change_nothing(broken, lake, one_topic, tmp_path):
    def turned(rows):
        return [list(reversed(row)) for row in rows]

    built = tmp_path / "sound" / build(lake, tmp_path / "sound", one_topic)
    edit(broken, TIMELINESS, turned)
    path = broken / "geography/la_codes.csv"
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    build_id = build(broken, tmp_path / "built", one_topic)
    assert table(tmp_path / "built" / build_id, "metric_value") == table(built, "metric_value")


@pytest.mark.exhaustive
def test_the_command_ends_with_status_1_and_one_line_and_keeps_the_last_build(
    broken, built, tmp_path
):
    out = shutil.copytree(built.parent, tmp_path / "built")
    last = built.name
    before = sorted(path.read_bytes() for path in (out / last).iterdir())
    pointer = (out / "current.json").read_text()
    edit(broken, TIMELINESS, new_symbol)
    command = [sys.executable, "-m", "pipeline", "build", "--raw", broken, "--out", out]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    errors = [line for line in done.stderr.splitlines() if line.startswith("error:")]
    assert len(errors) == 1
    assert "Traceback" not in done.stderr
    assert (out / "current.json").read_text() == pointer
    assert sorted(path.read_bytes() for path in (out / last).iterdir()) == before
