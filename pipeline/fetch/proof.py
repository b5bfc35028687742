"""Whether a file is what its name says, before anything reads it: in bounded memory and time.

A file may be hostile, or a page of a gateway, or half of what it was. Everything is read in blocks.
"""

import gzip
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from pipeline.fetch.web import BLOCK, CutShortError, RefusedError

MEMBERS = 5_000  # of an archive
MEMBER = 200_000_000  # bytes of one, unpacked: the greatest known has 53 million
ARCHIVE = 500_000_000  # bytes of all, unpacked
RATIO = 200  # times that a large one unpacks to, at most: the greatest known is 27
SMALL = 1_000_000  # bytes of one whose ratio does no harm
LINE = 1_000_000  # bytes of the first line of a text
COLUMNS = 2_000
LIST = 5_000_000  # bytes of an archive's list of members
TAIL = 65_557  # bytes at the end of an archive, in which that list is described
ZIP, GZIP, PARQUET = b"PK\x03\x04", b"\x1f\x8b", b"PAR1"
PAGE = re.compile(rb"^\s*(<!doctype|<html|<\?xml|<head|<body)", re.IGNORECASE)
MARKUP = (".xml", ".rels", ".vml")  # the parts of a workbook in which an entity could hide
Readable = IO[bytes] | gzip.GzipFile
ENTITY = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
WORKBOOKS = {".xlsx": "xl/workbook.xml", ".ods": "content.xml"}


def prove(path: Path, name: str) -> None:
    """Check a file against its name. Raises RefusedError, or CutShortError for a missing end."""
    suffix = Path(name).suffix.lower()
    with path.open("rb") as file:
        start = file.read(512)
    if not start:
        raise CutShortError(f"{name}: found no bytes, wanted a file")
    if suffix == ".gz":  # one of this name may be plain text, or an archive of another kind
        suffix = {GZIP: ".gz", ZIP[:2]: ".zip"}.get(start[:2], ".csv")
    for suffixes, check in CHECKS:
        if suffix in suffixes:
            check(path, name, start)


def _check_zip(path: Path, name: str, start: bytes) -> None:
    with _open_archive(path, name, start) as archive:
        for item in archive.infolist():
            with _open_member(archive, name, item) as file:
                if item.filename.lower().endswith(".csv"):
                    _check_text(file, f"{name}!{item.filename}")
                else:
                    _read_to_end(file, f"{name}!{item.filename}")


def _open_archive(path: Path, name: str, start: bytes) -> zipfile.ZipFile:
    """Open an archive whose members are few, in the folder, and not too large together."""
    if not start.startswith(ZIP):
        raise RefusedError(
            f"{name}: first bytes: found {_quote_start(start)}, wanted a zip archive"
        )
    _check_member_count(path, name)
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as e:
        raise CutShortError(f"{name}: found no list of members at its end ({e}), wanted one") from e
    items = archive.infolist()
    if len(items) > MEMBERS:
        raise RefusedError(f"{name}: found {len(items):,} members, wanted at most {MEMBERS:,}")
    for item in items:
        _check_place(name, item)
    total = sum(item.file_size for item in items)
    if total > ARCHIVE:
        raise RefusedError(f"{name}: found {total:,} bytes unpacked, wanted at most {ARCHIVE:,}")
    return archive


def _check_member_count(path: Path, name: str) -> None:
    """Check the size of the list of members, which is read at once, where the archive says it."""
    with path.open("rb") as file:
        file.seek(-min(TAIL, path.stat().st_size), 2)
        tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0:
        raise CutShortError(f"{name}: found no list of members at its end, wanted one")
    if tail[max(place - 20, 0) : place].startswith(b"PK\x06\x07"):
        raise RefusedError(
            f"{name}: found the form for archives over 4 GB (zip64), wanted the usual one"
        )
    size = int.from_bytes(tail[place + 12 : place + 16], "little")
    if size > LIST:
        raise RefusedError(
            f"{name}: found a list of members of {size:,} bytes, wanted at most {LIST:,}"
        )


