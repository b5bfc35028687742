"""Each question asked of the published build. The only module that opens DuckDB.

A build is loaded once into memory and asked through a cursor for each question. A page is drawn
from the build that is served when it begins (see store/serving.py), so it never mixes two.
"""

import json
import logging
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from dashboard.domain.build import NEIGHBOUR_MODEL, Build
from dashboard.domain.records import (
    UNRANKED,
    Area,
    AreaIndex,
    Association,
    Context,
    Figure,
    FileChange,
    Fresh,
    Funnel,
    IndexPart,
    Membership,
    Metric,
    MetricChange,
    Middle,
    Mix,
    Neighbour,
    Provision,
    Range,
    Reconciled,
    Remark,
    Revision,
    Series,
    Signal,
    Since,
    Source,
    Spread,
    Summary,
    Tests,
    UsualSpread,
)
from dashboard.store.memory import per_build
from dashboard.store.serving import Serving
from pipeline import builds
from pipeline.errors import DamagedError
from pipeline.methods.intervals import Floats
from pipeline.signal_rule import TESTED

TABLES = (
    *("area", "neighbour", "metric", "source_file", "metric_value", "comparison"),
    *("reconciliation", "area_overlap", "programme", "freshness", "benchmark", "group_summary"),
    *("funnel", "provision", "provision_mix", "association", "signal", "area_index", "index_part"),
    *("signal_test", "usual_spread"),
    "context",
)
NEIGHBOUR_FILES = "statistical-neighbours"
BOUNDARIES = "boundaries.json"
ROWS_AT_ONCE = 500  # made into values: some 5 ms, in which no reader is served
PAUSE = 0.005  # seconds after them, so that readers of the build before have half of the time
FEWEST_IN_YEAR = 50  # metrics
FIGURE = ", ".join(Figure._fields)
PASSING = ("metric_value", "comparison")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures of a metric are wanted; nothing means all."""

    areas: list[str] | None = None
    breakdown: str | None = None
    period: str | None = None
    latest: bool = False
    limit: int = 1000
    offset: int = 0


def folder() -> Path:
    """Where the builds are: SEND_DATA, or data/built beside the program."""
    return Path(os.environ.get("SEND_DATA") or Path(__file__).parents[2] / "data" / "built")


def current() -> Build | None:
    """The build that is served now; None where there is none to show."""
    return SERVING.current(folder())


def refusal() -> str:
    """Why the build served is not the one that should be; nothing where it is."""
    return SERVING.refusal


def boundaries(name: str) -> list[dict[str, Any]]:
    """The outlines of today's local authorities as GeoJSON features.

    Raises:
        KeyError: no build of that name is served or was just before, or it has none.
    """
    outlines = SERVING.outlines[name]
    if not outlines:
        raise KeyError(name)
    return json.loads(outlines)["features"]


def scorecard(build: Build, area: str) -> list[Figure]:
    """The newest figure of every metric and breakdown for one area."""
    return list(build.newest.get(area, {}).values())


@per_build(most=64)
def scorecard_then(build: Build, area: str, year: int) -> list[Figure]:
    """The figure of every metric for one area as at the end of a year, with what it was beside.

    Of each metric the newest period that had ended by then and had figures; where the area has
    none in it, its own last one before.
    """
    end = date(year, 12, 31)
    return [Figure._make(row) for row in _ask(build, THEN, [end, area, end])]


@per_build(most=8)
def spreads_then(build: Build, year: int) -> dict[tuple[str, str], Spread]:
    """How the ranked areas lay in the same periods."""
    rows = _ask(build, SPREADS_THEN, [date(year, 12, 31)])
    return {(row[0], row[1]): Spread._make(row) for row in rows}


@per_build(most=16)
def group_then(build: Build, group: str) -> dict[tuple[str, str, str], Summary]:
    """Every period of an authority type or a programme, summed up for every metric."""
    return {row[:3]: Summary(*row[3:]) for row in _ask(build, GROUP_ALL, [group])}


@per_build()
def memberships(build: Build) -> dict[str, list[Membership]]:
    """The national programmes each area is listed in, and what the list rests on."""
    found: dict[str, list[Membership]] = {}
    for area, *rest in _ask(build, MEMBERSHIPS):
        found.setdefault(area, []).append(Membership._make(rest))
    return found


def newest(build: Build, metrics: Iterable[str], areas: Iterable[str]) -> list[Figure]:
    """The newest figures of some metrics in some areas."""
    wanted = [
        (metric, breakdown) for metric in metrics for breakdown in build.metrics[metric].breakdowns
    ]
    return [
        figure
        for area in areas
        for key in wanted
        if (figure := build.newest.get(area, {}).get(key))
    ]


def history(build: Build, metric: str, breakdown: str, areas: Iterable[str]) -> list[Figure]:
    """One metric's figures over time in some areas."""
    known = _over_time(build, metric, breakdown)
    return [figure for area in areas for figure in known.get(area, ())]


