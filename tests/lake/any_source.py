"""The invented rows of any source, made from what its own two files say.

Columns that the source's TOML or its query names values for hold each of these; columns that say
where and when hold the invented areas and periods; every other column is a number. Which one, the
source's query says: each cell first holds a mark, the query is run, and where a mark comes out,
its label, group, area and period are those of the number that the cell must hold.
"""

import re
from functools import cache
from itertools import product

import duckdb
import pyarrow as pa

from pipeline import build, catalogue
from pipeline.catalogue import Source
from pipeline.tables import run_step
from tests.lake.areas import AREAS, BOARDS, LOCAL_AUTHORITIES, Area
from tests.lake.numbers import year_of
from tests.lake.rows import MAKERS, PERIODS, Rows, cell, columns, place

NAME = r'("[^"]+"|\w+)'
VALUE = r"'((?:[^']|'')*)'"
LABEL = re.compile(rf"{NAME} AS label\b")
IS = re.compile(rf"{NAME} = {VALUE}")
IN = re.compile(rf"{NAME} IN \(({VALUE}(?:, {VALUE})*)\)")
CASE = re.compile(rf"CASE {NAME}((?:\s+WHEN {VALUE} THEN {VALUE})+)")
WHEN = re.compile(rf"(?:WHEN|^|, ) *{VALUE}")

# How published files head what they say of an area, beside the standard's own names.
AREA_COLUMNS = {
    "old_code": re.compile(r"(old_)?la[ _](code|num|number|code_3)", re.IGNORECASE),
    "code": re.compile(r"(new_la_|ons[ _]|area[ _]?)(code|cd)", re.IGNORECASE),
    "name": re.compile(
        r"(la|area)[ _]name|local[ _]?authority(_name)?|la and regions", re.IGNORECASE
    ),
}
PERIOD = re.compile(r"time_period|(\w+_)?years?|period|cohort_19_in", re.IGNORECASE)
STANDARD = place(AREAS[0]).keys()
MARK = 7_000_000

# Releases that hold one period, beside which others hold those before it; and a file that writes
# it otherwise than its kind does.
OTHER_PERIODS = {
    "ehc_caseload_2026": ("202526",),
    "ehc_caseload_2026_by_la": ("202526",),
    "ehc_requests_2025": ("2025",),
    "ehc_timeliness_2025": ("2025",),
    "ehc_statements_and_plans": ("2021", "2022"),
}


def make_rows(source: Source, others: Rows | None = None) -> Rows:
    """Make what a source reads, beside what others read of the same table where there is some."""
    values = find_values(source)
    header, *body = others or make_frame(source, values | find_groups(source, values))
    missing = [column for column in columns(source) if column not in header]
    rows, first = mark(body, missing), len(header)
    cells = find_numbers(source, [*header, *missing], rows)
    if not cells:
        raise LookupError(
            f"{source.id}: found no figure that its query makes of {', '.join(missing)}, "
            "wanted one: say in [expect] what other columns hold, or write a maker in tests/lake"
        )
    filled = [[*row[:first], *(cells.get(one, "1") for one in row[first:])] for row in rows]
    above = [["note"]] * (0 if others else max(source.header_rows) - 1)
    return [*above, [*header, *missing], *filled]


def mark(body: Rows, missing: list[str]) -> Rows:
    """Put another mark into each cell of the columns that are missing."""
    wide = range(len(missing))
    return [[*row, *(str(MARK + i * 1000 + j) for j in wide)] for i, row in enumerate(body)]


def make_frame(source: Source, values: dict[str, list[str]]) -> Rows:
    """Make a table without its numbers: each area, period and group."""
    own = columns(source)
    is_date = {name for name in own if PERIOD.fullmatch(name) and name not in source.indicators}
    held = {name: given for name, given in values.items() if name in own and name not in is_date}
    groups = [dict(zip(held, each, strict=True)) for each in product(*held.values())]
    periods = list_periods(source)[0 if is_date else -1 :]
    body = [
        say_area(area, own) | dict.fromkeys(is_date, period) | group
        for period, area in product(periods, list_areas(source, own))
        for group in groups
    ]
    header = [name for name in own if name in body[0]]
    return [header, *([row[name] for name in header] for row in body)]


def find_groups(source: Source, values: dict[str, list[str]]) -> dict[str, list[str]]:
    """Find the values of columns that the query puts into its labels: those that make a label."""
    header, first, *_ = make_frame(source, values)
    missing = [column for column in columns(source) if column not in header]
    [row] = mark([first], missing)
    found: dict[str, list[str]] = {}
    for label in {str(each["label"]) for each in ask(source, [*header, *missing], [row])}:
        marks = [one for one in row[len(header) :] if one in label]
        pattern = re.escape(label)
        for i, one in enumerate(marks):
            pattern = pattern.replace(one, f"(?P<c{i}>.+)")
        for match in filter(None, (re.fullmatch(pattern, name) for name in source.indicators)):
            for i, one in enumerate(marks):
                found.setdefault(missing[row.index(one) - len(header)], []).append(match[f"c{i}"])
    return {name: list(dict.fromkeys(each)) for name, each in found.items()}


