"""Rows in, semantic HTML tables out. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from dashboard.charts.model import ChartModel, Kind, Role, Row
from dashboard.domain.records import Figure
from dashboard.draw import chart_rows, times
from dashboard.draw.kinds import ACROSS, KINDS, VALUE

NUMBERS = {VALUE, ACROSS}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, a line below it, and whether it holds numbers."""

    title: str
    note: str = ""
    numeric: bool = False
    style: str = ""


def render_table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    style: str = "",
    *,
    caption_is_seen: bool = True,
) -> str:
    """A table in a region of its own that scrolls sideways; cells are HTML already."""
    head = "".join(_render_heading(column) for column in columns)
    classes = [_render_class(column) for column in columns]
    body = "".join(_render_row(row, classes) for row in rows)
    hidden = "" if caption_is_seen else ' class="hide"'
    named = f' style="{_render_names(columns)}"' if "cards" in style else ""
    return (
        f'<div class="scroll" role="region" aria-label="{escape(caption)}" tabindex="0">'
        f'<table class="data {style}"{named}><caption{hidden}>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def render_grouped(
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
    head = "".join(_render_heading(column) for column in columns)
    bodies = "".join(
        f'<tbody><tr><th class="part" colspan="{len(columns)}" scope="rowgroup">{escape(title)}'
        + "".join(f'<tr><th scope="row">{"<td>".join(cells)}' for cells in rows)
        for title, rows in groups
    )
    given = f' style="{";".join(filter(None, (variables, _render_names(columns))))}"'
    return (
        f'<div class="scroll" role="region" aria-label="{escape(caption)}" tabindex="0">'
        f'<table class="data {style}"{given}><caption class="hide">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead>{bodies}</table></div>"
    )


def _render_names(columns: Sequence[Column]) -> str:
    """The headings as the style sheet says them on a phone, where each row is a card.

    The first is of what names the row.
    """
    titles = (column.title.replace("\\", "").replace("'", "\\27 ") for column in columns[1:])
    return ";".join(f"--c{n}:'{escape(title)}'" for n, title in enumerate(titles, start=2))


def render_details(summary: str, body: str) -> str:
    """Something to open, closed at first."""
    return f"<details><summary>{escape(summary)}</summary>{body}</details>"


def render_link(href: str, text: str) -> str:
    """A link inside the dashboard."""
    return f'<a href="{escape(href)}">{escape(text)}</a>'


def render_outside_link(url: str, text: str) -> str:
    """A link to a publisher's own page."""
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def render_chart_table(model: ChartModel) -> str:
    """Everything a chart draws, as a table."""
    fields = KINDS[model.kind].fields
    if fields is None:
        columns, rows = _build_pivot(model)
    else:
        columns = [
            Column(chart_rows.write_heading(model, heading), numeric=heading in NUMBERS)
            for heading, _ in fields.screen
        ]
        rows = [[_render_part(model, row, name) for _, name in fields.screen] for row in model.rows]
    return render_table(
        f"{model.subtitle}: the chart as a table", columns, rows, caption_is_seen=False
    )


@lru_cache(maxsize=256)
def _render_heading(column: Column) -> str:
    note = f"<small>{escape(column.note)}</small>" if column.note else ""
    return f'<th scope="col"{_render_class(column)}>{escape(column.title)}{note}</th>'


def _render_class(column: Column) -> str:
    names = " ".join(name for name in ("num" if column.numeric else "", column.style) if name)
    return f' class="{names}"' if names else ""


def _render_row(cells: Sequence[str], classes: Sequence[str]) -> str:
    first = f'<th scope="row">{cells[0]}</th>'
    rest = "".join(f"<td{c}>{cell}</td>" for cell, c in zip(cells[1:], classes[1:], strict=True))
    return f"<tr>{first}{rest}</tr>"


def _render_part(model: ChartModel, row: Row, name: str) -> str:
    """A part of a row as HTML; its name says whether it is the chosen area or a neighbour."""
    if name != "mark":
        return escape(str(chart_rows.read_cell(model, row, name)))
    label = escape(row.label)
    if row.role is Role.FOCUS:
        return f"<strong>{label}</strong> (chosen)"
    return f"{label} ({model.member})" if row.role is Role.NEIGHBOUR else label


def _build_pivot(model: ChartModel) -> tuple[list[Column], list[list[str]]]:
    """A row for each period, the newest first, or for each heading; a column for each label."""
    is_trend = model.kind is Kind.TREND
    labels, by_key = chart_rows.group_by_key(
        model, lambda r: r.time_period if is_trend else r.group
    )
    first = "Period" if is_trend else chart_rows.write_heading(model, VALUE)
    none = f'<span class="none">{chart_rows.NO_FIGURE if is_trend else "–"}</span>'
    keys = [when for _, when in reversed(times.periods(model))] if is_trend else list(by_key)
    new = " <small>new series</small>"
    rows = [
        [
            escape(key) + (new if key in model.breaks else ""),
            *(_render_cell(by_key[key][x]) if x in by_key[key] else none for x in labels),
        ]
        for key in keys
    ]
    return [Column(first), *(Column(label, numeric=True) for label in labels)], rows


def _render_cell(row: Row) -> str:
    text = (
        escape(row.shown)
        if row.status == "ok"
        else f'<span class="none">{escape(row.shown)}</span>'
    )
    return f"{text}<small>{escape(row.note)}</small>" if row.note else text


def render_note(figure: Figure) -> str:
    """The note on a single number, in its cell."""
    return f"<small>{escape(figure.note)}</small>" if figure.note else ""
