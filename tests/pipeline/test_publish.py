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
from pipeline.errors import PublishError
from pipeline.lock import LOCK
from tests.pipeline.conftest import ROOT, table

# A child that publishes tiny tables again and again in a child of its own, which is ended at the
# n-th thing it does to the file system: to start Python for each would take a minute.
CHILD = """
import os, sys
from pathlib import Path
import duckdb, filelock
from pipeline import publish
from tests.pipeline.test_publish import tiny

out, number = Path(sys.argv[1]), sys.argv[2]
events = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.listdir"}

def publish_until(last):
    seen = 0

    def watch(event, arguments):
        nonlocal seen
        if event in events and str(out) in str(arguments[0]):
            seen += 1
            if seen == last:
                os._exit(9)

    with duckdb.connect() as db:
        tiny(db, number)
        sys.addaudithook(watch)
        publish.publish_build(db, out)
    os._exit(0)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        publish_until(int(line))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


COLUMNS = (
    *("period_end", "metric", "breakdown", "area_code", "position", "model"),
    *("source", "nhs_area_code", "programme", "against", "series", "place", "name"),
    *("placement", "first_metric", "first_breakdown", "second_metric", "second_breakdown"),
    *("source_file", "archive_date", "area", "key", "shape", "title", "time_period", "value"),
    *("status", "sha256", "publication", "publication_title", "publisher", "release", "id"),
)


def tiny(db, number):
    """Make one small table for each name that is published, and those of the boundaries."""
    wanted = ", ".join(f"{number} AS {column}" for column in COLUMNS)
    wanted += f", '{number}.csv' AS path, ['{number}.csv'] AS sources"
    for name in ("boundary", "area_key"):
        db.execute(f"CREATE TABLE {name} AS SELECT {wanted}")
    for name, query in publish.TABLES.items():
        origin = "published_metric" if name == "metric" else name
        assert origin in query
        db.execute(f"CREATE TABLE {origin} AS SELECT {wanted}")


def files_in(out):
    """Every file of the builds and beside them; nobody reads the lock."""
    return [path for path in out.rglob("*") if path.is_file() and path.name != LOCK]


def published(out):
    """The build a reader finds: its id, and that every table of it opens."""
    build_id = publish.find_current_build(out)
    for name in publish.TABLES:
        assert duckdb.sql(f"FROM '{out / build_id / name}.parquet'").fetchall()
    assert json.loads((out / build_id / publish.BOUNDARIES).read_text())["features"]
    return build_id


@pytest.mark.exhaustive
@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork to end at a chosen point")
def test_a_build_killed_at_any_point_leaves_the_last_one_whole(tmp_path):
    with duckdb.connect() as db:
        tiny(db, 1)
        first = publish.publish_build(db, tmp_path)
    ends = []
    command = [sys.executable, "-c", CHILD, str(tmp_path), "2"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as child:
        for last in range(1, 300, 2):  # every second one: each costs a fifth of a second
            child.stdin.write(f"{last}\n")
            child.stdin.flush()
            ends.append((int(child.stdout.readline()), published(tmp_path)))
            if ends[-1][0] == 0:
                break
        child.stdin.close()
    assert [code for code, _ in ends[:-1]] == [9] * (len(ends) - 1)
    assert len(ends) > 20
    builds = [build_id for _, build_id in ends]
    second = builds[-1]
    assert second != first
    assert builds == [first] * builds.count(first) + [second] * builds.count(second)
    assert (tmp_path / f"since-{first}-{second}" / "revision.parquet").is_file()


def published_in_turn(out, numbers, keep=publish.KEEP):
    """Publish tiny builds one after another; give their ids."""
    ids = []
    for number in numbers:
        with duckdb.connect() as db:
            tiny(db, number)
            ids.append(publish.publish_build(db, out, inputs=f"files {number}", keep=keep))
    return ids


def test_as_many_builds_are_kept_as_are_asked_for_with_what_differs(tmp_path):
    ids = published_in_turn(tmp_path, (1, 2, 3, 4), keep=3)
    folders = {path.name for path in tmp_path.iterdir() if path.is_dir()}
    between = {f"since-{ids[1]}-{ids[2]}", f"since-{ids[2]}-{ids[3]}"}
    assert folders == {*ids[1:], *between}
    assert publish.read_pointer(tmp_path) == publish.Pointer(ids[3], (ids[2], ids[1]), "files 4")


def test_what_somebody_else_put_beside_the_builds_is_left_alone(tmp_path):
    kept = tmp_path / "notes"
    kept.mkdir()
    published_in_turn(tmp_path, (1, 2, 3, 4), keep=2)
    assert kept.is_dir()


@pytest.mark.parametrize("days", [-1000, 0, 1000])
def test_what_a_killed_build_left_is_cleared_whatever_the_clock_says(tmp_path, days):
    left, file = tmp_path / ".unfinished-build", tmp_path / ".unfinished-pointer"
    left.mkdir()
    file.write_text("{")
    for path in (left, file):
        os.utime(path, (time.time() + days * 24 * 3600,) * 2)
    with duckdb.connect() as db:
        tiny(db, 1)
        publish.publish_build(db, tmp_path)
    assert not list(tmp_path.glob(".unfinished-*"))


def test_the_order_of_builds_is_the_order_of_publishing_not_of_the_clock(tmp_path, monkeypatch):
    """A machine's clock goes back a year with each build, and the folders' dates with it."""
    now = time.time()
    ids = []
    for number in (1, 2, 3):
        monkeypatch.setattr(time, "time", lambda number=number: now - number * 365 * 24 * 3600)
        ids += published_in_turn(tmp_path, [number])
        for path in tmp_path.iterdir():
            os.utime(path, (time.time(),) * 2)
    assert publish.read_pointer(tmp_path).before == (ids[1], ids[0])
    assert publish.roll_back(tmp_path).build == ids[1]
    assert publish.roll_back(tmp_path).build == ids[0]


def test_a_rollback_points_at_the_build_before_and_forward_again(tmp_path):
    first, second, third = published_in_turn(tmp_path, (1, 2, 3))
    assert publish.roll_back(tmp_path) == publish.Pointer(second, (first,), "files 3", third)
    assert published(tmp_path) == second
    assert publish.roll_back(tmp_path) == publish.Pointer(first, (), "files 3", third)
    assert publish.roll_back(tmp_path, third) == publish.Pointer(third, (first,), "files 3")
    assert published(tmp_path) == third
    assert publish.roll_back(tmp_path, third).build == third


def test_a_rollback_to_nowhere_is_refused_and_changes_nothing(tmp_path):
    with pytest.raises(PublishError, match="found no build before this one to go back to"):
        publish.roll_back(tmp_path)
    [only] = published_in_turn(tmp_path, (1,))
    for name in (None, "0123456789ab", "../elsewhere"):
        with pytest.raises(PublishError, match="to go back to"):
            publish.roll_back(tmp_path, name)
    assert publish.find_current_build(tmp_path) == only


def test_the_same_figures_from_other_files_only_note_the_files(tmp_path):
    with duckdb.connect() as db:
        tiny(db, 1)
        first = publish.publish_build(db, tmp_path, "some files")
        assert publish.publish_build(db, tmp_path, "others") == first
    assert publish.read_pointer(tmp_path) == publish.Pointer(first, (), "others")


# A child that may write only so many bytes to a file, as on a full disk, and publishes.
FULL = """
import resource, signal, sys
from pathlib import Path
import duckdb
from pipeline import publish
from pipeline.errors import PublishError
from pipeline.lock import LOCK
from tests.pipeline.test_publish import tiny

