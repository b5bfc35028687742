"""What differs between two builds is counted, listed and told apart from rounding noise."""

import csv
import subprocess
import sys

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import builds, package, revisions
from pipeline.errors import PublishError
from tests.pipeline.conftest import ROOT

# metric, area, period, value, status
BEFORE = [
    ("plans", "E1", "2023", 10.0, "ok"),
    ("plans", "E1", "2024", 20.0, "ok"),
    ("plans", "E2", "2023", None, "not_available"),
    ("plans", "E2", "2024", 5.0, "ok"),
    ("plans", "E3", "2024", 1 / 3, "ok"),
    ("plans", "E4", "2024", 7.0, "ok"),
    ("plans", "E5", "2024", None, "not_available"),
    ("old", "E1", "2024", 1.0, "ok"),
]
AFTER = [
    ("plans", "E1", "2023", 10.0, "ok"),
    ("plans", "E1", "2024", 21.0, "ok"),  # revised
    ("plans", "E2", "2023", 4.0, "ok"),  # added
    ("plans", "E2", "2024", None, "suppressed"),  # withdrawn
    ("plans", "E3", "2024", 1 / 3 + 1e-12, "ok"),  # noise
    ("plans", "E5", "2024", None, "suppressed"),  # another reason; E4's row is gone: withdrawn
    ("plans", "E1", "2025", 22.0, "ok"),  # added, with a new period
    ("new", "E1", "2025", 1.0, "ok"),
]


def folder(place, rows, sha="a"):
    """Write the tables of a tiny build that a comparison reads."""
    place.mkdir(parents=True, exist_ok=True)
    tables = {
        "metric_value": "SELECT col0 AS metric, 'Total' AS breakdown, col1 AS area_code, "
        "col2 AS time_period, make_date(col2::INT, 12, 31) AS period_end, col3::DOUBLE AS value, "
        "col4 AS status FROM given",
        "metric": "SELECT id, upper(id) AS title, row_number() OVER (ORDER BY id)::INT AS position,"
        " ['plans.csv'] AS sources FROM (SELECT DISTINCT col0 AS id FROM given)",
        "source_file": f"SELECT 'plans.csv' AS path, '{sha}' AS sha256, 'plans' AS publication, "
        "'Plans' AS publication_title, 'Nobody' AS publisher, '2025' AS release",
        "area": "SELECT DISTINCT col1 AS area_code, 'Area ' || col1 AS name FROM given",
        "comparison": "SELECT col0 AS metric, 1.0::FLOAT AS low, true AS is_latest FROM given",
    }
    with duckdb.connect() as db:
        db.execute("CREATE TABLE given (col0 TEXT, col1 TEXT, col2 TEXT, col3 DOUBLE, col4 TEXT)")
        if rows:
            db.executemany("INSERT INTO given VALUES (?, ?, ?, ?, ?)", rows)
        for name, query in tables.items():
            db.execute(f"COPY ({query}) TO '{place / name}.parquet' (FORMAT parquet)")
    return place


def described(place):
    """Give the tables of a tiny build the data package and the name that make it believed."""
    hashes = {
        path.name: f"sha256:{builds.compute_sha256(path)}" for path in sorted(place.iterdir())
    }
    found = {
        "version": "",
        package.LAYOUT_KEY: package.LAYOUT,
        "resources": [{"path": name, "hash": hash_} for name, hash_ in hashes.items()],
    }
    found["version"] = package.compute_identity(found)
    descriptor = place / package.DESCRIPTOR
    descriptor.write_text(package.format_descriptor(found), encoding="utf-8", newline="\n")
    return place.rename(place.with_name(found["version"]))


@pytest.fixture
def pair(tmp_path):
    return folder(tmp_path / "before", BEFORE), folder(tmp_path / "after", AFTER, sha="b")


def test_each_kind_of_difference_is_told_from_the_others(pair):
    with revisions.open_comparison(*pair) as db:
        total = revisions.count_differences(db)
        rows = {row["metric"]: row for row in revisions.list_by_metric(db)}
    assert total == revisions.Total(6, 3, 1, 3, 1, 1, 1)
    assert not total.is_same
    plans = rows["plans"]
    assert (plans["added"], plans["revised"], plans["withdrawn"], plans["reasons"]) == (2, 1, 2, 1)
    assert plans["periods_added"] == ["2025"]
    assert plans["what"] == "kept"
    assert plans["files_changed"]
    assert rows["new"]["what"] == "new"
    assert rows["old"] | {"position": 0} == {
        "position": 0,
        "metric": "old",
        "title": "OLD",
        "what": "removed",
        "added": 0,
        "revised": 0,
        "withdrawn": 1,
        "reasons": 0,
        "periods_added": [],
        "files_changed": True,
    }


