"""A published build read into memory: its small tables as values, the figures as a database."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import numpy as np

from dashboard.domain.build import NEIGHBOUR_MODEL, Build
from dashboard.domain.records import (
    UNRANKED,
    Area,
    Figure,
    Metric,
    Signal,
    Source,
    Spread,
    Tests,
    UsualSpread,
)
from dashboard.store.ask import PREPARED, group_by, read_queries
from pipeline import builds
from pipeline.errors import DamagedError
from pipeline.methods.intervals import Floats
from pipeline.signal_rule import TESTED

K = TypeVar("K")
R = TypeVar("R")

TABLES = (
    *("area", "neighbour", "metric", "source_file", "metric_value", "comparison"),
    *("reconciliation", "area_overlap", "programme", "freshness", "benchmark", "group_summary"),
    *("funnel", "provision", "provision_mix", "association", "signal", "area_index", "index_part"),
    *("signal_test", "usual_spread", "context"),
)
PASSING = ("metric_value", "comparison")
MADE = ("figure", "latest", "period", "series", "ended_by", "wanted")
BOUNDARIES = "boundaries.json"
FEWEST_IN_YEAR = 50  # metrics
ROWS_AT_ONCE = 500  # made into values: some 5 ms, in which no reader is served
SQL = read_queries("build")


def load_build(place: Path, pause: float = 0) -> Build:
    """Read a build into memory; `pause` is what readers of the one before get in between, in s.

    Raises:
        DamagedError: it is not as it was written, or its tables are not those that are asked for.
    """
    hashes = builds.check_build(place)
    try:
        return _load_build(_Reading(_make_database(place), pause), place, hashes)
    except duckdb.Error as e:
        raise DamagedError(f"{place.name}: its tables cannot be read: {e}") from e


def _make_database(place: Path) -> duckdb.DuckDBPyConnection:
    db = duckdb.connect(config={"threads": 1})
    for table in TABLES:
        path = str(place / f"{table}.parquet").replace("'", "''")
        # What only goes into other tables is read from its file: held, it would add 200 MB.
        kind = "VIEW" if table in PASSING else "TABLE"
        db.execute(f"CREATE {kind} {table} AS FROM read_parquet('{path}')")
    for name in MADE:
        db.execute(SQL[f"make_{name}"])
    for table in PASSING:
        db.execute(f"DROP VIEW {table}")
    for question in PREPARED.values():
        db.execute(f"PREPARE question AS {question}")  # every column a page will want is there
        db.execute("DEALLOCATE question")
    return db


class _Reading:
    """The database of a build while its small tables are read."""

    def __init__(self, db: duckdb.DuckDBPyConnection, pause: float) -> None:
        self.db, self.pause = db, pause

    def rows(self, query: str, given: object = None) -> list[tuple]:
        """The answer to a query."""
        return self.db.execute(SQL[query], given).fetchall()

    def by_first(
        self, query: str, make: Callable[[tuple], R], given: object = None
    ) -> dict[str, R]:
        """The answer to a query by its first column, each row made into a value."""
        return {row[0]: make(row) for row in self.rows(query, given)}

    def rows_with_pauses(self, query: str) -> Iterator[tuple]:
        """The same rows, with a moment for others between some and some more."""
        asked = self.db.execute(SQL[query])
        while rows := asked.fetchmany(ROWS_AT_ONCE):
            yield from rows
            time.sleep(self.pause)


def _load_build(read: _Reading, place: Path, hashes: Mapping[str, str]) -> Build:
    usual_spreads = tuple(UsualSpread._make(row) for row in read.rows("usual_spreads"))
    spreads = map(Spread._make, read.rows("latest_spreads"))
    newest = map(Figure._make, read.rows_with_pauses("newest"))
    signals = group_by(itemgetter(0), read.rows("signals"))
    return Build(
        id=place.name,
        db=read.db,
        areas=read.by_first("areas", lambda row: Area(*_freeze(row))),
        metrics=read.by_first("metrics", lambda row: Metric(*_freeze(row))),
        sources=read.by_first("sources", lambda row: Source(*row)),
        near={NEIGHBOUR_MODEL: {}} | _nest(map(_freeze, read.rows("near"))),
        boards=read.by_first("boards", lambda row: tuple(zip(*row[1:], strict=True))),
        programmes=read.by_first("programmes", lambda row: tuple(row[1])),
        peers=read.by_first("peers", lambda row: tuple(row[1]), [list(UNRANKED)]),
        newest=_nest((f.area_code, (f.metric, f.breakdown), f) for f in newest),
        signals={area: [Signal._make(row[1:]) for row in rows] for area, rows in signals.items()},
        tests=read.by_first("tests", lambda row: Tests._make(_freeze(row))),
        usual_spreads=usual_spreads,
        years=tuple(year for (year,) in read.rows("years", [FEWEST_IN_YEAR]))[1:],
        in_years=_load_figures_in_years(read.db, len(usual_spreads)),
        spreads={(spread.metric, spread.breakdown): spread for spread in spreads},
        hashes=hashes,
        outlines=(place / BOUNDARIES).read_bytes() if BOUNDARIES in hashes else b"",
    )


def _freeze(row: tuple) -> tuple[Any, ...]:
    """A row whose lists cannot change, as what is shared by all readers should be."""
    return tuple(tuple(item) if isinstance(item, list) else item for item in row)


def _nest(items: Iterable[tuple[str, K, R]]) -> dict[str, dict[K, R]]:
    """Values by two keys, one within the other."""
    nested: dict[str, dict[K, R]] = {}
    for outer, inner, value in items:
        nested.setdefault(outer, {})[inner] = value
    return nested


def _load_figures_in_years(db: duckdb.DuckDBPyConnection, spreads: int) -> dict[str, Floats]:
    """Each area's figures that have a usual spread, but for those of small numbers.

    Made as arrays, so that no reader waits while they are.
    """
    least = {name: TESTED[name] for name in ("least_out_of", "least_expected")}
    asked = db.execute(SQL["figures_in_years"], least).fetchnumpy()
    areas, at = np.unique(asked["area_code"].astype(str), return_inverse=True)
    years = int(asked["year"].max(initial=-1)) + 1
    figures = np.full((len(areas), spreads, years), np.nan)
    figures[at, asked["place"], asked["year"]] = asked["value"]
    return dict(zip(areas.tolist(), figures, strict=True))
