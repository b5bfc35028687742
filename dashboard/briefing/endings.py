"""The tables that end every briefing, the same in every form. Pure."""

from typing import NamedTuple

from dashboard.briefing.model import Briefing, Cell, Column, Table

NOT_SHOWN = "These belong to the briefing and have no figure to show for this area."
COUNTED = "What each is counted from stands under About the data on the dashboard."
METHODS = "The methods, with formulas and sources, are on the dashboard under Methods."
NO_CAVEAT, NO_ADDRESS = "None noted", "No official address is held"


class Ending(NamedTuple):
    """One of the last tables: its heading, what to know before it, and its sheet's name."""

    heading: str
    why: str
    sheet: str
    table: Table


def list_endings(briefing: Briefing) -> list[Ending]:
    """What is not shown, definitions, how to read and sources: those that have a row."""
    endings = (
        Ending("What is not shown", NOT_SHOWN, "Not shown", build_absent_table(briefing)),
        Ending(
            "Definitions and caveats", COUNTED, "Definitions", build_definitions_table(briefing)
        ),
        Ending("How to read this briefing", METHODS, "How to read", build_reading_table(briefing)),
        Ending("Sources", f"{briefing.licence}.", "Sources", build_sources_table(briefing)),
    )
    return [each for each in endings if each.table.rows]


def build_absent_table(briefing: Briefing) -> Table:
    """What has no figure to show, with the reason; without rows where there is no such thing."""
    rows = tuple((Cell(one.heading), Cell(f"{one.absent}.")) for one in briefing.absent)
    return Table("Charts without a figure", (Column("Chart", 1.0), Column("Why", 2.0)), rows)


def build_definitions_table(briefing: Briefing) -> Table:
    """What each measure means, and its caveat."""
    columns = (Column("Measure", 1.7), Column("What it says", 3.4), Column("Caveat", 5.2))
    rows = tuple(
        (Cell(one.title), Cell(one.means), Cell(one.caveat or NO_CAVEAT))
        for one in briefing.definitions
    )
    return Table("Each measure of this briefing", columns, rows, is_small=True)


def build_reading_table(briefing: Briefing) -> Table:
    """How ranks, comparisons and missing figures are to be read."""
    rows = tuple((Cell(name), Cell(text)) for name, text in briefing.reading)
    return Table("What the words mean", (Column("Word", 1.0), Column("Meaning", 4.0)), rows)


def build_sources_table(briefing: Briefing) -> Table:
    """Every publication with its releases and its address."""
    rows = tuple((Cell(text), Cell(address or NO_ADDRESS)) for text, address in briefing.sources)
    columns = (Column("Publisher, publication and releases", 3.0), Column("Address", 2.6))
    return Table("Every publication this briefing is made of", columns, rows, is_small=True)
