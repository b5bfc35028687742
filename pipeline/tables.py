"""The database that a build is made in: rows and arrays into its tables, tables into rows."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent

Step = str | Callable[[duckdb.DuckDBPyConnection], None]


@contextmanager
def connect() -> Generator[duckdb.DuckDBPyConnection]:
    """Open an in-memory database that gives the same bytes each time: one thread, fixed order.

    Its tables are compressed at each checkpoint, which one of DuckDB's own making never is.
    """
    with duckdb.connect() as db:
        db.execute("SET threads = 1")
        db.execute("SET memory_limit = '1200MB'")
        db.execute("SET enable_progress_bar = false")  # what is printed is for programs to read
        db.execute("SET temp_directory = ''")  # nothing is spilled beside the program
        db.execute("ATTACH ':memory:' AS made (COMPRESS)")
        db.execute("USE made")
        yield db


def pack_tables(db: duckdb.DuckDBPyConnection) -> None:
    """Compress the tables as they stand: a tenth of the memory, for a tenth of a second each."""
    db.execute("CHECKPOINT")


def run_step(db: duckdb.DuckDBPyConnection, step: Step) -> None:
    """Execute one step: a SQL file beside this module, or a function."""
    if isinstance(step, str):
        db.execute((HERE / step).read_text(encoding="utf-8"))
    else:
        step(db)


def set_variables(db: duckdb.DuckDBPyConnection, **variables: Any) -> None:  # noqa: ANN401 - as SQL
    """Let the SQL that follows read values by name."""
    for name, value in variables.items():
        db.execute(f"SET VARIABLE {name} = ?", [value])


def insert_rows(db: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    """Add rows to a table: one statement however many rows there are."""
    if rows:
        fill_table(db, table, {name: [row[name] for row in rows] for name in rows[0]})


def fill_table(
    db: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, Sequence[Any]]
) -> None:
    """Add columns to a table; what is not a number is nothing."""
    parts = ", ".join(f"unnest(${name}) AS {name}" for name in columns)
    values = {name: [_make_plain(cell) for cell in column] for name, column in columns.items()}
    db.execute(f"INSERT INTO {table} BY NAME SELECT {parts}", values)


def _make_plain(cell: object) -> object:
    """Give a number of Python's own for one of numpy's, and nothing for what is not a number."""
    cell = cell.item() if isinstance(cell, np.generic) else cell
    return None if isinstance(cell, float) and np.isnan(cell) else cell


def load_records(db: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """Give the rows of a query as dictionaries."""
    answer = db.execute(sql)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def hold_columns(
    db: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, NDArray[Any]]
) -> None:
    """Let SQL read columns of one length under a name; what is not a number is nothing."""
    db.register(name, {key: np.ascontiguousarray(column) for key, column in columns.items()})