def area_history(build: Build, metric: str, breakdown: str, area: str) -> list[Figure]:
    """One metric's figures over time in one area, for pages that show several metrics of a topic.

    A chart that has other areas too takes `history`: it then reads the metric once for all of them.
    """
    return _of_topic(build, area, build.metrics[metric].topic).get((metric, breakdown), [])


def ranges(build: Build, metric: str, breakdown: str, areas: Iterable[str]) -> list[Range]:
    """The lowest and the highest value among some areas, for each period with a value."""
    valued: dict[tuple[date, str], list[float]] = {}
    for figure in history(build, metric, breakdown, areas):
        if figure.value is not None:
            valued.setdefault((figure.period_end, figure.time_period), []).append(figure.value)
    return [Range(when, end, min(vs), max(vs)) for (end, when), vs in sorted(valued.items())]


def ranking(build: Build, metric: str, breakdown: str) -> list[Figure]:
    """Every figure of the latest period at the metric's level: ranked ones first."""
    found = [
        figure
        for area in build.areas.values()
        if area.level == build.metrics[metric].level
        and (figure := build.newest.get(area.code, {}).get((metric, breakdown)))
        and figure.is_latest
    ]
    return sorted(found, key=lambda figure: figure.rank or len(build.areas))


@per_build(most=64)
def benchmarks(build: Build, model: str, area: str) -> dict[tuple[str, str], Summary]:
    """The latest figures of an area's neighbours in one model, summed up for every metric."""
    rows = _ask(build, BENCHMARKS_OF_AREA, [model, area])
    return {(row[0], row[1]): _benchmark(build, model, row) for row in rows}


@per_build(most=32)  # readers change areas more than metrics
def benchmark(build: Build, model: str, metric: str, breakdown: str) -> dict[str, Summary]:
    """The latest figures of every area's neighbours in one model, summed up for one metric."""
    rows = _ask(build, BENCHMARKS_OF_METRIC, [model, metric, breakdown])
    return {row[2]: _benchmark(build, model, row) for row in rows}


def _benchmark(build: Build, model: str, row: tuple) -> Summary:
    """One row of the table, with the codes of who is lowest and highest for their positions."""
    return _summary(row, build.near.get(model, {}).get(row[2], ()))


def _summary(row: tuple, near: tuple[str, ...]) -> Summary:
    _, _, _, mean, median, number, low, high, *against = row
    named = dict(enumerate(near, start=1))
    return Summary(mean, median, number, len(near), named.get(low), named.get(high), *against)


@per_build(most=16)
def group_summaries(build: Build, group: str) -> dict[tuple[str, str], Summary]:
    """The latest figures of an authority type or a programme, summed up for every metric."""
    return {(row[0], row[1]): Summary(*row[2:]) for row in _ask(build, GROUP_LATEST, [group])}


def middles(build: Build, group: str, metric: str, breakdown: str) -> list[Middle]:
    """The median of an authority type or a programme in each period of one metric."""
    return [Middle._make(row) for row in _ask(build, GROUP_MEDIANS, [group, metric, breakdown])]


@per_build(most=64)
def funnel(build: Build, metric: str, breakdown: str) -> Funnel | None:
    """The limits of one metric's funnel plot; None where its figures have none."""
    rows = _ask(build, FUNNEL, [metric, breakdown])
    return Funnel._make(rows[0]) if rows else None


@per_build(most=32)  # readers change areas more than metrics
def spreads(build: Build, metric: str, breakdown: str) -> list[Spread]:
    """How the ranked local authorities lie in each period of one metric."""
    rows = _ask(build, SPREADS_OF_METRIC, [metric, breakdown])
    return [Spread._make(row) for row in rows]


@per_build(most=64)
def sparks(build: Build, area: str) -> dict[tuple[str, str], Series]:
    """For every metric and breakdown of an area: its series, missing values left out."""
    return {row[:2]: Series(*map(tuple, row[2:])) for row in _ask(build, SERIES_OF, [area])}


def releases(build: Build, metrics: Iterable[Metric]) -> list[Source]:
    """The published files some metrics come from, one of each publication and release."""
    paths = dict.fromkeys(path for metric in metrics for path in metric.sources)
    found = [build.sources[path] for path in paths if path in build.sources]
    return list({(s.publisher, s.publication, s.release): s for s in found}.values())


