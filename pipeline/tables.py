"""Rows and arrays into tables, and tables into rows."""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray


def insert(db: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    """Add rows to a table: one statement however many rows there are."""
    if rows:
        fill(db, table, {name: [row[name] for row in rows] for name in rows[0]})


def fill(db: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
    """Add columns to a table; what is not a number is nothing."""
    parts = ", ".join(f"unnest(${name}) AS {name}" for name in columns)
    values = {name: [_plain(cell) for cell in column] for name, column in columns.items()}
    db.execute(f"INSERT INTO {table} BY NAME SELECT {parts}", values)


def _plain(cell: object) -> object:
    """Give a number of Python's own for one of numpy's, and nothing for what is not a number."""
    cell = cell.item() if isinstance(cell, np.generic) else cell
    return None if isinstance(cell, float) and np.isnan(cell) else cell


def records(db: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """Give the rows of a query as dictionaries."""
    found = db.execute(sql)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def hold(db: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, NDArray[Any]]) -> None:
    """Let SQL read columns of one length under a name; what is not a number is nothing."""
    db.register(name, {key: np.ascontiguousarray(column) for key, column in columns.items()})
