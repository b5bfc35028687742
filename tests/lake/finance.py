"""The dedicated schools grant, what authorities spend, and top-up funding."""

from itertools import product

from pipeline.catalogue import Source
from tests.lake.areas import ENGLAND, LOCAL_AUTHORITIES, REGIONAL, REGIONS
from tests.lake.geography import table
from tests.lake.numbers import number, year_of
from tests.lake.rows import Rows, cell, columns, long, makes, text

# Some files leave out the two very small authorities.
LARGE = LOCAL_AUTHORITIES[2:]
# Published two times in London: as a region, and as a kind of authority.
REPEATED = [area for area in REGIONAL if area.name == "London"]


@makes("dsg", "dsg_2019_20")
def grant(source: Source, name: str) -> Rows:
    """A code and a name without headings; England first, a title over each region's authorities."""
    header = ["" if column.startswith("column ") else column for column in columns(source)]
    folder = next(part for part in name.split("/") if part[:2] == "20")
    period = source.period_from.strip("'") if source.period_from[0] == "'" else folder[:7]
    period = "2019-20" if source.id == "dsg_2019_20" else period
    millions = 1e6 if source.id == "dsg_2019_20" else 1
    body = []
    for area in (ENGLAND, *LOCAL_AUTHORITIES, *REGIONAL, *REPEATED):
        code = area.old_code or ("ENGLAND" if area is ENGLAND else area.name.upper())
        numbers = [
            float(cell(source, label, area, period, old=False)) / millions for label in header[2:]
        ]
        body.append([code, area.name if area.old_code else "", *(f"{n!r}" for n in numbers)])
    above = [["Dedicated schools grant"]] * (max(source.header_rows) - 1)
    return [*above, header, ["", "", *("= [A] + [B]" for _ in header[2:])], *body]


@makes("dsg_balance")
def balance(source: Source, _: str) -> Rows:
    """By name; a deficit is below zero."""
    column = source.columns[-1]
    periods = [{"time_period": y, "financial_year": y} for y in ("2020-21", "2021-22")]
    rows = long(source, [({}, {column: "balance"})], periods)
    names, values = rows[0].index("region_name"), rows[0].index(column)
    for i, row in enumerate(rows[1:]):
        row[names] = row[names] or "England"
        row[values] = f"-{row[values]}" if i % 2 else row[values]
    return rows


@makes("dsg_balance_2024")
def carried_forward(source: Source, _: str) -> Rows:
    """Pounds with the sign turned: what is overspent is above nought."""
    body = [
        {
            "new_la_code": area.code,
            "la_name": area.name,
            "net_pounds_1_9_3": str(-int(cell(source, "balance", area, "2023-24", old=False))),
        }
        for area in LOCAL_AUTHORITIES
    ]
    return table(source, body)


@makes("high_needs_spend")
def spend(source: Source, _: str) -> Rows:
    """One row per authority, year and block of spending, of which one is read."""
    groups = [
        ({"bucket": "High needs (SEND)"}, {"net_pounds": "net_pounds"}),
        ({"bucket": "Schools block"}, {"net_pounds": "other"}),
    ]
    periods = [{"time_period": y, "financial_year": y} for y in ("2023-24", "2024-25")]
    return long(source, groups, periods, LOCAL_AUTHORITIES)


@makes("high_needs_benchmarking")
def benchmarking(source: Source, _: str) -> Rows:
    """Budget and outturn side by side under merged titles, the first columns without a heading."""
    titled = [column for column in source.columns if " | " in column]
    titles, below, last = [""] * 5, ["", "", "", "", ""], ""
    for column in titled:
        title, _, line = column.partition(" | ")
        titles.append("" if title == last else title)
        below.append(line)
        last = title
    labels = ["Region", "LA code", "LA name", "2-18 population"]
    body = []
    for area in LARGE:
        lines = [text(number("high_needs_line_budget", line, area, 2022)) for line in titled]
        people = text(number("population_2_18", "Total", area, 2021) + 0.5)
        body.append(["", REGIONS[area.region].upper(), area.old_code, area.name, people, *lines])
    return [["x"], ["", "Year", "2021-22"], titles, below, ["", *labels], *body]


@makes("revenue_outturn")
def outturn(source: Source, _: str) -> Rows:
    """In thousands of pounds: authorities of every kind, then totals by kind."""
    body = []
    for i, area in enumerate((*LOCAL_AUTHORITIES, ENGLAND)):
        is_england = area is ENGLAND
        row = {
            "E-code": "Eng" if is_england else f"E{i:04}",
            "ONS Code": area.code,
            "Class": "Eng" if is_england else "UA",
        }
        for label in source.indicators:
            row[label] = "[x]" if i == 9 else cell(source, label, area, "2024-25", old=False)
        body.append(row)
    district = body[0] | {"E-code": "E9999", "ONS Code": "E07999001", "Class": "SD"}
    kinds = body[0] | {"E-code": "UA", "ONS Code": "", "Class": "UA"}
    return [*([f"note {i}"] for i in range(1, 7)), *table(source, [*body, district, kinds])]


@makes("top_up", "top_up_england", "top_up_regions")
def top_up(source: Source, _: str) -> Rows:
    """One row per area by name, category and year, with the population the publisher used."""
    areas = {"top_up": LARGE, "top_up_england": [ENGLAND], "top_up_regions": REGIONAL}
    body = []
    for year, area, category in product(
        ("2018-19", "2019-20", "2020-21", "2021-22"), areas[source.id], source.expect["category"]
    ):
        people = number("top_up_population", "Total", area, year_of(year))
        body.append(
            {
                "la_name": area.name,
                "region": area.name,
                "category": category,
                "year": year,
                "pop_est": text(people),
                "total_spend": cell(source, f"{category}, spend", area, year, old=False),
                "Spend per head": cell(source, f"{category}, per head", area, year, old=False),
            }
        )
    return table(source, body)
