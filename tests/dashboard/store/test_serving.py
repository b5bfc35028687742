"""The last good build is served whatever stands on the disk, and none outlives its last reader."""

import ast
import gc
import json
import logging
import os
import shutil
import threading
import weakref
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from benchmarks import copies
from dashboard.domain import choices
from dashboard.domain.build import Build
from dashboard.store import memory, served, serving
from dashboard.store.analyses import load_indices
from dashboard.store.figures import load_series
from dashboard.store.provenance import find_changes
from dashboard.store.serving import Keeper, Serving
from dashboard.web import reader
from pipeline import builds, package
from tests.dashboard.ask import ask
from tests.dashboard.make import KENT
from tests.pipeline.conftest import BUILT, ROOT
from tests.pipeline.test_builds import damage, flip, reworded
from tests.pipeline.test_publish import published_in_turn

CACHES = {"lru_cache", "cache", "cache_data", "cache_resource", "cached_property"}


class Small:
    """As little of a build as is served."""

    def __init__(self, name):
        """Have a name, no boundaries and no answers yet."""
        self.id, self.outlines, self.answers = name, b"", {}


def checked(place):
    """A build that is believed like a real one, and not loaded."""
    builds.check_build(place)
    return Small(place.name)


@pytest.fixture(autouse=True)
def thawed():
    """What a test settled is not kept for the tests after it."""
    yield
    gc.unfreeze()


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Three tiny builds that stay as they are."""
    place = tmp_path_factory.mktemp("written")
    return place, *reversed(published_in_turn(place, (1, 2, 3)))


@pytest.fixture
def three(written, tmp_path):
    """Three tiny builds to damage, the newest first, and where they are."""
    shutil.copytree(written[0], tmp_path / "builds")
    return tmp_path / "builds", *written[1:]


def garbage(place):
    (place / builds.POINTER).write_text("nonsense")


def missing(place):
    (place / builds.POINTER).unlink()


def nowhere(place):
    copies.serve_in_turn(place, "0123456789ab", *builds.find_last_pointer(place).before)


def damaged(place):
    damage(place / builds.find_last_pointer(place).build)


def gone(place):
    (place / builds.find_last_pointer(place).build / "area.parquet").unlink()


def from_the_future(place):
    last = builds.find_last_pointer(place)
    copies.serve_in_turn(place, reworded(place, last.build, layoutVersion=2).name, *last.before)


FAULTS = [garbage, missing, nowhere, damaged, gone, from_the_future]


@pytest.mark.parametrize("fault", FAULTS)
def test_the_build_in_memory_goes_on_serving(three, fault, caplog):
    place, newest, middle, oldest = three
    copies.serve_in_turn(place, middle, oldest)
    shelf = Serving(checked)
    first = shelf.current(place)
    copies.serve_in_turn(place, newest, middle, oldest)
    fault(place)
    with caplog.at_level(logging.WARNING):
        assert shelf.current(place) is first
        assert shelf.current(place) is first
    assert shelf.refusal
    assert [record.message for record in caplog.records] == [
        f"{shelf.refusal}; build {middle} is shown"
    ]


@pytest.mark.parametrize("fault", [nowhere, damaged, gone, from_the_future])
def test_after_a_restart_the_build_before_serves(three, fault):
    place, _, before, _ = three
    fault(place)
    shelf = Serving(checked)
    assert shelf.current(place).id == before
    assert shelf.refusal


@pytest.mark.parametrize("fault", [garbage, missing])
def test_after_a_restart_without_a_pointer_the_newest_that_is_whole_serves(three, fault):
    place, newest, before, _ = three
    fault(place)
    assert Serving(checked).current(place).id == newest
    damage(place / newest)
    shelf = Serving(checked)
    assert shelf.current(place).id == before
    assert "current.json" in shelf.refusal
    assert f"{newest}/metric_value.parquet" in shelf.refusal


def test_with_every_build_damaged_there_is_none_to_show(three):
    place, *names = three
    for name in names:
        damage(place / name)
    shelf = Serving(checked)
    assert shelf.current(place) is None
    assert all(name in shelf.refusal for name in names)


def test_what_was_refused_is_read_again_only_when_its_files_are_others(three, caplog):
    place, newest, before, _ = three
    read = []

    def load(folder):
        read.append(folder.name)
        return checked(folder)

    damage(place / newest)
    shelf = Serving(load)
    assert [shelf.current(place).id for _ in range(3)] == [before] * 3
    assert read == [newest, before]
    damage(place / newest)  # the same bit: it is as it was written
    os.utime(place / newest / "metric_value.parquet", (1, 1))  # whatever the clock's grain
    with caplog.at_level(logging.WARNING):
        assert shelf.current(place).id == newest
    assert shelf.refusal == ""
    assert f"every build can be read again; build {newest} is shown" in caplog.text


def test_a_fault_while_a_build_is_read_is_no_fault_of_the_page(three):
    def fail(_place):
        raise MemoryError

    shelf = Serving(fail)
    assert shelf.current(three[0]) is None
    assert "MemoryError" in shelf.refusal


def test_nobody_waits_while_a_build_is_loaded_beside(three):
    place, newest, before, _ = three
    copies.serve_in_turn(place, before)
    loading, finish = threading.Event(), threading.Event()
    finish.set()

    def load(folder):
        loading.set()
        assert finish.wait(30)
        return checked(folder)

    shelf = Serving(load)
    keeper = Keeper(shelf, lambda: place)
    first = shelf.build
    shelf.is_watched = True
    for event in (loading, finish):
        event.clear()
    copies.serve_in_turn(place, newest)
    look = threading.Thread(target=keeper.look)
    look.start()
    assert loading.wait(30)
    assert shelf.current(place) is first  # asked in this thread, which would wait for ever
    finish.set()
    look.join()
    assert shelf.current(place).id == newest


def test_the_keeper_finds_a_newer_build_by_itself_and_ends(three, monkeypatch):
    place, newest, before, _ = three
    monkeypatch.setattr(serving, "LOOK", 0.01)
    copies.serve_in_turn(place, before)
    shelf = Serving(checked)
    keeper = Keeper(shelf, lambda: place)
    keeper.start()
    served = threading.Event()
    monkeypatch.setattr(memory, "settle", served.set)
    copies.serve_in_turn(place, newest)
    assert served.wait(30)
    keeper.stop()
    keeper.join(30)
    assert not keeper.is_alive()
    assert not shelf.is_watched
    assert shelf.build.id == newest


def test_the_keeper_collects_at_its_time_and_only_where_something_was_done(three, monkeypatch):
    keeper, done = Keeper(Serving(checked), lambda: three[0]), []
    monkeypatch.setattr(serving.gc, "collect", lambda: done.append("collected"))
    stats = [{"collections": 7}]
    monkeypatch.setattr(serving.gc, "get_stats", lambda: stats)
    keeper.collect(100)
    keeper.collect(100 + serving.COLLECT)
    assert done == ["collected"]
    stats[0] = {"collections": 8}
    keeper.collect(100 + serving.COLLECT - 1)
    keeper.collect(100 + serving.COLLECT)
    assert done == ["collected"] * 2


def test_a_build_settled_while_it_was_used_is_freed_at_the_next_collection(three):
    place, newest, before, _ = three
    copies.serve_in_turn(place, before)
    shelf = Serving(checked)
    keeper = Keeper(shelf, lambda: place)
    run = {"build": shelf.build}
    run["cycle"] = run  # as the namespace of a page with a function in it
    old = weakref.ref(shelf.build)
    copies.serve_in_turn(place, newest)
    keeper.look()
    del run
    gc.collect()
    assert old() is not None  # settled: no ordinary collection looks at it
    keeper._counted = -1  # noqa: SLF001 - something was done
    keeper.collect(serving.COLLECT + 1)
    assert old() is None


@pytest.fixture
def clones(tmp_path, monkeypatch):
    """A folder of builds whose figures are those of the committed one, without loading them."""
    real = served.find_current_build()
    monkeypatch.setenv("SEND_DATA", str(tmp_path))
    alive = weakref.WeakSet()

    def load(place):
        found = replace(real, id=place.name, db=real.db.cursor())
        alive.add(found)
        return found

    monkeypatch.setattr(served, "SERVING", Serving(load))
    for number in range(12):
        (tmp_path / f"{number:012x}").mkdir()
    return tmp_path, alive


@pytest.mark.exhaustive
def test_of_twelve_builds_published_under_readers_two_are_alive_at_most(clones):
    """Four readers keep their sessions and go on to other pages as builds come and go."""
    place, alive = clones
    pages = sorted(path.name for path in (ROOT / "pages").glob("[!_]*.py"))
    apps = [
        AppTest.from_file(str(ROOT / "dashboard/web/script.py"), default_timeout=60) for _ in "abcd"
    ]
    visits = 0
    for number in range(12):
        copies.serve_in_turn(place, f"{number:012x}")
        for app in apps:
            app.query_params.update({"area": KENT})
            app.run()
            app.switch_page(f"../../pages/{pages[visits % len(pages)]}")
            app.run()
            visits += 1
            assert not app.exception
        gc.collect()
        assert len(alive) <= 2
    assert visits > 2 * len(pages)
    assert served.find_current_build().id == f"{11:012x}"


def test_an_answer_is_kept_with_its_build_and_for_it_alone(build):
    one, other = (replace(build, db=build.db.cursor()) for _ in range(2))
    assert load_indices(one) is load_indices(one)
    assert load_indices(one) is not load_indices(other)
    assert load_series(one, KENT) is load_series(one, KENT)
    gone = weakref.ref(one)
    gc.disable()
    try:
        del one
        assert gone() is None  # at once, without a collection
    finally:
        gc.enable()


def test_only_so_many_answers_are_kept():
    asked = []

    @memory.per_build(most=2)
    def question(build, number, *, twice=False):
        asked.append((len(build.answers), number)[1])
        return number * (1 + twice)

    held = Small("invented")
    assert [question(held, n) for n in (1, 2, 1, 3, 2)] == [1, 2, 1, 3, 2]
    assert asked == [1, 2, 3, 2]
    assert question(held, 2, twice=True) == 4


def caches_that_hold_a_build(source):
    """Functions of a module that are cached by it, and are asked of a build or a view."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        how = {
            word
            for decorator in node.decorator_list
            for part in ast.walk(decorator)
            if (word := getattr(part, "id", getattr(part, "attr", None))) in CACHES
        }
        given = node.args
        every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
        types = [ast.unparse(one.annotation) for one in every if one and one.annotation]
        if how and any(word in kind for kind in types for word in ("Build", "View", "Any")):
            yield node.name


