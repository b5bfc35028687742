"""Text on slides: measured before it is written, and written in one way. Pure."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Emu, Inches, Pt

from dashboard.briefing import measure
from dashboard.draw.office.slides import Box
from dashboard.draw.office.template import EDGE, HEIGHT, WIDTH

INSIDE = WIDTH - 2 * EDGE
INDENT, BODY = 0.22, 16
FIRST_ID = 256  # what python-pptx counts slides from
# Colours by the names that the template's theme has for them.
INK, QUIET = MSO_THEME_COLOR.TEXT_1, MSO_THEME_COLOR.TEXT_2
FOCUS, PAPER, WASH = (
    MSO_THEME_COLOR.ACCENT_1,
    MSO_THEME_COLOR.BACKGROUND_1,
    MSO_THEME_COLOR.BACKGROUND_2,
)
NUMBER = Box(WIDTH - EDGE - 0.9, HEIGHT - 0.45, 0.9, 0.25)


class Text(NamedTuple):
    """One paragraph and how it looks."""

    text: str
    size: float = BODY
    colour: MSO_THEME_COLOR | None = INK  # None: as the layout has it
    bold: bool = False
    after: float = 0.0  # points below
    is_listed: bool = False
    lead: str = ""  # a few words before it, in bold


def texts_height(texts: Iterable[Text], width: float) -> float:
    """How high paragraphs are together in a width, both in inches."""
    return sum(
        measure.text_height(
            text.lead + text.text,
            text.size,
            width - INDENT * text.is_listed,
            bold=text.bold or bool(text.lead),
        )
        + text.after / measure.POINTS
        for text in texts
    )


def add_full_width_text(slide: Slide, top: float, texts: Sequence[Text]) -> float:
    """Text in a box as wide as the slide and as high as it needs; gives where it ends."""
    if not texts:
        return top
    room = texts_height(texts, INSIDE)
    add_text_box(slide, Box(EDGE, top, INSIDE, room), texts)
    return top + room


def add_text_box(slide: Slide, at: Box, texts: Sequence[Text]) -> Shape:
    """Text in a box without margins."""
    made = slide.shapes.add_textbox(*(Inches(each) for each in at))
    made.name = texts[0].text[:40]
    frame = made.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    write_paragraphs(frame, texts)
    return made


def place_shape(shape: Shape, at: Box) -> None:
    """Put a placeholder where it is wanted: all four sides, or the layout's would be lost."""
    shape.left, shape.top, shape.width, shape.height = (Inches(each) for each in at)


def write_paragraphs(frame: TextFrame, texts: Sequence[Text]) -> None:
    """Paragraphs into a frame, each run with its size, colour and language."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    for at, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_before, paragraph.space_after = Pt(0), Pt(text.after)
        if text.is_listed:
            _add_bullet(paragraph)
        for words, bold in ((text.lead, True), (text.text, text.bold)):
            if words:
                run = paragraph.add_run()
                run.text = words
                run.font.size, run.font.bold = Pt(text.size), bold
                if text.colour is not None:
                    run.font.color.theme_color = text.colour
                run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK


def add_slide_number(slide: Slide) -> None:
    """The number of the slide, which PowerPoint keeps right when slides are moved."""
    made = add_text_box(slide, NUMBER, [Text("", 10, QUIET)])
    made.name = "Slide number"
    paragraph = made.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    field = (
        f'<a:fld {nsdecls("a")} id="{{5B3DA8F4-0C0B-4C52-9D3A-6D4A0A6F1E01}}" type="slidenum">'
        f'<a:rPr lang="en-GB" sz="1000"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill>'
        f"</a:rPr><a:t>{slide.slide_id - FIRST_ID + 1}</a:t></a:fld>"
    )
    paragraph._p.append(parse_xml(field))  # noqa: SLF001 - python-pptx has no fields


def _add_bullet(paragraph: _Paragraph) -> None:
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-pptx has no bullets
    indent = int(Inches(INDENT))
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    properties.append(parse_xml(f'<a:buFont {nsdecls("a")} typeface="Arial"/>'))
    properties.append(parse_xml(f'<a:buChar {nsdecls("a")} char="•"/>'))
