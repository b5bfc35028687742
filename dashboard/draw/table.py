"""Rows in, semantic HTML tables out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from dashboard.charts.model import ChartModel, Kind, Role, Row
from dashboard.domain.records import Figure
from dashboard.words import phrases as words


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, a line below it, and whether it holds numbers."""

    title: str
    note: str = ""
    numeric: bool = False
    style: str = ""


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    style: str = "",
    *,
    caption_is_seen: bool = True,
) -> str:
    """A table in a region of its own that scrolls sideways; cells are HTML already."""
    head = "".join(_heading(column) for column in columns)
    classes = [_class(column) for column in columns]
    body = "".join(_row(row, classes) for row in rows)
    hidden = "" if caption_is_seen else ' class="hide"'
    named = f' style="{_names(columns)}"' if "cards" in style else ""
    return (
        f'<div class="scroll" role="region" aria-label="{escape(caption)}" tabindex="0">'
        f'<table class="data {style}"{named}><caption{hidden}>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def grouped(
    caption: str,
    columns: Sequence[Column],
    groups: Sequence[tuple[str, Sequence[Sequence[str]]]],
    style: str,
    variables: str = "",
) -> str:
    """One table whose rows stand in groups with a title each; cells are HTML already.

    What HTML lets one leave out is left out (the ends of rows and cells), for the longest of these
    tables are sent whole at every choice. Columns are styled by their place.
    """
    head = "".join(_heading(column) for column in columns)
    bodies = "".join(
        f'<tbody><tr><th class="part" colspan="{len(columns)}" scope="rowgroup">{escape(title)}'
        + "".join(f'<tr><th scope="row">{"<td>".join(cells)}' for cells in rows)
        for title, rows in groups
    )
    given = f' style="{";".join(filter(None, (variables, _names(columns))))}"'
    return (
        f'<div class="scroll" role="region" aria-label="{escape(caption)}" tabindex="0">'
        f'<table class="data {style}"{given}><caption class="hide">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead>{bodies}</table></div>"
    )


def _names(columns: Sequence[Column]) -> str:
    """The headings as the style sheet says them on a phone, where each row is a card.

    The first is of what names the row.
    """
    titles = (column.title.replace("\\", "").replace("'", "\\27 ") for column in columns[1:])
    return ";".join(f"--c{n}:'{escape(title)}'" for n, title in enumerate(titles, start=2))


def details(summary: str, body: str) -> str:
    """Something to open, closed at first."""
    return f"<details><summary>{escape(summary)}</summary>{body}</details>"


def link(href: str, text: str) -> str:
    """A link inside the dashboard."""
    return f'<a href="{escape(href)}">{escape(text)}</a>'


def outside(url: str, text: str) -> str:
    """A link to a publisher's own page."""
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def chart_table(model: ChartModel) -> str:
    """Everything a chart draws, as a table."""
    whole = {Kind.TREND: _trend_table, Kind.GROUPED_BAR: _grouped_table}.get(model.kind)
    if whole:
        return whole(model)
    match model.kind:
        case Kind.RANKED_BAR | Kind.TILE_MAP | Kind.BOUNDARY_MAP:
            columns = [
                Column("Local authority"),
                Column(_unit(model), numeric=True),
                Column("Rank"),
            ]
            rows = [
                [_marked(row, model.member), escape(row.shown), escape(row.note)]
                for row in model.rows
            ]
        case Kind.FUNNEL:
            columns = [
                Column("Area"),
                Column(_unit(model), numeric=True),
                Column(model.across, numeric=True),
                Column("Where it lies"),
            ]
            rows = [
                [
                    _marked(row, model.member),
                    escape(row.shown),
                    words.whole(row.size or 0),
                    escape(row.note),
                ]
                for row in model.rows
            ]
        case Kind.SCATTER:
            columns = [Column("Area"), Column("Outcomes"), Column("Spending")]
            rows = [
                [_marked(row, model.member), escape(row.shown), escape(row.note)]
                for row in model.rows
            ]
        case Kind.POSITIONS:
            columns = [Column("Metric"), Column("Rank"), Column("Value")]
            rows = [[escape(r.label), escape(r.shown), escape(r.note)] for r in model.rows]
    return table(f"{model.subtitle}: the chart as a table", columns, rows, caption_is_seen=False)


@lru_cache(maxsize=256)
def _heading(column: Column) -> str:
    note = f"<small>{escape(column.note)}</small>" if column.note else ""
    return f'<th scope="col"{_class(column)}>{escape(column.title)}{note}</th>'


def _class(column: Column) -> str:
    names = " ".join(name for name in ("num" if column.numeric else "", column.style) if name)
    return f' class="{names}"' if names else ""


def _row(cells: Sequence[str], classes: Sequence[str]) -> str:
    first = f'<th scope="row">{cells[0]}</th>'
    rest = "".join(f"<td{c}>{cell}</td>" for cell, c in zip(cells[1:], classes[1:], strict=True))
    return f"<tr>{first}{rest}</tr>"


def _unit(model: ChartModel) -> str:
    return f"Value ({words.UNIT_WORDS.get(model.unit, model.unit)})"


def _marked(row: Row, member: str) -> str:
    name = escape(row.label)
    if row.role is Role.FOCUS:
        return f"<strong>{name}</strong> (chosen)"
    if row.role is Role.NEIGHBOUR:
        return f"{name} ({member})"
    return name


def _trend_table(model: ChartModel) -> str:
    labels = list(dict.fromkeys(row.label for row in model.rows))
    periods = dict(
        sorted({row.period_end: row.time_period for row in model.rows if row.period_end}.items())
    )
    shown = {(row.label, row.time_period): _cell(row) for row in model.rows}
    columns = [Column("Period"), *(Column(label, numeric=True) for label in labels)]
    rows = [
        [
            escape(when) + (" <small>new series</small>" if when in model.breaks else ""),
            *(shown.get((label, when), '<span class="none">No figure</span>') for label in labels),
        ]
        for when in reversed(periods.values())
    ]
    return table(f"{model.subtitle}: the chart as a table", columns, rows, caption_is_seen=False)


def _grouped_table(model: ChartModel) -> str:
    """A row for each heading, a column for each of those that stand below it."""
    labels = list(dict.fromkeys(row.label for row in model.rows))
    groups: dict[str, dict[str, Row]] = {}
    for row in model.rows:
        groups.setdefault(row.group, {})[row.label] = row
    columns = [Column(_unit(model)), *(Column(label, numeric=True) for label in labels)]
    rows = [
        [
            escape(group),
            *(_cell(held[x]) if x in held else '<span class="none">–</span>' for x in labels),
        ]
        for group, held in groups.items()
    ]
    return table(f"{model.subtitle}: the chart as a table", columns, rows, caption_is_seen=False)


def _cell(row: Row) -> str:
    text = (
        escape(row.shown)
        if row.status == "ok"
        else f'<span class="none">{escape(row.shown)}</span>'
    )
    return f"{text}<small>{escape(row.note)}</small>" if row.note else text


def note_mark(figure: Figure) -> str:
    """The note on a single number, in its cell."""
    return f"<small>{escape(figure.note)}</small>" if figure.note else ""
