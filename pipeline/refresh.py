"""Refresh: fetch, build, check, publish. Either all of it, or the last build stays as it is."""

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import builds, catalogue, inputs, revisions, unread
from pipeline.build import HERE, build
from pipeline.builds import Pointer
from pipeline.errors import PipelineError
from pipeline.lake import list_later_files, open_lake
from pipeline.lock import hold_alone
from pipeline.publish import KEEP, replace_text

if TYPE_CHECKING:  # its libraries are loaded by whoever fetches
    from pipeline.fetch.run import Row

REPORT = "refresh.md"
CONTACT = "SEND_CONTACT"  # who runs this: a page or an address, in the environment
MOST_LINES = 40  # of each part of the report, which is to stay one page


class Code(IntEnum):
    """How a refresh ended, as its exit status says it to a scheduler."""

    PUBLISHED = 0
    REFUSED = 1
    NOTHING_NEW = 3
    BUSY = 75  # EX_TEMPFAIL of sysexits.h: try again later


@dataclass(frozen=True)
class Job:
    """What to refresh, from where to where, and how."""

    raw: Path
    out: Path
    only: tuple[str, ...] = ()
    offline: bool = False
    progress: bool = False
    keep: int = KEEP
    wait: float = 0
    root: Path = HERE
    hosts: Mapping[str, str] = field(default_factory=dict)  # see pipeline.fetch.Options


@dataclass
class Outcome:
    """How a refresh ended, and what its report says."""

    code: Code = Code.REFUSED
    build: str | None = None
    before: str | None = None
    fetched: "Sequence[Row] | None" = None
    read: frozenset[str] = frozenset()  # the files that the build shown is made from
    refused: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)  # files that no source reads, and why
    report: list[str] = field(default_factory=list)


def refresh(job: Job) -> Outcome:
    """Bring in what is new, build, check and publish; write the report beside the builds.

    Nothing is published when a file cannot be fetched or a check fails, and nothing is built when
    files, catalogue and program are those that the current build was made from. Raises BusyError
    when another refresh holds the folder of builds for longer than the job waits.
    """
    started, clock = datetime.now().astimezone(), time.monotonic()
    with hold_alone(job.out, job.wait):
        outcome = Outcome()
        try:
            _run(job, outcome)
        except (PipelineError, OSError) as e:
            outcome.refused += str(e).splitlines() or [type(e).__name__]
        seconds = time.monotonic() - clock
        outcome.report = report(outcome, f"{started:%Y-%m-%d %H:%M %Z}", seconds)
        try:
            replace_text(job.out / REPORT, "\n".join(outcome.report) + "\n")
        except OSError as e:  # such as a full disk, of which the report was to tell
            outcome.report += ["", f"This report could not be written to {job.out / REPORT}: {e}"]
    return outcome


def fetch_files(job: Job, *, dry_run: bool = False) -> "tuple[Sequence[Row], bool]":
    """Fetch what a job asks for; give the rows and whether something failed."""
    module = import_module("pipeline.fetch")
    options = module.Options(only=job.only, progress=job.progress, dry_run=dry_run, hosts=job.hosts)
    found = module.fetch(job.raw, options)
    return tuple(found.rows), found.failed


def report(outcome: Outcome, started: str, seconds: float) -> list[str]:
    """Write one page of Markdown: what was fetched, what changed, what was refused and why."""
    return [
        f"# {describe_outcome(outcome)}",
        "",
        f"Started {started}, took {seconds:,.0f} seconds.",
        *_build_part("What was refused and why", outcome.refused),
        *_build_part("What changed in the figures", outcome.changes),
        *_build_part("Newer releases that are here and not read yet", _list_unread(outcome)),
        *_build_part("Files that are here and no source reads", outcome.ignored),
        *_build_part("What was fetched", describe_fetched(outcome.fetched)),
    ]


def describe_outcome(outcome: Outcome) -> str:
    """Say in one line how a refresh ended."""
    kept = f"build {outcome.before} keeps being shown" if outcome.before else "there is no build"
    match outcome.code:
        case Code.PUBLISHED if outcome.refused:
            return f"Published build {outcome.build} without newer releases that were refused"
        case Code.PUBLISHED if outcome.before:
            return f"Published build {outcome.build} in place of {outcome.before}"
        case Code.PUBLISHED:
            return f"Published build {outcome.build}, the first"
        case Code.NOTHING_NEW:
            return f"Nothing new: {kept}"
        case _:
            return f"Refused: nothing was published, {kept}"


