"""The raw files: where a source's files stand, what their manifest says, and how each is opened."""

import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline import kept
from pipeline.catalogue import Source
from pipeline.errors import SourceError
from pipeline.kept import Kept

NO_DATE = 1980  # archives that give no date give the first that there is

PROVENANCE = (
    "title",
    "publisher",
    "publication",
    "release",
    "official_url",
    "licence",
    "obtained",
    "sha256",
    "note",
)


@dataclass
class Lake:
    """A folder of published files and its MANIFEST.csv, with a place to unpack archives into."""

    root: Path
    manifest: Mapping[str, Mapping[str, str]]
    later: bool = True  # whether a later release is read in place of the one a source names
    kept: Kept = field(default_factory=lambda: Kept(kept.KEPT, {}))
    unpacked: TemporaryDirectory = field(default_factory=TemporaryDirectory)
    archives: dict[str, Path] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> "Lake":
        """Use as a context: what was unpacked is removed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove what was unpacked."""
        self.unpacked.cleanup()


def open_lake(root: Path, *, later: bool = True) -> Lake:
    """Read the manifest of a folder of raw files. Raises SourceError when there is none.

    Of files that it does not hold, the rows kept in the program's own folder are at hand.
    """
    path = root / "MANIFEST.csv"
    if not path.is_file():
        raise SourceError(
            f"lake: {path}: found no file, wanted the list of files with columns path, "
            f"{', '.join(PROVENANCE)}"
        )
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if missing := {"path", *PROVENANCE} - set(rows.fieldnames or ()):
            raise SourceError(f"lake: {path}: header: found no column {sorted(missing)}")
        return Lake(root, {row["path"]: row for row in rows}, later, kept.load(PROVENANCE))


def read_by(lake: Lake, source: Source) -> list[str]:
    """List the files of a source, as paths in the lake. Raises SourceError where one is missing.

    Where the lake holds later releases, the newest of them is read in place of the files named; a
    source that only stood in for a release gives way to it, and reads nothing.
    """
    own = release(source.files[-1])
    if lake.later and source.until and any(r >= own for r, _ in _held(lake, source.until)):
        return []
    held = _held(lake, source.later) if lake.later and source.later else []
    if newer := [name for found, name in held if found > own]:
        return [newer[-1]]
    return [name for pattern in source.files for name in names(lake, source.id, pattern)]


def release(path: str) -> str:
    """Name the release a file is of: the folder inside that of its publication."""
    return (path.split("/")[1:2] or [""])[0]


def _held(lake: Lake, pattern: str) -> list[tuple[str, str]]:
    """List the releases that a pattern finds, with the file of each, oldest first."""
    outer, _, member = pattern.partition("!")
    found = sorted(path.relative_to(lake.root).as_posix() for path in lake.root.glob(outer))
    return sorted((release(name), f"{name}!{member}" if member else name) for name in found)


def names(lake: Lake, source: str, pattern: str) -> list[str]:
    """List the files a pattern names, as paths in the lake; where it has none, those kept of it.

    Raises SourceError for none at all.
    """
    outer, _, member = pattern.partition("!")
    found = sorted(path.relative_to(lake.root).as_posix() for path in lake.root.glob(outer))
    ours = sorted(n for s, n in lake.kept.files if s == source and fnmatchcase(n, pattern))
    if not found and ours:
        return ours
    if not found:
        raise SourceError(f"{source}: {outer}: found no such file in {lake.root}, wanted one")
    return [f"{name}!{member}" if member else name for name in found]


def is_kept(lake: Lake, source: str, name: str) -> bool:
    """Tell whether a source's rows of a file are kept, and the file itself is not in the lake."""
    return (source, name) in lake.kept.files and not (lake.root / name).exists()


def needs_kept(lake: Lake) -> bool:
    """Tell whether the lake lacks a file of which rows are kept."""
    return any(is_kept(lake, source, name) for source, name in lake.kept.files)


def local(lake: Lake, source: str, name: str) -> Path:
    """Give a path the readers can open, unpacking a member of an archive first."""
    outer, _, member = name.partition("!")
    path = lake.root / outer
    is_plain = not member and not _is_packed(path)
    if is_plain and path.suffix != ".gz":
        return path
    target = Path(lake.unpacked.name) / hashlib.sha256(name.encode()).hexdigest()
    if not target.exists():
        try:
            # One named .gz may be plain: it is read under another name, or it would be unpacked.
            target.write_bytes(path.read_bytes() if is_plain else _unpack(path, member))
        except KeyError as e:
            with zipfile.ZipFile(path) as archive:
                held = ", ".join(archive.namelist())
            raise SourceError(
                f"{source}: {outer}: found no member {member}, wanted it among: {held}"
            ) from e
        except (zipfile.BadZipFile, EOFError, OSError, ValueError, zlib.error) as e:
            raise SourceError(f"{source}: {name}: found a damaged archive ({e})") from e
    return target


def _is_packed(path: Path) -> bool:
    """Tell a packed text file by its first bytes: one named .csv.gz is really a zip archive."""
    with path.open("rb") as file:
        start = file.read(4)
    is_office = path.suffix in {".xlsx", ".ods"}  # archives too, but read as they are
    return start[:2] == b"\x1f\x8b" or (start == b"PK\x03\x04" and not is_office)


def _unpack(path: Path, member: str) -> bytes:
    if path.read_bytes()[:2] == b"\x1f\x8b":
        return gzip.decompress(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        if not member:
            [member] = archive.namelist()
        return archive.read(member)


def archive_date(lake: Lake, name: str) -> date | None:
    """Say when a member of a release archive was made; None for a plain file, and where unsaid."""
    outer, _, member = name.partition("!")
    if not member:
        return None
    with zipfile.ZipFile(lake.root / outer) as archive:
        made = date(*archive.getinfo(member).date_time[:3])
    return made if made.year > NO_DATE else None


def provenance(lake: Lake, source: str, name: str) -> dict[str, str]:
    """Say where a file comes from, with the hash of the bytes that were read.

    Of a file whose rows are kept, that is the hash of the bytes they were read from. Raises
    SourceError when the manifest does not list it: a figure needs a publisher.
    """
    if is_kept(lake, source, name):
        return {key: lake.kept.files[source, name][key] for key in PROVENANCE}
    outer = name.partition("!")[0]
    if outer not in lake.manifest:
        raise SourceError(f"{source}: MANIFEST.csv: found no row for {outer}, wanted its publisher")
    row = lake.manifest[outer]
    if outer not in lake.hashes:
        lake.hashes[outer] = hashlib.sha256((lake.root / outer).read_bytes()).hexdigest()
    found = lake.hashes[outer]
    differs = (
        "" if found == row["sha256"] else "The file held differs from the one in the manifest."
    )
    note = " ".join(part for part in (row["note"], differs) if part)
    return {key: row[key] for key in PROVENANCE} | {"sha256": found, "note": note}


def head(path: Path, lines: int) -> list[list[str]]:
    """Read the first rows of a CSV file. Raises UnicodeDecodeError when it is not UTF-8."""
    rows = csv.reader(io.StringIO(_first_lines(path, lines)))
    return list(rows)[:lines]


def _first_lines(path: Path, lines: int) -> str:
    with path.open("rb") as file:
        return b"".join(file.readline() for _ in range(lines)).decode("utf-8-sig")
