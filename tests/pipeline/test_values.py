"""The figures in git give the very build they were written of, whoever asks and however it ends."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import duckdb
import pytest

from pipeline import builds, derive, publish, revisions, values
from pipeline.build import build
from pipeline.builds import Pointer
from pipeline.errors import DamagedError
from pipeline.tables import connect
from tests.pipeline.conftest import BUILT, ROOT, table

AGAIN = "the program makes another build of the figures than was written: run make build"
# Derives once and says so; with a number, it ends itself at the n-th thing it does to the files.
CHILD = """
import os, sys
from pathlib import Path
from pipeline import derive
out, folder, last = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
events = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.listdir"}
seen, write = 0, derive._write_build

def watch(event, arguments):
    global seen
    if event in events and str(out) in str(arguments[0]):
        seen += 1
        if seen == last:
            os._exit(9)

def write_and_say(*given):
    print("made", flush=True)
    return write(*given)

def derive_until_killed():
    derive._write_build = write_and_say
    sys.addaudithook(watch)
    derive.derive_build(out, folder)

if __name__ == "__main__":
    derive_until_killed()
"""


@pytest.fixture(scope="module")
def small(lake, one_topic, tmp_path_factory):
    """The builds of one topic of the invented lake, and the figures that were written of one."""
    place = tmp_path_factory.mktemp("small")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publish, "find_values", lambda _: place / "values")
        build(lake, place / "built", one_topic)
    return place


@pytest.fixture
def kept():
    return values.read_values(values.VALUES)


def copy_of(folder, place):
    return shutil.copytree(folder, place / "values")


def written_of(place, change):
    """Write the figures of the committed build once a query has changed them."""
    current = publish.find_current_build(BUILT)
    out = place / "built"
    shutil.copytree(BUILT / current, out / current)
    with connect() as db:
        path = out / current / "metric_value.parquet"
        db.execute(f"CREATE TABLE changed AS FROM '{path}'")
        db.execute(change)
        order = "FROM changed ORDER BY metric, breakdown, period_end, area_code"
        db.execute(f"COPY ({order}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
        db.execute(f"CREATE TABLE metric AS FROM '{values.VALUES / 'tables' / 'method.parquet'}'")
        values.write_values(db, out, Pointer(current), place / "values")
    return values.read_values(place / "values")


def differing(one, other):
    return {
        name for name in one.files.keys() | other.files.keys()
        if one.files.get(name) != other.files.get(name) and not name.startswith("since/")
    }  # fmt: skip


def test_the_figures_in_git_give_the_build_they_were_written_of(kept, tmp_path):
    assert derive.derive_build(tmp_path) == kept.shown.build, AGAIN
    assert builds.is_sound(tmp_path / kept.shown.build)
    found = builds.read_pointer(tmp_path)
    assert found == replace(kept.shown, values=(kept.seal,))
    if found.before and (kept.folder / "since").is_dir():
        builds.check_seal(revisions.get_folder_between(tmp_path, found.before[0], found.build))


def test_a_small_build_is_derived_to_the_same_bytes(small, tmp_path):
    current = publish.find_current_build(small / "built")
    assert derive.derive_build(tmp_path, small / "values") == current
    for path in (small / "built" / current).iterdir():
        assert (tmp_path / current / path.name).read_bytes() == path.read_bytes(), path.name


def test_git_keeps_little_and_nothing_that_can_be_derived(kept):
    sizes = [(kept.folder / name).stat().st_size for name in kept.files]
    assert sum(sizes) < 4_000_000
    assert not {name for name in values.DERIVED if f"tables/{name}.parquet" in kept.files}
    topics = {row["topic"] for row in table(BUILT / kept.shown.build, "metric", ["topic"])}
    assert {name.removesuffix(".parquet") for name in kept.files if "/" not in name} == topics


def test_one_figure_changes_the_file_of_its_topic_alone(kept, tmp_path):
    changed = written_of(
        tmp_path,
        "UPDATE changed SET value = value + 1 WHERE metric = 'attainment_8' "
        "AND area_code = 'E10000016' AND value IS NOT NULL",
    )
    [topic] = differing(kept, changed)
    assert (kept.folder / topic).is_file()
    assert (kept.folder / topic).stat().st_size < 500_000


def test_other_words_for_a_note_change_the_notes_alone(kept, tmp_path):
    changed = written_of(tmp_path, "UPDATE changed SET note = note || ' So it is.'")
    assert differing(kept, changed) == {"tables/note.parquet"}
    assert (changed.folder / "tables/note.parquet").stat().st_size < 50_000


def test_the_same_figures_touch_no_file(small, tmp_path):
    folder, out = copy_of(small / "values", tmp_path), small / "built"
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    (folder / "gone.parquet").write_bytes(b"of a topic that is no more")
    with connect() as db:
        db.execute(f"CREATE TABLE metric AS FROM '{folder / 'tables' / 'method.parquet'}'")
        values.write_values(db, out, replace(builds.read_pointer(out), values=()), folder)
    files = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert {path for path in files if path.is_file()} == {p for p in before if p.is_file()}
    assert all(before[path] == when for path, when in files.items() if path.is_file())


@pytest.mark.parametrize("name", ["values.json", "timeliness.parquet", "tables/note.parquet"])
@pytest.mark.parametrize("is_there", [True, False])
def test_damaged_figures_are_refused_by_name_and_the_last_build_goes_on(
    small, tmp_path, name, is_there
):
    folder, out = copy_of(small / "values", tmp_path), tmp_path / "built"
    first = derive.derive_build(out, folder)
    (folder / name).unlink()
    if is_there:
        (folder / name).write_bytes(b"something else")
    with pytest.raises(DamagedError, match=f"{name}.*git restore"):
        derive.derive_build(out, folder)
    assert publish.find_current_build(out) == first
    assert builds.is_sound(out / first)
    with pytest.raises(DamagedError):
        derive.derive_build(tmp_path / "empty", folder)
    assert publish.find_current_build(tmp_path / "empty") is None


def pointed(out, **changes):
    """Have a folder point at a build, as another program left it."""
    with_defaults = {"build": "0123456789ab", **changes}
    (out / with_defaults["build"]).mkdir(parents=True, exist_ok=True)
    (out / publish.POINTER).write_text(json.dumps(with_defaults))


def test_figures_that_came_since_are_due_and_those_that_were_seen_are_not(small, tmp_path):
    folder, out = copy_of(small / "values", tmp_path), tmp_path / "built"
    assert values.is_due(out, folder), "nothing is there yet"
    derive.derive_build(out, folder)
    assert not values.is_due(out, folder), "it was just made"
    seal = values.read_values(folder).seal
    pointed(out, values=["of a refresh of one's own", seal])
    assert not values.is_due(out, folder), "a refresh is newer than what it was made after"
    pointed(out, values=["those of yesterday"])
    assert values.is_due(out, folder), "git brought others"
    pointed(out)
    assert values.is_due(out, folder), "an older program made the build"
    pointed(out, build="ba9876543210", values=[seal])
    (out / "ba9876543210").rmdir()
    assert values.is_due(out, folder), "the build is gone"
    shutil.rmtree(folder)
    assert not values.is_due(out, folder), "there is no figure, and a build to show"


def test_a_refresh_of_ones_own_and_a_rollback_stand_for_the_figures_in_git(
    lake, small, one_topic, tmp_path, monkeypatch
):
    folder, out = copy_of(small / "values", tmp_path), tmp_path / "built"
    first, seal = derive.derive_build(out, folder), values.read_values(folder).seal
    monkeypatch.setattr(publish, "find_values", lambda _: folder)
    root = shutil.copytree(one_topic, tmp_path / "catalogue")
    metrics = root / "metrics" / "timeliness.toml"
    metrics.write_text(metrics.read_text().replace('short_title = "', 'short_title = "Our '))
    second = build(lake, out, root)
    own = values.read_values(folder)
    assert second != first
    assert builds.read_pointer(out).values == (own.seal, seal)
    assert own.shown.before == (first,)
    publish.roll_back(out)
    assert publish.find_current_build(out) == first
    assert not values.is_due(out, folder)
    shutil.rmtree(folder)
    copy_of(small / "values", tmp_path)
    assert not values.is_due(out, folder)
    assert derive.derive_build(out, folder) == first, "by hand it is made whenever one asks"
    assert builds.read_pointer(out).before[:1] == ()


@pytest.mark.exhaustive
def test_a_derivation_killed_at_any_point_leaves_all_or_nothing(small, tmp_path):
    wanted = publish.find_current_build(small / "built")
    out = tmp_path / "built"
    for last in range(1, 400, 11):
        ended = derived(out, small / "values", last)
        ended.communicate()
        assert ended.returncode in {0, 9}
        shown = publish.find_current_build(out)
        assert shown in {None, wanted}
        assert shown is None or builds.is_sound(out / shown)
        if ended.returncode == 0:
            break
    assert last > 50
    assert publish.find_current_build(out) == wanted


def derived(out, folder, last=0):
    command = [sys.executable, "-c", CHILD, str(out), str(folder), str(last)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_of_several_processes_one_derives(small, tmp_path):
    several = [derived(tmp_path / "built", small / "values") for _ in range(3)]
    said = "".join(each.communicate()[0] for each in several)
    assert [each.returncode for each in several] == [0, 0, 0]
    assert said == "made\n"
    assert not list((tmp_path / "built").glob(".unfinished-*"))


def test_a_process_killed_while_it_derives_leaves_the_next_one_to_do_it(small, tmp_path):
    out = tmp_path / "built"
    ended = derived(out, small / "values", last=30)
    assert ended.communicate()[0] == "made\n"
    assert (ended.returncode, publish.find_current_build(out)) == (9, None)
    assert values.is_due(out, small / "values")
    assert builds.is_sound(out / derive.derive_build(out, small / "values"))
    assert not list(out.glob(".unfinished-*"))


def test_a_clean_copy_of_the_program_makes_its_build_before_it_answers(tmp_path):
    clone = tmp_path / "clone"
    no_cache = shutil.ignore_patterns("__pycache__")
    for name in ("pipeline", "data/values"):
        shutil.copytree(ROOT / name, clone / name, ignore=no_cache)
    environment = {key: value for key, value in os.environ.items() if key != "SEND_DATA"}
    said = [
        subprocess.run(
            [sys.executable, "-m", "pipeline", command],
            cwd=clone, env=environment, capture_output=True, text=True, check=True,
        ).stdout.splitlines()
        for command in ("status", "derive")
    ]  # fmt: skip
    current = publish.find_current_build(clone / "data" / "built")
    assert said[0][0] == f"build {current} is shown"
    assert said[1][-1] == str(clone / "data" / "built" / current)
    files = duckdb.sql(f"SELECT count(*) FROM '{said[1][-1]}/metric_value.parquet'").fetchall()
    assert files[0][0] > 100_000
