"""Briefings of many local authorities in one go: python -m dashboard.briefing."""

import argparse
import logging
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

from tqdm import tqdm

from dashboard.briefing import compose, forms
from dashboard.domain import choices as state
from dashboard.domain.build import Build
from dashboard.domain.comparators import COMPARATORS
from dashboard.domain.recipes import RECIPES
from dashboard.domain.records import UNRANKED
from dashboard.store import served

NO_BUILD = "error: there is no build in {}: make one with python -m pipeline build"
PROCESSES = 2
log = logging.getLogger(__name__)


class Job(NamedTuple):
    """One briefing to make, and the file it goes into."""

    area: str  # a code
    recipe: str
    form: str
    against: str
    site: str
    file: Path


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and make what it asks for. Exit status 1 says that something failed."""
    asked = _make_parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    build = served.find_current_build()
    if build is None:
        sys.exit(NO_BUILD.format(served.builds_folder()))
    codes = list_ranked_codes(build) if asked.all_areas else asked.area
    if unknown := [code for code in codes if code not in build.areas]:
        sys.exit(f"error: no area has the code {', '.join(unknown)}")
    asked.out.mkdir(parents=True, exist_ok=True)
    jobs = [_make_job(build, code, asked) for code in codes]
    wanted = [job for job in jobs if asked.force or not job.file.exists()]
    failed = make_briefings(wanted, asked.processes)
    made, before = len(wanted) - len(failed), len(jobs) - len(wanted)
    log.info("%s made in %s, %s there before, %s failed", made, asked.out, before, len(failed))
    for job, reason in failed:
        log.error("not made: %s (%s): %s", build.areas[job.area].name, job.area, reason)
    sys.exit(bool(failed))


def list_ranked_codes(build: Build) -> list[str]:
    """The codes of the local authorities that are ranked, by name."""
    return [area.code for area in build.local_authorities if area.code not in UNRANKED]


def make_briefings(jobs: Sequence[Job], processes: int) -> list[tuple[Job, str]]:
    """Make briefings, several at a time; gives those that failed, each with why."""
    failed = []
    with tqdm(total=len(jobs), unit="briefing", disable=not jobs) as bar:
        for job, reason in _run_jobs(jobs, min(processes, len(jobs))):
            bar.update()
            if reason:
                failed.append((job, reason))
    return sorted(failed)


def make_briefing(job: Job) -> Path:
    """One briefing, written beside its name and then put in its place.

    Raises:
        LookupError: the build has gone.
        ValueError: what is asked for is not known.
    """
    build = served.find_current_build()
    if build is None:
        raise LookupError("there is no build")
    choices = {"area": job.area, "brief": job.recipe, "against": job.against}
    view = state.read_view(build, choices)
    if view.area is None or view.notes:
        raise ValueError(" ".join(view.notes))
    content = forms.render_file(compose.build_briefing(view, view.area, job.site), job.form)
    beside = job.file.with_name(f"{job.file.name}.partial")
    beside.write_bytes(content)
    return beside.replace(job.file)


def _run_jobs(jobs: Sequence[Job], processes: int) -> Iterator[tuple[Job, str]]:
    """Each job when it is done, with why it failed; in this process where one is enough."""
    if processes <= 1:
        for job in jobs:
            future: Future[Path] = Future()
            try:
                future.set_result(make_briefing(job))
            except Exception as e:
                future.set_exception(e)
            yield job, _describe_failure(future)
        return
    # Started afresh, not forked: a database and its threads do not outlive a fork.
    started = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=started) as pool:
        futures = {pool.submit(make_briefing, job): job for job in jobs}
        for done in as_completed(futures):
            yield futures[done], _describe_failure(done)


def _describe_failure(done: Future[Path]) -> str:
    problem = done.exception()
    return f"{type(problem).__name__}: {problem}" if problem else ""


def _make_job(build: Build, code: str, asked: argparse.Namespace) -> Job:
    name = forms.filename(build.areas[code].name, asked.pack, asked.against, build.id)
    file = asked.out / f"{name}.{asked.format}"
    return Job(code, asked.pack, asked.format, asked.against, asked.site, file)


def _make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dashboard.briefing", description=__doc__)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--area", action="append", help="a code such as E10000016; may be repeated")
    which.add_argument(
        "--all-areas",
        action="store_true",
        help="the local authorities that are ranked; City of London and Isles of Scilly by --area",
    )
    parser.add_argument("--pack", choices=RECIPES, required=True, help="whom it is for")
    parser.add_argument("--format", choices=forms.FORMS, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder, made where there is none")
    parser.add_argument(
        "--against",
        choices=[name for name, one in COMPARATORS.items() if one.by != "own"],
        default="",
        help="beside whom",
    )
    parser.add_argument("--site", default="", help="where the dashboard is, for links")
    parser.add_argument("--processes", type=int, default=PROCESSES, help="at a time (2)")
    parser.add_argument(
        "--force", action="store_true", help="make again what is there for the same build"
    )
    return parser
