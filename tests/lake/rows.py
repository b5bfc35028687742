"""What the row-makers share: who makes which table, how an area is written, one row per group."""

import zlib
from collections.abc import Callable, Iterable, Mapping

from pipeline.catalogue import Source
from pipeline.readers import EES_COLUMNS
from tests.lake.areas import AREAS, REGIONS, Area
from tests.lake.numbers import number, year_of

Rows = list[list[str]]
Cells = Mapping[str, str]
# A label of a source, with a group of its own where the source's query finds the group elsewhere.
Label = str | tuple[str, str]
# The cells that make a group of rows what it is, and the label that each of its numbers has.
Group = tuple[Cells, Mapping[str, Label]]
Maker = Callable[[Source, str], Rows]

MAKERS: dict[str, Maker] = {}

# How the two invented periods are written in files of each kind.
PERIODS = {
    "calendar": ("2023", "2024"),
    "january": ("202324", "202425"),
    "academic": ("202324", "202425"),
    "financial": ("2023-24", "2024-25"),
    "mid_year": ("2023", "2024"),
    "month": ("2023-07", "2023-08"),
}


def makes(*names: str) -> Callable[[Maker], Maker]:
    """Say which sources, or sources of which layouts, a function makes the rows of."""

    def register(maker: Maker) -> Maker:
        MAKERS.update(dict.fromkeys(names, maker))
        return maker

    return register


def maker_of(source: Source) -> Maker | None:
    """Find what is registered for a source or its layout; nothing if any_source.py serves."""
    return MAKERS.get(source.id) or MAKERS.get(str(source.layout))


def columns(source: Source) -> list[str]:
    """List a table's columns: those its source reads, the standard's where it keeps to that."""
    shared = [*EES_COLUMNS, *source.indicators] if source.layout == "ees" else []
    if source.breakdown_column:
        shared.append(source.breakdown_column)
    return list(dict.fromkeys([*shared, *source.columns, *source.expect]))


def long(
    source: Source,
    groups: Iterable[Group],
    periods: Iterable[str | Cells] = (),
    areas: Iterable[Area] = AREAS,
) -> Rows:
    """Make one row per period, area and group, with a column per number.

    A period is text, or the cells that say it. Columns that nobody fills hold what is expected.
    """
    header = columns(source)
    expected = {column: allowed[0] for column, allowed in source.expect.items()}
    groups = tuple(groups)
    dated = [
        {"time_period": period} if isinstance(period, str) else period
        for period in tuple(periods) or PERIODS[source.period]
    ]
    body = []
    for at, period in enumerate(dated):
        for area in areas:
            here = expected | period | place(area)
            for fixed, labels in groups:
                row = here | fixed
                for column, label in labels.items():
                    row[column] = cell(
                        source, label, area, period["time_period"], old=at < len(dated) - 1
                    )
                body.append([row.get(column, "") for column in header])
    return [header, *body]


def place(area: Area) -> dict[str, str]:
    """Write an area as the Department for Education does: a code and a name for each level."""
    is_local = area.level == "Local authority"
    region = area.region or (area.code if area.level == "Regional" else "")
    return {
        "geographic_level": area.level,
        "country_code": "E92000001",
        "country_name": "England",
        "region_code": region,
        "region_name": REGIONS.get(region, ""),
        "old_la_code": area.old_code if is_local else "",
        "new_la_code": area.code if is_local else "",
        "la_name": area.name if is_local else "",
    }


def cell(source: Source, label: Label, area: Area, period: str, *, old: bool) -> str:
    """Write one published cell: a number, or now and then, in an older period, a symbol."""
    label, breakdown = (label, None) if isinstance(label, str) else label
    indicator = source.indicators.get(label)
    if indicator is None:
        return "1"  # a number that nobody reads
    symbols = [*(symbol for symbol in source.symbols if symbol), *source.zeros]
    if old and symbols and area.old_code and area.size % 50 == 10:
        return symbols[zlib.crc32(label.encode()) % len(symbols)]
    return text(number(indicator.id, breakdown or indicator.breakdown, area, year_of(period)))


def text(value: float) -> str:
    """Write a number without needless decimals."""
    return f"{value:.12g}"
