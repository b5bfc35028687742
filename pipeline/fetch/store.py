"""The folder of raw files: its manifest, and how a file comes into it whole or not at all."""

import csv
import io
import os
import re
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.fetch.proof import prove
from pipeline.fetch.web import BLOCK, MissingError, compute_digest_and_size, forget

MANIFEST = "MANIFEST.csv"
COLUMNS = (
    *("path", "publication", "release", "publisher", "title", "official_url", "licence"),
    *("obtained", "sha256", "bytes", "note", "published", "retrieved", "validator"),
)

Entry = Mapping[str, str]


def read_manifest(raw: Path) -> dict[str, Entry]:
    """Read what is known of each file; nothing in a new folder. Raises SourceError."""
    path = raw / MANIFEST
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if missing := {"path", "sha256"} - set(rows.fieldnames or ()):
            raise SourceError(f"{path}: header: found no column {', '.join(sorted(missing))}")
        return {row["path"]: row for row in rows}


def write_manifest(raw: Path, entries: Iterable[Entry]) -> None:
    """Write the manifest beside the old one, then in its place: nothing when nothing changed."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(sorted(entries, key=lambda entry: entry["path"]))
    path = raw / MANIFEST
    data = text.getvalue().encode()
    if path.exists() and path.read_bytes() == data:
        return
    part = raw / f".{MANIFEST}.part"
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        put(part, path)
    finally:
        part.unlink(missing_ok=True)


def put(part: Path, path: Path) -> None:
    """Put a finished file in its place, all at once, so that it is there after a power cut too."""
    os.replace(part, path)  # noqa: PTH105 - the one call known to be atomic everywhere
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def compute_digest(path: Path) -> str:
    """Give the SHA-256 of a file, or nothing where there is none."""
    return compute_digest_and_size(path)[0] if path.is_file() else ""


def is_sound(raw: Path, entry: Entry | None) -> bool:
    """Tell whether a file is there with the bytes that the manifest says."""
    return entry is not None and compute_digest(raw / entry["path"]) == entry["sha256"]


def get_part_path(path: Path) -> Path:
    """Name the unfinished file: in the same folder, hidden, and like no pattern of a source."""
    return path.with_name(f".{path.name}.part")


def take_member(part: Path, name: str, pattern: str) -> None:
    """Put the one wanted member in an archive's place. Raises MissingError where it has none."""
    prove(part, f"{name}.zip")
    beside = part.with_name(f"{part.name}.member")
    try:
        with zipfile.ZipFile(part) as archive:
            held = archive.namelist()
            wanted = [member for member in held if re.search(pattern, member, re.IGNORECASE)]
            if len(wanted) != 1:
                raise MissingError(
                    f"{name}: found {len(wanted)} members like '{pattern}', wanted one among: "
                    f"{', '.join(held)[:300]}"
                )
            with archive.open(wanted[0]) as packed, beside.open("wb") as file:
                shutil.copyfileobj(packed, file, BLOCK)
                file.flush()
                os.fsync(file.fileno())
        forget(part)  # what stands there from now on is not what was sent
        os.replace(beside, part)  # noqa: PTH105 - as above
    finally:
        beside.unlink(missing_ok=True)