def predecessors(build: Build, area: Area) -> list[Area]:
    """The abolished local authorities that an area has taken over from."""
    return [old for old in build.areas.values() if area.code in old.successor_codes]


@per_build()
def reconciliation(build: Build) -> list[Reconciled]:
    """What was set against publishers' own figures, in the order of the metrics."""
    return [Reconciled._make(row) for row in _ask(build, RECONCILED)]


@per_build()
def freshness(build: Build) -> list[Fresh]:
    """What is known of the release of each file; of some, metric by metric."""
    return [Fresh._make(row) for row in _ask(build, FRESH)]


@per_build()
def remarks(build: Build) -> list[Remark]:
    """Every note on single numbers, in the order of the metrics."""
    return [Remark._make(row) for row in _ask(build, REMARKS)]


def provision(build: Build, area: str) -> list[Provision]:
    """An area's plans in each group of placements, beside those that its needs predict."""
    return [Provision._make(row) for row in _ask(build, PROVISION, [area])]


def mix(build: Build, area: str) -> Mix | None:
    """How far an area's placements as a whole are from what its needs predict."""
    return next((Mix._make(row) for row in _ask(build, MIX, [area])), None)


@per_build()
def indices(build: Build) -> dict[str, dict[str, AreaIndex]]:
    """The indices of outcomes and of spending by name, then by area."""
    found: dict[str, dict[str, AreaIndex]] = {"outcomes": {}, "spend": {}}
    for row in _ask(build, INDICES):
        index = AreaIndex._make(row)
        found[index.name][index.area_code] = index
    return found


@per_build()
def index_parts(build: Build) -> list[IndexPart]:
    """What the two indices are made of, by index and theme."""
    return [IndexPart._make(row) for row in _ask(build, INDEX_PARTS)]


@per_build()
def associations(build: Build) -> list[Association]:
    """How need, placement and spending go together, the closest first."""
    return [Association._make(row) for row in _ask(build, ASSOCIATIONS)]


@per_build(most=256)
def neighbours(build: Build, area: str) -> list[Neighbour]:
    """Who is near an area in each model, the nearest first."""
    return [Neighbour._make(row) for row in _ask(build, NEIGHBOURS_OF, [area])]


@per_build()
def nearest(build: Build) -> dict[str, float]:
    """How far each area's nearest neighbour is in the model that gives a distance."""
    return dict(_ask(build, NEAREST))


@per_build()
def context(build: Build) -> dict[str, list[Context]]:
    """The figures that make areas alike, in every area of today."""
    found: dict[str, list[Context]] = {}
    for row in _ask(build, CONTEXT):
        figure = Context._make(row)
        found.setdefault(figure.area_code, []).append(figure)
    return found


def whole(build: Build, metric: str, breakdown: str = "") -> list[tuple[Figure, str]]:
    """Every figure of a metric, or of one of its groups, each with the file it is from."""
    rows = _ask(build, WHOLE, [metric, breakdown, breakdown])
    return [(Figure._make(row[:-1]), row[-1] or "") for row in rows]


def count(build: Build, metric: str) -> int:
    """How many figures there are of a metric, in all its groups."""
    return _ask(build, NUMBER_OF, [metric])[0][0]


def neighbour_files(build: Build) -> list[Source]:
    """The Department's files of statistical neighbours, the newest first."""
    found = [s for s in build.sources.values() if s.publication == NEIGHBOUR_FILES]
    return sorted(found, key=lambda s: s.release, reverse=True)


def files_used(build: Build) -> list[Source]:
    """Every file of the build, in order of publisher and publication."""
    return sorted(build.sources.values(), key=lambda s: (s.publisher, s.publication, s.path))


def values(build: Build, metric: str, wanted: Wanted) -> tuple[int, list[tuple[Figure, str]]]:
    """How many figures of a metric are wanted, and a page of them with the file of each."""
    given = {"metric": metric, **asdict(wanted)}
    rows = _ask(build, VALUES, given)
    counted = {key: given[key] for key in given if key not in {"limit", "offset"}}
    total = _ask(build, COUNTED, counted)[0][0]
    return total, [(Figure._make(row[:-1]), row[-1]) for row in rows]


def periods(build: Build, metric: str) -> list[str]:
    """The periods of a metric, the newest first."""
    return [row[0] for row in _ask(build, PERIODS, [metric])]


