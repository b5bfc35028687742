"""Questions to the published build: SQL by name, as queries/*.sql has it, and rows as records."""

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

from dashboard.domain import records
from dashboard.domain.build import Build

K = TypeVar("K")
R = TypeVar("R")
Given = list[Any] | dict[str, Any]

FOLDER = Path(__file__).parent / "queries"
NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


class Columns(str):
    """The columns of a record, as a query asks for them: {Figure}, or {Figure:f} of a table."""

    __slots__ = ()

    def __format__(self, table: str) -> str:
        """The names with commas between, each of the table that is named."""
        return ", ".join(f"{table}.{name}" if table else name for name in self.split())


def _read_columns() -> dict[str, Columns]:
    kinds = {name: kind for name, kind in vars(records).items() if isinstance(kind, type)}
    named = {
        name: [field.name for field in fields(kind)]
        if is_dataclass(kind)
        else getattr(kind, "_fields", ())
        for name, kind in kinds.items()
    }
    return {name: Columns(" ".join(of)) for name, of in named.items()}


def read_queries(subject: str) -> dict[str, str]:
    """The queries of one file by name, with the columns of the records they ask for."""
    _, *parts = NAME.split((FOLDER / f"{subject}.sql").read_text(encoding="utf-8"))
    columns = _read_columns()
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {name: sql.format(**columns).strip() for name, sql in pairs}


# Asked of a build after it is loaded. Each is prepared once when it is: a build of other columns
# is then refused as a whole, and no page meets a table that it cannot read.
PREPARED = {
    name: sql
    for subject in ("figures", "groups", "analyses", "provenance")
    for name, sql in read_queries(subject).items()
}
QUERIES = PREPARED | read_queries("changes")


def load_rows(build: Build, query: str, given: Given | None = None) -> list[tuple]:
    """The answer to a query, through a cursor of its own: a connection is not for many threads."""
    with build.db.cursor() as cursor:
        return cursor.execute(QUERIES[query], given).fetchall()


def load_records(
    build: Build, make: Callable[[tuple], R], query: str, given: Given | None = None
) -> list[R]:
    """The answer to a query, each row made into a record."""
    return [make(row) for row in load_rows(build, query, given)]


def group_by(key: Callable[[R], K], items: Iterable[R]) -> dict[K, list[R]]:
    """Items by what they have in common, in their order."""
    grouped: dict[K, list[R]] = {}
    for item in items:
        grouped.setdefault(key(item), []).append(item)
    return grouped
