"""A briefing as an Excel workbook: a sheet for each section, numbers stay numbers. Pure."""

import io
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.briefing import endings
from dashboard.briefing.commentary import split_paragraphs
from dashboard.briefing.model import Briefing, Cell, Section, Table
from dashboard.draw import axes, safe
from dashboard.draw.office import workbook
from dashboard.draw.office.workbook import Pens

BOLD = {"bold": True, "font_size": 14}
WRAPPED = {"text_wrap": True, "valign": "top"}
LETTERS = 130  # across a sheet of words, and across a table
MESSAGES = "Key messages"


def render(briefing: Briefing) -> bytes:
    """The briefing as an .xlsx file: contents, key messages, its sections, definitions, sources."""
    out = io.BytesIO()
    with workbook.make_workbook(out, briefing.heading) as made:
        contents, names = made.add_worksheet("Contents"), []
        names.append((_add_messages(made, briefing), f"Key messages for {briefing.area}"))
        for section in briefing.sections:
            names.append((_add_section(made, briefing, section, len(names)), section.title))
        names += _add_endings(made, briefing)
        _write_contents(contents, Pens(made), briefing, names)
    return out.getvalue()


def _write_contents(
    sheet: Worksheet, pens: Pens, briefing: Briefing, names: list[tuple[str, str]]
) -> None:
    """What the workbook is, and a link to each of its sheets."""
    top = _write_lines(
        *(sheet, pens, briefing.heading),
        [
            briefing.audience,
            briefing.note,
            f"Compared with: {briefing.beside}" if briefing.beside else "",
            *split_paragraphs(briefing.commentary),
            f"{briefing.licence}. {briefing.foot}.",
            f"This briefing can be made again from: {briefing.permalink}",
        ],
    )
    for at, (name, says) in enumerate(names, start=top + 1):
        sheet.write_url(at, 0, f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1", string=name)
        sheet.write_string(at, 1, says, pens.text(says))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, LETTERS - 34)


def _add_messages(made: Workbook, briefing: Briefing) -> str:
    sheet, pens, messages = made.add_worksheet(MESSAGES), Pens(made), briefing.messages
    lines = list(messages.notes)
    for heading, part in messages.parts:
        lines += [heading, *(one.text for one in part)]
    _write_lines(sheet, pens, f"Key messages for {briefing.area}", [*lines, messages.rule])
    sheet.set_column(0, 0, LETTERS)
    return MESSAGES


def _add_section(made: Workbook, briefing: Briefing, section: Section, number: int) -> str:
    """A sheet with the chart or the tables of a section, and the reader's commentary below."""
    name = safe.make_sheet_name(f"{number} {section.heading}")
    pens = Pens(made)
    if section.chart:
        workbook.add_sheet(made, section.chart, name, build=briefing.build)
        if section.commentary:
            _add_commentary(made, section, name)
        return name
    sheet = made.add_worksheet(name)
    texts = [section.why, f"{section.absent}." if section.absent else ""]
    texts += [f"Our commentary: {line}" for line in split_paragraphs(section.commentary)]
    top = _write_lines(sheet, pens, section.title, texts)
    for table in section.tables:
        top = _write_table(sheet, pens, table, top + 1)
    if section.source:
        _write_line(sheet, pens, top + 1, f"Source: {section.source}.")
    _write_line(sheet, pens, top + 2, f"{briefing.licence}. {briefing.foot}. {briefing.permalink}")
    return name


def _add_commentary(made: Workbook, section: Section, name: str) -> None:
    """Commentary on a chart has a sheet beside it: the chart's own is filled already."""
    sheet = made.add_worksheet(safe.make_sheet_name(f"{name[:16]} commentary"))
    lines = split_paragraphs(section.commentary)
    _write_lines(sheet, Pens(made), f"Our commentary on {section.heading}", lines)
    sheet.set_column(0, 0, LETTERS)


def _add_endings(made: Workbook, briefing: Briefing) -> list[tuple[str, str]]:
    """Definitions, caveats and sources; gives each sheet's name with its title."""
    for ending in endings.list_endings(briefing):
        sheet, pens = made.add_worksheet(ending.sheet), Pens(made)
        top = _write_lines(sheet, pens, ending.heading, [f"{briefing.licence}."])
        _write_table(sheet, pens, ending.table, top + 1)
    return [(ending.sheet, ending.heading) for ending in endings.list_endings(briefing)]


def _write_lines(sheet: Worksheet, pens: Pens, title: str, lines: list[str]) -> int:
    """A title and the lines below it, empty ones left out; gives the row after them."""
    sheet.write_string(0, 0, title, pens.text(title, **BOLD))
    kept = [line for line in lines if line]
    for at, line in enumerate(kept, start=1):
        sheet.write_string(at, 0, line, pens.text(line))
    return len(kept) + 1


def _write_line(sheet: Worksheet, pens: Pens, at: int, text: str) -> None:
    sheet.write_string(at, 0, text, pens.text(text))


def _write_table(sheet: Worksheet, pens: Pens, table: Table, top: int) -> int:
    """A table under its caption, its first row marked as the heading; gives the row after it."""
    sheet.write_string(top, 0, table.caption, pens.text(table.caption, bold=True))
    head = pens.pen(bold=True, **WRAPPED)
    columns = [{"header": one.title, "header_format": head} for one in table.columns]
    last = top + 1 + len(table.rows)
    options = {"columns": columns, "style": "Table Style Light 1", "banded_rows": False}
    sheet.add_table(top + 1, 0, last, len(columns) - 1, {**options, "autofilter": False})
    whole = sum(column.width for column in table.columns)
    for nth, column in enumerate(table.columns):
        sheet.set_column(nth, nth, max(LETTERS * column.width / whole, 11))
    for at, row in enumerate(table.rows, start=top + 2):
        for nth, cell in enumerate(row):
            _write_cell(sheet, pens, (at, nth), cell)
    if table.note:
        _write_line(sheet, pens, last + 1, table.note)
    return last + 2


def _write_cell(sheet: Worksheet, pens: Pens, at: tuple[int, int], cell: Cell) -> None:
    """A number as a number with its unit, everything else as text."""
    if cell.number is None:
        sheet.write_string(*at, cell.text, pens.text(cell.text, **WRAPPED))
        return
    look: dict[str, Any] = {"num_format": axes.number_format(cell.unit, cell.decimals)}
    sheet.write_number(*at, cell.number, pens.pen(valign="top", **look))