def files_of(build: Build, figures: Iterable[Figure]) -> dict[tuple[str, str, str, str], str]:
    """The published file that each of some figures comes from, by what identifies a figure."""
    keys = [(f.metric, f.breakdown, f.area_code, f.time_period) for f in figures]
    metrics, areas = {key[0] for key in keys}, {key[2] for key in keys}
    rows = _ask(build, FILES_OF, {"metrics": list(metrics), "areas": list(areas)})
    found = {row[:4]: row[4] for row in rows}
    return {key: found[key] for key in keys}


def published_files(build: Build) -> dict[str, Path]:
    """Where the files of a build are that anyone may have, by name: those it describes itself."""
    files = {name: folder() / build.id / name for name in sorted(build.hashes)}
    return {name: path for name, path in files.items() if path.is_file()}


def sound_file(build: Build, name: str) -> Path:
    """One of those files, just now read and found to be as it was written.

    Raises:
        DamagedError: it is not, or is there no more.
    """
    path = folder() / build.id / name
    builds.check_file(path, build.hashes[name])
    return path


def since(build: Build) -> Since | None:
    """What a build changed, as was written beside it; None where there was no build before."""
    place = _since(build)
    if place is None:
        return None
    sql = "SELECT {} FROM read_parquet(?)"
    rows = {
        kind: _ask(build, sql.format(", ".join(kind._fields)), [str(place / f"{name}.parquet")])
        for kind, name in ((MetricChange, "release_change"), (FileChange, "file_change"))
    }
    [(listed,)] = _ask(build, sql.format("count(*)"), [str(place / "revision.parquet")])
    return Since(
        place.name.split("-")[1],
        [MetricChange._make(row) for row in rows[MetricChange]],
        [FileChange._make(row) for row in rows[FileChange]],
        listed,
    )


def is_first(build: Build) -> bool:
    """Whether nothing is known of a build before: neither that there was one, nor what differs."""
    pointer = builds.last(folder())
    return not (pointer and pointer.before) and not any(folder().glob(f"since-*-{build.id}"))


def revisions(build: Build, area: str) -> list[Revision]:
    """One area's figures that a build revised or withdrew, newest periods first in each series."""
    place = _since(build)
    if place is None:
        return []
    fields = ", ".join(f"r.{field}" for field in Revision._fields)
    sql = f"""
        SELECT {fields} FROM read_parquet(?) AS r JOIN metric ON metric.id = r.metric
        WHERE r.area_code = ? ORDER BY metric.position, r.breakdown, r.period_end DESC
    """
    parameters = [str(place / "revision.parquet"), area]
    return [Revision._make(row) for row in _ask(build, sql, parameters)]


def _since(build: Build) -> Path | None:
    """Where what a build changed is kept; of several, against the build that it replaced last.

    None too where it is not as it was written: it is then not known what changed.
    """
    found = sorted(folder().glob(f"since-*-{build.id}"))
    pointer = builds.last(folder()) if len(found) > 1 else None
    before = pointer.before[:1] if pointer else ()
    found.sort(key=lambda place: (place.name.split("-")[1],) != before)
    try:
        for place in found[:1]:
            builds.check_seal(place)
    except DamagedError as e:
        log.warning("what build %s changed is not shown: %s", build.id, e)
        return None
    return found[0] if found else None


@per_build(most=16)
def _over_time(build: Build, metric: str, breakdown: str) -> dict[str, list[Figure]]:
    """Every figure of one metric by area. Kept, because readers change areas more than metrics."""
    found: dict[str, list[Figure]] = {}
    for row in _ask(build, OVER_TIME, [metric, breakdown]):
        figure = Figure._make(row)
        found.setdefault(figure.area_code, []).append(figure)
    return found


@per_build(most=32)
def _of_topic(build: Build, area: str, topic: str) -> dict[tuple[str, str], list[Figure]]:
    """Every figure of one area in the metrics of one topic: a page asks for several of them."""
    found: dict[tuple[str, str], list[Figure]] = {}
    for row in _ask(build, OF_TOPIC, [area, topic]):
        figure = Figure._make(row)
        found.setdefault((figure.metric, figure.breakdown), []).append(figure)
    return found


def _ask(build: Build, sql: str, parameters: object = None) -> list[tuple]:
    """Ask through a cursor of its own: a connection is not for several threads."""
    with build.db.cursor() as cursor:
        return cursor.execute(sql, parameters).fetchall()


def _load(place: Path) -> Build:
    """Read a build into memory.

    Raises:
        DamagedError: it is not as it was written, or its tables are not those that are asked for.
    """
    hashes = builds.check(place)
    try:
        return _read(place, hashes)
    except duckdb.Error as e:
        raise DamagedError(f"{place.name}: its tables cannot be read: {e}") from e


