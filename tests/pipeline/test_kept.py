"""Kept rows give the build that the files themselves give, or are refused and it is said why."""

import csv
import re
import shutil
from fnmatch import fnmatch

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from pipeline import build, catalogue, inputs, kept
from pipeline.errors import SourceError
from pipeline.fetch import Row, routes
from pipeline.lake import EVERY, open_lake, read_by
from pipeline.refresh import Code, Job, describe_fetched, refresh
from scripts.keep import is_held, keep
from tests.pipeline.conftest import RAW, current_folder, needs_raw

SAFETY_VALVE = ("programme_safety_valve", "programmes/safety_valve.csv")


def without_held(lake, folder):
    """Copy a lake without the files that are nowhere online, and without their manifest rows."""
    known = routes.load().file
    read = {
        name.partition("!")[0]
        for name in (p for s in catalogue.load_catalogue().sources.values() for p in s.files)
    }
    with (lake / "MANIFEST.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    held = {row["path"] for row in rows if is_held(known, row["path"])}
    assert len(held & read) > 35
    folder.mkdir()
    for row in rows:
        if row["path"] not in held and (lake / row["path"]).is_file():
            (folder / row["path"]).parent.mkdir(parents=True, exist_ok=True)
            (folder / row["path"]).symlink_to(lake / row["path"])
    with (folder / "MANIFEST.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(row for row in rows if row["path"] not in held)
    return folder


def agree(made, wanted, listed):
    """Every table of two builds is the same, but that notes say which figures were kept."""
    names = sorted(path.name for path in wanted.glob("*.parquet"))
    assert len(names) > 15
    for name in names:
        one, other = pq.read_table(made / name), pq.read_table(wanted / name)
        if name == "source_file.parquet":
            notes = dict(zip(one["path"].to_pylist(), one["note"].to_pylist(), strict=True))
            held = {path for path, note in notes.items() if note and kept.NOTE in note}
            assert held == {path for _, path in listed}
            one, other = one.drop_columns("note"), other.drop_columns("note")
        assert one.equals(other), name
    assert (made / "boundaries.json").read_bytes() == (wanted / "boundaries.json").read_bytes()


@pytest.fixture(scope="module")
def some(lake, tmp_path_factory):
    """The invented lake without the files that are nowhere online."""
    return without_held(lake, tmp_path_factory.mktemp("some") / "raw")


@pytest.fixture
def rows(kept_rows, tmp_path, monkeypatch):
    """Kept rows to be spoiled, in the place where the pipeline looks for them."""
    folder = shutil.copytree(kept_rows, tmp_path / "kept")
    monkeypatch.setattr(kept, "KEPT", folder)
    return folder


@pytest.mark.exhaustive
@pytest.mark.usefixtures("rows")
def test_kept_rows_give_the_build_of_the_whole_lake(some, built, tmp_path):
    build.build(some, tmp_path / "out")
    agree(current_folder(tmp_path / "out"), built, kept.load().files)


@pytest.mark.exhaustive
def test_a_whole_lake_is_built_without_kept_rows(lake, rows, built, tmp_path):
    for path in rows.glob("*.parquet"):
        if path.stem != kept.LIST:
            path.unlink()
    assert build.build(lake, tmp_path / "out") == built.name


def test_the_same_files_give_the_same_bytes(lake, kept_rows, tmp_path):
    keep(lake, tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        p.name: p.read_bytes() for p in kept_rows.iterdir()
    }


@pytest.mark.exhaustive
def test_a_refresh_of_a_lake_without_them_publishes_then_notices_other_rows(some, rows, tmp_path):
    job = Job(some, tmp_path / "out", offline=True)
    assert refresh(job).code == Code.PUBLISHED
    assert refresh(job).code == Code.NOTHING_NEW
    edit(rows, "membership", lambda t: t.set_column(5, "joined", pa.array(["2021"] * len(t))))
    assert refresh(job).code == Code.PUBLISHED


def test_rows_that_are_not_used_are_not_part_of_what_a_build_is_made_from(lake, some, rows):
    known = catalogue.load_catalogue()

    def digests():
        for raw in (lake, some):
            with open_lake(raw) as files:
                yield inputs.compute_inputs_digest(files, known)

    whole, partly = digests()
    edit(rows, "boundary", lambda t: t.slice(1))
    assert next(digests()) == whole
    assert list(digests())[1] != partly


@pytest.mark.usefixtures("rows")
def test_a_stand_in_gives_way_to_a_whole_release_although_its_rows_are_kept(some, tmp_path):
    source = catalogue.load_catalogue().sources["ehc_requests_2025"]
    raw = shutil.copytree(some, tmp_path / "raw", symlinks=True)
    with open_lake(raw) as files:
        assert read_by(files, source) == list(source.files)
    later = raw / source.until.replace("*", "2026")
    later.parent.mkdir(exist_ok=True)
    later.touch()
    with open_lake(raw) as files:
        assert read_by(files, source) == []
    with open_lake(raw, EVERY) as files:
        assert read_by(files, source) == list(source.files)


def edit(folder, table, change):
    path = folder / f"{table}.parquet"
    pq.write_table(change(pq.read_table(path)), path)


def renamed(column, old, new):
    """Write another word in a column."""

    def change(table):
        at = table.column_names.index(column)
        words = pc.replace_substring_regex(table[column], f"^{re.escape(old)}$", new)
        return table.set_column(at, column, words)

    return change


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    "case",
    [
        ("source_file", renamed("source", SAFETY_VALVE[0], "gone"),
         r"source_file.parquet: programmes/safety_valve.csv: found source 'gone', wanted one of"),
        ("source_file", lambda t: t.drop_columns("note"),
         r"source_file.parquet: header: found no column 'note', only source, .*; wanted it"),
        ("source_file", lambda t: t.set_column(
            t.column_names.index("selects"), "selects", pa.array(["0" * 64] * len(t))),
         r"source_file.parquet: .*: found rows of another query .*, wanted those of this one"),
        ("selection", lambda t: t.drop_columns("published"),
         r"selection.parquet: header: found no column 'published', only .*; wanted it"),
        ("membership", renamed("source", SAFETY_VALVE[0], "gone"),
         r"membership.parquet: column 'source': found rows of 'gone' and .*, wanted only those"),
        ("membership", lambda t: t.slice(1),
         r"membership.parquet: programmes/.*.csv: found [\d,]+ rows, wanted [\d,]+"),
    ],
)  # fmt: skip
def test_rows_that_were_tampered_with_or_are_stale_are_refused(some, rows, tmp_path, case):
    table, change, message = case
    edit(rows, table, change)
    with pytest.raises(SourceError, match=message):
        build.build(some, tmp_path / "out")
    assert not (tmp_path / "out" / "current.json").exists()


@pytest.mark.sample(1)
@pytest.mark.parametrize("table", ["source_file", "la_code"])
def test_a_damaged_file_of_kept_rows_is_refused(some, rows, tmp_path, table):
    (rows / f"{table}.parquet").write_bytes(b"<html>")
    with pytest.raises(SourceError, match=f"{table}.parquet: table: found no sound"):
        build.build(some, tmp_path / "out")


def test_a_missing_or_an_unknown_table_is_refused(some, rows, tmp_path):
    (rows / "boundary.parquet").rename(rows / "shapes.parquet")
    with pytest.raises(
        SourceError, match=r"shapes.parquet: found no table 'shapes', wanted one of"
    ):
        build.build(some, tmp_path / "out")
    (rows / "shapes.parquet").unlink()
    with pytest.raises(SourceError, match=r"boundary.parquet: table: found no sound file"):
        build.build(some, tmp_path / "out")


def test_a_report_counts_what_is_kept_and_does_not_list_it(monkeypatch):
    monkeypatch.setenv("SEND_CONTACT", "data@council.example")
    report = [Row("programmes", f"programmes/{name}.csv", "kept") for name in "ab"]
    assert describe_fetched(report) == ["2 kept"]
    monkeypatch.delenv("SEND_CONTACT")
    assert describe_fetched(report) == [
        "2 kept; publishers were not told whom to turn to: set SEND_CONTACT to a page or an address"
    ]


def test_without_kept_rows_a_missing_file_is_missed(some, monkeypatch, tmp_path):
    monkeypatch.setattr(kept, "KEPT", tmp_path / "none")
    with pytest.raises(SourceError, match="found no such file"):
        build.build(some, tmp_path / "out")


def test_the_kept_rows_that_come_with_the_project_are_small_and_known():
    """Their sources are in the catalogue and select the same still."""
    files = list(kept.KEPT.glob("*.parquet"))
    assert 0 < sum(path.stat().st_size for path in files) < 3_000_000
    known, found = catalogue.load_catalogue(), kept.load()
    with build.connect() as db:
        build.insert_definitions(db, known)
        kept.check(db, found, known.sources)
        for source, name in found.files:
            whose = known.sources[source]
            assert min(kept.put(db, found, whose, name, build.build_query(whose)).values()) > 0
    with duckdb.connect() as db:
        assert db.execute(
            "SELECT count(*) FROM read_parquet(?) "
            "WHERE NOT regexp_full_match(sha256, '[0-9a-f]{64}') "
            "OR publisher IS NULL OR licence IS NULL OR note NOT LIKE '%kept%'",
            [str(kept.KEPT / "source_file.parquet")],
        ).fetchone() == (0,)


def list_not_kept(sources, files):
    """The files nowhere online of which no rows are kept, with what to do about each."""
    known = routes.load().file
    return [
        f"{source.id}: {name}: found no kept rows of a file that is nowhere online, wanted them: "
        "run python -m scripts.keep where the file is, or say in [[routes]] where it is obtained"
        for source in sources
        for name in source.files
        if is_held(known, name.partition("!")[0])
        and not any(of == source.id and fnmatch(path, name) for of, path in files)
    ]


def test_a_source_whose_file_is_nowhere_online_has_kept_rows_or_is_refused_with_a_remedy():
    known, files = catalogue.load_catalogue().sources, kept.load().files
    assert list_not_kept(known.values(), files) == []
    others = {key for key in files if key != SAFETY_VALVE}
    [refused] = list_not_kept(known.values(), others)
    assert refused.startswith("programme_safety_valve: programmes/safety_valve.csv: found no kept")
    assert "scripts.keep" in refused


@pytest.mark.exhaustive
@needs_raw
def test_the_kept_rows_are_those_of_the_published_files(tmp_path):
    keep(RAW, tmp_path)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        p.name: p.read_bytes() for p in kept.KEPT.iterdir()
    }


@pytest.mark.exhaustive
@needs_raw
def test_kept_rows_give_the_committed_build(committed, tmp_path):
    raw = without_held(RAW, tmp_path / "raw")
    build.build(raw, tmp_path / "out")
    agree(current_folder(tmp_path / "out"), committed, kept.load().files)
