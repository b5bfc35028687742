"""Whatever goes wrong: nothing is lost, no half file is used, the next fetch completes."""

import csv
import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from email.utils import formatdate
from pathlib import Path

import filelock
import pytest

from pipeline.errors import SourceError
from pipeline.fetch import Patience, store, web
from tests.loopback import Fault, sites
from tests.loopback.server import NOON
from tests.pipeline.conftest import ROOT
from tests.pipeline.fetch.conftest import FEW, KNOWN, odd, only_row, whats

NEIGHBOURS = "statistical-neighbours/2025-05/sn_may_2025.xlsx"
HASTY = Patience(answer=0.2, first_wait=0.01, longest_wait=0.02, tries=3)
FILES = ("/csv", "/files", ".xlsx", ".ods", ".zip", ".parquet", ".csv", "/file")

# A fetch of a few publications as a program of its own, to be killed.
PROGRAM = """
import json, sys
from pathlib import Path
from pipeline.fetch import Options, fetch
raw, kept, hosts, *only = sys.argv[1:]
print("ready", flush=True)
options = Options(only=tuple(only), kept=Path(kept), hosts=json.loads(hosts), progress=False)
fetch(Path(raw), options)
"""


def is_file(ask):
    return ask.path.endswith(FILES)


def same(world, arrived):
    """Whether a folder holds what a fetch without any fault brings."""
    wanted = {p: d for p, d in arrived[0].files().items() if p.split("/")[0] in FEW}
    return world.files() == wanted and world.hidden() == []


def test_three_requests_of_ten_fail_and_every_file_arrives(world, arrived):
    chance = random.Random(7)  # noqa: S311
    ways = [
        Fault(500), Fault(503), Fault(504), Fault(429), Fault(429, {"Retry-After": "0"}),
        Fault(keep=0.0), Fault(keep=0.5), Fault(keep=0.9),
    ]  # fmt: skip
    world.server.faults = lambda _: chance.choice(ways) if chance.random() < 0.3 else None
    assert odd(world.fetch()) == []
    assert world.files() == arrived[0].files()
    assert world.hidden() == []


def test_a_connection_that_drops_in_the_middle_of_each_file_is_taken_up_again(world, arrived):
    world.server.faults = lambda ask: Fault(keep=0.5) if is_file(ask) and ask.times == 1 else None
    assert odd(world.fetch(*FEW)) == []
    assert same(world, arrived)
    resumed = [ask for ask in world.server.asked if "Range" in ask.headers]
    assert len(resumed) > 8
    assert all(ask.headers["If-Range"] for ask in resumed)


def test_another_file_is_not_joined_to_half_of_the_one_before(world):
    """Between the two halves the publisher corrects the file: the tag tells."""
    place = world.page_of(NEIGHBOURS)
    corrected = world.server.pages[place].body + b"\0"

    def faults(ask):
        if ask.path.endswith("sn_may_2025.xlsx") and ask.times == 1:
            world.server.pages[place] = sites.file(corrected, NEIGHBOURS)
            body = corrected[:-1]
            return Fault(keep=0.5, body=body)
        return None

    before = sites.file(corrected[:-1], NEIGHBOURS)
    world.server.pages[place] = before
    world.server.faults = faults
    world.fetch("neighbours_2025")
    assert (world.raw / NEIGHBOURS).read_bytes() == corrected


@pytest.mark.parametrize(
    "only", ["alternative-provision", "education-health-and-care-plans", "neighbours_2025",
             "local-authority-revenue-outturn"],
)  # fmt: skip
def test_a_file_cut_short_without_a_word_is_noticed_and_asked_for_again(world, arrived, only):
    """No length was said: only the missing end of a table or of an archive tells."""
    world.server.faults = lambda ask: (
        Fault(keep=0.6, unsaid=True) if is_file(ask) and ask.times == 1 else None
    )
    assert whats(world.fetch(only)) - {"kept"} == {"new"}
    wanted = arrived[0].files()
    assert world.files() == {path: wanted[path] for path in world.files()}


def test_a_server_that_stalls_is_asked_again(world):
    world.server.faults = lambda ask: Fault(stall=0.6) if is_file(ask) and ask.times == 1 else None
    report = world.fetch("statistical-neighbours", patience=HASTY)
    assert whats(report) == {"new"}


def test_a_server_that_always_stalls_fails_in_bounded_time_and_keeps_what_was_there(filled):
    before = filled.files()
    filled.server.faults = lambda _: Fault(stall=5, keep=0.5)
    begun = time.monotonic()
    # The validator of the manifest would give an answer without a body, that cannot stall.
    (filled.raw / NEIGHBOURS).unlink()
    before.pop(NEIGHBOURS)
    report = filled.fetch("neighbours_2025", patience=HASTY)
    assert time.monotonic() - begun < 5
    assert only_row(report).what == "failed"
    assert "ReadTimeout" in only_row(report).message
    assert report.failed
    assert filled.files() == before


def test_a_file_that_comes_too_slowly_is_given_up(world):
    world.server.faults = lambda ask: Fault(stall=0.3) if is_file(ask) else None
    patience = Patience(answer=2, file=0.1, first_wait=0.01, tries=2)
    report = world.fetch("neighbours_2025", patience=patience)
    assert only_row(report).what == "failed"
    assert "not whole after" in only_row(report).message


