"""Tables on slides: cut into pages that fit, each with its heading row. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Inches

from dashboard.briefing import measure
from dashboard.briefing.model import Cell, Column, Table
from dashboard.briefing.slide_text import (
    FOCUS,
    INK,
    INSIDE,
    PAPER,
    WASH,
    Text,
    add_text_box,
    write_paragraphs,
)
from dashboard.draw.office.slides import Box
from dashboard.draw.office.template import EDGE

CAPTION, CELL, SMALL, NOTE, PAD, GAP = 14, 11, 10, 10, 0.05, 0.1
FAR_DOWN = 0.5  # of a page: a table that would have to be cut below this begins a new one


def split_into_pages(tables: Sequence[Table], room: float) -> list[list[Table]]:
    """Tables cut into pages of some height: what does not fit goes on, with its heading.

    Returns:
        pages of tables; none where no table has a row.
    """
    pages: list[list[Table]] = []
    left = 0.0
    for table in tables:
        rest = table
        while rest.rows:
            fits = _count_fitting_rows(rest, left - _note_height(rest, pages))
            is_cut_low = fits < len(rest.rows) and left < room * FAR_DOWN
            if (pages and pages[-1] and (not fits or is_cut_low)) or not pages:
                pages.append([])
                left = room
                fits = _count_fitting_rows(rest, left - _note_height(rest, pages))
            part = replace(rest, rows=rest.rows[: max(fits, 1)])
            left -= _table_height(part) + _note_height(part, pages)
            pages[-1].append(part)
            caption = f"{table.caption}, continued"
            rest = replace(rest, caption=caption, rows=rest.rows[max(fits, 1) :])
    return pages


def _note_height(table: Table, pages: Sequence[Sequence[Table]]) -> float:
    """The height of a table's note, unless the page has it already."""
    if not table.note or (pages and any(other.note == table.note for other in pages[-1])):
        return 0.0
    return measure.text_height(table.note, NOTE, INSIDE) + GAP


def _count_fitting_rows(table: Table, room: float) -> int:
    """How many of the first rows fit; none rather than one alone below a heading."""
    left = room - _caption_height(table) - _row_height(table, _list_headings(table), bold=True)
    count = 0
    for row in table.rows:
        left -= _row_height(table, row)
        if left < 0:
            break
        count += 1
    if count == len(table.rows) - 1 and count > 2:  # noqa: PLR2004 - two rows stay, two go on
        count -= 1
    return count if count > 1 or count == len(table.rows) else 0


def _table_height(table: Table) -> float:
    heads = _row_height(table, _list_headings(table), bold=True)
    rows = sum(_row_height(table, row) for row in table.rows)
    return _caption_height(table) + heads + rows + GAP


def _caption_height(table: Table) -> float:
    return measure.text_height(table.caption, CAPTION, INSIDE, bold=True) + 0.04


def _list_headings(table: Table) -> tuple[Cell, ...]:
    return tuple(Cell(column.title) for column in table.columns)


def _row_height(table: Table, cells: Sequence[Cell], *, bold: bool = False) -> float:
    text = max(
        measure.text_height(cell.text, _size(table), width - 2 * PAD, bold=bold or not at)
        for at, (cell, width) in enumerate(zip(cells, _list_widths(table.columns), strict=True))
    )
    return text + 2 * PAD


def _size(table: Table) -> float:
    return SMALL if table.is_small else CELL


def _list_widths(columns: Sequence[Column]) -> list[float]:
    whole = sum(column.width for column in columns)
    return [INSIDE * column.width / whole for column in columns]


def draw_table(slide: Slide, table: Table, top: float) -> float:
    """A table with a heading row; gives where it ends."""
    room = _caption_height(table)
    caption = Text(table.caption, CAPTION, FOCUS, bold=True)
    add_text_box(slide, Box(EDGE, top, INSIDE, room), [caption])
    rows = [_list_headings(table), *table.rows]
    heights = [_row_height(table, row, bold=not at) for at, row in enumerate(rows)]
    frame = slide.shapes.add_table(
        *(len(rows), len(table.columns)),
        *(Inches(each) for each in (EDGE, top + room, INSIDE, sum(heights))),
    )
    frame.name = table.caption
    frame.element.nvGraphicFramePr.cNvPr.set("descr", f"Table: {table.caption}")
    made = frame.table
    made.first_row, made.first_col, made.horz_banding = True, True, False
    for nth, width in enumerate(_list_widths(table.columns)):
        made.columns[nth].width = Inches(width)
    for at, (row, cells, height) in enumerate(zip(made.rows, rows, heights, strict=True)):
        row.height = Inches(height)
        for nth, (given, cell) in enumerate(zip(row.cells, cells, strict=True)):
            _fill_cell(given, cell, table, at, nth)
    return top + room + sum(heights) + GAP


def _fill_cell(given: _Cell, cell: Cell, table: Table, row: int, column: int) -> None:
    """One cell: dark in the heading row, striped below it, the first of a row in bold."""
    given.margin_left = given.margin_right = Inches(PAD)
    given.margin_top = given.margin_bottom = Inches(PAD)
    given.vertical_anchor = MSO_ANCHOR.TOP if row else MSO_ANCHOR.BOTTOM
    given.fill.solid()
    colour = WASH if row % 2 == 0 else PAPER
    given.fill.fore_color.theme_color = colour if row else FOCUS
    ink = INK if row else PAPER
    is_bold = not row or (not column and len(table.columns) > 1)
    write_paragraphs(given.text_frame, [Text(cell.text, _size(table), ink, bold=is_bold)])
    if table.columns[column].numeric:
        given.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
