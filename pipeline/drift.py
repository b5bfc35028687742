"""Drift: files that say the same under other names, from one release to the next.

A source describes one layout, and says under `[[accepts]]` how those of other releases differ. A
layout is known by the names of its columns and the labels of its rows, never by their position or
by the name of the file. One that is not known is refused, with the nearest names and the lines that
would accept it: whether they mean the same is for a person to say.
"""

import difflib
import json
import re
from collections.abc import Mapping, Sequence

import duckdb

from pipeline.catalogue import Accepted, Source
from pipeline.errors import SourceError
from pipeline.lake import release

OWN = Accepted(release="own")
CUTOFF = 0.5
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def list_fitting_layouts(
    source: Source, header: list[str], columns: Sequence[str]
) -> list[Accepted]:
    """List the layouts that find every column in a header, the source's own first.

    Those that would read other columns than the first are left out.
    """
    found = [
        layout for layout in (OWN, *source.accepts) if not _list_missing(layout, header, columns)
    ]
    return [layout for layout in found if _reads(layout) == _reads(found[0])]


def find_nearest_layout(source: Source, header: list[str], columns: Sequence[str]) -> Accepted:
    """Give the layout that misses the fewest columns of a header, the source's own first."""
    return min(
        (OWN, *source.accepts), key=lambda layout: len(_list_missing(layout, header, columns))
    )


def relabel_columns(
    db: duckdb.DuckDBPyConnection, source: Source, name: str, layouts: Sequence[Accepted]
) -> None:
    """Give the labels of `raw` that a source looks for the names it uses.

    Raises SourceError when the labels of none of the layouts are there.
    """
    wanted = source.looks_for
    if not wanted:
        return
    for layout in layouts:
        theirs = {column: layout.labels.get(ours, ours) for column, ours in wanted.items()}
        if not _list_absent_labels(db, theirs):
            for column in (c for c, label in theirs.items() if label != wanted[c]):
                db.execute(
                    f"UPDATE raw SET {column} = ? WHERE {column} = ?",
                    [wanted[column], theirs[column]],
                )
            return
    column = _list_absent_labels(db, wanted)[0]
    labels = f"SELECT DISTINCT {column} FROM raw WHERE {column} IS NOT NULL ORDER BY 1"
    found = [label for (label,) in db.execute(labels).fetchall()]
    label = wanted[column]
    near = difflib.get_close_matches(label, found, n=1, cutoff=CUTOFF)
    said = f"the nearest is '{near[0]}'" if near else f"it has {', '.join(found)[:200]}"
    message = f"column '{column}': found no row of '{label}', wanted rows; {said}"
    lines = _write_lines(source, name, layouts[0], {"labels": {label: near[0]}}) if near else ""
    raise SourceError(f"{source.id}: {name}: {message}{lines}")


def write_advice(source: Source, name: str, header: list[str], columns: Sequence[str]) -> str:
    """Write the lines that would accept a header whose columns have other names; or nothing."""
    layout = find_nearest_layout(source, header, columns)
    spare = [column for column in layout.named(header) if column not in columns]
    missing = _list_missing(layout, header, columns)
    near = _pair_names(missing, spare)
    # Lines that leave a column without its cells would be no remedy.
    is_whole = len(near) == len(missing)
    return _write_lines(source, name, layout, {"columns": near}) if near and is_whole else ""


def _pair_names(ours: Sequence[str], theirs: Sequence[str]) -> dict[str, str]:
    """Give each of our names the nearest of theirs, the likest pairs first and each name once.

    Names of two different years are like one another, and never the same.
    """
    alike = (
        (difflib.SequenceMatcher(None, a, b).ratio(), a, b)
        for a in ours
        for b in theirs
        if YEAR.findall(a) == YEAR.findall(b)
    )
    pairs: dict[str, str] = {}
    for likeness, a, b in sorted(alike, key=lambda pair: -pair[0]):
        if likeness >= CUTOFF and a not in pairs and b not in pairs.values():
            pairs[a] = b
    return {a: pairs[a] for a in ours if a in pairs}


def _reads(layout: Accepted) -> tuple[Mapping[str, object], ...]:
    """What a layout reads where: labels of rows aside, which decide nothing about columns."""
    return (layout.columns, layout.without, layout.sums)


def columns_of(layout: Accepted, header: list[str]) -> list[str]:
    """List the columns that a header gives in a layout: named, left out, or added up from parts."""
    named = layout.named(header)
    sums = [whole for whole, parts in layout.sums.items() if {*parts} <= {*named}]
    return [*named, *layout.without, *sums]


def _list_missing(layout: Accepted, header: list[str], columns: Sequence[str]) -> list[str]:
    given = {*columns_of(layout, header)}
    return [column for column in columns if column not in given]


def _list_absent_labels(db: duckdb.DuckDBPyConnection, labels: Mapping[str, str]) -> list[str]:
    """List the columns in which no row has the label."""
    return [
        column
        for column, label in labels.items()
        if not db.execute(f"SELECT 1 FROM raw WHERE {column} = ? LIMIT 1", [label]).fetchall()
    ]


def _write_lines(
    source: Source, name: str, layout: Accepted, more: Mapping[str, Mapping[str, str]]
) -> str:
    """Write what a layout accepts, and more, as a source's file would have it."""
    fields = {
        field: getattr(layout, field) | more.get(field, {})
        for field in ("columns", "labels", "without", "sums")
    }
    lines = [f"{field} = {{ {_write_pairs(given)} }}" for field, given in fields.items() if given]
    said = (
        f"\n  If they mean the same, add at the end of pipeline/sources/{source.id}.toml:",
        f"[[{'official.' if source.is_official else ''}accepts]]",
        f"release = {_write_text(release(name))}",
    )
    return "\n    ".join((*said, *lines))


def _write_pairs(given: Mapping[str, str | tuple[str, ...]]) -> str:
    return ", ".join(
        f"{_write_text(ours)} = {_write_text(theirs)}" for ours, theirs in given.items()
    )


def _write_text(words: str | tuple[str, ...]) -> str:
    """Write words as TOML does, whose strings are those of JSON."""
    return json.dumps(words, ensure_ascii=False)
