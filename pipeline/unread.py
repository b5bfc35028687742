"""Files of the lake that no source reads: each is named, with the nearest source and the reason."""

import difflib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from pipeline import inputs
from pipeline.catalogue import Catalogue, Source
from pipeline.lake import Lake

REASONS = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Unread:
    """A file that no source reads, why not, and whether that is meant."""

    path: str
    reason: str
    is_meant: bool


def files_unread(files: Lake, known: Catalogue) -> list[Unread]:
    """List the files of a lake that no source reads, in the order of their paths."""
    read = inputs.wanted(files, known)
    return [why(files, known, path) for path in _paths(files.root) if path not in read]


def lines(unread: Iterable[Unread]) -> list[str]:
    """Say in lines of text which files are not read, those that nobody meant first."""
    found = list(unread)
    unknown = [f"{file.path}: {file.reason}" for file in found if not file.is_meant]
    meant = [f"{file.path}: left unread: {file.reason}" for file in found if file.is_meant]
    return unknown + meant


def count(unread: Iterable[Unread]) -> str:
    """Say in one line how many files are not read, and how many of them nobody meant to leave."""
    found = list(unread)
    unknown = sum(not file.is_meant for file in found)
    return f"{len(found):,} files are not read, {unknown:,} of them without a known reason"


def why(files: Lake, known: Catalogue, path: str) -> Unread:
    """Say why a file is not read."""
    if any(fnmatchcase(path, pattern) for pattern in files.left_out):
        return Unread(path, "left out: it was refused", is_meant=False)
    for source in known.sources.values():
        if any(fnmatchcase(path, _file(pattern)) for pattern in patterns(source)):
            return Unread(path, f"{source.id} reads another release in its place", is_meant=True)
    for pattern, reason in _reasons().items():
        if fnmatchcase(path, pattern):
            return Unread(path, reason, is_meant=True)
    return Unread(path, _remedy(known, path), is_meant=False)


def patterns(source: Source) -> Iterator[str]:
    """List the patterns of the files that a source may read."""
    yield from source.files
    yield from source.as_published.files
    if source.later:
        yield source.later


def _remedy(known: Catalogue, path: str) -> str:
    """Name the nearest source of the same publication, and what would have it read the file."""
    publication, name = path.partition("/")[0], Path(path).name
    near = {
        Path(_file(pattern)).name: (source.id, _file(pattern))
        for source in known.sources.values()
        for pattern in patterns(source)
        if pattern.partition("/")[0] == publication
    }
    if not near:
        return f"found no source of {publication}, wanted one in pipeline/sources"
    [closest] = difflib.get_close_matches(name, near, n=1, cutoff=0)
    source, pattern = near[closest]
    later = f"{publication}/*/{name}"
    remedy = "change its line" if known.sources[source].later else "add to its top the line"
    return (
        f"found a name that no source reads; the nearest, {source}, reads {pattern}. If it is a "
        f'later release of that, {remedy} in pipeline/sources/{source}.toml: later = "{later}"'
    )


def _file(pattern: str) -> str:
    return pattern.partition("!")[0]


def _paths(root: Path) -> list[str]:
    found = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return sorted(p.as_posix() for p in found if not any(q.startswith(".") for q in p.parts))


@cache
def _reasons() -> dict[str, str]:
    return tomllib.loads(REASONS.read_text(encoding="utf-8"))