def _read(place: Path, hashes: Mapping[str, str]) -> Build:
    db = duckdb.connect(config={"threads": 1})
    for table in TABLES:
        path = str(place / f"{table}.parquet").replace("'", "''")
        # What only goes into other tables is read from its file: held, it would add 200 MB.
        kind = "VIEW" if table in PASSING else "TABLE"
        db.execute(f"CREATE {kind} {table} AS FROM read_parquet('{path}')")
    db.execute(MAKE_FIGURE)
    db.execute(MAKE_LATEST)
    db.execute(MAKE_PERIOD)
    db.execute(MAKE_SERIES)
    for table in PASSING:
        db.execute(f"DROP VIEW {table}")
    for question in QUESTIONS:
        db.execute(f"PREPARE question AS {question}")  # every column a page will want is there
        db.execute("DEALLOCATE question")
    near = _near(_rows(db, NEIGHBOURS))
    usual_spreads = tuple(UsualSpread._make(row) for row in _rows(db, USUAL_SPREADS))
    return Build(
        id=place.name,
        db=db,
        areas={row[0]: Area(*row[:7], tuple(row[7] or ()), row[8]) for row in _rows(db, AREAS)},
        metrics={row[0]: _metric(row) for row in _rows(db, METRICS)},
        sources={row[0]: Source(*row) for row in _rows(db, SOURCES)},
        near=near,
        boards={row[0]: tuple(zip(row[1], row[2], strict=True)) for row in _rows(db, BOARDS)},
        programmes={row[0]: tuple(row[1]) for row in _rows(db, PROGRAMMES)},
        peers={row[0]: tuple(row[1]) for row in _rows(db, PEERS)},
        newest=_by_area(Figure._make(row) for row in _a_few_at_a_time(db, NEWEST)),
        signals=_signals(_rows(db, SIGNALS)),
        tests={row[0]: Tests(*row[:3], tuple(row[3])) for row in _rows(db, TESTS)},
        usual_spreads=usual_spreads,
        years=tuple(year for (year,) in db.execute(YEARS, [FEWEST_IN_YEAR]).fetchall())[1:],
        in_years=_in_years(db, len(usual_spreads)),
        spreads={
            (row[0], row[1]): Spread._make(row)
            for row in _rows(db, SPREADS.format(which="is_latest"))
        },
        hashes=hashes,
        outlines=(place / BOUNDARIES).read_bytes() if BOUNDARIES in hashes else b"",
    )


def _rows(db: duckdb.DuckDBPyConnection, sql: str) -> list[tuple]:
    return db.execute(sql).fetchall()


def _a_few_at_a_time(db: duckdb.DuckDBPyConnection, sql: str) -> Iterator[tuple]:
    """Rows, with a moment for others between some and some more."""
    asked = db.execute(sql)
    pause = PAUSE if SERVING.build else 0
    while rows := asked.fetchmany(ROWS_AT_ONCE):
        yield from rows
        time.sleep(pause)


