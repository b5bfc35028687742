"""What differs between two builds: figures added, revised and withdrawn, metrics, files.

A figure is one metric, group, area and period. It is *revised* when its value differs by more than
rounding noise, *withdrawn* when it had a value and has none, *added* when it had none and has one;
where there was none and is none, but for another reason, the *reason* differs. Figures of a metric
that is no longer shown are counted with the metric and not one by one.
"""

import csv
import logging
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline import builds, formulas
from pipeline.errors import PublishError
from pipeline.tables import load_records

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
KEY = "metric, breakdown, area_code, time_period"

# What is written beside a build. Of revised and withdrawn figures the newest periods are listed, as
# many as fit; `release_change` counts them all.
TABLES = {
    "revision": "SELECT * EXCLUDE (place) FROM listed ORDER BY metric, breakdown, period_end DESC, "
    "area_code",
    "release_change": "FROM release_change ORDER BY position",
    "file_change": "FROM file_change ORDER BY publication_title, path",
}
MOST_LISTED = 20_000


@dataclass(frozen=True, slots=True)
class Total:
    """How many figures differ, and how many metrics are new or no longer shown."""

    figures: int
    added: int
    revised: int
    withdrawn: int
    reasons: int
    metrics_added: int
    metrics_removed: int

    @property
    def is_same(self) -> bool:
        """Tell whether nothing differs."""
        changes = (self.added, self.revised, self.withdrawn, self.reasons)
        return not any((*changes, self.metrics_added, self.metrics_removed))


def get_folder_between(out: Path, before: str, after: str) -> Path:
    """Name the folder in which the differences of one build from another are kept."""
    return out / f"since-{before}-{after}"


@contextmanager
def open_comparison(before: Path, after: Path) -> Generator[duckdb.DuckDBPyConnection]:
    """Open a database with the tables of what differs between two builds' folders.

    Raises PublishError when one of them is not a build.
    """
    with duckdb.connect() as db:
        db.execute("SET threads = 1")  # the same order, and so the same bytes
        try:
            for name, folder in (("before", before), ("after", after)):
                for table in ("metric_value", "metric", "source_file", "area", "comparison"):
                    path = str(folder / f"{table}.parquet").replace("'", "''")
                    db.execute(f"CREATE VIEW {name}_{table} AS FROM read_parquet('{path}')")
            db.execute((HERE / "revisions.sql").read_text(encoding="utf-8"))
        except duckdb.Error as e:
            raise PublishError(f"{before} and {after}: could not be compared: {e}") from e
        yield db


def write(before: Path, after: Path, into: Path) -> bool:
    """Write the tables of what differs, sealed; False where the older build cannot be read."""
    try:
        with open_comparison(before, after) as db:
            choose_listed(db, MOST_LISTED)
            for table, query in TABLES.items():
                path = str(into / f"{table}.parquet")
                db.execute(f"COPY ({query}) TO ? (FORMAT parquet, COMPRESSION zstd)", [path])
        builds.write_seal(into)
    except PublishError as e:
        log.warning("what differs is not known: %s", e)
        return False
    return True


def choose_listed(db: duckdb.DuckDBPyConnection, most: int) -> None:
    """Choose the revised and withdrawn figures that are listed: of each series the newest."""
    db.execute(
        "CREATE OR REPLACE TABLE listed AS SELECT * EXCLUDE (is_removed) FROM ("
        "SELECT *, dense_rank() OVER (PARTITION BY metric, breakdown ORDER BY period_end DESC) "
        f"AS place FROM difference WHERE what != 'added' AND NOT is_removed) "
        f"ORDER BY place, {KEY} LIMIT {most}"
    )


def count_differences(db: duckdb.DuckDBPyConnection) -> Total:
    """Count what differs."""
    [row] = load_records(
        db,
        "SELECT (SELECT count(value) FROM before_metric_value) AS figures, "
        "coalesce(sum(added), 0)::BIGINT AS added, coalesce(sum(revised), 0)::BIGINT AS revised, "
        "coalesce(sum(withdrawn), 0)::BIGINT AS withdrawn, "
        "coalesce(sum(reasons), 0)::BIGINT AS reasons, "
        "count(*) FILTER (what = 'new') AS metrics_added, "
        "count(*) FILTER (what = 'removed') AS metrics_removed FROM release_change",
    )
    return Total(**row)


