"""A briefing as a Word document: real headings, heading rows and alternative text. Pure."""

import io
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches
from docx.table import _Cell

from dashboard import design
from dashboard.briefing import endings
from dashboard.briefing.commentary import split_paragraphs
from dashboard.briefing.model import Briefing, Section, Table
from dashboard.briefing.paper import chart_height, compose_provenance, describe_measured
from dashboard.charts.model import ChartModel
from dashboard.draw.picture.image import draw_picture

TEMPLATE = Path(design.__file__).with_name("document.docx")  # styles, which a person may change
SMALL = "Small print"
WIDTH = 6.6  # inches between the margins of the template
OURS = "Our commentary"


def render(briefing: Briefing) -> bytes:
    """The briefing as a .docx file: what it says, in its order."""
    made = docx.Document(str(TEMPLATE))
    _describe_file(made, briefing)
    made.add_paragraph(briefing.heading, style="Title")
    for text in (briefing.audience, briefing.note):
        if text:
            made.add_paragraph(text)
    if briefing.beside:
        made.add_paragraph(f"Compared with: {briefing.beside}")
    _add_commentary(made, briefing.commentary)
    _add_messages(made, briefing)
    for section in briefing.sections:
        _add_section(made, briefing, section)
    _add_endings(made, briefing)
    _write_foot(made, briefing)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _describe_file(made: Document, briefing: Briefing) -> None:
    about = made.core_properties
    about.title, about.author, about.subject = briefing.heading, briefing.name, briefing.audience
    about.language, about.comments = "en-GB", f"{briefing.foot}. {briefing.permalink}"


def _add_messages(made: Document, briefing: Briefing) -> None:
    messages = briefing.messages
    made.add_heading("Key messages", 1)
    for note in messages.notes:
        made.add_paragraph(note)
    for heading, part in messages.parts:
        made.add_heading(heading, 2)
        for one in part:
            made.add_paragraph(one.text, style="List Bullet")
    if messages.rule:
        made.add_paragraph(messages.rule, style=SMALL)


def _add_section(made: Document, briefing: Briefing, section: Section) -> None:
    made.add_heading(section.heading, 1)
    message = made.add_paragraph()
    message.add_run(section.title).bold = True
    message.paragraph_format.keep_with_next = True
    model = section.chart
    under = " ".join(filter(None, [*(describe_measured(model) if model else []), section.why]))
    made.add_paragraph(under).paragraph_format.keep_with_next = True
    if section.absent:
        made.add_paragraph(f"{section.absent}.")
    if model:
        _add_chart(made, model, briefing.build)
    _add_commentary(made, section.commentary)
    for table in section.tables:
        _add_table(made, table)
    if source := compose_provenance(section):
        made.add_paragraph(source, style=SMALL)


def _add_chart(made: Document, model: ChartModel, build: str) -> None:
    """The chart as a picture, with its alternative text."""
    given = {"build": build, "width": WIDTH, "height": chart_height(model), "furniture": False}
    drawn = draw_picture(model, "png", **given)
    shape = made.add_picture(io.BytesIO(drawn), width=Inches(WIDTH))
    about = shape._inline.docPr  # noqa: SLF001 - python-docx has no way to the text
    about.set("descr", model.alt)
    about.set("title", model.title)
    made.paragraphs[-1].paragraph_format.keep_with_next = True


def _add_commentary(made: Document, text: str) -> None:
    if not text:
        return
    first = made.add_paragraph()
    first.add_run(OURS).bold = True
    first.paragraph_format.keep_with_next = True
    for line in split_paragraphs(text):
        made.add_paragraph(line)


def _add_endings(made: Document, briefing: Briefing) -> None:
    """Definitions, caveats and sources."""
    for ending in endings.list_endings(briefing):
        made.add_heading(ending.heading, 1)
        _add_table(made, ending.table)
    made.add_paragraph(f"{briefing.licence}. {briefing.foot}.")
    again = "This briefing can be made again, without commentary, from:"
    made.add_paragraph(f"{again} {briefing.permalink}")


def _add_table(made: Document, table: Table) -> None:
    """A table under its caption: its first row is marked as a heading and comes on every page."""
    made.add_heading(table.caption, 2)
    grid = made.add_table(1 + len(table.rows), len(table.columns), style="Light Shading")
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    properties = grid._tbl.tblPr  # noqa: SLF001 - python-docx has no way to the text
    properties.append(_make_description(table.caption))
    whole = sum(column.width for column in table.columns)
    widths = [Inches(WIDTH * column.width / whole) for column in table.columns]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    style = "Table text small" if table.is_small else "Table text"
    heads = [column.title for column in table.columns]
    rows = [heads, *([cell.text for cell in row] for row in table.rows)]
    for at, (row, texts) in enumerate(zip(grid.rows, rows, strict=True)):
        _keep_whole(row._tr, is_heading=not at)  # noqa: SLF001
        for nth, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = widths[nth]
            _write_cell(cell, text, style, bold=not at or (not nth and len(texts) > 1))
            if table.columns[nth].numeric:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if table.note:
        made.add_paragraph(table.note, style=SMALL)


def _make_description(text: str) -> object:
    caption = parse_xml(f'<w:tblDescription {nsdecls("w")} w:val=""/>')
    caption.set(qn("w:val"), text)
    return caption


def _keep_whole(row: object, *, is_heading: bool) -> None:
    """A row is not cut between pages; a heading row is marked as one."""
    properties = row.get_or_add_trPr()  # ty: ignore[missing-attribute]
    properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    if is_heading:
        properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _write_cell(cell: _Cell, text: str, style: str, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(text).bold = bold


def _write_foot(made: Document, briefing: Briefing) -> None:
    """Build and licence at the foot of every page, before its number."""
    run = made.sections[0].footer.paragraphs[0].runs[0]
    run.text = f"{briefing.heading}. {briefing.foot}. {briefing.licence}. {run.text}"