def _check_place(name: str, item: zipfile.ZipInfo) -> None:
    """Check where a member would go, what kind it is and how large it says it is."""
    where = f"{name}: member '{item.filename[:80]}'"
    path = PurePosixPath(item.orig_filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or _has_drive(path):
        raise RefusedError(
            f"{where}: found a name that leads out of the archive, wanted one inside"
        )
    if stat.S_ISLNK(item.external_attr >> 16):
        raise RefusedError(f"{where}: found a link, wanted a file")
    if item.flag_bits & 1:
        raise RefusedError(f"{where}: found it locked by a password, wanted it open")
    if item.file_size > max(SMALL, RATIO * item.compress_size):
        raise RefusedError(
            f"{where}: found {item.compress_size:,} bytes that unpack to {item.file_size:,}, "
            f"wanted at most {RATIO} times as many"
        )
    if item.file_size > MEMBER:
        raise RefusedError(f"{where}: found {item.file_size:,} bytes, wanted at most {MEMBER:,}")


def _has_drive(path: PurePosixPath) -> bool:
    return bool(path.parts) and path.parts[0].endswith(":")


def _open_member(archive: zipfile.ZipFile, name: str, item: zipfile.ZipInfo) -> Readable:
    try:
        return archive.open(item)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as e:
        raise RefusedError(f"{name}: member '{item.filename[:80]}': found damage ({e})") from e


def _check_workbook(path: Path, name: str, start: bytes) -> None:
    """Check a workbook: an archive with the part that makes it one, and markup without entities."""
    wanted = WORKBOOKS[Path(name).suffix.lower()]
    with _open_archive(path, name, start) as archive:
        if wanted not in archive.namelist():
            raise RefusedError(f"{name}: found no part {wanted}, wanted a workbook")
        for item in archive.infolist():
            place = f"{name}!{item.filename}"
            with _open_member(archive, name, item) as file:
                if item.filename.lower().endswith(MARKUP):
                    _check_markup(file, place)
                else:
                    _read_to_end(file, place)


def _check_markup(file: Readable, place: str) -> None:
    """Look for a document type, in which entities are declared; two-byte text counts as well."""
    last = b""
    for block in _read_blocks(file, place):
        piece = (last + block).replace(b"\0", b"")
        if found := ENTITY.search(piece):
            shown = _quote_start(piece[found.start() :])
            raise RefusedError(f"{place}: found {shown}, wanted no document type or entity")
        last = piece[-32:]


def _check_gzip(path: Path, name: str, _: bytes) -> None:
    with gzip.GzipFile(path) as file:
        _check_text(file, name)


def _check_csv(path: Path, name: str, _: bytes) -> None:
    with path.open("rb") as file:
        _check_text(file, name)


def _check_parquet(path: Path, name: str, start: bytes) -> None:
    if not start.startswith(PARQUET):
        raise RefusedError(f"{name}: first bytes: found {_quote_start(start)}, wanted Parquet")
    with path.open("rb") as file:
        file.seek(-4, 2)
        if file.read() != PARQUET:
            raise CutShortError(f"{name}: last bytes: found no mark of Parquet, wanted one")


def _check_json(path: Path, name: str, start: bytes) -> None:
    end = {b"{": b"}", b"[": b"]"}.get(start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1])
    if end is None:
        raise RefusedError(f"{name}: first bytes: found {_quote_start(start)}, wanted JSON")
    with path.open("rb") as file:
        file.seek(-min(512, path.stat().st_size), 2)
        if file.read().rstrip()[-1:] != end:
            raise CutShortError(f"{name}: found no end of the JSON, wanted one")


def _check_text(file: Readable, place: str) -> None:
    """Check a table in text: a header of few columns, no page, no other kind of file, an end."""
    blocks = _read_blocks(file, place)
    start = next(blocks, b"")
    while b"\n" not in start and len(start) <= LINE:
        more = next(blocks, b"")
        if not more:
            break
        start += more
    _check_header(start, place)
    last = start
    for block in blocks:
        last = block
    if last[-1:] != b"\n":
        raise CutShortError(f"{place}: found a last line without an end, wanted one")


def _check_header(start: bytes, place: str) -> None:
    header = start.partition(b"\n")[0]
    if PAGE.search(header[:512]):
        raise RefusedError(f"{place}: first line: found {_quote_start(header)}, wanted CSV")
    if b"\0" in header:
        raise RefusedError(f"{place}: first line: found {_quote_start(header)}, wanted text")
    columns = header.count(b",") + 1
    if len(header) > LINE or columns > COLUMNS:
        raise RefusedError(
            f"{place}: first line: found {columns:,} columns in {len(header):,} bytes, "
            f"wanted at most {COLUMNS:,}"
        )


def _read_to_end(file: Readable, place: str) -> None:
    for _ in _read_blocks(file, place):
        pass


def _read_blocks(file: Readable, place: str) -> Iterator[bytes]:
    """Read what is packed in blocks; what is larger or other than it says is refused."""
    size = 0
    try:
        while block := file.read(BLOCK):
            size += len(block)
            if size > MEMBER:
                raise RefusedError(f"{place}: found over {MEMBER:,} bytes, wanted less")
            yield block
    except EOFError as e:
        raise CutShortError(f"{place}: found no end ({e}), wanted one") from e
    except (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile) as e:
        raise RefusedError(f"{place}: found damage ({e}), wanted a sound file") from e


def _quote_start(start: bytes) -> str:
    return repr(start[:40].decode("utf-8", "replace"))


CHECKS: tuple[tuple[set[str], Callable[[Path, str, bytes], None]], ...] = (
    (set(WORKBOOKS), _check_workbook),
    ({".parquet"}, _check_parquet),
    ({".zip"}, _check_zip),
    ({".gz"}, _check_gzip),
    ({".json"}, _check_json),
    ({".csv"}, _check_csv),
)
