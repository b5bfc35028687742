"""No file of the lake is passed over without a word."""

import shutil
from pathlib import Path

import pytest

from pipeline import catalogue, unread
from pipeline.lake import open_lake, read_by

KNOWN = catalogue.load_catalogue()
NHS = "community-health-services-waiting-lists"


@pytest.fixture
def own(lake, tmp_path):
    return shutil.copytree(lake, tmp_path / "lake")


def left(root: Path) -> dict[str, unread.Unread]:
    with open_lake(root) as files:
        return {file.path: file for file in unread.list_unread(files, KNOWN)}


def add(root: Path, path: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(b"a\n1\n")


def test_of_the_invented_lake_only_its_list_is_not_read(own):
    assert set(left(own)) == {"MANIFEST.csv"}


def test_a_workbook_in_a_new_months_folder_is_read_as_the_next_release(own):
    name = f"{NHS}/2026-02/community_health_2026-02-01.xlsx"
    add(own, name)
    with open_lake(own) as files:
        for source in ("community_boards", "community_england"):
            assert name in read_by(files, KNOWN.sources[source])
    assert name not in left(own)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("pupil-attendance-in-schools/2026-27-autumn/attendance_sen.csv", "attendance_by_sen"),
        ("a-new-publication/2026/some.csv", "found no source of a-new-publication"),
    ],
)
def test_a_file_that_no_source_reads_is_named_with_the_nearest(own, path, words):
    add(own, path)
    found = left(own)[path]
    assert words in found.reason
    assert not found.is_meant
    assert unread.describe_unread([found]) == [f"{path}: {found.reason}"]


def test_the_line_that_is_shown_has_the_file_read(own):
    path = "pupil-attendance-in-schools/2026-27-autumn/attendance_sen.csv"
    add(own, path)
    later = left(own)[path].reason.rpartition('later = "')[2].rstrip('"')
    source = KNOWN.sources["attendance_by_sen"].model_copy(update={"later": later, "official": {}})
    with open_lake(own) as files:
        assert read_by(files, source) == [path]


def test_a_file_that_is_left_unread_on_purpose_has_its_reason(own):
    add(own, "send-and-ap-inclusion-dashboard/2024-02/nhs_lookup.parquet")
    found = left(own)["send-and-ap-inclusion-dashboard/2024-02/nhs_lookup.parquet"]
    assert found.is_meant
    assert "NHS areas" in found.reason


def test_what_was_refused_is_not_called_meant(own):
    name = f"{NHS}/2026-02/community_health_2026-02-01.xlsx"
    add(own, name)
    with open_lake(own, [name]) as files:
        [found] = [f for f in unread.list_unread(files, KNOWN) if f.path == name]
    assert (found.reason, found.is_meant) == ("left out: it was refused", False)
