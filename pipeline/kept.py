"""Kept rows: what sources selected from files that are in no place online in the form they read.

No fetch can bring such a file, and published files are not part of this repository: the rows made
of it are. They stand in data/kept, a file for each table, and are read where the lake does not hold
the file itself. `python -m scripts.keep` writes them.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.catalogue import Source
from pipeline.errors import SourceError
from pipeline.tables import load_records

KEPT = Path(__file__).parents[1] / "data" / "kept"
LIST = "source_file"  # says of which files, of which source, rows are kept
LISTED = ("source", "path", "selects", "rows")
NOTE = "The figures were kept from this file; the file itself is not fetched."

# What decides which rows a source selects of one file, beside its query.
DECIDES = {"gives", "sheet", "sheets", "cover", "topology_object", "header_rows"}


@dataclass(frozen=True)
class Kept:
    """A folder of kept rows, and what it says of each source and file that it has rows of."""

    folder: Path
    files: Mapping[tuple[str, str], Mapping[str, Any]]

    def place(self, table: str) -> Path:
        """Name the file of a table."""
        return self.folder / f"{table}.parquet"


def load(columns: Iterable[str] = (), folder: Path | None = None) -> Kept:
    """Read what rows are kept of; nothing where there is no such folder.

    Raises SourceError where it is no list of files with the columns that are asked for.
    """
    found = Kept(folder or KEPT, {})
    path = found.place(LIST)
    if not path.is_file():
        return found
    with duckdb.connect() as db:
        _require(path, _read_header(db, path), (*LISTED, *columns))
        rows = load_records(db, f"FROM read_parquet('{_quote_path(path)}')")
    return Kept(found.folder, {(row["source"], row["path"]): row for row in rows})


def check(db: duckdb.DuckDBPyConnection, kept: Kept, sources: Collection[str]) -> None:
    """See that every kept row is of a known source and file, and has the columns of its table.

    Raises SourceError.
    """
    listed = kept.place(LIST)
    for source, name in kept.files:
        if source not in sources:
            raise SourceError(
                f"kept: {listed}: {name}: found source '{source}', wanted one of the catalogue: "
                "run python -m scripts.keep"
            )
    for path in sorted(kept.folder.glob("*.parquet")):
        if path != listed:
            _check_table(db, kept, path)


def _check_table(db: duckdb.DuckDBPyConnection, kept: Kept, path: Path) -> None:
    wanted = db.execute(
        "SELECT column_name FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
        [path.stem],
    ).fetchall()
    if not wanted:
        raise SourceError(f"kept: {path}: found no table '{path.stem}', wanted one of schema.sql")
    _require(path, _read_header(db, path), [name for (name,) in wanted])
    of = db.execute("SELECT DISTINCT source, file FROM read_parquet(?)", [str(path)]).fetchall()
    for source, name in sorted(set(of) - set(kept.files), key=str):
        raise SourceError(
            f"kept: {path}: column 'source': found rows of '{source}' and {name}, "
            f"wanted only those listed in {kept.place(LIST).name}"
        )


def put(
    db: duckdb.DuckDBPyConnection, kept: Kept, source: Source, name: str, query: str
) -> dict[str, int]:
    """Add the rows kept of one file to the tables they are of, and count them for each.

    Raises SourceError where they are not those, or not all of those, that the source now selects.
    """
    said = kept.files[source.id, name]
    if said["selects"] != hash_selection(source, query):
        raise SourceError(
            f"{source.id}: {kept.place(LIST)}: {name}: found rows of another query than the "
            "source has now, wanted those of this one: run python -m scripts.keep where the file is"
        )
    counts = {}
    for table in list_tables(source):
        try:
            [(counts[table],)] = db.execute(
                f"INSERT INTO {table} BY NAME FROM read_parquet(?) WHERE source = ? AND file = ?",
                [str(kept.place(table)), source.id, name],
            ).fetchall()
        except duckdb.Error as e:
            raise _build_unreadable_error(kept.place(table), e) from e
    if sum(counts.values()) != said["rows"]:
        raise SourceError(
            f"{source.id}: {', '.join(str(kept.place(table)) for table in counts)}: {name}: "
            f"found {sum(counts.values()):,} rows, wanted {said['rows']:,}"
        )
    return counts


def list_tables(source: Source) -> list[str]:
    """List the tables that a source's rows go into."""
    own = "selection" if source.gives == "observation" else source.gives
    return [own, "release_date"] if source.cover else [own]


def hash_selection(source: Source, query: str) -> str:
    """Give the hash of what decides which rows a source selects."""
    text = query + source.model_dump_json(include=DECIDES)
    return hashlib.sha256(text.encode()).hexdigest()


def list_hashes(kept: Kept) -> list[str]:
    """Give the hash of each file of kept rows, as a line of text."""
    return [
        f"kept {path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in sorted(kept.folder.glob("*.parquet"))
    ]


def _read_header(db: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    try:
        described = db.execute("DESCRIBE FROM read_parquet(?)", [str(path)]).fetchall()
    except duckdb.Error as e:
        raise _build_unreadable_error(path, e) from e
    return [row[0] for row in described]


def _require(path: Path, header: list[str], wanted: Iterable[str]) -> None:
    for column in wanted:
        if column not in header:
            raise SourceError(
                f"kept: {path}: header: found no column '{column}', only {', '.join(header)}; "
                "wanted it: run python -m scripts.keep"
            )


def _build_unreadable_error(path: Path, error: Exception) -> SourceError:
    reason = " ".join(str(error).split())[:200]
    return SourceError(f"kept: {path}: table: found no sound file ({reason}), wanted kept rows")


def _quote_path(path: Path) -> str:
    return str(path).replace("'", "''")