def describe_fetched(rows: "Sequence[Row] | None") -> list[str]:
    """Count what became of the files, and name those that are new or could not be had."""
    if rows is None:
        return ["Nothing: the files that are there were used"]
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.what] = counts.get(row.what, 0) + 1
    said = ", ".join(f"{number:,} {what}" for what, number in counts.items()) or "no file"
    if CONTACT not in os.environ:
        said += f"; publishers were not told whom to turn to: set {CONTACT} to a page or an address"
    return [said, *(_describe_row(row) for row in rows if row.what not in {"unchanged", "kept"})]


def _run(job: Job, outcome: Outcome) -> None:
    last = builds.find_last_pointer(job.out)
    outcome.before = last.build if last else None
    if not job.offline and not _fetch(job, outcome):
        return
    outcome.ignored = _list_ignored(job)
    if _is_unchanged(job, last):
        outcome.code, outcome.build = Code.NOTHING_NEW, outcome.before
        if last and last.instead_of:
            outcome.changes = [f"None: these files give {last.instead_of}, which was taken back"]
        return
    outcome.build = _build_newest(job, outcome, last)
    if outcome.build != outcome.before:
        outcome.code = Code.PUBLISHED
        outcome.changes = _describe_changes(job.out, outcome)
    elif not outcome.refused:
        outcome.code = Code.NOTHING_NEW
        outcome.changes = ["None: files or program differ, and give the same figures"]


def _fetch(job: Job, outcome: Outcome) -> bool:
    """Bring in what is new; tell whether everything that is needed could be had."""
    outcome.fetched, failed = fetch_files(job)
    bad = [_describe_row(row) for row in outcome.fetched if _is_bad(row)]
    outcome.refused += (bad or ["not every file could be fetched"]) if failed else []
    return not failed


def _build_newest(job: Job, outcome: Outcome, last: Pointer | None) -> str:
    """Build with the newest releases; where one is refused, with what it was to replace."""
    left_out: frozenset[str] = frozenset()
    while True:
        try:
            outcome.read = _list_files(job, left_out)
            if left_out and last and _is_unchanged(job, last, left_out):
                return last.build
            return build(job.raw, job.out, job.root, keep=job.keep, left_out=left_out)
        except PipelineError as e:
            bad = find_blamed(job, str(e), left_out)
            if not bad:
                raise
            left_out |= bad
            outcome.refused += [f"Left out, because of what follows: {', '.join(sorted(bad))}"]
            outcome.refused += str(e).splitlines()


def find_blamed(job: Job, error: str, left_out: frozenset[str]) -> frozenset[str]:
    """Name the later releases that an error names; where it names none, all that were read."""
    with open_lake(job.raw, left_out) as files:
        sources = catalogue.load_catalogue(job.root).sources.values()
        later = {name for source in sources for name in list_later_files(files, source)}
    return frozenset({name for name in later if name in error} or later)


def _list_ignored(job: Job) -> list[str]:
    with open_lake(job.raw) as files:
        return unread.describe_unread(unread.list_unread(files, catalogue.load_catalogue(job.root)))


def _list_files(job: Job, left_out: frozenset[str]) -> frozenset[str]:
    with open_lake(job.raw, left_out) as files:
        return frozenset(inputs.list_files_read(files, catalogue.load_catalogue(job.root)))


def _is_unchanged(job: Job, last: Pointer | None, left_out: frozenset[str] = frozenset()) -> bool:
    """Tell whether a build would be made from what the last one was made from."""
    if last is None or last.inputs is None or not builds.is_sound(job.out / last.build):
        return False
    with open_lake(job.raw, left_out) as files:
        return (
            inputs.compute_inputs_digest(files, catalogue.load_catalogue(job.root), job.root)
            == last.inputs
        )


def _describe_changes(out: Path, outcome: Outcome) -> list[str]:
    if outcome.before is None or not builds.is_sound(out / outcome.before):
        return ["All of them: there is no build to compare with"]
    with revisions.open_comparison(out / outcome.before, out / str(outcome.build)) as db:
        return revisions.describe_differences(db)


def _list_unread(outcome: Outcome) -> list[str]:
    """List what was brought and no source of the catalogue reads."""
    return [
        _describe_row(row)
        for row in outcome.fetched or ()
        if not row.needed and row.what in {"new", "replaced"} and row.path not in outcome.read
    ]


def _is_bad(row: "Row") -> bool:
    return row.needed and row.what in {"not found", "refused", "failed"}


def _describe_row(row: "Row") -> str:
    words = (f"{row.what}: {row.path or row.publication}", row.release, row.url, row.message)
    return "; ".join(word for word in words if word)


def _build_part(title: str, lines: Iterable[str]) -> list[str]:
    """Give a titled list, cut where it would no longer fit a page; nothing for no lines."""
    found = list(lines)
    if not found:
        return []
    more = len(found) - MOST_LINES
    cut = [f"and {more:,} more"] if more > 0 else []
    return ["", f"## {title}", "", *(f"- {line}" for line in [*found[:MOST_LINES], *cut])]