def test_no_module_keeps_a_cache_that_holds_a_build():
    files = [*ROOT.glob("dashboard/**/*.py"), *ROOT.glob("pages/*.py")]
    assert len(files) > 80
    for file in files:
        source = file.read_text(encoding="utf-8")
        assert list(caches_that_hold_a_build(source)) == [], f"{file}: use memory.per_build"
        assert "st.cache_" not in source, f"{file}: use memory.per_build"


@pytest.mark.parametrize("decorator", ["@lru_cache(maxsize=2)", "@functools.cache", "@cache"])
@pytest.mark.parametrize("kind", ["Build", "data.Build", "View", "'Build | None'"])
def test_such_a_cache_would_be_found(decorator, kind):
    source = f"{decorator}\ndef ask(area: str, build: {kind}) -> str: ..."
    assert list(caches_that_hold_a_build(source)) == ["ask"]


def test_no_cached_value_is_found_holding_a_build(build):
    """Of everything that refers to a build after it was asked all over, none is a cache."""
    view = choices.read_view(build, {"area": KENT})
    holders = [type(one).__name__ for one in gc.get_referrers(build)]
    assert "_lru_cache_wrapper" not in holders
    assert view.build is build


def test_the_page_says_that_what_should_be_shown_could_not_be_read(monkeypatch):
    app = AppTest.from_file(str(ROOT / "dashboard/web/script.py"), default_timeout=60).run()
    words = reader.NOT_NEWEST.format(served.find_current_build().id)
    assert words not in shown(app)
    monkeypatch.setattr(served, "describe_refusal", lambda: "current.json: found what is no JSON")
    app.run()
    assert words in shown(app)
    assert "JSON" not in shown(app)


