"""Files that say what the areas are, and how many people live in them."""

from pipeline import catalogue
from pipeline.catalogue import Source
from tests.lake.areas import AREAS, BOARDS, COUNTY, LOCAL_AUTHORITIES, REGIONS, Area
from tests.lake.numbers import number
from tests.lake.rows import Rows, columns, makes, text


@makes("la_codes")
def la_codes(source: Source, _: str) -> Rows:
    """One live code each."""
    body = [
        {
            "new_la_code": area.code,
            "old_la_code": area.old_code,
            "la_name": area.name,
            "region_code": area.region,
            "region_name": REGIONS[area.region],
            "lait_name": area.name,
            "valid_from": "01/01/2009",
            "ons_type": "Unitary",
        }
        for area in LOCAL_AUTHORITIES
    ]
    return table(source, body)


@makes("la_changes")
def la_changes(source: Source, _: str) -> Rows:
    """One authority recoded; none merged or split, which the real lake tests."""
    return [list(source.columns), ["2020-04-01", "recode", "502", "502"]]


@makes("neighbours")
def neighbours(_: Source, __: str) -> Rows:
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


def districts_of(area: Area) -> list[str]:
    """Name the districts of a local authority: itself, or two of a county."""
    return ["E07999001", "E07999002"] if area is COUNTY else [area.code]


@makes("districts")
def districts(source: Source, _: str) -> Rows:
    """The district each authority is, or the two it has; one Welsh row."""
    body = [
        {"LTLA23CD": code, "UTLA23CD": a.code}
        for a in LOCAL_AUTHORITIES
        for code in districts_of(a)
    ]
    return table(source, [*body, {"LTLA23CD": "W06000001", "UTLA23CD": "W06000001"}])


@makes("deprivation_2019", "deprivation_2025")
def deprivation(source: Source, _: str) -> Rows:
    """Scores per district; the share of people with a low income is a fraction."""
    code, *scores = source.columns
    year = int(source.id[-4:])
    body = [
        {code: district}
        | {
            score: text((number(indicator.id, "Total", area, year) + i) / per)
            for score in scores
            for indicator in [source.indicators[score]]
            for per in [100 if indicator.id == "income_deprivation" else 1]
        }
        for area in LOCAL_AUTHORITIES
        for i, district in enumerate(districts_of(area))
    ]
    return table(source, body)


@makes("population_2023", "district_population")
def population_2023(source: Source, _: str) -> Rows:
    """The same number of people at each single year of age; a county also by district."""
    kinds = {"National": "Country", "Regional": "Region", "Local authority": "Unitary Authority"}
    ages = [column for column in columns(source) if column.isdigit()]
    body = []
    for area in AREAS:
        kind = "County" if area is COUNTY else kinds[area.level]
        body.append(_people(area.code, area.name.upper(), kind, ages, area.size * 1000))
        if area is COUNTY:
            body += [
                _people(code, code, "Non-metropolitan District", ages, area.size * 500)
                for code in districts_of(area)
            ]
    return [*([f"note {i}"] for i in range(1, 8)), *table(source, body)]


def _people(code: str, name: str, kind: str, ages: list[str], people: int) -> dict[str, str]:
    whole = {"Code": code, "Name": name, "Geography": kind, "All ages": str(people * 90)}
    return whole | {age: str(people) for age in ages}


@makes("population_density")
def population_density(source: Source, _: str) -> Rows:
    """One row per area; as many people as the sheet by age has."""
    kinds = {"National": "Country", "Regional": "Region", "Local authority": "Unitary Authority"}
    size, people, density = source.indicators
    body = []
    for area in AREAS:
        everyone, land = (
            area.size * 1000 * 90,
            number("area_square_kilometres", "Total", area, 2023),
        )
        numbers = {size: text(land), people: text(everyone), density: text(round(everyone / land))}
        place = {"Code": area.code, "Name": area.name.upper(), "Geography": kinds[area.level]}
        body.append(place | numbers)
    district = body[-1] | {"Code": "E07999009", "Geography": "Non-metropolitan District"}
    return [*([f"note {i}"] for i in range(1, 8)), *table(source, [*body, district])]


@makes("nhs_areas", "nhs_overlap")
def boards(source: Source, _: str) -> Rows:
    """Each authority lies in one board, but for one that lies in two."""
    body = []
    for i, area in enumerate(LOCAL_AUTHORITIES):
        lies_in = [BOARDS[i % len(BOARDS)], *([BOARDS[20]] if i == 19 else [])]
        for board in lies_in:
            body.append(
                {
                    "old_la_code": area.old_code,
                    "la_name": area.name,
                    "icb24_code": board.code,
                    "icb24_code_nhs": board.old_code,
                    "icb24_name": board.name,
                    "share_of_la_lsoas": text(1 / len(lies_in)),
                }
            )
    return table(source, body)


def parts_of(board: Area) -> list[str]:
    """Name a board's sub-ICB locations: one, or two of every other board."""
    number_ = BOARDS.index(board)
    return [f"{number_:02}{letter}" for letter in ("A", "B")[: 1 + number_ % 2]]


@makes("nhs_parts")
def nhs_parts(source: Source, _: str) -> Rows:
    """The locations of each board."""
    body = [{"SICBL22CDH": p, "ICB22CDH": b.old_code} for b in BOARDS for p in parts_of(b)]
    return table(source, body)


@makes("programme_better_value", "programme_safety_valve")
def programme(source: Source, _: str) -> Rows:
    """As many authorities that are in it as there must be."""
    body = [
        {
            "local_authority": area.name,
            "old_la_code": area.old_code,
            "tranche": "1",
            "financial_year": "2021-22",
            "evidence": "an invented letter",
        }
        for area in LOCAL_AUTHORITIES[10 : 10 + source.least_areas]
    ]
    return table(source, body)


@makes("boundaries")
def boundaries(source: Source, _: str) -> Rows:
    """A shape of each authority of today."""
    body = [{"areacd": area.code, "areanm": area.name} for area in LOCAL_AUTHORITIES]
    return table(source, body)


@makes("lait_dates")
def lait_dates(source: Source, _: str) -> Rows:
    """When each indicator of the tool was and will be updated, some of them in words."""
    body = [
        {
            "Topic": "SEND",
            "Measure_short": label,
            "Last Update": "New Data" if i % 10 == 9 else str(45700 + i),
            "Next Update": "TBC" if i % 7 == 6 else str(46100 + i),
        }
        for i, label in enumerate(catalogue.load_catalogue().sources["lait"].indicators)
    ]
    return table(source, body)


def table(source: Source, body: list[dict[str, str]]) -> Rows:
    """Arrange rows under the columns a source reads."""
    header = columns(source)
    return [header, *([row.get(column, "") for column in header] for row in body)]
