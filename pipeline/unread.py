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


def list_unread(files: Lake, known: Catalogue) -> list[Unread]:
    """List the files of a lake that no source reads, in the order of their paths."""
    read = inputs.list_files_read(files, known)
    return [
        explain_unread(files, known, path) for path in _list_paths(files.root) if path not in read
    ]


def describe_unread(unread: Iterable[Unread]) -> list[str]:
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


def explain_unread(files: Lake, known: Catalogue, path: str) -> Unread:
    """Say why a file is not read."""
    if any(fnmatchcase(path, pattern) for pattern in files.left_out):
        return Unread(path, "left out: it was refused", is_meant=False)
    for source in known.sources.values():
        if any(fnmatchcase(path, _get_file_pattern(pattern)) for pattern in list_patterns(source)):
            return Unread(path, f"{source.id} reads another release in its place", is_meant=True)
    for pattern, reason in _read_reasons().items():
        if fnmatchcase(path, pattern):
            return Unread(path, reason, is_meant=True)
    return Unread(path, _describe_remedy(known, path), is_meant=False)


def list_patterns(source: Source) -> Iterator[str]:
    """List the patterns of the files that a source may read."""
    yield from source.files
    yield from source.as_published.files
    if source.later:
        yield source.later


def _describe_remedy(known: Catalogue, path: str) -> str:
    """Name the nearest source of the same publication, and what would have it read the file."""
    publication, name = path.partition("/")[0], Path(path).name
    near = {
        Path(_get_file_pattern(pattern)).name: (source.id, _get_file_pattern(pattern))
        for source in known.sources.values()
        for pattern in list_patterns(source)
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


def _get_file_pattern(pattern: str) -> str:
    return pattern.partition("!")[0]


def _list_paths(root: Path) -> list[str]:
    found = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return sorted(p.as_posix() for p in found if not any(q.startswith(".") for q in p.parts))


@cache
def _read_reasons() -> dict[str, str]:
    return tomllib.loads(REASONS.read_text(encoding="utf-8"))