@pytest.mark.parametrize(
    ("text", "words"), [(None, "No build has been published"), ("nonsense", "cannot be read")]
)
def test_without_any_build_the_page_says_whether_there_was_one(tmp_path, monkeypatch, text, words):
    monkeypatch.setenv("SEND_DATA", str(tmp_path))
    monkeypatch.setattr(served, "SERVING", Serving(checked))
    if text:
        (tmp_path / builds.POINTER).write_text(text)
    app = AppTest.from_file(str(ROOT / "dashboard/web/script.py"), default_timeout=60).run()
    assert words in shown(app)
    assert not app.exception


def shown(app):
    return "\n".join(element.proto.body for element in app.get("html"))


def test_a_session_keeps_no_build():
    app = AppTest.from_file(str(ROOT / "dashboard/web/script.py"), default_timeout=60).run()
    kept = app.session_state._state.filtered_state  # noqa: SLF001 - AppTest lists no keys
    assert "pick_area" in kept
    assert not any(isinstance(value, choices.View | Build) for value in kept.values())


@pytest.fixture
def a_copy(build, tmp_path, monkeypatch):
    """A copy of the committed build on a disk of its own, which is served from memory."""
    name = copies.copy(BUILT / build.id, tmp_path)
    copies.serve_in_turn(tmp_path, name)
    monkeypatch.setenv("SEND_DATA", str(tmp_path))
    shelf = Serving(lambda _: build)
    monkeypatch.setattr(served, "SERVING", shelf)
    return tmp_path / name