def list_periods(source: Source) -> tuple[str, ...]:
    """Write the last two periods that a source must have, as its kind of year is written."""
    if source.id in OTHER_PERIODS:
        return OTHER_PERIODS[source.id]
    if not source.newest or source.period == "month":
        return PERIODS[source.period]
    last = year_of(source.newest.removeprefix("January "))
    years = [(year, f"{year % 100:02}") for year in (last - 1, last)]
    sign = {"january": "", "academic": "", "financial": "-"}.get(source.period)
    return tuple(str(y) if sign is None else f"{y - 1}{sign}{short}" for y, short in years)


def list_areas(source: Source, own: list[str]) -> list[Area]:
    """Give the areas of a source: local authorities, and others where a column says the level."""
    if "geographic_level" not in own:
        return list(LOCAL_AUTHORITIES)
    levels = source.expect.get("geographic_level", ("National", "Regional", "Local authority"))
    return [area for area in AREAS if area.level in levels]


def say_area(area: Area, own: list[str]) -> dict[str, str]:
    """Write an area in those columns that say which it is."""
    standard = {name: text for name, text in place(area).items() if name in own}
    return {
        name: getattr(area, part)
        for name in own
        for part, pattern in AREA_COLUMNS.items()
        if pattern.fullmatch(name)
    } | standard


def find_values(source: Source) -> dict[str, list[str]]:
    """Find the values that columns must have: those expected, those that the query looks for."""
    text = build.build_query(source)
    found: dict[str, list[str]] = {}
    for pattern in (IS, IN, CASE):
        for match in pattern.finditer(text):
            name, said = match[1].strip('"'), match[0][match.end(1) - match.start() :]
            listed = [match[2]] if pattern is IS else WHEN.findall(said.removeprefix(" IN ("))
            found.setdefault(name, []).extend(one.replace("''", "'") for one in listed)
    told = [label for label in source.indicators if f"'{label}'" not in text]
    labels = {match[1].strip('"'): told for match in LABEL.finditer(text)}
    expected = {name: list(allowed) for name, allowed in source.expect.items()}
    both = found | labels | expected
    return {
        name: list(dict.fromkeys(filter(None, each)))
        for name, each in both.items()
        if name not in STANDARD and any(each)
    }


def is_read(source: Source, rows: Rows) -> bool:
    """Whether a source finds rows of its own in a table that others read too."""
    header, *body = rows
    missing = [column for column in columns(source) if column not in header]
    return bool(ask(source, [*header, *missing], mark(body, missing)))


def find_numbers(source: Source, header: list[str], body: Rows) -> dict[str, str]:
    """Give the cell that belongs in the place of each mark."""
    rows = ask(source, header, body)
    latest = max((str(row["period"]) for row in rows), default="")
    cells = {}
    for row in rows:
        area = KNOWN.get(str(row.get("area"))) or KNOWN.get(str(row.get("area_name")))
        label = (row["label"], row["breakdown"]) if row.get("breakdown") else row["label"]
        if area:
            period = str(row["period"])
            text = cell(source, label, area, period, old=period < latest)
            cells[str(row["published"]).partition(".")[0]] = text
    return cells


def ask(source: Source, header: list[str], body: Rows) -> list[dict[str, str]]:
    """Run a source's query over some rows."""
    db = open_areas()
    fill_raw(db, header, body)
    db.execute("SET VARIABLE file = ?", [source.files[0].replace("*", "1")])
    result = db.execute(build.build_query(source))
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


@cache
def open_areas() -> duckdb.DuckDBPyConnection:
    """Open a database with what queries of sources know: functions, and the invented areas."""
    db = duckdb.connect()
    db.execute("SET threads = 1")
    run_step(db, "schema.sql")
    for name in ("la_codes", "nhs_areas"):
        source = catalogue.load_catalogue().sources[name]
        header, *body = MAKERS[name](source, "")
        fill_raw(db, header, body)
        build.select_rows(db, source, "")
    build.settle_areas(db)
    return db


def fill_raw(db: duckdb.DuckDBPyConnection, header: list[str], body: Rows) -> None:
    """Let some rows be the table that a query reads."""
    cells = {name: [row[i] or None for row in body] for i, name in enumerate(header)}
    db.register("cells", pa.table(cells))
    db.execute("CREATE OR REPLACE TEMP TABLE raw AS FROM cells")


KNOWN = {key: a for a in (*AREAS, *BOARDS) for key in (a.code, a.old_code, a.name) if key}
