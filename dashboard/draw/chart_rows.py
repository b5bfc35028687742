"""What a chart draws as rows and columns: for the table on screen, a sheet and a CSV file. Pure."""

from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from dashboard.charts.model import ChartModel, Row
from dashboard.draw import axes, times
from dashboard.draw.kinds import KINDS
from dashboard.words.numbers import UNIT_WORDS, format_whole

Cell = str | float | None
NO_FIGURE = "No figure"
MARKED = {"focus": "chosen", "other": ""}
CSV = {
    "marked_as": "role",
    "shown_as": "shown",
    "lowest": "low",
    "highest": "high",
}  # where a column of a CSV file is not called as what it holds


class Table(NamedTuple):
    """The rows of a chart as a table: its heading, its cells, and a number format by column."""

    heading: tuple[str, ...]
    rows: list[list[Cell]]
    formats: dict[int, str]


def read_cell(model: ChartModel, row: Row, name: str) -> Cell:
    """A part of a row by its name; a value that is missing is its reason."""
    match name:
        case "value":
            return row.shown if row.value is None else row.value
        case "mark":
            return MARKED.get(row.role, model.member if row.role == "neighbour" else row.role.value)
        case "role":
            return row.role.value
        case "whole":
            return format_whole(row.size or 0)
        case "period_end":
            return row.period_end.isoformat() if row.period_end else ""
        case _:
            return getattr(row, name)


def name_unit(model: ChartModel) -> str:
    """The unit of the values in words."""
    return UNIT_WORDS.get(model.unit, model.unit)


def write_heading(model: ChartModel, heading: str) -> str:
    """The heading of a column, with the unit or what the axis across counts."""
    return heading.format(unit=name_unit(model), across=model.across or "Out of")


def build_sheet(model: ChartModel) -> Table:
    """A chart's rows as a table, in its order, with a reason wherever there is no value."""
    fields = KINDS[model.kind].fields
    if fields is None:
        return _build_times(model)
    usual = axes.shown_format(model, model.rows)
    numbers = {"value": usual, "size": usual} | fields.formats
    return Table(
        tuple(write_heading(model, heading) for heading, _ in fields.sheet),
        [[read_cell(model, row, name) for _, name in fields.sheet] for row in model.rows],
        {at: numbers[name] for at, (_, name) in enumerate(fields.sheet) if name in numbers},
    )


def _build_times(model: ChartModel) -> Table:
    """Periods down, lines across; a range has a column for each of its ends."""
    drawn = times.build_times(model)
    named = [period for _, period in times.periods(model)]
    heading, columns, formats = ["Period"], [], {}
    ends = [(line, "", "value") for line in drawn.lines]
    for line in drawn.ranges:
        ends += [(line, ": lowest", "low"), (line, ": highest", "high")]
    for line, ending, name in ends:
        formats[len(heading)] = axes.shown_format(model, list(line.rows.values()))
        heading.append(f"{line.label}{ending}")
        rows = [line.rows.get(period) for period in named]
        columns.append([read_cell(model, row, name) if row else NO_FIGURE for row in rows])
    if any(row.note for row in model.rows):
        heading.append("Notes")
        columns.append([_join_notes(model, period) for period in named])
    periods = [f"{when} (new series)" if when in model.breaks else when for when in named]
    rows_ = [[when, *cells] for when, cells in zip(periods, zip_longest(*columns), strict=True)]
    return Table(tuple(heading), rows_, formats)


def _join_notes(model: ChartModel, period: str) -> str:
    noted = [f"{r.label}: {r.note}" for r in model.rows if r.note and r.time_period == period]
    return " ".join(noted)


def group_by_key(model: ChartModel, key: Callable[[Row], str]) -> tuple[list[str], dict[str, dict]]:
    """The labels of a chart, and its rows by a key and then by their labels."""
    labels = list(dict.fromkeys(row.label for row in model.rows))
    by_key: dict[str, dict[str, Row]] = {}
    for row in model.rows:
        by_key.setdefault(key(row), {})[row.label] = row
    return labels, by_key


def list_records(model: ChartModel, names: tuple[str, ...]) -> Iterator[list[Cell]]:
    """Each mark of a chart as the columns of a CSV file have it."""
    for row in model.rows:
        yield [read_cell(model, row, CSV.get(name, name)) for name in names]