def test_a_file_that_is_damaged_is_not_given_out(a_copy):
    for path in ("/api/files/metric_value.parquet", "/api/files/boundaries.json"):
        good = ask(path)
        assert (good.status_code, len(good.content)) == (200, (a_copy / path[11:]).stat().st_size)
        flip(a_copy / path[11:], 12345)
        bad = ask(path)
        assert bad.status_code == 503
        assert "damaged on this server" in bad.json()["title"]
        (a_copy / path[11:]).unlink()
        assert ask(path).status_code == 503
    flip(a_copy / package.DESCRIPTOR, 12345)
    assert ask("/api/datapackage.json").status_code == 503
    assert ask("/api/build").status_code == 200
    assert ask("/api/files/nothing.parquet").status_code == 404


def test_what_a_build_changed_is_not_told_where_it_is_damaged(build, tmp_path, monkeypatch, caplog):
    place = next(BUILT.glob(f"since-*-{build.id}"))
    copy = tmp_path / place.name
    copy.mkdir()
    for file in place.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    monkeypatch.setenv("SEND_DATA", str(tmp_path))
    assert find_changes(build) is not None
    flip(copy / "revision.parquet", 800)
    assert find_changes(build) is None
    assert "revision.parquet: its SHA-256" in caplog.text


def test_the_boundaries_come_from_memory(build, monkeypatch):
    monkeypatch.setenv("SEND_DATA", str(Path("/nowhere")))
    assert len(json.loads(build.outlines)["features"]) == 153
    assert len(served.load_boundaries(build.id)) == 153