def list_by_metric(db: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Give what differs, metric by metric, in the catalogue's order."""
    return load_records(db, TABLES["release_change"])


def list_files(db: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Give the files that are new, replaced or no longer read."""
    return load_records(db, TABLES["file_change"])


def describe_differences(db: duckdb.DuckDBPyConnection) -> list[str]:
    """Say in lines of text what differs: in all, by file and by metric."""
    found = count_differences(db)
    first = (
        f"figures: {found.figures:,} before, {found.added:,} added, {found.revised:,} revised, "
        f"{found.withdrawn:,} withdrawn; {found.reasons:,} missing for another reason; "
        f"metrics: {found.metrics_added:,} added, {found.metrics_removed:,} removed"
    )
    lines = [first]
    lines += [f"file {row['what']}: {row['path']} ({_release(row)})" for row in list_files(db)]
    lines += [_describe_metric(row) for row in list_by_metric(db)]
    return lines


def describe_by_area(db: duckdb.DuckDBPyConnection) -> list[str]:
    """Say in lines of text how many figures of each area differ."""
    rows = load_records(
        db,
        "SELECT coalesce(name, area_code) AS name, "
        "count(*) FILTER (what = 'added') AS added, count(*) FILTER (what = 'revised') AS revised, "
        "count(*) FILTER (what = 'withdrawn') AS withdrawn "
        "FROM difference LEFT JOIN after_area USING (area_code) WHERE NOT is_removed "
        "GROUP BY ALL HAVING added + revised + withdrawn > 0 ORDER BY name",
    )
    return [
        f"{row['name']}: {row['added']:,} added, {row['revised']:,} revised, "
        f"{row['withdrawn']:,} withdrawn"
        for row in rows
    ]


def describe_intervals(db: duckdb.DuckDBPyConnection) -> list[str]:
    """Say of which metrics more or fewer of the latest figures have an interval.

    Nothing is said where one of the builds is from before there were any.
    """
    known = db.execute("SELECT table_name FROM duckdb_columns() WHERE column_name = 'low'")
    if {"before_comparison", "after_comparison"} - {name for (name,) in known.fetchall()}:
        return []
    counted = (
        "(SELECT metric, count(low) AS number FROM {}_comparison WHERE is_latest GROUP BY metric)"
    )
    rows = db.execute(
        f"SELECT metric, coalesce(b.number, 0), coalesce(a.number, 0) "
        f"FROM {counted.format('before')} AS b FULL JOIN {counted.format('after')} AS a "
        "USING (metric) WHERE a.number IS DISTINCT FROM b.number ORDER BY metric"
    ).fetchall()
    return [f"{metric}: latest intervals {b:,} before, {a:,} after" for metric, b, a in rows]


def write_csv(db: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Write every figure that differs, with its two values; give how many."""
    found = db.execute(
        "SELECT what, metric, breakdown, area_code, coalesce(name, '') AS area, time_period, "
        "before_value, before_status, after_value, after_status "
        "FROM difference LEFT JOIN after_area USING (area_code) "
        "ORDER BY metric, breakdown, area_code, period_end"
    )
    names = [column[0] for column in found.description or ()]
    rows = [[_write_cell(value) for value in row] for row in found.fetchall()]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([names, *rows])
    return len(rows)


def _write_cell(value: object) -> object:
    return formulas.guard_cell(value) if isinstance(value, str) else value


def _release(row: dict[str, Any]) -> str:
    before, after = row["release_before"], row["release_after"]
    if before and after and before != after:
        return f"release {before} to {after}"
    return f"release {after or before}" if after or before else "no release stated"


def _describe_metric(row: dict[str, Any]) -> str:
    periods = f"; new periods: {', '.join(row['periods_added'])}" if row["periods_added"] else ""
    what = {"new": " (new metric)", "removed": " (no longer shown)"}.get(row["what"], "")
    why = "" if row["files_changed"] or row["what"] != "kept" else "; its files are the same"
    return (
        f"{row['metric']}{what}: {row['added']:,} added, {row['revised']:,} revised, "
        f"{row['withdrawn']:,} withdrawn{periods}{why}"
    )
