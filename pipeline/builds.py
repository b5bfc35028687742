"""A folder of builds: which one is pointed at, which are kept, and whether one can be believed.

A build's name is a hash of its data package, and the data package has the hash of every file: so
any byte that is not as it was written shows. Whoever reads a build asks here first.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import package
from pipeline.errors import DamagedError

POINTER = "current.json"
SEAL = "hashes.json"
UNFINISHED = ".unfinished-"
NAME = re.compile(r"[0-9a-f]{12}")
LISTS = ("before", "values")  # of names, in the pointer
BETWEEN = re.compile(r"since-([0-9a-f]{12})-([0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class Pointer:
    """What is served, what was served before it, newest first, and what it was made from.

    After a rollback `inputs` are those of the build that was taken back, named in `instead_of`. The
    order of builds is written here and nowhere else, so that no clock decides it. `values` are the
    hashes of the lists of figures that it stands for or has been built after (see derive.py).
    """

    build: str
    before: tuple[str, ...] = ()
    inputs: str | None = None
    instead_of: str | None = None
    values: tuple[str, ...] = ()


def read_pointer(out: Path) -> Pointer | None:
    """Read what is being served; None when there is nothing yet.

    Raises:
        DamagedError: the file is there and does not say it.
    """
    path = out / POINTER
    if not path.exists():
        return None
    return parse_pointer(read_json(path, POINTER), POINTER)


def parse_pointer(given: dict[str, Any], named: str) -> Pointer:
    """A pointer as it is written in a file of this name.

    Raises:
        DamagedError: it names no build.
    """
    match given:
        case {"build": str(build)} if all(_is_text(given.get(key, [])) for key in LISTS):
            before, values = (tuple(given.get(key, ())) for key in LISTS)
            return Pointer(build, before, given.get("inputs"), given.get("instead_of"), values)
    raise DamagedError(f'{named}: found no name of a build; wanted {{"build": "<id>", …}}')


def find_last_pointer(out: Path) -> Pointer | None:
    """What is being served; where that cannot be read, what the folders beside it tell."""
    try:
        return read_pointer(out)
    except DamagedError:
        names = list_kept_builds(out)
        return Pointer(names[0], names[1:]) if names else None


def list_kept_builds(out: Path) -> tuple[str, ...]:
    """The builds that there are, the newest first, by what was written of what replaced what."""
    names = sorted(path.name for path in _list_folders(out) if NAME.fullmatch(path.name))
    pairs = [
        match.groups() for path in _list_folders(out) if (match := BETWEEN.fullmatch(path.name))
    ]
    after = {name: [new for old, new in pairs if old == name] for name in names}
    return tuple(sorted(names, key=lambda name: len(_list_later(name, after))))


def check_build(folder: Path) -> dict[str, str]:
    """Read every file of a build; gives the SHA-256 of each by name, the data package's too.

    Raises:
        DamagedError: a file is missing or is not as it was written, or this program cannot read
            what another one wrote. It names the file, what was found and what was wanted.
    """
    descriptor = folder / package.DESCRIPTOR
    given = read_json(descriptor, f"{folder.name}/{descriptor.name}")
    _check_layout(folder, given)
    _check_name(folder, given)
    wanted = {one["path"]: one["hash"].partition(":")[2] for one in given["resources"]}
    for name, hash_ in wanted.items():
        check_file(folder / name, hash_)
    return wanted | {descriptor.name: compute_sha256(descriptor)}


def check_file(path: Path, wanted: str) -> None:
    """Read one file.

    Raises:
        DamagedError: it cannot be read, or is not as it was written.
    """
    if (actual := compute_sha256(path)) != wanted:
        raise DamagedError(
            f"{path.parent.name}/{path.name}: its SHA-256 is {actual[:12]}…, wanted {wanted[:12]}…"
        )


def compute_sha256(path: Path) -> str:
    """The hash of a file's bytes.

    Raises:
        DamagedError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as e:
        raise DamagedError(f"{path.parent.name}/{path.name}: {e.strerror or e}") from e


def is_sound(folder: Path) -> bool:
    """Tell whether a folder holds a build that can be believed."""
    try:
        check_build(folder)
    except DamagedError:
        return False
    return True


def write_seal(folder: Path) -> None:
    """Write the hash of each file of a folder beside them, for what is not part of a build."""
    hashes = {path.name: compute_sha256(path) for path in sorted(folder.glob("*.parquet"))}
    (folder / SEAL).write_text(json.dumps(hashes, indent=1) + "\n", encoding="utf-8", newline="\n")


def check_seal(folder: Path) -> None:
    """Read every file of a sealed folder.

    Raises:
        DamagedError: one is missing or is not as it was written, or there is no seal.
    """
    hashes = read_json(folder / SEAL, f"{folder.name}/{SEAL}")
    if not hashes or not _is_text(list(hashes.values())):
        raise DamagedError(f"{folder.name}/{SEAL}: found no hashes of files")
    for name, wanted in hashes.items():
        check_file(folder / name, wanted)


def _list_folders(out: Path) -> list[Path]:
    return [path for path in out.iterdir() if path.is_dir()] if out.is_dir() else []


def _list_later(name: str, after: dict[str, list[str]]) -> set[str]:
    """Every build that is still there and came after one, directly or not."""
    seen: set[str] = set()
    ahead = [name]
    while ahead:
        new = {other for other in after[ahead.pop()] if other in after} - seen - {name}
        seen |= new
        ahead += new
    return seen


def read_json(path: Path, named: str) -> dict[str, Any]:
    """What a small file says.

    Raises:
        DamagedError: it cannot be read, or is no JSON object.
    """
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except OSError as e:
        raise DamagedError(f"{named}: {e.strerror or e}") from e
    except (ValueError, RecursionError) as e:
        raise DamagedError(f"{named}: found what is no JSON: {e}") from e
    if not isinstance(given, dict):
        raise DamagedError(f"{named}: found a {type(given).__name__}, wanted a JSON object")
    return given


def _check_layout(folder: Path, given: dict[str, Any]) -> None:
    layout = given.get(package.LAYOUT_KEY, package.LAYOUT)
    if layout != package.LAYOUT:
        raise DamagedError(
            f"{folder.name}/{package.DESCRIPTOR}: the tables are laid out as version {layout!r}; "
            f"this program reads version {package.LAYOUT}"
        )


def _check_name(folder: Path, given: dict[str, Any]) -> None:
    """The data package is what the folder is named by, to the byte."""
    actual = package.compute_identity(given | {"version": ""})
    as_written = (
        package.format_descriptor(given).encode() == (folder / package.DESCRIPTOR).read_bytes()
    )
    if not actual == given.get("version") == folder.resolve().name or not as_written:
        raise DamagedError(
            f"{folder.name}/{package.DESCRIPTOR}: it describes build {actual}, and says that it is "
            f"{given.get('version')!r}; wanted {folder.resolve().name}, as the folder is named"
        )


def _is_text(values: Iterable[object]) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)
