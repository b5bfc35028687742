"""Our own 16:9 template for PowerPoint: made from python-pptx's, whose slides are 4:3.

Each slide has real placeholders, so that it has a title, an outline and an order to be read in:
the title, what is measured, and where it is from. The typeface is Arial, which every computer with
PowerPoint has, and the theme's colours are those of the charts.
"""

import re
from collections.abc import Iterable, Sequence

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.slide import Slide, SlideLayout
from pptx.util import Inches, Pt

from dashboard.design import theme
from dashboard.draw import caption
from dashboard.draw.looks import hexed
from dashboard.draw.picture import fonts

WIDTH, HEIGHT = 13.333, 7.5
EDGE = 0.6
TITLE_ONLY = 5  # of the eleven layouts that python-pptx brings
FONT = "Arial"
SUBTITLE, SOURCE, TITLE = 10, 11, 0  # placeholders, by their index
BOXES = {
    "title": (EDGE, 0.35, WIDTH - 2 * EDGE, 0.95),
    "subtitle": (EDGE, 1.36, WIDTH - 2 * EDGE, 0.6),
    "source": (EDGE, 6.45, WIDTH - 2 * EDGE, 0.85),
}
TOP, BOTTOM, GAP = 1.98, 7.3, 0.1  # where a chart begins, where the source ends, between the two
LARGE, SMALL, MOST_LARGE = 14, 11, 2  # points below the title, and how many lines fit
SIZES = (9, 8, 7)  # of the words below a chart, in points: as large as leaves the chart its room
MOST = 1.2  # inches for those words
ARIAL = 1.13  # how much wider it sets than the typeface we can measure
FOOT = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
ACCENTS = theme.CATEGORICAL[:6]


def deck(title: str) -> Presentation:
    """An empty presentation of wide slides, with its title, its language and our layout."""
    made = pptx.Presentation()
    made.slide_width, made.slide_height = Inches(WIDTH), Inches(HEIGHT)
    about = made.core_properties
    about.title, about.author, about.language = title, caption.NAME, "en-GB"
    about.subject = "Special educational needs and disabilities"
    _keep_one_layout(made)
    _colours(made)
    return made


def add_slide(made: Presentation) -> Slide:
    """A new slide with a title, a line on what is measured, and a line on the source."""
    return made.slides.add_slide(made.slide_layouts[0])


def say(slide: Slide, place: int, text: str) -> None:
    """Write into one of a slide's placeholders: TITLE, SUBTITLE or SOURCE."""
    slide.placeholders[place].text_frame.text = text


def say_below_title(slide: Slide, lines: Sequence[str]) -> None:
    """Write what is measured, smaller where it takes more than two lines."""
    width = (WIDTH - 2 * EDGE) / ARIAL
    count = sum(len(fonts.wrapped(line, LARGE, width)) for line in lines)
    frame = slide.placeholders[SUBTITLE].text_frame
    frame.text = "\n".join(lines)
    if count > MOST_LARGE:
        for paragraph in frame.paragraphs:
            paragraph.font.size = Pt(SMALL)


def say_source(slide: Slide, lines: Sequence[str]) -> float:
    """Write what stands below a chart, as large as fits; returns how tall it is in inches.

    PowerPoint shrinks text to its box only when somebody edits it, so its size is found here.
    """
    width = (WIDTH - 2 * EDGE) / ARIAL
    for size in SIZES:
        count = sum(len(fonts.wrapped(line, size, width)) for line in lines)
        tall = count * size * 1.2 / fonts.POINTS
        if tall <= MOST:
            break
    shape = slide.placeholders[SOURCE]
    shape.left, shape.width = Inches(EDGE), Inches(WIDTH - 2 * EDGE)
    shape.top, shape.height = Inches(BOTTOM - tall), Inches(tall)
    shape.text_frame.text = "\n".join(lines)
    for paragraph in shape.text_frame.paragraphs:
        paragraph.font.size = Pt(size)
    return tall


def room(tall: float) -> tuple[float, float, float, float]:
    """Where a chart goes above words of that height: left, top, width and height in inches."""
    return EDGE, TOP, WIDTH - 2 * EDGE, BOTTOM - tall - GAP - TOP


def _keep_one_layout(made: Presentation) -> None:
    kept = made.slide_layouts[TITLE_ONLY]
    for layout in list(made.slide_layouts):
        if layout is not kept:
            made.slide_layouts.remove(layout)
    kept.name = "Title, chart and source"
    _remove(holder for holder in kept.placeholders if holder.placeholder_format.idx)
    _place(kept)
    master = made.slide_master
    _remove(holder for holder in master.placeholders if holder.placeholder_format.type in FOOT)
    for name, shape in zip(("title", "source"), master.placeholders, strict=False):
        shape.left, shape.top, shape.width, shape.height = (Inches(side) for side in BOXES[name])


def _remove(holders: Iterable[BaseShape]) -> None:
    for holder in list(holders):
        holder.element.getparent().remove(holder.element)


def _place(layout: SlideLayout) -> None:
    """Our placeholders, each with its size of type, aligned to the left edge of the chart."""
    _remove(layout.placeholders)
    tree = layout.shapes._spTree  # noqa: SLF001 - python-pptx has no way to add one to a layout
    tree.append(_holder(2, "Title", 'type="title"', BOXES["title"], (2400, theme.INK, "b")))
    tree.append(
        _holder(
            *(3, "What is measured", f'type="body" sz="quarter" idx="{SUBTITLE}"'),
            *(BOXES["subtitle"], (1400, theme.QUIET, "t")),
        )
    )
    tree.append(
        _holder(
            *(4, "Source", f'type="body" sz="quarter" idx="{SOURCE}"'),
            *(BOXES["source"], (900, theme.QUIET, "b")),
        )
    )


def _holder(
    number: int,
    name: str,
    kind: str,
    box: tuple[float, float, float, float],
    look: tuple[int, str, str],
) -> BaseOxmlElement:
    size, colour, anchor = look
    left, top, width, height = (int(Inches(side)) for side in box)
    bold = ' b="1"' if "title" in kind else ""
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'</p:spPr><p:txBody><a:bodyPr lIns="0" rIns="0" tIns="0" bIns="0" anchor="{anchor}">'
        '<a:normAutofit/></a:bodyPr><a:lstStyle><a:lvl1pPr marL="0" indent="0" algn="l">'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/><a:defRPr sz="{size}"{bold}>'
        f'<a:solidFill><a:srgbClr val="{hexed(colour)}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        f'</a:lstStyle><a:p><a:r><a:rPr lang="en-GB"/><a:t>{name}</a:t></a:r></a:p></p:txBody>'
        "</p:sp>"
    )


def _colours(made: Presentation) -> None:
    """The theme's fonts and colours, so that what a reader adds looks like the rest."""
    part = next(
        relation.target_part
        for relation in made.slide_master.part.rels.values()
        if relation.reltype.endswith("/theme")
    )
    said = part.blob.decode()
    said = re.sub(r'(<a:latin typeface=")[^"]+', rf"\g<1>{FONT}", said)
    for number, colour in enumerate(ACCENTS, start=1):
        said = re.sub(
            rf"(<a:accent{number}>).*?(</a:accent{number}>)",
            rf'\g<1><a:srgbClr val="{hexed(colour)}"/>\g<2>',
            said,
        )
    part._blob = said.encode()  # noqa: SLF001 - a theme is a part without an interface