def _near(rows: Iterable[tuple]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {NEIGHBOUR_MODEL: {}}
    for model, area, codes in rows:
        found.setdefault(model, {})[area] = tuple(codes)
    return found


def _signals(rows: list[tuple]) -> dict[str, list[Signal]]:
    found: dict[str, list[Signal]] = {}
    for area, *fields in rows:
        found.setdefault(area, []).append(Signal._make(fields))
    return found


def _in_years(db: duckdb.DuckDBPyConnection, spreads: int) -> dict[str, Floats]:
    """Each area's figures that have a usual spread, but for those of small numbers.

    Made as arrays, so that no reader waits while they are.
    """
    least = {name: TESTED[name] for name in ("least_out_of", "least_expected")}
    asked = db.execute(IN_YEARS, least).fetchnumpy()
    areas, at = np.unique(asked["area_code"].astype(str), return_inverse=True)
    years = int(asked["year"].max(initial=-1)) + 1
    figures = np.full((len(areas), spreads, years), np.nan)
    figures[at, asked["place"], asked["year"]] = asked["value"]
    return dict(zip(areas.tolist(), figures, strict=True))


def _by_area(figures: Iterable[Figure]) -> dict[str, dict[tuple[str, str], Figure]]:
    found: dict[str, dict[tuple[str, str], Figure]] = {}
    for figure in figures:
        found.setdefault(figure.area_code, {})[figure.metric, figure.breakdown] = figure
    return found


def _metric(row: tuple) -> Metric:
    values: list[Any] = [tuple(item) if isinstance(item, list) else item for item in row]
    return Metric(*values)


SERVING: Serving[Build] = Serving(_load)


# One row per figure: the comparison beside what the publisher gave, and whether its rank is shared.
MAKE_FIGURE = """
CREATE TABLE figure AS
SELECT
    c.metric, c.breakdown, c.area_code, c.time_period, c.period_end, v.value, v.status,
    v.numerator, v.denominator, v.note, v.source_file, c.low, c.high,
    c.england, c.region, c.neighbour_mean, c.neighbour_median, c.neighbours_with_value,
    c.against_england, c.against_neighbours, c.rank, c.number_ranked, c.quartile, c.change,
    c.previous_time_period, c.against_before, c.trend, c.run, c.funnel, c.is_latest,
    coalesce(c.sharing > 1, false) AS tied
FROM comparison AS c
JOIN metric_value AS v USING (metric, breakdown, area_code, time_period)
ORDER BY c.metric, c.breakdown, c.area_code, c.period_end
"""

MAKE_LATEST = """
CREATE TABLE latest AS
SELECT DISTINCT metric, breakdown, time_period FROM figure WHERE is_latest
"""

# The periods in which areas of a metric's own level have figures: England's alone are none.
MAKE_PERIOD = """
CREATE TABLE period AS
SELECT f.metric, f.breakdown, f.period_end
FROM figure AS f
JOIN metric AS m ON m.id = f.metric
JOIN area AS a ON a.area_code = f.area_code AND a.level = m.level
WHERE f.value IS NOT NULL
GROUP BY ALL
"""

# A year before which hardly anything was published would be a page of gaps.
YEARS = """
SELECT year(period_end) AS ended FROM period
GROUP BY ended HAVING count(DISTINCT metric) >= ? ORDER BY ended DESC
"""

HELD_THEN = """
WITH held AS (
    SELECT metric, breakdown, max(period_end) AS last_end FROM period
    WHERE period_end <= ? GROUP BY metric, breakdown
)
"""

THEN = f"""
{HELD_THEN}
SELECT {FIGURE}
FROM figure JOIN held USING (metric, breakdown)
WHERE area_code = ? AND period_end <= ?
QUALIFY row_number() OVER (
    PARTITION BY metric, breakdown ORDER BY period_end = last_end DESC, period_end DESC
) = 1
ORDER BY metric, breakdown
"""

GROUP_ALL = """
SELECT metric, breakdown, time_period, mean, median, with_value, members, lowest, highest
FROM group_summary WHERE area_group = ?
"""

MEMBERSHIPS = """
SELECT area_code, programme, joined, evidence FROM programme ORDER BY area_code, programme
"""

BENCHMARKS = """
SELECT
    metric, breakdown, area_code, mean, median, with_value, lowest, highest, above, below, against
FROM benchmark
WHERE model = ? AND {which}
"""

BENCHMARKS_OF_AREA = BENCHMARKS.format(which="area_code = ?")
BENCHMARKS_OF_METRIC = BENCHMARKS.format(which="metric = ? AND breakdown = ?")

GROUP_LATEST = """
SELECT metric, breakdown, mean, median, with_value, members, lowest, highest
FROM group_summary JOIN latest USING (metric, breakdown, time_period)
WHERE area_group = ?
"""

GROUP_MEDIANS = """
SELECT time_period, period_end, median
FROM group_summary
WHERE area_group = ? AND metric = ? AND breakdown = ?
ORDER BY period_end
"""

FUNNEL = f"""
SELECT {", ".join(Funnel._fields)} FROM funnel WHERE metric = ? AND breakdown = ?
"""

# One row per metric, breakdown and area: the latest period's figure; where an area has none in
# that period (an abolished local authority), its own last one.
NEWEST = f"""
SELECT {FIGURE}
FROM figure
QUALIFY row_number() OVER (
    PARTITION BY metric, breakdown, area_code ORDER BY is_latest DESC, period_end DESC
) = 1
ORDER BY area_code, metric, breakdown
"""

# A point joins the one before unless years lie between them or a new series starts with it.
MAKE_SERIES = """
CREATE TABLE series AS
SELECT
    area_code, metric, breakdown, list(moment ORDER BY moment) AS years,
    list(value ORDER BY moment) AS "values", list(joins ORDER BY moment) AS joins
FROM (
    SELECT
        f.area_code, f.metric, f.breakdown, f.value,
        round(year(f.period_end) + dayofyear(f.period_end) / 366, 2) AS moment,
        NOT list_contains(m.breaks, f.time_period) AND date_diff('day', lag(f.period_end) OVER (
            PARTITION BY f.area_code, f.metric, f.breakdown ORDER BY f.period_end
        ), f.period_end) < 580 AS joins
    FROM figure AS f JOIN metric AS m ON m.id = f.metric
    WHERE f.value IS NOT NULL
)
GROUP BY ALL
ORDER BY area_code
"""

SERIES_OF = """
SELECT metric, breakdown, years, "values", joins FROM series WHERE area_code = ?
"""

# Groups in the order of the catalogue, areas by name, periods in order.
WHOLE = f"""
SELECT {", ".join(f"f.{field}" for field in Figure._fields)}, f.source_file
FROM figure AS f JOIN metric AS m ON m.id = f.metric JOIN area AS a ON a.area_code = f.area_code
WHERE f.metric = ? AND (? = '' OR f.breakdown = ?)
ORDER BY list_position(m.breakdowns, f.breakdown), a.name, f.area_code, f.period_end
"""

RECONCILED = """
SELECT r.* FROM reconciliation AS r JOIN metric AS m ON m.id = r.metric ORDER BY m.position, against
"""

REMARKS = """
SELECT
    metric, note, list(DISTINCT area_code ORDER BY area_code),
    list(DISTINCT time_period ORDER BY time_period)
FROM (
    SELECT metric, note, area_code, time_period, position
    FROM figure JOIN metric ON metric.id = figure.metric
    WHERE note IS NOT NULL
)
GROUP BY metric, note, position
ORDER BY position, note
"""

PROVISION = f"SELECT {', '.join(Provision._fields)} FROM provision WHERE area_code = ?"

MIX = f"SELECT {', '.join(Mix._fields)} FROM provision_mix WHERE area_code = ?"

SIGNALS = f"""
SELECT area_code, {", ".join(Signal._fields)} FROM signal
ORDER BY area_code, is_strength, position
"""

TESTS = f"SELECT {', '.join(Tests._fields)} FROM signal_test"

IN_YEARS = """
SELECT f.area_code, s.place, s.year, f.value
FROM (
    SELECT
        metric, breakdown, time_period,
        dense_rank() OVER (ORDER BY metric, breakdown) - 1 AS place,
        row_number() OVER (PARTITION BY metric, breakdown ORDER BY period_end) - 1 AS year
    FROM usual_spread
) AS s
JOIN figure AS f USING (metric, breakdown, time_period)
JOIN metric AS m ON m.id = f.metric
WHERE f.value IS NOT NULL AND coalesce(CASE m.interval
    WHEN 'wilson' THEN f.denominator >= $least_out_of
    WHEN 'byar' THEN f.denominator * f.england / if(m.unit = 'per_1000', 1000, 100)
        >= $least_expected
END, true)
"""
USUAL_SPREADS = """
SELECT
    metric, breakdown, list(time_period ORDER BY period_end),
    list(round(year(period_end) + dayofyear(period_end) / 366, 2) ORDER BY period_end),
    list(spread ORDER BY period_end)
FROM usual_spread
GROUP BY metric, breakdown
ORDER BY metric, breakdown
"""

INDICES = f"SELECT {', '.join(AreaIndex._fields)} FROM area_index"

INDEX_PARTS = f"""
SELECT {", ".join(f"p.{field}" for field in IndexPart._fields)}
FROM index_part AS p JOIN metric AS m ON m.id = p.metric
ORDER BY p.name, m.position, p.breakdown
"""

ASSOCIATIONS = f"""
SELECT {", ".join(Association._fields)} FROM association ORDER BY abs(rho) DESC NULLS LAST
"""

AREAS = """
SELECT
    area_code, old_la_code, replace(name, ' Integrated Care Board', ''), level, region_code, start,
    "end", successor_codes, authority_type
FROM area
ORDER BY name
"""

METRICS = """
SELECT
    id, title, short_title, description, why, pillar, topic, topic_title, position, unit,
    decimals, polarity, numerator, denominator, population, year_type, breakdowns, breaks,
    caveat, headline, sources, level, labels, interval, duty, signed,
    coalesce(counts, []), fact, ended
FROM metric
ORDER BY position
"""

SOURCES = """
SELECT
    path, title, publisher, publication, release, official_url, licence, obtained, sha256, note,
    publication_title
FROM source_file
ORDER BY path
"""

NEIGHBOURS = """
SELECT model, area_code, list(neighbour_code ORDER BY position)
FROM neighbour
GROUP BY model, area_code
ORDER BY model, area_code
"""

NEIGHBOURS_OF = """
SELECT model, neighbour_code, position, closeness, distance
FROM neighbour
WHERE area_code = ?
ORDER BY model, position
"""

NEAREST = """
SELECT area_code, distance FROM neighbour WHERE position = 1 AND distance IS NOT NULL
ORDER BY area_code
"""

CONTEXT = f"""
SELECT {", ".join(Context._fields)} FROM context ORDER BY area_code, position
"""

# As the groups that are summed up: of today's local authorities, those that are ranked.
PEERS = f"""
SELECT area_group, list(area_code ORDER BY name)
FROM (
    SELECT authority_type AS area_group, area_code, name FROM area WHERE "end" IS NULL
    UNION
    SELECT programme.programme, area_code, name FROM programme JOIN area USING (area_code)
    WHERE "end" IS NULL
)
WHERE area_group IS NOT NULL AND area_code NOT IN {tuple(UNRANKED)}
GROUP BY area_group
"""

# The integrated care boards an area lies in, the one with most of its neighbourhoods first.
BOARDS = """
SELECT area_code, list(nhs_area_code ORDER BY share DESC), list(share ORDER BY share DESC)
FROM area_overlap
GROUP BY area_code
"""

# A list that is held may be incomplete: that an area is not in it says nothing.
PROGRAMMES = """
SELECT area_code, list(concat_ws(', ', programme, joined) ORDER BY programme)
FROM programme
GROUP BY area_code
"""

# Over the local authorities that are ranked: City of London and Isles of Scilly are not.
SPREADS = """
SELECT
    metric, breakdown, time_period, period_end, count(*), min(value), quantile_cont(value, 0.25),
    median(value), quantile_cont(value, 0.75), max(value), list(value ORDER BY value)
FROM figure
WHERE rank IS NOT NULL AND {which}
GROUP BY metric, breakdown, time_period, period_end
ORDER BY period_end
"""

SPREADS_OF_METRIC = SPREADS.format(which="metric = ? AND breakdown = ?")

FRESH = f"""
SELECT {", ".join(Fresh._fields)} FROM freshness ORDER BY source_file, metric NULLS FIRST
"""

NUMBER_OF = "SELECT count(*) FROM figure WHERE metric = ?"

OVER_TIME = f"""
SELECT {FIGURE} FROM figure WHERE metric = ? AND breakdown = ? ORDER BY period_end
"""

OF_TOPIC = f"""
SELECT {FIGURE} FROM figure
WHERE area_code = ? AND metric IN (SELECT id FROM metric WHERE topic = ?)
ORDER BY period_end
"""

WANTED = """
FROM figure
WHERE metric = $metric
    AND ($areas::VARCHAR[] IS NULL OR list_contains($areas::VARCHAR[], area_code))
    AND ($breakdown::VARCHAR IS NULL OR breakdown = $breakdown)
    AND ($period::VARCHAR IS NULL OR time_period = $period)
    AND (NOT $latest OR is_latest)
"""

VALUES = f"""
SELECT {FIGURE}, source_file {WANTED}
ORDER BY breakdown, area_code, period_end
LIMIT $limit OFFSET $offset
"""

COUNTED = f"SELECT count(*) {WANTED}"

PERIODS = """
SELECT time_period FROM figure WHERE metric = ? GROUP BY time_period ORDER BY max(period_end) DESC
"""

FILES_OF = """
SELECT metric, breakdown, area_code, time_period, source_file
FROM figure
WHERE list_contains($metrics, metric) AND list_contains($areas, area_code)
"""

SPREADS_THEN = f"""
{HELD_THEN}
SELECT
    metric, breakdown, time_period, period_end, count(*), min(value), quantile_cont(value, 0.25),
    median(value), quantile_cont(value, 0.75), max(value), list(value)
FROM figure JOIN held USING (metric, breakdown)
WHERE rank IS NOT NULL AND period_end = last_end
GROUP BY metric, breakdown, time_period, period_end
"""

# Everything that is asked of a build after it is loaded. Each is prepared once when it is: a build
# of other columns is then refused as a whole, and no page meets a table that it cannot read.
QUESTIONS = (
    *(THEN, SPREADS_THEN, GROUP_ALL, MEMBERSHIPS, BENCHMARKS_OF_AREA, BENCHMARKS_OF_METRIC),
    *(GROUP_LATEST, GROUP_MEDIANS, FUNNEL, SPREADS_OF_METRIC, SERIES_OF, RECONCILED, FRESH),
    *(REMARKS, PROVISION, MIX, INDICES, INDEX_PARTS, ASSOCIATIONS, NEIGHBOURS_OF, NEAREST),
    *(CONTEXT, WHOLE, NUMBER_OF, VALUES, COUNTED, PERIODS, FILES_OF, OVER_TIME, OF_TOPIC),
)