@pytest.mark.parametrize(
    ("said", "least"),
    [("1", 1.0), (formatdate(NOON + 1, usegmt=True), 1.0), ("", 0.0)],
)
def test_a_service_that_asks_to_wait_is_waited_for(world, said, least):
    """A date is read against the service's own clock."""
    headers = {"Retry-After": said} if said else {}
    world.server.faults = lambda ask: Fault(429, headers) if ask.times == 1 else None
    begun = time.monotonic()
    assert whats(world.fetch("neighbours_2025")) == {"new"}
    assert least <= time.monotonic() - begun < least + 2


def test_a_service_that_asks_to_wait_for_hours_is_not_waited_for(world):
    world.server.faults = lambda _: Fault(429, {"Retry-After": "7200"})
    report = world.fetch("neighbours_2025")
    assert only_row(report).what == "failed"
    assert "status 429" in only_row(report).message


def test_a_host_that_is_down_is_not_asked_over_and_over(world):
    world.server.faults = lambda ask: Fault(503) if "england" in ask.host else None
    world.fetch("community-health-services-waiting-lists", patience=HASTY)
    assert len(world.server.asked) <= 2 * HASTY.tries + 11


def test_a_full_disk_keeps_what_was_there_and_gives_the_room_back(filled, monkeypatch):
    before = filled.files() | {"MANIFEST.csv": (filled.raw / "MANIFEST.csv").read_bytes()}
    place = filled.page_of(NEIGHBOURS)
    page = filled.server.pages[place]
    filled.server.pages[place] = sites.file(page.body + b"\0", NEIGHBOURS)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(web.os, "fsync", full)
        report = filled.fetch("neighbours_2025")
    assert only_row(report).what == "failed"
    assert "no room left on the disk" in only_row(report).message
    assert filled.hidden() == []
    after = filled.files() | {"MANIFEST.csv": (filled.raw / "MANIFEST.csv").read_bytes()}
    assert after == before
    assert whats(filled.fetch("neighbours_2025")) == {"replaced"}


@pytest.mark.parametrize("at", [1, 3, 6])
def test_a_disk_that_fills_while_writing_fails_the_files_from_there_on(world, at, monkeypatch):
    """Not even the manifest can be written; what is there is whole, and the next fetch ends it."""
    written = []
    put = store.put

    def filling(part, path):
        written.append(path)
        if len(written) >= at:
            raise OSError(errno.ENOSPC, "No space left on device")
        put(part, path)

    with monkeypatch.context() as patch:
        patch.setattr(store, "put", filling)
        with pytest.raises(SourceError, match="could not be written"):
            world.fetch("alternative-provision", "statistical-neighbours", "programmes")
    assert len(world.files()) == at - 1
    assert not (world.raw / "MANIFEST.csv").exists()
    assert world.hidden() == []
    report = world.fetch("alternative-provision", "statistical-neighbours", "programmes")
    assert not report.failed
    assert len(world.files()) == sum(row.what != "kept" for row in report.rows)


def test_two_fetches_into_one_folder_do_not_meet(world):
    world.raw.mkdir()
    refused = pytest.raises(SourceError, match="another fetch at work in this folder")
    with filelock.FileLock(world.raw / ".fetch.lock"), refused:
        world.fetch("neighbours_2025")
    assert whats(world.fetch("neighbours_2025")) == {"new"}


@pytest.mark.parametrize("year", [1980, 2099])
def test_a_wrong_clock_changes_nothing(world, arrived, monkeypatch, year):
    wrong = datetime(year, 1, 1, tzinfo=UTC)

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return wrong.astimezone(tz)

    monkeypatch.setattr(web, "datetime", Clock)
    monkeypatch.setattr(time, "time", wrong.timestamp)
    world.server.faults = lambda ask: Fault(503) if ask.times == 1 else None
    assert odd(world.fetch(*FEW)) == []
    assert same(world, arrived)
    with (world.raw / "MANIFEST.csv").open(newline="") as file:
        said = {row["retrieved"][:10] for row in csv.DictReader(file)} - {""}
    assert said == {"2026-09-21"}


def kill_at(world, seconds):
    """Start a fetch, kill it some time after it is ready, and say whether it was still at work."""
    hosts = json.dumps(world.server.hosts(KNOWN.hosts))
    command = [sys.executable, "-c", PROGRAM, str(world.raw), str(world.kept), hosts, *FEW]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as run:
        run.stdout.readline()
        time.sleep(seconds)
        at_work = run.poll() is None
        run.send_signal(signal.SIGKILL)
    return at_work


# Fifty moments take a minute: SEND_KILLS=50 python -m pytest tests/pipeline/fetch -k killed
@pytest.mark.skipif(os.name != "posix", reason="killed by a signal")
def test_a_fetch_that_is_killed_leaves_whole_files_and_the_next_one_completes(world, arrived):
    wanted = arrived[0].files()
    kills = int(os.environ.get("SEND_KILLS", "3"))
    chance = random.Random(kills)  # noqa: S311
    at_work = 0
    for _ in range(kills):
        at_work += kill_at(world, chance.uniform(0.0, 0.9))
        held = world.files()
        assert {path: data for path, data in held.items() if data != wanted[path]} == {}
        if chance.random() < 0.3:  # begin anew: half a folder is no easier than none
            for path in list(held)[::2]:
                Path(world.raw / path).unlink()
    assert at_work > kills // 3
    assert odd(world.fetch(*FEW)) == []
    assert same(world, arrived)
    print(f"killed {at_work} of {kills} at work")  # noqa: T201
