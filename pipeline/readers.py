"""How a published file becomes a table of text: nothing is cast, dropped or renamed here."""

import csv
import difflib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Hashable, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from python_calamine import CalamineError, CalamineWorkbook

from pipeline import boundaries, drift
from pipeline.catalogue import Accepted, Source
from pipeline.errors import SourceError
from pipeline.lake import read_head

# What the libraries raise for a file that is not of its kind.
UNREADABLE = (
    *(duckdb.Error, CalamineError, UnicodeDecodeError),
    *(OSError, csv.Error, zipfile.BadZipFile),
)

SHAPES = Path(__file__).parent / "sources"

# What a sheet of a workbook holds.
Cells = Sequence[Sequence[Hashable]]

# What every file of the Department for Education's open data standard says of a row.
EES_COLUMNS = (
    "time_period",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "la_name",
)


def read(db: duckdb.DuckDBPyConnection, source: Source, name: str, path: Path) -> None:
    """Make the temporary table `raw`: every wanted column of one file, as text.

    Raises SourceError, naming the file and the place, when the file is not what its source says.
    """
    try:
        read_kind = {
            "csv": _read_csv,
            "workbook": _read_workbook,
            "parquet": _read_parquet,
            "shapes": _shapes,
        }
        rows = read_kind[source.reader](db, source, name, path)
    except UNREADABLE as e:
        found = describe_reason(e)
        raise SourceError(f"{source.id}: {name}: could not be read: found {found}") from e
    _has_rows(source, name, "table", rows)
    if source.rows != "true":
        [(gone,)] = db.execute(f"DELETE FROM raw WHERE ({source.rows}) IS NOT TRUE").fetchall()
        _has_rows(source, name, f"rows where {source.rows}", rows - gone)
    _check_expected(db, source, name)
    _tell_apart(db, source, name)
    _reshape_rows(db, source, name)


def describe_reason(error: Exception) -> str:
    """Say in one line what a library found, without its advice and its own settings."""
    return " ".join(str(error).partition("Possible fixes")[0].split())[:300]


def _read_csv(db: duckdb.DuckDBPyConnection, source: Source, name: str, path: Path) -> int:
    """Load text and count its rows: a cast in the scan would drop rows (DuckDB issue 23818)."""
    skip = max(source.header_rows)
    published = _unify_names(source, name_columns(read_head(path, skip), source.header_rows))
    layouts = _find_layouts(source, name, published)
    header = layouts[0].named(published)
    _is_whole(source, name, path)
    wanted = _describe_wanted(source, layouts[0])
    [(rows,)] = db.execute(
        f"CREATE OR REPLACE TEMP TABLE raw AS SELECT {wanted} FROM read_csv(?, "
        "auto_detect = false, header = false, skip = ?, columns = ?, delim = ',', quote = '\"', "
        "escape = '\"', strict_mode = true)",
        [str(path), skip, dict.fromkeys(header, "VARCHAR")],
    ).fetchall()
    if rows:
        drift.relabel_columns(db, source, name, layouts)
    return int(rows)


def _read_workbook(db: duckdb.DuckDBPyConnection, source: Source, name: str, path: Path) -> int:
    """Read a sheet, or several that are alike: then a column `sheet` says where a row is from."""
    book = _open_workbook(path.read_bytes(), is_ods=path.suffix == ".ods")
    rows = 0
    for number, title in enumerate(source.sheets or (str(source.sheet),)):
        of_sheet = _read_sheet(db, source, name, book, title)
        _has_rows(source, name, f"sheet '{title}'", of_sheet)
        rows += of_sheet
        if source.sheets:
            into = "INSERT INTO sheets" if number else "CREATE OR REPLACE TEMP TABLE sheets AS"
            db.execute(f"{into} SELECT *, ? AS sheet FROM raw", [title])
    if source.sheets:
        db.execute("DROP TABLE raw")
        db.execute("ALTER TABLE sheets RENAME TO raw")
    keep_cover(db, source, name, book)
    return rows


@lru_cache(maxsize=16)  # up to five sources read one file, one after the other
def _open_workbook(content: bytes, *, is_ods: bool) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(repair_workbook_bytes(content, is_ods=is_ods))


