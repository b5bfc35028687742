"""A briefing as a Word document: real headings, heading rows and alternative text. Pure."""

import io

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches, Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from dashboard.briefing import endings
from dashboard.briefing.commentary import paragraphs
from dashboard.briefing.model import Briefing, Section, Table
from dashboard.briefing.paper import measured, provenance, tall
from dashboard.charts.model import ChartModel
from dashboard.design import theme
from dashboard.draw.picture.image import picture

FONT, TEXT, SMALL = "Arial", 11, 9
WIDTH = 6.6  # inches between the margins of A4
SIZES = {"Title": 26, "Heading 1": 17, "Heading 2": 13, "Heading 3": 11}
OURS = "Our commentary"


def render(briefing: Briefing) -> bytes:
    """The briefing as a .docx file: what it says, in its order."""
    made = docx.Document()
    _style(made)
    _about(made, briefing)
    made.add_paragraph(briefing.heading, style="Title")
    for text in (briefing.audience, briefing.note):
        if text:
            made.add_paragraph(text)
    if briefing.beside:
        made.add_paragraph(f"Compared with: {briefing.beside}")
    _commentary(made, briefing.commentary)
    _messages(made, briefing)
    for section in briefing.sections:
        _section(made, briefing, section)
    _endings(made, briefing)
    _foot(made, briefing)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _about(made: Document, briefing: Briefing) -> None:
    about = made.core_properties
    about.title, about.author, about.subject = briefing.heading, briefing.name, briefing.audience
    about.language, about.comments = "en-GB", f"{briefing.foot}. {briefing.permalink}"


def _style(made: Document) -> None:
    """Our typeface, sizes and language, and A4."""
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(21)
    page.top_margin = page.bottom_margin = Mm(20)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(TEXT)
    for name, size in SIZES.items():
        style = made.styles[name]
        style.font.size, style.font.bold = Pt(size), True
        style.font.color.rgb = _colour(theme.FOCUS)
        for fonts in style.element.iter(qn("w:rFonts")):
            for kind in list(fonts.attrib):
                del fonts.attrib[kind]
            fonts.set(qn("w:ascii"), FONT)
            fonts.set(qn("w:hAnsi"), FONT)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _messages(made: Document, briefing: Briefing) -> None:
    said = briefing.messages
    made.add_heading("Key messages", 1)
    for note in said.notes:
        made.add_paragraph(note)
    for heading, found in said.parts:
        made.add_heading(heading, 2)
        for one in found:
            made.add_paragraph(one.text, style="List Bullet")
    if said.rule:
        _small(made, said.rule)


def _section(made: Document, briefing: Briefing, section: Section) -> None:
    made.add_heading(section.heading, 1)
    message = made.add_paragraph()
    message.add_run(section.title).bold = True
    message.paragraph_format.keep_with_next = True
    model = section.chart
    under = " ".join(filter(None, [*(measured(model) if model else []), section.why]))
    made.add_paragraph(under).paragraph_format.keep_with_next = True
    if section.absent:
        made.add_paragraph(f"{section.absent}.")
    if model:
        _picture(made, model, briefing.build)
    _commentary(made, section.commentary)
    for table in section.tables:
        _table(made, table)
    if said := provenance(section):
        _small(made, said)


def _picture(made: Document, model: ChartModel, build: str) -> None:
    """The chart as a picture, with its alternative text."""
    given = {"build": build, "width": WIDTH, "height": tall(model), "furniture": False}
    drawn = picture(model, "png", **given)
    shape = made.add_picture(io.BytesIO(drawn), width=Inches(WIDTH))
    about = shape._inline.docPr  # noqa: SLF001 - python-docx has no way to the text
    about.set("descr", model.alt)
    about.set("title", model.title)
    made.paragraphs[-1].paragraph_format.keep_with_next = True


def _commentary(made: Document, text: str) -> None:
    if not text:
        return
    first = made.add_paragraph()
    first.add_run(OURS).bold = True
    first.paragraph_format.keep_with_next = True
    for line in paragraphs(text):
        made.add_paragraph(line)


def _endings(made: Document, briefing: Briefing) -> None:
    """Definitions, caveats and sources."""
    for heading, table in (
        ("What is not shown", endings.absent(briefing)),
        ("Definitions and caveats", endings.definitions(briefing)),
        ("How to read this briefing", endings.reading(briefing)),
        ("Sources", endings.sources(briefing)),
    ):
        if table.rows:
            made.add_heading(heading, 1)
            _table(made, table)
    made.add_paragraph(f"{briefing.licence}. {briefing.foot}.")
    again = "This briefing can be made again, without commentary, from:"
    made.add_paragraph(f"{again} {briefing.permalink}")


def _table(made: Document, table: Table) -> None:
    """A table under its caption: its first row is marked as a heading and comes on every page."""
    made.add_heading(table.caption, 2)
    grid = made.add_table(1 + len(table.rows), len(table.columns), style="Light Shading")
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    properties = grid._tbl.tblPr  # noqa: SLF001 - python-docx has no way to the text
    properties.append(_described(table.caption))
    whole = sum(column.width for column in table.columns)
    widths = [Inches(WIDTH * column.width / whole) for column in table.columns]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    size = 8 if table.is_small else SMALL
    heads = [column.title for column in table.columns]
    rows = [heads, *([cell.text for cell in row] for row in table.rows)]
    for at, (row, texts) in enumerate(zip(grid.rows, rows, strict=True)):
        _keep_whole(row._tr, is_heading=not at)  # noqa: SLF001
        for nth, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = widths[nth]
            _write(cell, text, size, bold=not at or (not nth and len(texts) > 1))
            if table.columns[nth].numeric:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if table.note:
        _small(made, table.note)


def _described(text: str) -> object:
    caption = parse_xml(f'<w:tblDescription {nsdecls("w")} w:val=""/>')
    caption.set(qn("w:val"), text)
    return caption


def _keep_whole(row: object, *, is_heading: bool) -> None:
    """A row is not cut between pages; a heading row is marked as one."""
    properties = row.get_or_add_trPr()  # ty: ignore[missing-attribute]
    properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    if is_heading:
        properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _write(cell: _Cell, text: str, size: float, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold


def _small(made: Document, text: str) -> None:
    run = made.add_paragraph().add_run(text)
    run.font.size, run.font.color.rgb = Pt(SMALL), _colour(theme.QUIET)


def _foot(made: Document, briefing: Briefing) -> None:
    """Build, licence and the number of the page at the foot of every page."""
    paragraph = made.sections[0].footer.paragraphs[0]
    run = paragraph.add_run(f"{briefing.heading}. {briefing.foot}. {briefing.licence}. Page ")
    run.font.size = Pt(8)
    _page_number(paragraph)


def _page_number(paragraph: Paragraph) -> None:
    run = paragraph.add_run()
    run.font.size = Pt(8)
    for xml in (
        '<w:fldChar {} w:fldCharType="begin"/>',
        '<w:instrText {} xml:space="preserve">PAGE</w:instrText>',
        '<w:fldChar {} w:fldCharType="end"/>',
    ):
        run._r.append(parse_xml(xml.format(nsdecls("w"))))  # noqa: SLF001 - no fields there


def _colour(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.removeprefix("#"))
