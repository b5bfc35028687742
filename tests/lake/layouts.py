"""How each kind of published file looks: the invented rows of one source, header first."""

import datetime as dt
import io
import zlib

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.catalogue import Source
from pipeline.readers import EES_COLUMNS
from tests.lake.areas import AREAS, LOCAL_AUTHORITIES, Area
from tests.lake.numbers import number

Rows = list[list[str]]

# How the two invented periods are written in files of each kind.
PERIODS = {
    "calendar": ("2023", "2024"),
    "january": ("202324", "202425"),
    "academic": ("202324", "202425"),
    "financial": ("202324", "202425"),
}


def rows(source: Source) -> Rows:
    """Make one source's rows: by its own function here, or by its layout's."""
    make = globals().get(f"_{source.id}") or globals()[f"_{source.layout}"]
    return make(source)


def cell(source: Source, label: str, area: Area, period: int) -> str:
    """Write one published cell; now and then, in the older period, a symbol."""
    indicator = source.indicators[label]
    symbols = [symbol for symbol in source.symbols if symbol]
    if period == 0 and symbols and area.size % 50 == 10:
        return symbols[zlib.crc32(label.encode()) % len(symbols)]
    return f"{number(indicator.id, indicator.breakdown, area, period):.12g}"


def _ees(source: Source) -> Rows:
    """The Department for Education's standard: area columns, filters, then one column per count."""
    labels = list(source.indicators)
    others = [c for c in (*source.columns, *source.expect) if c not in EES_COLUMNS]
    fixed = {c: source.expect[c][0] for c in source.expect} | _wanted(source.where)
    header = [*EES_COLUMNS, *others, *labels]
    body = [
        [
            *_place(area, published),
            *(fixed[c] for c in others),
            *(cell(source, label, area, period) for label in labels),
        ]
        for period, published in enumerate(PERIODS[source.period])
        for area in AREAS
    ]
    return [header, *body]


def _wanted(where: str) -> dict[str, str]:
    """Read `column = 'value' AND ...` of a source's filter."""
    pairs = (part.split(" = ") for part in where.split(" AND ") if " = " in part)
    return {column.strip(): value.strip().strip("'") for column, value in pairs}


def _place(area: Area, period: str) -> list[str]:
    is_local = area.level == "Local authority"
    region = area.region or (area.code if area.level == "Regional" else "")
    names = {a.code: a.name for a in AREAS}
    return [
        period,
        area.level,
        "E92000001",
        "England",
        region,
        names.get(region, ""),
        area.old_code if is_local else "",
        area.name if is_local else "",
    ]


def _la_codes(source: Source) -> Rows:
    names = {area.code: area.name for area in AREAS}
    return [
        list(source.columns),
        *(
            [
                a.code,
                a.old_code,
                a.name,
                a.region,
                names[a.region],
                "",
                a.name,
                "01/01/2009",
                "",
                "Unitary",
            ]
            for a in LOCAL_AUTHORITIES
        ),
    ]


def _la_changes(source: Source) -> Rows:
    """One authority recoded; none merged or split, which the real lake tests."""
    return [list(source.columns), ["2020-04-01", "recode", "502", "502"]]


def _neighbours(_: Source) -> Rows:
    """Ten neighbours: the next ten in the list."""
    header = ["LA num", "LA Name"]
    for position in range(1, 11):
        header += [f"SN{position}", "SNP"]
    body = []
    for i, area in enumerate(LOCAL_AUTHORITIES):
        row = [area.old_code, area.name]
        for step in range(1, 11):
            row += [LOCAL_AUTHORITIES[(i + step) % len(LOCAL_AUTHORITIES)].old_code, "Very Close"]
        body.append(row)
    return [["A"], ["1"], header, *body]


def _lait(source: Source) -> Rows:
    regions = {a.name: str(980 + i) for i, a in enumerate(AREAS) if a.level == "Regional"}
    body = []
    for label, indicator in source.indicators.items():
        for period, published in enumerate(("2024", "2025")):
            for area in AREAS:
                code = area.old_code or regions.get(area.name, "970")
                kind = indicator.period or source.period
                year = published if kind != "calendar" else str(int(published) - 1)
                body.append([label, year, area.name, cell(source, label, area, period), code])
    return [list(source.columns), *body]


def _population_2023(_: Source) -> Rows:
    """The same number of people at each single year of age, so that ages add up to the formula."""
    ages = [str(age) for age in range(26)]
    kinds = {"National": "Country", "Regional": "Region", "Local authority": "Unitary Authority"}
    body = [
        [a.code, a.name.upper(), kinds[a.level], *(str(a.size * 1000) for _ in ages)] for a in AREAS
    ]
    return [*([f"note {i}"] for i in range(1, 8)), ["Code", "Name", "Geography", *ages], *body]


def _tribunal_old_method(source: Source) -> Rows:
    titles = ["Local Authority", "LA code"]
    below = ["", ""]
    for column in source.columns[2:]:
        year, _, name = column.partition(" | ")
        titles.append(year if name.startswith("Appeals") else "")
        below.append(name)
    labels = {
        "Appeals": "Appeals registered",
        "Total": "Total Appealable Decisions",
        "SEND": "SEND Tribunal Appeal Rate",
    }
    body = [["NORTH EAST"]]
    for area in (*LOCAL_AUTHORITIES, AREAS[0]):
        cells = [
            cell(source, labels[name.split()[0]], area, int(column[:4]) - 2014)
            for column in source.columns[2:]
            for name in [column.partition(" | ")[2]]
        ]
        name = "England Total4,9" if area is AREAS[0] else area.name
        body.append([name, area.old_code, *cells])
    return [["title"], [], [], titles, below, *body, ["Notes:"]]


def parquet(rows_: Rows) -> bytes:
    """Write rows as Parquet, columns of numbers as numbers."""
    header, *body = rows_
    columns = {}
    for i, name in enumerate(header):
        values = [row[i] for row in body]
        is_code = name == "LA Number"
        columns[name] = pa.array([float(v) for v in values] if is_code else values)
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def workbook(source: Source, rows_: Rows) -> bytes:
    """Write rows to the named sheet of an Excel workbook, numbers as numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = source.sheet
    for row in rows_:
        sheet.append([float(v) if v.replace(".", "", 1).isdigit() else v for v in row])
    book.properties.created = book.properties.modified = dt.datetime(2025, 1, 1)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