def _read_sheet(
    db: duckdb.DuckDBPyConnection, source: Source, name: str, book: CalamineWorkbook, title: str
) -> int:
    """Write the sheet out as CSV and read that: one way in for every table."""
    cells = _pick_wanted(source, _read_cells(source, name, book, title))
    if source.period == "month":  # which the first line may name
        heading = next((cell for row in cells for cell in row if cell), None)
        db.execute("SET VARIABLE heading = ?", [heading])
    with TemporaryDirectory() as folder:
        sheet = Path(folder) / "sheet.csv"
        with sheet.open("w", encoding="utf-8", newline="") as file:
            last = max(source.header_rows)
            csv.writer(file).writerows(r for i, r in enumerate(cells) if i < last or any(r))
        return _read_csv(db, source, name, sheet)


def _read_cells(source: Source, name: str, book: CalamineWorkbook, title: str) -> Cells:
    title = next((t for t in book.sheet_names if fnmatchcase(t, title)), title)
    if title not in book.sheet_names:
        near = _find_nearest(title, book.sheet_names)
        raise SourceError(f"{source.id}: {name}: found no sheet '{title}'{near}")
    return book.get_sheet_by_name(title).to_python(skip_empty_area=False)


def _pick_wanted(source: Source, cells: Cells) -> list[list[str | None]]:
    """Write out the header and, below it, the columns that are read: a quarter of all cells."""
    last = max(source.header_rows)
    header = [[_write_cell(cell) for cell in row] for row in cells[:last]]
    names = name_columns([[cell or "" for cell in row] for row in header], source.header_rows)
    columns = _list_columns(source)
    wanted = {
        *columns,
        *(name for layout in source.accepts for name in layout.columns.values()),
        *(name for layout in source.accepts for parts in layout.sums.values() for name in parts),
    }
    places = [
        i for i, name in enumerate(_unify_names(source, names)) if not columns or name in wanted
    ]
    below = []
    for row in cells[last:]:
        kept: list[str | None] = [None] * len(row)
        for place in places:
            kept[place] = _write_cell(row[place])
        below.append(kept)
    return header + below


def _write_cell(cell: Hashable) -> str | None:
    # Most cells of a report are empty: to ask that first takes half the time.
    return None if cell == "" else write_as_text(cell)


def keep_cover(
    db: duckdb.DuckDBPyConnection, source: Source, name: str, book: CalamineWorkbook
) -> None:
    """Keep what the cover of a workbook says of this release and of the next.

    Raises SourceError where there is no such sheet, or where it gives no day of publication.
    """
    if source.cover is None:
        return
    pattern = source.cover.sheet
    title = next((t for t in book.sheet_names if fnmatchcase(t, pattern)), pattern)
    cells = _read_cells(source, name, book, title)
    lines = [" ".join(filter(None, map(_write_cell, row))) for row in cells]
    published = _find_stated(lines, source.cover.published)
    if published is None:
        raise SourceError(
            f"{source.id}: {name}: sheet '{title}': found no day of publication, "
            f"wanted a line like '{source.cover.published}'"
        )
    following = _find_stated(lines, source.cover.next_release or "")
    db.execute(
        "INSERT INTO release_date VALUES (?, ?, ?, NULL, ?, ?, ?)",
        [source.id, name, source.id, published, following, f"sheet '{title}'"],
    )


def _find_stated(lines: list[str], pattern: str) -> str | None:
    """Give what stands at a pattern's group in the first line that is like it."""
    found = (re.fullmatch(pattern, line) for line in lines if pattern)
    return next((match[1].strip() for match in found if match), None)


def _shapes(db: duckdb.DuckDBPyConnection, source: Source, name: str, path: Path) -> int:
    """Read what is said of shapes, and the shapes as text."""
    try:
        rows = boundaries.read_shapes(path.read_bytes(), str(source.topology_object))
        header = list(dict.fromkeys(key for row in rows for key in row))
        _require(source, name, header)
        columns = ", ".join(
            f"unnest(${i}) AS {quote_identifier(key)}" for i, key in enumerate(header, 1)
        )
        db.execute(
            f"CREATE OR REPLACE TEMP TABLE raw AS SELECT {columns}",
            [[row.get(key) for row in rows] for key in header],
        )
        return len(rows)
    except (AttributeError, LookupError, TypeError, ValueError) as e:
        raise SourceError(
            f"{source.id}: {name}: found no sound shapes "
            f"({type(e).__name__}: {describe_reason(e)}), wanted GeoJSON, or TopoJSON that shapes "
            "were made of"
        ) from e


