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


def describe_status(out: Path, today: date) -> list[str]:
    """Say in lines of text what is installed and how old each release is.

    Ages are from the end of the newest period to `today`; nothing is decided by them.
    """
    last = builds.find_last_pointer(out)
    if last is None:
        return [f"{out}: no build is installed"]
    if why := _describe_damage(out, last):
        return [*why, _describe_kept(out, last)]
    folder = out / last.build
    rows = duckdb.execute(
        Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"),
        {"files": str(folder / "source_file.parquet"), "fresh": str(folder / "freshness.parquet")},
    ).fetchall()
    instead = f" instead of {last.instead_of}, which was taken back" if last.instead_of else ""
    shown = f"build {last.build} is shown{instead}"
    return [shown, _describe_kept(out, last), "", *(_describe_row(row, today) for row in rows)]


def describe_raw_files(raw: Path, out: Path, root: Path = inputs.HERE) -> str:
    """Say whether the files at hand are those that the current build was made from."""
    last = builds.find_last_pointer(out)
    try:
        with open_lake(raw) as files:
            found = inputs.compute_inputs_digest(files, catalogue.load_catalogue(root), root)
    except PipelineError as e:
        return f"{raw}: no build can be made from it: {e}"
    if last and found == last.inputs:
        made = f"build {last.instead_of}, which was taken back," if last.instead_of else "the build"
        return f"{raw}: {made} is made from exactly these files, by this program"
    return f"{raw}: other files, or another program, than the build was made from: run a refresh"


def _describe_damage(out: Path, last: Pointer) -> list[str]:
    """Why the build that is pointed at cannot be believed; nothing where it can."""
    try:
        builds.read_pointer(out)
        builds.check_build(out / last.build)
    except DamagedError as e:
        return [
            f"{out}: the build that should be shown cannot be believed: {e}",
            REMEDY,
        ]
    return []


def describe_unread(raw: Path, root: Path = inputs.HERE) -> list[str]:
    """Count the files at hand that no source reads, and name those left without a known reason."""
    try:
        with open_lake(raw) as files:
            found = unread.list_unread(files, catalogue.load_catalogue(root))
    except PipelineError:
        return []  # which the line about the folder says
    return [unread.count(found), *unread.describe_unread(one for one in found if not one.is_meant)]


def _describe_kept(out: Path, last: Pointer) -> str:
    kept = [name for name in last.before if builds.is_sound(out / name)]
    return f"one can go back to: {', '.join(kept)}" if kept else "there is no build to go back to"


def _describe_row(row: tuple, today: date) -> str:
    title, release, newest, end, published, following = row
    parts = [
        f"{title}{f', release {release}' if release else ''}",
        f"newest period {newest}, {_describe_age(end, today)}" if end else "no figures of its own",
        f"published {published}" if published else "",
        f"next release expected {following}" if following else "",
    ]
    return "; ".join(part for part in parts if part)


def _describe_age(end: date, today: date) -> str:
    months = (today.year - end.year) * 12 + today.month - end.month
    if end > today:
        return "not over yet by this machine's clock"
    return f"{months} months old" if months != 1 else "1 month old"
