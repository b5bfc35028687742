"""python -m scripts.keep RAW: write data/kept, the rows made of files that no fetch can bring.

A few files are conversions or were put together by hand: nobody publishes them in this form, and
published files are not part of this repository. The rows that sources select of them are, so that a
refresh on a machine without those files builds everything. Wanted whenever such a file, or what a
source selects of one, has changed.
"""

import argparse
from pathlib import Path
from typing import Any

import duckdb

from pipeline import build, catalogue, lake
from pipeline.fetch import routes
from pipeline.kept import KEPT, LIST, NOTE, Kept, hash_selection, list_tables
from pipeline.lake import Lake
from pipeline.tables import insert_rows

LISTED = f"""
    SELECT f.source, f.path, f.* EXCLUDE (source, path, note, archive_date, publication_title),
        trim(concat_ws(' ', nullif(f.note, ''), '{NOTE}')) AS note, h.selects, h.rows
    FROM source_file AS f JOIN held AS h ON h.source = f.source AND h.file = f.path
    ORDER BY f.source, f.path
"""


def keep(raw: Path, folder: Path = KEPT) -> list[str]:
    """Write the rows of every file that is nowhere online, and give the paths of these files.

    The same files always give the same bytes. Raises SourceError where a file is missing.
    """
    known = catalogue.load_catalogue()
    with lake.open_lake(raw, lake.EVERY) as files, build.connect() as db:
        files.kept = Kept(folder, {})  # nothing is kept of what was kept
        build.insert_definitions(db, known)
        held = list_held(files, known)
        of = {row["source"] for row in held}
        build.ingest_sources(
            db,
            files,
            (s for s in build.sort_sources(known) if s.gives != "observation" or s.id in of),
        )
        db.execute("CREATE TABLE held (source TEXT, file TEXT, selects TEXT, rows BIGINT)")
        insert_rows(db, "held", held)
        write(db, folder, {t for id_ in of for t in list_tables(known.sources[id_])})
    return sorted({row["file"] for row in held})


def list_held(files: Lake, known: catalogue.Catalogue) -> list[dict[str, Any]]:
    """List the sources and the files of theirs that no route leads to."""
    known_routes = routes.load().file
    return [
        {
            "source": source.id,
            "file": name,
            "selects": hash_selection(source, build.build_query(source)),
            "rows": 0,
        }
        for source in known.sources.values()
        for name in lake.read_by(files, source)
        if is_held(known_routes, name.partition("!")[0])
    ]


def is_held(known: tuple[routes.Route, ...], path: str) -> bool:
    """Tell whether no route leads to a publisher's file at this path."""
    exact = [route for route in known if "{name}" not in route.path]
    return {route.by for route in exact if route.pattern.fullmatch(path)} == {"held"}


def write(db: duckdb.DuckDBPyConnection, folder: Path, names: set[str]) -> None:
    """Write the held rows of some tables, and the list of what they are of."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.parquet"):
        old.unlink()
    for name in sorted(names):
        rows = f"FROM {name} WHERE (source, file) IN (SELECT (source, file) FROM held)"
        db.execute(
            "UPDATE held SET rows = rows + n FROM "
            f"(SELECT source, file, count(*) AS n {rows} GROUP BY ALL) AS found "
            "WHERE held.source = found.source AND held.file = found.file"
        )
        copy(db, f"{rows} ORDER BY {name}.rowid", folder / f"{name}.parquet")
    copy(db, LISTED, folder / f"{LIST}.parquet")


def copy(db: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write the rows of a query, packed as small as they get."""
    db.execute(
        f"COPY ({query}) TO ? (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19)", [str(path)]
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m scripts.keep", description=__doc__)
    parser.add_argument("raw", type=Path, help="folder of raw files, with MANIFEST.csv")
    print("\n".join(keep(parser.parse_args().raw)))