def _read_parquet(db: duckdb.DuckDBPyConnection, source: Source, name: str, path: Path) -> int:
    header = [row[0] for row in db.execute("DESCRIBE FROM read_parquet(?)", [str(path)]).fetchall()]
    _require(source, name, header)
    wanted = ", ".join(
        f"CAST({quote_identifier(c)} AS VARCHAR) AS {quote_identifier(c)}"
        for c in _list_columns(source)
    )
    [(rows,)] = db.execute(
        f"CREATE OR REPLACE TEMP TABLE raw AS SELECT {wanted} FROM read_parquet(?)", [str(path)]
    ).fetchall()
    return int(rows)


def repair_workbook_bytes(content: bytes, *, is_ods: bool) -> io.BytesIO:
    """Give a workbook's bytes; an OpenDocument file that lacks its type is given one."""
    if not is_ods:
        return io.BytesIO(content)
    typed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(typed, "w") as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for item in old.infolist():
            if item.filename != "mimetype":
                new.writestr(item, old.read(item))
    typed.seek(0)
    return typed


def name_columns(rows: list[list[str]], header_rows: tuple[int, ...]) -> list[str]:
    """Name each column from one or more header rows; the second of a name gets ' (2)'.

    Upper rows are titles over several columns, so each reaches to the right until the next. One
    without any name is called by its number: 'column 1' is the leftmost.
    """
    if len(rows) < max(header_rows):
        return []
    *titles, last = [rows[number - 1] for number in header_rows]
    filled = [_fill(row) for row in titles]
    names = [
        " | ".join(part for part in parts if part)
        for parts in zip_longest(*filled, [cell.strip() for cell in last], fillvalue="")
    ]
    seen: Counter[str] = Counter()
    unique = []
    for number, written in enumerate(names, start=1):
        name = written or f"column {number}"
        seen[name] += 1
        unique.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return unique


def _unify_names(source: Source, header: list[str]) -> list[str]:
    """Give each column that goes by several names the one that its source uses."""
    own = {other: name for name, others in source.also_called.items() for other in others}
    return [own.get(name, name) for name in header]


def _fill(row: list[str]) -> list[str]:
    title, filled = "", []
    for cell in row:
        title = cell.strip() or title
        filled.append(title)
    return filled


@lru_cache(maxsize=1 << 16, typed=True)  # half the cells of a report are like one before
def write_as_text(cell: Hashable) -> str | None:
    """Write a workbook cell as a person would type it, on one line; None when it is empty."""
    if isinstance(cell, str):
        return " ".join(cell.split()) or None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def quote_identifier(name: str) -> str:
    """Quote an identifier for SQL."""
    return '"' + name.replace('"', '""') + '"'


def _list_columns(source: Source) -> list[str]:
    """List the columns a source reads: those its query names and those it unpivots."""
    shared = [*EES_COLUMNS, *source.indicators] if source.layout == "ees" else []
    if source.breakdown_column:
        shared.append(source.breakdown_column)
    return list(dict.fromkeys([*shared, *source.columns, *source.expect]))


def _describe_wanted(source: Source, layout: Accepted) -> str:
    return ", ".join(_as_named(column, layout) for column in _list_columns(source)) or "*"


def _as_named(column: str, layout: Accepted) -> str:
    if column in layout.without:
        return f"'{layout.without[column]}' AS {quote_identifier(column)}"
    if column in layout.sums:
        return f"{_sum(layout.sums[column])} AS {quote_identifier(column)}"
    return quote_identifier(column)


def _sum(parts: Sequence[str]) -> str:
    """Add up columns of text; where one is no number, the first such stands for the sum."""
    names = [quote_identifier(part) for part in parts]
    odd = " ".join(f"WHEN try_cast({n} AS BIGINT) IS NULL THEN {n}" for n in names)
    whole = " + ".join(f"try_cast({n} AS BIGINT)" for n in names)
    return f"CASE {odd} ELSE ({whole})::VARCHAR END"


