"""Refresh is all or nothing, does nothing for nothing, and says what it did."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import date
from types import ModuleType

import pytest

from pipeline import catalogue, publish
from pipeline.errors import BusyError
from pipeline.lock import hold_alone
from pipeline.refresh import MOST_LINES, REPORT, Code, Job, Outcome, refresh, report
from pipeline.status import describe_raw_files, describe_status
from tests.pipeline.conftest import ROOT
from tests.pipeline.test_bad_input import TIMELINESS, edit, new_symbol


@dataclass(frozen=True)
class Row:
    """One invented line of what a fetch reports."""

    publication: str = "education-health-and-care-plans"
    path: str = "education-health-and-care-plans/2027/plans.csv"
    what: str = "new"
    url: str = ""
    release: str = "2027"
    message: str = ""
    needed: bool = True


@dataclass
class Fetched:
    """An invented report of a fetch."""

    rows: tuple = ()
    failed: bool = False


@dataclass
class Fetcher:
    """A fetch that brings what a test says, and remembers what it was asked."""

    found: Fetched = field(default_factory=Fetched)
    asked: list = field(default_factory=list)
    bring: object = None

    def __call__(self, raw, options):
        """Do what the test says."""
        self.asked.append(options)
        if self.bring:
            self.bring(raw)
        return self.found


@pytest.fixture
def fetcher(monkeypatch):
    """Stands where the fetching module is, with no network."""
    fake = ModuleType("pipeline.fetch")
    found = Fetcher()
    fake.fetch, fake.Options = found, lambda **given: given
    monkeypatch.setitem(sys.modules, "pipeline.fetch", fake)
    return found


@pytest.fixture
def raw(lake, tmp_path):
    return shutil.copytree(lake, tmp_path / "raw")


@pytest.fixture
def job(raw, tmp_path, one_topic):
    return Job(raw, tmp_path / "built", root=one_topic)


def withheld(rows):
    """Suppress every figure of one local authority in one year."""
    numbers = catalogue.load_catalogue().sources["ehc_timeliness"].indicators
    changed = [list(row) for row in rows]
    row = next(row for row in reversed(changed) if "Local authority" in row)
    for at, column in enumerate(changed[0]):
        row[at] = "x" if column in numbers else row[at]
    return changed


def stamps(folder):
    return {
        path: (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and path.name not in {REPORT, ".lock"}
    }


def test_a_refresh_publishes_then_does_nothing_then_says_what_changed(job, fetcher):
    fetcher.found = Fetched((Row(), Row(path="old.csv", what="unchanged")))
    first = refresh(job)
    assert first.code == Code.PUBLISHED
    assert publish.find_current_build(job.out) == first.build
    text = (job.out / REPORT).read_text()
    assert text.startswith(f"# Published build {first.build}, the first\n")
    assert "- 1 new, 1 unchanged" in text
    assert "new: education-health-and-care-plans/2027/plans.csv; 2027" in text
    assert "old.csv" not in text

    before = stamps(job.out)
    again = refresh(job)
    assert again.code == Code.NOTHING_NEW
    assert again.report[0] == f"# Nothing new: build {first.build} keeps being shown"
    assert stamps(job.out) == before


@pytest.mark.usefixtures("fetcher")
def test_unchanged_inputs_are_not_even_read_again(job, monkeypatch):
    refresh(job)
    monkeypatch.setattr("pipeline.refresh.build", None)  # whoever calls it fails
    for path in job.raw.rglob("*"):
        os.utime(path, (1, 1))  # a copy has other dates, and a clock may be wrong
    assert refresh(job).code == Code.NOTHING_NEW


@pytest.mark.usefixtures("fetcher")
def test_files_the_catalogue_does_not_read_change_nothing(job):
    refresh(job)
    (job.raw / "notes.csv").write_text("nobody reads this")
    assert refresh(job).code == Code.NOTHING_NEW


def test_a_changed_file_is_published_and_what_changed_is_said(job, fetcher):
    job = Job(job.raw, job.out, root=job.root, offline=True)
    first = refresh(job).build
    edit(job.raw, TIMELINESS, withheld)
    outcome = refresh(job)
    assert outcome.code == Code.PUBLISHED, outcome.report
    assert fetcher.asked == []
    text = "\n".join(outcome.report)
    assert f"# Published build {outcome.build} in place of {first}" in text
    assert re.search(r"figures: [\d,]+ before, 0 added, 0 revised, [1-9]\d* withdrawn", text)
    assert "file replaced: " in text
    assert re.search(r"- plans_issued_in_20_weeks: 0 added, 0 revised, [1-9]", text)
    assert "Nothing: the files that are there were used" in text


def test_a_failed_fetch_builds_nothing_and_names_what_failed(job, fetcher):
    rows = (Row(what="failed", message="the connection was refused"), Row(path="b", what="new"))
    fetcher.found = Fetched(rows, failed=True)
    outcome = refresh(job)
    assert outcome.code == Code.REFUSED
    assert publish.find_current_build(job.out) is None
    text = (job.out / REPORT).read_text()
    assert text.startswith("# Refused: nothing was published, there is no build\n")
    assert "plans.csv; 2027; the connection was refused" in text.partition("What was fetched")[0]


def test_a_newer_release_that_the_catalogue_does_not_read_is_said_so(job, fetcher):
    newer = Row(path="plans/2027/plans_2027.zip", needed=False)
    fetcher.found = Fetched((newer, Row(path="gone", what="not found", needed=False)))
    outcome = refresh(job)
    assert outcome.code == Code.PUBLISHED
    assert outcome.refused == []
    text = "\n".join(outcome.report)
    assert "## Newer releases that are here and not read yet" in text
    assert "\n- new: plans/2027/plans_2027.zip; 2027\n" in text


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ConnectionError()])
def test_a_fetch_that_breaks_down_is_a_refusal_not_a_traceback(job, fetcher, error):
    def broken(_):
        raise error

    fetcher.bring = broken
    outcome = refresh(job)
    assert outcome.code == Code.REFUSED
    assert outcome.refused == [str(error) or "ConnectionError"]


@pytest.mark.usefixtures("fetcher")
def test_a_failed_check_publishes_nothing_and_gives_its_lines(job):
    first = refresh(job).build
    edit(job.raw, TIMELINESS, new_symbol)
    outcome = refresh(job)
    assert outcome.code == Code.REFUSED
    assert publish.find_current_build(job.out) == first
    assert outcome.report[0] == (
        f"# Refused: nothing was published, build {first} keeps being shown"
    )
    assert any("ehc_timeliness" in line and "found" in line for line in outcome.refused)


def test_what_was_asked_for_reaches_the_fetch(job, fetcher):
    refresh(Job(job.raw, job.out, ("plans",), root=job.root, progress=True))
    assert fetcher.asked == [{"only": ("plans",), "progress": True, "dry_run": False, "hosts": {}}]


@pytest.mark.usefixtures("fetcher")
def test_a_rollback_is_not_undone_by_the_same_files_the_next_night(job):
    first = refresh(job).build
    edit(job.raw, TIMELINESS, withheld)
    second = refresh(job).build
    assert publish.roll_back(job.out).build == first
    outcome = refresh(job)
    assert outcome.code == Code.NOTHING_NEW
    assert f"- None: these files give {second}, which was taken back" in outcome.report
    assert publish.find_current_build(job.out) == first
    assert f"instead of {second}" in describe_status(job.out, date(2026, 1, 1))[0]
    assert f"build {second}, which was taken back, is made" in describe_raw_files(
        job.raw, job.out, job.root
    )


def test_the_report_stays_one_page():
    outcome = Outcome(Code.REFUSED, refused=[f"line {n}" for n in range(1000)])
    lines = report(outcome, "now", 1)
    assert len(lines) < MOST_LINES + 15
    assert f"- and {1000 - MOST_LINES} more" in lines


def test_a_second_refresh_refuses_and_touches_nothing(job, fetcher):
    """Two threads of one process would share the lock; two processes do not."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(job.out)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BusyError, match=r"another refresh or build of .* is running"):
            refresh(job)
        command = [sys.executable, "-m", "pipeline", "refresh", "--offline"]
        folders = ["--raw", str(job.raw), "--out", str(job.out)]
        done = subprocess.run(
            [*command, *folders], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == Code.BUSY
        assert done.stderr.startswith("error: another refresh or build of ")
        assert done.stderr.count("\n") == 1
        assert fetcher.asked == []
        assert [path.name for path in job.out.iterdir()] == [".lock"]
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    with hold_alone(job.out):  # a killed holder holds nothing
        pass


HOLD = """
import sys, time
from pathlib import Path
from pipeline.lock import hold_alone

with hold_alone(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.mark.exhaustive
def test_two_refreshes_at_once_publish_once_and_the_other_finds_nothing_new(job):
    """The second waits for the first, and then there is nothing for it to do."""
    commands = [[sys.executable, "-c", ONCE, job.raw, job.out, job.root] for _ in range(2)]
    running = [subprocess.Popen([str(part) for part in command], cwd=ROOT) for command in commands]
    ended = sorted(process.wait() for process in running)
    assert ended == [Code.PUBLISHED, Code.NOTHING_NEW]
    assert publish.read_pointer(job.out).before == ()


ONCE = """
import sys
from pathlib import Path
from pipeline.refresh import Job, refresh

raw, out, root = map(Path, sys.argv[1:])
sys.exit(refresh(Job(raw, out, root=root, offline=True, wait=120)).code)
"""


@pytest.mark.exhaustive
def test_a_refresh_killed_at_random_moments_leaves_the_last_build_whole(job):
    """A few moments here; SEND_KILLS=50 for more. The seed is fixed, the machine's speed is not."""
    job = Job(job.raw, job.out, root=job.root, offline=True)
    began = time.monotonic()
    first = refresh(job).build
    seconds = (time.monotonic() - began) + 1.5  # and the start of Python
    edit(job.raw, TIMELINESS, withheld)
    command = [sys.executable, "-c", ONCE, str(job.raw), str(job.out), str(job.root)]
    chance = random.Random(7)  # noqa: S311 - no secret
    for _ in range(int(os.environ.get("SEND_KILLS", "4"))):
        child = subprocess.Popen(command, cwd=ROOT)
        try:
            child.wait(chance.uniform(0.2, seconds))
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
            child.wait()
        now = publish.find_current_build(job.out)
        assert all((job.out / now / f"{name}.parquet").is_file() for name in publish.TABLES)
        if now != first:  # it was quicker: start again from the build before
            publish.roll_back(job.out)
            forget(job.out)
    last = refresh(job)
    assert last.code == Code.PUBLISHED
    assert publish.read_pointer(job.out).before == (first,)
    assert not list(job.out.glob(".unfinished-*"))


def forget(out):
    """Point at the build before as if nothing had come after it."""
    publish.replace_text(
        out / publish.POINTER, f'{{"build": "{publish.find_current_build(out)}"}}\n'
    )


def test_status_says_what_is_shown_and_how_old_it_is(built):
    lines = describe_status(built.parent, date(2026, 6, 15))
    assert lines[:2] == [f"build {built.name} is shown", "there is no build to go back to"]
    plans = next(line for line in lines if line.startswith("Education, health and care plans"))
    assert re.search(r"newest period .*, \d+ months? old", plans)
    wrong = describe_status(built.parent, date(1990, 1, 1))
    assert any("not over yet by this machine's clock" in line for line in wrong)


def test_status_of_nothing(tmp_path):
    assert describe_status(tmp_path, date(2026, 1, 1)) == [f"{tmp_path}: no build is installed"]
    assert "no build can be made from it" in describe_raw_files(tmp_path, tmp_path)
