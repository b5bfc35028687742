"""Status: which build is shown, how old each of its sources is, what one can go back to."""

from datetime import date
from pathlib import Path

import duckdb

from pipeline import builds, catalogue, inputs, unread
from pipeline.builds import Pointer
from pipeline.errors import DamagedError, PipelineError
from pipeline.lake import open_lake

REMEDY = (
    "a server shows the last build that it could read. Make it anew with: "
    "python -m pipeline derive, or refresh; or go back with: python -m pipeline rollback <build>"
)


def status(out: Path, today: date) -> list[str]:
    """Say in lines of text what is installed and how old each release is.

    Ages are from the end of the newest period to `today`; nothing is decided by them.
    """
    last = builds.last(out)
    if last is None:
        return [f"{out}: no build is installed"]
    if why := _damage(out, last):
        return [*why, _kept(out, last)]
    folder = out / last.build
    rows = duckdb.execute(
        Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"),
        {"files": str(folder / "source_file.parquet"), "fresh": str(folder / "freshness.parquet")},
    ).fetchall()
    instead = f" instead of {last.instead_of}, which was taken back" if last.instead_of else ""
    shown = f"build {last.build} is shown{instead}"
    return [shown, _kept(out, last), "", *(_line(row, today) for row in rows)]


def raw_line(raw: Path, out: Path, root: Path = inputs.HERE) -> str:
    """Say whether the files at hand are those that the current build was made from."""
    last = builds.last(out)
    try:
        with open_lake(raw) as files:
            found = inputs.digest(files, catalogue.load(root), root)
    except PipelineError as e:
        return f"{raw}: no build can be made from it: {e}"
    if last and found == last.inputs:
        made = f"build {last.instead_of}, which was taken back," if last.instead_of else "the build"
        return f"{raw}: {made} is made from exactly these files, by this program"
    return f"{raw}: other files, or another program, than the build was made from: run a refresh"


def _damage(out: Path, last: Pointer) -> list[str]:
    """Why the build that is pointed at cannot be believed; nothing where it can."""
    try:
        builds.pointer(out)
        builds.check(out / last.build)
    except DamagedError as e:
        return [
            f"{out}: the build that should be shown cannot be believed: {e}",
            REMEDY,
        ]
    return []


def unread_lines(raw: Path, root: Path = inputs.HERE) -> list[str]:
    """Count the files at hand that no source reads, and name those left without a known reason."""
    try:
        with open_lake(raw) as files:
            found = unread.files_unread(files, catalogue.load(root))
    except PipelineError:
        return []  # which the line about the folder says
    return [unread.count(found), *unread.lines(one for one in found if not one.is_meant)]


def _kept(out: Path, last: Pointer) -> str:
    kept = [name for name in last.before if builds.is_sound(out / name)]
    return f"one can go back to: {', '.join(kept)}" if kept else "there is no build to go back to"


def _line(row: tuple, today: date) -> str:
    title, release, newest, end, published, following = row
    parts = [
        f"{title}{f', release {release}' if release else ''}",
        f"newest period {newest}, {_age(end, today)}" if end else "no figures of its own",
        f"published {published}" if published else "",
        f"next release expected {following}" if following else "",
    ]
    return "; ".join(part for part in parts if part)


def _age(end: date, today: date) -> str:
    months = (today.year - end.year) * 12 + today.month - end.month
    if end > today:
        return "not over yet by this machine's clock"
    return f"{months} months old" if months != 1 else "1 month old"
