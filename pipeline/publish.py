"""Publishing: a folder per build, named by its content, and a pointer replaced atomically."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict
from dataclasses import replace as change
from itertools import pairwise
from pathlib import Path

import duckdb

from pipeline import boundaries, builds, package, revisions
from pipeline.builds import POINTER, UNFINISHED, Pointer, read_pointer
from pipeline.errors import DamagedError, PublishError
from pipeline.lock import hold_alone
from pipeline.values import SINCE, Values, find_values, write_values

# The query of what is published under each name: the same rows always give the same bytes.
TABLES = {
    name: table.get("rows", f"FROM {name}")
    for name, table in package.read_words()["tables"].items()
}
BOUNDARIES = "boundaries.json"
KEEP = 3  # builds: the current one and the two before it, which are what one can go back to
WAIT = 600  # seconds for another process to finish its own publishing


def publish_build(
    db: duckdb.DuckDBPyConnection, out: Path, inputs: str | None = None, keep: int = KEEP
) -> str:
    """Write every table beside the last build, then point at it. Gives the build's id.

    The id is a hash of the data package, which has the hash of every file: the same figures give
    the same id and change no file, and new words for a column are a new build too.
    A build that is killed leaves a folder that no reader looks at; the last build keeps serving.
    What differs from the build before is written beside the build, outside the hash, and of a build
    beside the program what git keeps of it. Raises PublishError when something cannot be written,
    such as on a full disk; BusyError when another process does not finish its own.
    """
    with hold_builds(out):
        build_id = write_build(db, out)
        shown = _build_pointer(out, build_id, inputs, keep)
        if values := find_values(out):
            seal = write_values(db, out, shown, values)
            shown = change(shown, values=tuple(dict.fromkeys((seal, *shown.values))))
        _write_pointer(out, shown)
        _remove_old_builds(out)
    return build_id


def point_at_derived(out: Path, build_id: str, given: Values) -> None:
    """Point at a build that was worked out of figures; the first of a folder has their history."""
    if builds.find_last_pointer(out) is None and given.shown.before:
        place = revisions.get_folder_between(out, given.shown.before[0], build_id)
        if (since := given.folder / SINCE).is_dir() and not place.exists():
            _install_once(place, lambda into: _copy_files(since, into))
        shown = change(given.shown, build=build_id)
    else:
        shown = _build_pointer(out, build_id, given.shown.inputs, KEEP)
    _write_pointer(out, change(shown, values=(given.seal,)))
    _remove_old_builds(out)


def _copy_files(origin: Path, into: Path) -> bool:
    return bool(shutil.copytree(origin, into, dirs_exist_ok=True))


@contextmanager
def hold_builds(out: Path) -> Generator[None]:
    """Hold a folder of builds alone, without what a killed process left in it.

    Raises PublishError when something cannot be written, BusyError when another process holds it.
    """
    try:
        with hold_alone(out, wait=WAIT):
            _remove_unfinished(out)
            yield
    except (OSError, duckdb.IOException) as e:
        why = f"could not write the build; the last one keeps being shown: {_describe_reason(e)}"
        raise PublishError(f"{out}: {why}") from e


def roll_back(out: Path, build: str | None = None) -> Pointer:
    """Point at the build before, or at another that is kept. Gives the new pointer.

    What the builds were made from stays noted, so that the same files do not bring back at night
    what was taken back by day. Raises PublishError when there is no such build.
    """
    with hold_alone(out):
        last = builds.find_last_pointer(out)
        before = last.before if last else ()
        wanted = build or next(iter(before), None)
        if last is None or wanted is None:
            raise PublishError(f"{out}: found no build {wanted or 'before this one'} to go back to")
        _check_is_kept(out, wanted)
        older = before[before.index(wanted) + 1 :] if wanted in before else (last.build, *before)
        shown = Pointer(wanted, older, last.inputs, _find_taken_back(last, wanted), last.values)
        shown = last if wanted == last.build else shown
        _write_pointer(out, shown)
        return shown


def find_current_build(out: Path) -> str | None:
    """Name the build that is being served; None when there is none yet."""
    shown = read_pointer(out)
    return shown.build if shown else None


def _check_is_kept(out: Path, wanted: str) -> None:
    """Raise PublishError, with why, where a build cannot be gone back to."""
    try:
        builds.check_build(out / wanted)
    except DamagedError as e:
        raise PublishError(f"{out}: found no build {wanted} to go back to: {e}") from e


def _describe_reason(error: Exception) -> str:
    """Say what could not be written, without what DuckDB wraps it in."""
    inner = re.search(r'"exception_message":"((?:[^"\\]|\\.)*)"', str(error))
    return inner[1].replace('\\"', "'") if inner else str(error)


def _find_taken_back(last: Pointer, wanted: str) -> str | None:
    """Name the build that the noted inputs give, where it is not the one that is wanted."""
    newest = last.instead_of or last.build
    return newest if newest != wanted else None


def write_build(db: duckdb.DuckDBPyConnection, out: Path, given: Path | None = None) -> str:
    """Write every table that is not given as a file, under the id that their content has."""
    partial = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=out))
    try:
        for name in (*(f"{table}.parquet" for table in TABLES), BOUNDARIES):
            if given and (given / name).is_file():
                _write_synced(partial / name, (given / name).read_bytes())
            elif name == BOUNDARIES:
                _write_synced(partial / name, boundaries.format_collection(db))
            else:
                _write_table(db, TABLES[Path(name).stem], partial / name)
        build_id = _write_package(db, partial)
        if not builds.is_sound(out / build_id):
            _install(partial, out / build_id)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return build_id


def _install(partial: Path, place: Path) -> None:
    """Give a build its name; what has that name and is damaged makes way."""
    if place.exists():
        place.rename(place.with_name(f"{UNFINISHED}{place.name}"))
    partial.chmod(0o755)
    partial.rename(place)
    shutil.rmtree(place.with_name(f"{UNFINISHED}{place.name}"), ignore_errors=True)


def _write_package(db: duckdb.DuckDBPyConnection, partial: Path) -> str:
    """Write the data package, and give the id of everything in the folder, which is its version."""
    described = package.build_descriptor(db, partial)
    described["version"] = build_id = package.compute_identity(described)
    _write_synced(partial / package.DESCRIPTOR, package.format_descriptor(described))
    return build_id


def _build_pointer(out: Path, build_id: str, inputs: str | None, keep: int) -> Pointer:
    """Say what is served from now on, once what differs from the build before is written."""
    last = builds.find_last_pointer(out)
    if last is None:
        return Pointer(build_id, (), inputs)
    if last.build == build_id:
        return Pointer(build_id, last.before, inputs or last.inputs, values=last.values)
    _write_difference(out, last.build, build_id)
    older = (last.build, *(name for name in last.before if name != build_id))
    return Pointer(build_id, older[: max(keep, 2) - 1], inputs, values=last.values)


def _write_difference(out: Path, before: str, after: str) -> None:
    """Write what differs between two builds beside them, if it is not there already."""
    place = revisions.get_folder_between(out, before, after)
    if not place.exists() and builds.is_sound(out / before):  # of another, nothing can be said
        _install_once(place, lambda partial: revisions.write(out / before, out / after, partial))


def _install_once(place: Path, write: Callable[[Path], bool]) -> None:
    """Give a folder its name once all of it is written; none where `write` says it could not."""
    partial = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=place.parent))
    try:
        if write(partial):
            partial.chmod(0o755)
            partial.rename(place)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _write_table(db: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    db.execute(
        f"COPY ({query}) TO ? (FORMAT parquet, COMPRESSION zstd)",
        [str(path)],
    )
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _write_synced(path: Path, content: str | bytes) -> None:
    with path.open("wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())


def _write_pointer(out: Path, wanted: Pointer) -> None:
    """Replace the pointer in one step, if it says anything else."""
    if _find_pointer(out) != wanted:
        content = {key: value for key, value in asdict(wanted).items() if value}
        replace_text(out / POINTER, json.dumps(content) + "\n")


def _find_pointer(out: Path) -> Pointer | None:
    """What is being served; None too where the pointer cannot be read, and so is to be replaced."""
    try:
        return read_pointer(out)
    except DamagedError:
        return None


def replace_text(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old one or the new one, whole."""
    handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        os.replace(beside, path)  # noqa: PTH105 - the one call known to be atomic everywhere
    finally:
        beside.unlink(missing_ok=True)


def _remove_old_builds(out: Path) -> None:
    """Keep the builds one can go back to: a slow reader may still hold the one before."""
    last = read_pointer(out)
    kept = (last.build, *last.before) if last else ()
    keep = {
        *kept,
        *(revisions.get_folder_between(out, *pair[::-1]).name for pair in pairwise(kept)),
    }
    for folder in out.iterdir():
        if folder.is_dir() and folder.name not in keep and is_ours(folder.name):
            shutil.rmtree(folder, ignore_errors=True)  # a reader on Windows may hold it open


def is_ours(name: str) -> bool:
    """Tell a build's folder, or one of differences, from what somebody else put beside them."""
    return bool(re.fullmatch(r"(since-[0-9a-f]{12}-)?[0-9a-f]{12}", name))


def _remove_unfinished(out: Path) -> None:
    """Remove what a killed build left: whoever holds the lock is the only one writing."""
    for left in out.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
