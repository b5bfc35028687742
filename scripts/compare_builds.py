"""Say what differs between two builds: figures lost, gained or changed, and which have intervals.

    python -m scripts.compare_builds data/before data/built

Each folder holds one build and its pointer. A figure is one metric, group, area and period; it has
changed when its value differs by more than rounding noise, or its reason for having none does.
"""

import json
import sys
from pathlib import Path

import duckdb

KEY = "metric, breakdown, area_code, time_period"


def main(before: str, after: str) -> int:
    """Print the differences; give 1 where a figure is lost or changed."""
    with duckdb.connect() as db:
        for name, folder in (("before", before), ("after", after)):
            load(db, name, current(Path(folder)))
        lost, gained, changed = (count(db, sql) for sql in (LOST, GAINED, CHANGED))
        print(
            f"figures: {count(db, 'FROM before_value'):,} before, {lost:,} lost, {gained:,} gained"
        )
        print(f"changed in value or status: {changed:,}")
        for name in ("before", "after"):
            print(f"{name}:", *(f"{n:,} {words}" for n, words in intervals(db, name)), sep="\n  ")
        for metric, *numbers in db.execute(BY_METRIC).fetchall():
            print(f"  {metric}: latest intervals {numbers[0]:,} before, {numbers[1]:,} after")
    return int(lost + changed > 0)


def current(folder: Path) -> Path:
    """Find the build that a folder points at."""
    return folder / json.loads((folder / "current.json").read_text())["build"]


def load(db: duckdb.DuckDBPyConnection, name: str, folder: Path) -> None:
    """Make views of one build's figures and of the comparisons of local authorities' figures."""
    db.execute(f"CREATE VIEW {name}_value AS FROM read_parquet('{folder}/metric_value.parquet')")
    db.execute(f"""
        CREATE TABLE {name} AS
        SELECT c.*
        FROM read_parquet('{folder}/comparison.parquet') AS c
        JOIN {name}_value USING ({KEY})
        JOIN read_parquet('{folder}/area.parquet') AS area USING (area_code)
        WHERE area.level = 'local_authority' AND value IS NOT NULL
    """)


def count(db: duckdb.DuckDBPyConnection, sql: str) -> int:
    """Count the rows of a query."""
    [(number,)] = db.execute(f"SELECT count(*) FROM ({sql})").fetchall()
    return number


def intervals(db: duckdb.DuckDBPyConnection, name: str) -> list[tuple[int, str]]:
    """Count one build's figures of local authorities, and those with an interval."""
    latest = f"FROM {name} WHERE is_latest"
    return [
        (count(db, f"FROM {name}"), "figures of local authorities"),
        (count(db, f"FROM {name} WHERE low IS NOT NULL"), "of them with an interval"),
        (count(db, latest), "latest figures of local authorities"),
        (count(db, f"{latest} AND low IS NOT NULL"), "of them with an interval"),
        (count(db, f"{latest} AND funnel IS NOT NULL"), "of them in a funnel"),
        (count(db, f"{latest} AND against_neighbours IS NOT NULL"), "of them tested by neighbours"),
        (count(db, f"{latest} AND against_england IS NOT NULL"), "of them tested against England"),
    ]


GONE = f"SELECT {KEY} FROM {{}}_value ANTI JOIN {{}}_value USING ({KEY})"
LOST, GAINED = GONE.format("before", "after"), GONE.format("after", "before")
CHANGED = f"""
    SELECT {KEY}
    FROM before_value AS b JOIN after_value AS a USING ({KEY})
    WHERE a.status != b.status
        OR (a.value IS NULL) != (b.value IS NULL)
        OR abs(a.value - b.value) > 1e-9 * greatest(1, abs(b.value))
"""
BY_METRIC = """
    SELECT metric, coalesce(b.number, 0), coalesce(a.number, 0)
    FROM (SELECT metric, count(low) AS number FROM before WHERE is_latest GROUP BY metric) AS b
    FULL JOIN (SELECT metric, count(low) AS number FROM after WHERE is_latest GROUP BY metric) AS a
        USING (metric)
    WHERE a.number IS DISTINCT FROM b.number
    ORDER BY metric
"""

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
