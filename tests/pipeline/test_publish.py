"""Publishing is all or nothing, whenever it is stopped."""

import json
import os
import subprocess
import sys
import time

import duckdb
import pytest

from pipeline import publish
from pipeline.build import build
from tests.pipeline.conftest import ROOT, table

# A child that publishes tiny tables and is ended at the n-th thing it does to the file system.
CHILD = """
import os, sys
from pathlib import Path
import duckdb
from pipeline import publish
from tests.pipeline.test_publish import tiny

last, out, number = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
seen = 0

def watch(event, arguments):
    global seen
    names = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.listdir"}
    if event in names and str(out) in str(arguments[0]):
        seen += 1
        if seen == last:
            os._exit(9)

with duckdb.connect() as db:
    tiny(db, number)
    sys.addaudithook(watch)
    publish.publish(db, out)
"""


COLUMNS = (
    *("period_end", "metric", "breakdown", "area_code", "position", "path", "model"),
    *("source", "nhs_area_code", "programme", "against", "series", "place", "name"),
    *("placement", "first_metric", "first_breakdown", "second_metric", "second_breakdown"),
    *("source_file", "archive_date", "area", "key", "shape"),
)


def tiny(db, number):
    """Make one small table for each name that is published, and those of the boundaries."""
    wanted = ", ".join(f"{number} AS {column}" for column in COLUMNS)
    for name in ("boundary", "area_key"):
        db.execute(f"CREATE TABLE {name} AS SELECT {wanted}")
    for name, query in publish.TABLES.items():
        origin = "published_metric" if name == "metric" else name
        assert origin in query
        db.execute(f"CREATE TABLE {origin} AS SELECT {wanted}")


def published(out):
    """The build a reader finds: its id, and that every table of it opens."""
    build_id = publish.current(out)
    for name in publish.TABLES:
        assert duckdb.sql(f"FROM '{out / build_id / name}.parquet'").fetchall()
    assert json.loads((out / build_id / publish.BOUNDARIES).read_text())["features"]
    return build_id


def test_a_build_killed_at_any_point_leaves_the_last_one_whole(tmp_path):
    with duckdb.connect() as db:
        tiny(db, 1)
        first = publish.publish(db, tmp_path)
    ends = []
    for last in range(1, 200):
        command = [sys.executable, "-c", CHILD, str(last), str(tmp_path), "2"]
        done = subprocess.run(command, cwd=ROOT, check=False)
        ends.append((done.returncode, published(tmp_path)))
        if done.returncode == 0:
            break
    assert [code for code, _ in ends[:-1]] == [9] * (len(ends) - 1)
    assert len(ends) > 8
    builds = [build_id for _, build_id in ends]
    second = builds[-1]
    assert second != first
    assert builds == [first] * builds.count(first) + [second] * builds.count(second)


def test_the_build_before_is_kept_and_older_ones_are_not(tmp_path):
    ids = []
    for number in (1, 2, 3):
        with duckdb.connect() as db:
            tiny(db, number)
            ids.append(publish.publish(db, tmp_path))
    folders = {path.name for path in tmp_path.iterdir() if path.is_dir()}
    assert folders == {ids[1], ids[2]}
    assert publish.current(tmp_path) == ids[2]


def test_what_a_killed_build_left_is_cleared_a_day_later(tmp_path):
    old, young = tmp_path / ".unfinished-old", tmp_path / ".unfinished-young"
    for folder in (old, young):
        folder.mkdir()
    os.utime(old, (time.time() - 2 * 24 * 3600,) * 2)
    with duckdb.connect() as db:
        tiny(db, 1)
        publish.publish(db, tmp_path)
    assert not old.exists()
    assert young.exists()


def test_unchanged_inputs_change_no_file(lake, one_topic, tmp_path):
    first = build(lake, tmp_path, one_topic)
    stamps = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert build(lake, tmp_path, one_topic) == first
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p != tmp_path} == {
        p: stamp for p, stamp in stamps.items() if p != tmp_path
    }


def test_the_same_files_give_the_same_bytes_in_another_place(lake, one_topic, tmp_path):
    here, there = (build(lake, tmp_path / place, one_topic) for place in ("here", "there"))
    assert here == there
    for path in (tmp_path / "here" / here).iterdir():
        assert path.read_bytes() == (tmp_path / "there" / there / path.name).read_bytes()


# The tables whose rows are numbered in their order before they are published.
NUMBERED = {
    **dict.fromkeys(("comparison", "metric_value"), "metric, breakdown, period_end, area_code"),
    "benchmark": "model, metric, breakdown, area_code",
    "group_summary": "area_group, metric, breakdown, period_end",
    "funnel": "metric, breakdown",
    "signal": "area_code, is_strength, position",
    "area_index": "name, area_code",
}


@pytest.mark.parametrize("name", publish.TABLES)
def test_a_table_is_in_its_stated_order(built, name):
    rows = table(built, name)
    keys = (NUMBERED.get(name) or publish.TABLES[name].partition("ORDER BY ")[2]).split(", ")
    found = [tuple((row[key] is None, row[key]) for key in keys) for row in rows]
    assert found == sorted(found)
