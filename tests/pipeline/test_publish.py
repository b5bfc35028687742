"""Publishing is all or nothing, whenever it is stopped."""

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


SERIES = ("metric", "breakdown", "period_end")
ORDERS = {
    "area": ("area_code",),
    "area_overlap": ("area_code", "nhs_area_code"),
    "comparison": (*SERIES, "area_code"),
    "metric": ("position",),
    "metric_value": (*SERIES, "area_code"),
    "neighbour": ("model", "area_code", "position"),
    "programme": ("programme", "area_code"),
    "reconciliation": ("metric", "against"),
    "source_file": ("path",),
}


def tiny(db, number):
    """Make one small table for each name that is published, and what they are ordered by."""
    db.execute(f"CREATE TABLE series AS SELECT {number} AS series, {values(SERIES, number)}")
    db.execute(f"CREATE TABLE place AS SELECT {number} AS place, {values(['area_code'], number)}")
    for name, columns in ORDERS.items():
        origin = "published_metric" if name == "metric" else name
        also = ["source"] if name == "source_file" else []
        db.execute(f"CREATE TABLE {origin} AS SELECT {values([*columns, *also], number)}")


def values(columns, number):
    return ", ".join(f"{number} AS {column}" for column in columns)


def published(out):
    """The build a reader finds: its id, and that every table of it opens."""
    build_id = publish.current(out)
    for name in publish.TABLES:
        assert duckdb.sql(f"FROM '{out / build_id / name}.parquet'").fetchall()
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


def test_unchanged_inputs_change_no_file(lake, tmp_path):
    first = build(lake, tmp_path)
    stamps = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert build(lake, tmp_path) == first
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p != tmp_path} == {
        p: stamp for p, stamp in stamps.items() if p != tmp_path
    }


def test_the_same_files_give_the_same_bytes_in_another_place(lake, tmp_path, built):
    build_id = build(lake, tmp_path)
    assert build_id == built.name
    for path in built.iterdir():
        assert path.read_bytes() == (tmp_path / build_id / path.name).read_bytes()


def test_every_published_table_has_an_order():
    assert set(ORDERS) == set(publish.TABLES)


@pytest.mark.parametrize("name", ORDERS)
def test_a_table_is_in_its_order(built, name):
    found = [tuple(row[key] for key in ORDERS[name]) for row in table(built, name)]
    assert found == sorted(found)
