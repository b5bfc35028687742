"""Waiting lists and contacts of the health service, by integrated care board."""

from itertools import product

from pipeline.catalogue import Source
from tests.lake.areas import BOARDS, ENGLAND
from tests.lake.geography import parts_of, table
from tests.lake.numbers import number, year_of
from tests.lake.rows import Rows, columns, makes, text

BANDS = {"Table 4": "waiting list", "Table 4f": "18 to 52 weeks"}


@makes("autism_2022")
def autism(source: Source, _: str) -> Rows:
    """Counts by sub-ICB location; an empty reporting period and other rows, which nobody reads."""
    body = []
    for month, board, label in product(("08", "09"), BOARDS, source.indicators):
        indicator = source.indicators[label]
        for i, part in enumerate(parts_of(board)):
            count = number(indicator.id, "Total", board, 2022) + i + int(month)
            body.append(
                {
                    "REPORTING_PERIOD_START": f"01/{month}/2022",
                    "REPORTING_PERIOD_END": f"30/{month}/2022",
                    "PRIMARY_LEVEL": part,
                    "SECONDARY_LEVEL": "NONE",
                    "METRIC": label,
                    "METRIC_VALUE": "*" if board.size == 30 and month == "08" else text(count),
                }
            )
    return table(source, body)


@makes("autism_by_age")
def autism_by_age(source: Source, _: str) -> Rows:
    """Percentages by location and age, and of England."""
    [label] = source.indicators
    indicator = source.indicators[label]
    body = []
    for month, area, age in product(
        ("2023-05", "2023-06"), (ENGLAND, *BOARDS), ("Under 10", "10 to 17")
    ):
        places = ["England"] if area is ENGLAND else parts_of(area)
        group = f"Aged {age[0].lower()}{age[1:]}"
        for part in places:
            body.append(
                {
                    "REPORTING_PERIOD_START": f"{month}-01",
                    "PRIMARY_LEVEL": age if area is ENGLAND else part,
                    "SECONDARY_LEVEL": "NONE" if area is ENGLAND else age,
                    "METRIC": label,
                    "METRIC_VALUE": text(number(indicator.id, group, area, year_of(month))),
                    "data_level": "National" if area is ENGLAND else "CCG or Sub ICB",
                    "STATUS": "Latest Available Data",
                }
            )
    return table(source, body)


@makes("mental_health")
def mental_health(source: Source, _: str) -> Rows:
    """Counts by sub-ICB location of residence, and of England."""
    body = []
    for month, area in product(("2023-07", "2023-08"), (ENGLAND, *BOARDS)):
        places = ["England"] if area is ENGLAND else parts_of(area)
        for i, part in enumerate(places):
            count = number("mental_health_contacts", "Total", area, 2022) + i
            body.append(
                {
                    "BREAKDOWN": "England" if area is ENGLAND else "Sub ICB of Residence",
                    "PRIMARY_LEVEL": part,
                    "MEASURE_ID": "MHS95",
                    "MEASURE_VALUE": "*" if area.size == 30 else text(count),
                    "Year ending": f"{month}-31",
                }
            )
    return table(source, body)


@makes("community_boards")
def community_boards(source: Source, name: str) -> Rows:
    """A report: the kind of organisation, in older ones on the first row of its block only.

    The sheets are alike, one per band of waiting time; `name` ends with the sheet's title.
    """
    indicator = source.indicators[BANDS.get(name.partition("!")[2], "over 52 weeks")]
    is_old = "column 2" in source.also_called.get("Organisation Type", ())
    services = source.columns[2:]
    blocks = {
        "National": ["England"],
        "Region": ["London", "Midlands"],
        "ICB": [_short(board.name) for board in BOARDS],
        "Provider": ["An Invented Trust"],
    }
    areas = {_short(area.name): area for area in (ENGLAND, *BOARDS)}
    body = []
    for kind, names in blocks.items():
        for i, organisation in enumerate(names):
            area = areas.get(organisation, BOARDS[0])
            numbers = [
                text(number(indicator.id, "Total", area, 2023) // (1 + place))
                for place in range(len(services))
            ]
            numbers[-1] = ""  # nobody submitted
            written = "" if is_old and (i or kind == "National") else kind
            body.append([*([""] if is_old else []), written, organisation, *numbers])
    header = (
        ["", "", "", *services] if is_old else ["Organisation Type", "Organisation Name", *services]
    )
    above = [["", "note"]] * (max(source.header_rows) - 1)
    return [*above, header, *body]


def _short(name: str) -> str:
    return name.removeprefix("NHS ").removesuffix(" Integrated Care Board")


@makes("community_england")
def community_england(source: Source, _: str) -> Rows:
    """A report: one row per service, of which the sum for children is read."""
    is_old = source.also_called["Service"] == ("column 2",)
    bands = columns(source)[1:]
    labels = {"Total waiting list": "waiting list", "Waiting >18-52 weeks": "18 to 52 weeks"}
    body = []
    for service in ("England", "Adult services", "CYP services", "(CYP) Audiology"):
        numbers = []
        for band in bands:
            indicator = source.indicators[labels.get(band, "over 52 weeks")]
            numbers.append(text(number(indicator.id, "Total", ENGLAND, 2023)))
        body.append([*([""] if is_old else []), service, *numbers])
    above = [["", "note"]] * (max(source.header_rows) - 1)
    return [*above, ["", *([""] if is_old else []), *bands], *body]
