"""The raw files: where a source's files stand, what their manifest says, and how each is opened."""

import csv
import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline import kept
from pipeline.catalogue import Source
from pipeline.errors import SourceError
from pipeline.kept import Kept

EVERY = ("*",)  # leaves out every later release
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
    left_out: frozenset[str] = frozenset()  # files of later releases not to be read, as patterns
    kept: Kept = field(default_factory=lambda: Kept(kept.KEPT, {}))
    unpacked: TemporaryDirectory = field(default_factory=TemporaryDirectory)
    hashes: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> "Lake":
        """Use as a context: what was unpacked is removed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove what was unpacked."""
        self.unpacked.cleanup()


def open_lake(root: Path, left_out: Iterable[str] = ()) -> Lake:
    """Read the manifest of a folder of raw files. Raises SourceError when there is none.

    Of files that it does not hold, the rows kept in the program's own folder are at hand.
    """
    path = root / "MANIFEST.csv"
    if not path.is_file():
        raise SourceError(
            f"lake: {path}: found no file, wanted the list of files with columns path, "
            f"{', '.join(PROVENANCE)}"
        )
    try:
        manifest = _read_manifest(path)
    except (UnicodeDecodeError, csv.Error) as e:
        raise SourceError(f"lake: {path}: found no text ({e}), wanted CSV in UTF-8") from e
    return Lake(root, manifest, frozenset(left_out), kept.load(PROVENANCE))


def _read_manifest(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if missing := {"path", *PROVENANCE} - set(rows.fieldnames or ()):
            raise SourceError(f"lake: {path}: header: found no column {sorted(missing)}")
        # A line that was cut short has nothing in its last cells.
        return {row["path"]: {k: v or "" for k, v in row.items() if k} for row in rows}


def read_by(lake: Lake, source: Source) -> list[str]:
    """List the files of a source, as paths in the lake. Raises SourceError where one is missing.

    Where the lake holds later releases, the newest of them is read in place of the files named, or
    each of them beside these where a release adds to the one before; a source that only stood in
    for a release gives way to it, and reads nothing.
    """
    if source.until and _list_since(lake, source, source.until):
        return []
    published = source.as_published
    pattern = published.files[-1] if source.official else source.later
    newer = _list_since(lake, source, pattern) if pattern else []
    if newer and not published.adds:
        return newer[-1:]
    return [name for own in source.files for name in list_names(lake, source.id, own)] + newer


def read_as(source: Source, name: str) -> Source:
    """Give a source as it describes one file: a copy, or the publisher's own."""
    published = source.as_published
    is_published = bool(source.official) and fnmatchcase(name, published.files[-1])
    return published if is_published else source


def list_later_files(lake: Lake, source: Source) -> set[str]:
    """Name the files of later releases that a source reads, or gives way to."""
    official = source.as_published.files[-1] if source.official else None
    patterns = filter(None, (source.until, source.later, official))
    held = (name for pattern in patterns for name in _list_since(lake, source, pattern))
    return {name.partition("!")[0] for name in held}


def release(path: str) -> str:
    """Name the release a file is of: the folder inside that of its publication."""
    return (path.split("/")[1:2] or [""])[0]


def _list_since(lake: Lake, source: Source, pattern: str) -> list[str]:
    """List the files of a pattern that are of a source's own release or a later one, in order."""
    outer, _, member = pattern.partition("!")
    own = _split_release(source.as_published.since or release(source.files[-1]))
    held = [path.relative_to(lake.root).as_posix() for path in lake.root.glob(outer)]
    newer = [n for n in held if _split_release(release(n)) >= own]
    newer = [n for n in newer if not any(fnmatchcase(n, out) for out in lake.left_out)]
    newer.sort(key=lambda name: (_split_release(release(name)), name))
    found = [f"{name}!{member}" if member else name for name in newer]
    return [name for name in found if not is_own(source, name)]


def is_own(source: Source, name: str) -> bool:
    """Tell whether a file is one that a source names, and not of a later release."""
    return any(fnmatchcase(name, pattern) for pattern in source.files)


def _split_release(release: str) -> list[str | int]:
    """Split a release's name so that week 9 comes before week 14."""
    return [int(p) if p.isdigit() else p for p in re.split(r"(\d+)", release)]


def list_names(lake: Lake, source: str, pattern: str) -> list[str]:
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


def get_readable_path(lake: Lake, source: Source, name: str) -> Path:
    """Give a path the readers can open: unpacked, and in UTF-8 where its source knows another."""
    path = get_local_path(lake, source.id, name)
    if source.encoding == "utf-8":
        return path
    content = path.read_bytes()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        path = Path(lake.unpacked.name) / f"{hashlib.sha256(name.encode()).hexdigest()}.utf-8"
        path.write_text(content.decode(source.encoding), encoding="utf-8", newline="")
    return path


def get_local_path(lake: Lake, source: str, name: str) -> Path:
    """Give a path of a file as published, unpacking a member of an archive first."""
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


def find_archive_date(lake: Lake, name: str) -> date | None:
    """Say when a member of a release archive was made; None for a plain file, and where unsaid."""
    outer, _, member = name.partition("!")
    if not member:
        return None
    with zipfile.ZipFile(lake.root / outer) as archive:
        made = date(*archive.getinfo(member).date_time[:3])
    return made if made.year > NO_DATE else None


def describe_provenance(lake: Lake, source: str, name: str) -> dict[str, str]:
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


def read_head(path: Path, lines: int) -> list[list[str]]:
    """Read the first rows of a CSV file. Raises UnicodeDecodeError when it is not UTF-8."""
    rows = csv.reader(io.StringIO(_read_first_lines(path, lines)))
    return list(rows)[:lines]


def _read_first_lines(path: Path, lines: int) -> str:
    with path.open("rb") as file:
        return b"".join(file.readline() for _ in range(lines)).decode("utf-8-sig")