out, number, most = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with duckdb.connect() as db:
    tiny(db, number)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        publish.publish_build(db, out)
    except PublishError as e:
        print(e)
        sys.exit(1)
"""


@pytest.mark.sample(1)
@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit on files to set")
@pytest.mark.parametrize("most", [0, 10, 500, 1000])
def test_a_full_disk_leaves_the_last_build_whole_and_no_rubbish(tmp_path, most):
    first, second = published_in_turn(tmp_path, (1, 2))
    command = [sys.executable, "-c", FULL, str(tmp_path), "3", str(most)]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "could not write the build; the last one keeps being shown" in done.stdout
    assert published(tmp_path) == second
    assert not list(tmp_path.glob(".unfinished-*"))
    assert publish.roll_back(tmp_path).build == first


# Tables that are published with a column of the same name, so that one can tell mixed builds.
SHARING = ("area", "benchmark", "comparison", "funnel", "metric", "signal", "source_file")

# A child that publishes one tiny build after another.
BUSY = """
import sys
from pathlib import Path
from tests.pipeline.test_publish import published_in_turn

published_in_turn(Path(sys.argv[1]), range(2, 10), keep=30)
"""


def test_a_reader_sees_one_whole_build_whenever_it_looks(tmp_path):
    """A reader finds the pointer, then opens every table: each is there, and of the same build."""
    published_in_turn(tmp_path, (1,))
    writer = subprocess.Popen([sys.executable, "-c", BUSY, str(tmp_path)], cwd=ROOT)
    seen = []
    while writer.poll() is None:
        folder = tmp_path / publish.find_current_build(tmp_path)
        tables = [table(folder, name) for name in publish.TABLES if name in SHARING]
        assert len({row["sha256"] for rows in tables for row in rows}) == 1
        assert json.loads((folder / publish.BOUNDARIES).read_text())["features"]
        seen.append(folder.name)
        time.sleep(0.01)
    assert writer.returncode == 0
    assert len(dict.fromkeys(seen)) > 2
    assert list(dict.fromkeys(seen)) == [name for name in order(tmp_path) if name in seen]


def order(out):
    """The builds in the order of publishing."""
    last = publish.read_pointer(out)
    return [*reversed(last.before), last.build]


def test_unchanged_inputs_change_no_file(lake, one_topic, tmp_path):
    first = build(lake, tmp_path, one_topic)
    stamps = {path: path.stat().st_mtime_ns for path in files_in(tmp_path)}
    assert len(stamps) > len(publish.TABLES)
    assert build(lake, tmp_path, one_topic) == first
    assert {path: path.stat().st_mtime_ns for path in files_in(tmp_path)} == stamps


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
    "signal_test": "area_code",
    "usual_spread": "metric, breakdown, period_end",
    "area_index": "name, area_code",
}


@pytest.mark.parametrize("name", publish.TABLES)
def test_a_table_is_in_its_stated_order(built, name):
    rows = table(built, name)
    keys = (NUMBERED.get(name) or publish.TABLES[name].partition("ORDER BY ")[2]).split(", ")
    found = [tuple((row[key] is None, row[key]) for key in keys) for row in rows]
    assert found == sorted(found)