def _require(source: Source, name: str, header: list[str], advice: str = "") -> None:
    for column in _list_columns(source):
        if column not in header:
            place = f"header (row {' and '.join(map(str, source.header_rows))})"
            raise SourceError(
                f"{source.id}: {name}: {place}: found no column '{column}'"
                f"{_find_nearest(column, header)}{advice}"
            )
        if f"{column} (2)" in header and f"{column} (2)" not in source.columns:
            raise SourceError(f"{source.id}: {name}: header: found column '{column}' twice")


def _find_layouts(source: Source, name: str, published: list[str]) -> list[Accepted]:
    """List the accepted layouts that a header has. Raises SourceError when there is none."""
    columns = _list_columns(source)
    layouts = drift.list_fitting_layouts(source, published, columns)
    layout = layouts[0] if layouts else drift.find_nearest_layout(source, published, columns)
    said = "" if layouts else drift.write_advice(source, name, published, columns)
    _require(source, name, drift.columns_of(layout, published), said)
    return layouts


def _is_whole(source: Source, name: str, path: Path) -> None:
    """Tell a file that was cut short: every published text ends its last line."""
    with path.open("rb") as file:
        file.seek(-1, io.SEEK_END)
        if file.read() != b"\n":
            raise SourceError(f"{source.id}: {name}: found a last line without an end, wanted one")


def _find_nearest(wanted: str, found: list[str]) -> str:
    near = difflib.get_close_matches(wanted, found, n=1, cutoff=0.5)
    return f"; the nearest is '{near[0]}'" if near else f"; it has {', '.join(found)[:200]}"


def _check_expected(db: duckdb.DuckDBPyConnection, source: Source, name: str) -> None:
    """Check the columns that say what kind of rows these are: any other kind is refused."""
    if not source.expect:
        return
    columns = [f"coalesce({quote_identifier(column)}, '')" for column in source.expect]
    is_odd = [f"NOT list_contains(${i}, {column})" for i, column in enumerate(columns, 1)]
    odd = db.execute(
        f"SELECT {', '.join(['rowid', *columns])} FROM raw WHERE {' OR '.join(is_odd)} LIMIT 1",
        [list(wanted) for wanted in source.expect.values()],
    ).fetchall()
    for row, *cells in odd:
        pairs = zip(source.expect.items(), cells, strict=True)
        column, wanted, found = next((c, w, cell) for (c, w), cell in pairs if cell not in w)
        raise SourceError(
            f"{source.id}: {name}: column '{column}', row {row + max(source.header_rows) + 1}: "
            f"found {found!r}, wanted one of {', '.join(wanted)}"
        )


def _reshape_rows(db: duckdb.DuckDBPyConnection, source: Source, name: str) -> None:
    """Give the rows of another layout the columns that the source describes."""
    if source.shape:
        query = (SHAPES / source.shape).read_text(encoding="utf-8")
        try:
            db.execute(f"CREATE OR REPLACE TEMP TABLE raw AS {query}")
        except duckdb.Error as e:
            raise SourceError(
                f"{source.id}: {name}: rows could not be read: found {describe_reason(e)}"
            ) from e


def _has_rows(source: Source, name: str, place: str, rows: int) -> None:
    """Check that there is something below the header: of several sheets, in each."""
    if not rows:
        raise SourceError(
            f"{source.id}: {name}: {place}: found no row below the header, wanted some"
        )


def _tell_apart(db: duckdb.DuckDBPyConnection, source: Source, name: str) -> None:
    """Check that no two rows are of one thing, where a query adds rows up and would not notice."""
    if source.key:
        columns = ", ".join(quote_identifier(column) for column in source.key)
        twice = db.execute(
            f"SELECT concat_ws(', ', {columns}), count(*) FROM raw "
            f"WHERE coalesce({columns}) IS NOT NULL GROUP BY {columns} HAVING count(*) > 1 LIMIT 1"
        ).fetchall()
        for found, times in twice:
            raise SourceError(f"{source.id}: {name}: found {times} rows of '{found}', wanted one")