def test_the_summary_says_it_in_lines(pair):
    with revisions.open_comparison(*pair) as db:
        figures, *others = revisions.describe_differences(db)
        assert figures == (
            "figures: 6 before, 3 added, 1 revised, 3 withdrawn; 1 missing for another reason; "
            "metrics: 1 added, 1 removed"
        )
        assert others == [
            "file replaced: plans.csv (release 2025)",
            "new (new metric): 1 added, 0 revised, 0 withdrawn; new periods: 2025",
            "plans: 2 added, 1 revised, 2 withdrawn; new periods: 2025",
            "old (no longer shown): 0 added, 0 revised, 1 withdrawn",
        ]
        assert revisions.describe_by_area(db) == [
            "Area E1: 2 added, 1 revised, 0 withdrawn",
            "Area E2: 1 added, 0 revised, 1 withdrawn",
            "E4: 0 added, 0 revised, 1 withdrawn",
        ]
        assert (
            revisions.describe_intervals(db)
            == [
                "new: latest intervals 0 before, 1 after",
                "old: latest intervals 1 before, 0 after",
                "plans: latest intervals 7 before, 7 after",
            ][:2]
        )


def test_what_is_written_is_small_complete_and_the_same_each_time(pair, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        assert revisions.write(*pair, tmp_path / name)
    for table in revisions.TABLES:
        one, two = ((tmp_path / name / f"{table}.parquet").read_bytes() for name in ("one", "two"))
        assert one == two
    rows = pq.read_table(tmp_path / "one" / "revision.parquet").to_pylist()
    found = {(row["area_code"], row["time_period"]): row for row in rows}
    assert {key: row["what"] for key, row in found.items()} == {
        ("E1", "2024"): "revised",
        ("E2", "2024"): "withdrawn",
        ("E4", "2024"): "withdrawn",
        ("E5", "2024"): "reason",
    }
    assert found["E1", "2024"]["before_value"] == 20
    assert found["E1", "2024"]["after_value"] == 21
    assert found["E2", "2024"]["after_status"] == "suppressed"
    assert found["E4", "2024"]["after_status"] is None


def test_of_too_many_figures_the_newest_periods_are_listed(tmp_path):
    years = range(2010, 2025)
    before = [("plans", f"E{n}", str(year), 1.0, "ok") for year in years for n in range(10)]
    after = [(*row[:3], 2.0, "ok") for row in before]
    with revisions.open_comparison(
        folder(tmp_path / "before", before), folder(tmp_path / "after", after)
    ) as db:
        revisions.choose_listed(db, 20)
        rows = db.execute("SELECT DISTINCT time_period FROM listed ORDER BY 1").fetchall()
        assert rows == [("2023",), ("2024",)]
        assert revisions.count_differences(db).revised == len(before)


def test_two_of_the_same_differ_in_nothing(tmp_path):
    one, two = folder(tmp_path / "one", BEFORE), folder(tmp_path / "two", BEFORE)
    with revisions.open_comparison(one, two) as db:
        assert revisions.count_differences(db).is_same
        assert revisions.list_by_metric(db) == []
        assert revisions.list_files(db) == []


def test_what_is_no_build_cannot_be_compared(tmp_path):
    with (
        pytest.raises(PublishError, match="could not be compared"),
        revisions.open_comparison(tmp_path / "none", tmp_path / "neither"),
    ):
        pass
    assert not revisions.write(tmp_path / "none", tmp_path / "neither", tmp_path)


VALUES = st.none() | st.integers(0, 3).map(float)


@settings(max_examples=4)
@given(before=st.lists(VALUES, max_size=40), after=st.lists(VALUES, max_size=40))
def test_what_is_counted_adds_up(tmp_path_factory, before, after):
    """Figures before, and those added, less those withdrawn, are the figures after."""
    place = tmp_path_factory.mktemp("pair")
    for name, values in (("before", before), ("after", after)):
        rows = [("plans", f"E{n}", "2024", v, "x" if v is None else "ok")
                for n, v in enumerate(values)]  # fmt: skip
        folder(place / name, [("plans", "E", "2024", 0.0, "ok"), *rows])
    with revisions.open_comparison(place / "before", place / "after") as db:
        total = revisions.count_differences(db)
    held = 1 + sum(value is not None for value in after)
    assert total.figures + total.added - total.withdrawn == held
    both = [(b, a) for b, a in zip(before, after, strict=False) if b is not None and a is not None]
    assert total.revised == sum(b != a for b, a in both)


def run(*arguments):
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command_prints_a_summary_and_writes_every_difference(pair, tmp_path):
    to = tmp_path / "found.csv"
    done = run("diff", *map(described, pair), "--out", tmp_path, "--areas", "--csv", to)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("figures: 6 before, 3 added, 1 revised, 3 withdrawn")
    assert "Area E1: 2 added" in done.stdout
    assert done.stdout.endswith(f"8 figures in {to}\n")
    rows = list(csv.DictReader(to.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 8
    assert {row["what"] for row in rows} == {"added", "revised", "withdrawn", "reason"}


def test_the_command_says_what_it_cannot_find(tmp_path):
    done = run("diff", "--out", tmp_path)
    assert done.returncode == 1
    assert done.stderr == (f"error: {tmp_path}: found no build before this one to compare with\n")
    assert "found no build of this name" in run("diff", "x", "y", "--out", tmp_path).stderr
