"""The template of our slides: a file that a person restyles in PowerPoint, and what goes into it.

Each slide has real placeholders, so that it has a title, an outline and an order to be read in:
the title, what is measured, and where it is from. How they look is said in the template's layouts,
whose colours are those of its theme (python -m scripts.templates writes ours into it).
"""

from collections.abc import Sequence
from pathlib import Path

import pptx
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Inches, Pt

from dashboard import design
from dashboard.draw import caption
from dashboard.draw.picture import fonts

TEMPLATE = Path(design.__file__).with_name("slides.pptx")
WIDTH, HEIGHT = 13.333, 7.5
EDGE = 0.6
CHART, TEXT = 0, 1  # layouts: a chart alone, and a slide of a briefing
SUBTITLE, SOURCE, TITLE = 10, 11, 0  # placeholders, by their index
TOP, BOTTOM, GAP = 1.98, 7.3, 0.1  # where a chart begins, where the source ends, between the two
LARGE, SMALL, MOST_LARGE = 14, 11, 2  # points below the title, and how many lines fit
SIZES = (9, 8, 7)  # of the words below a chart, in points: as large as leaves the chart its room
MOST = 1.2  # inches for those words
ARIAL = 1.13  # how much wider it sets than the typeface we can measure


def open_template(title: str) -> Presentation:
    """An empty presentation of wide slides, with its title, its language and our layouts."""
    made = pptx.Presentation(str(TEMPLATE))
    about = made.core_properties
    about.title, about.author, about.language = title, caption.NAME, "en-GB"
    about.subject = "Special educational needs and disabilities"
    return made


def add_slide(made: Presentation, layout: int = CHART) -> Slide:
    """A new slide with a title, a line on what is measured, and a line on the source."""
    return made.slides.add_slide(made.slide_layouts[layout])


def write_placeholder(slide: Slide, place: int, text: str) -> None:
    """Write into one of a slide's placeholders: TITLE, SUBTITLE or SOURCE."""
    slide.placeholders[place].text_frame.text = text


def write_below_title(slide: Slide, lines: Sequence[str]) -> None:
    """Write what is measured, smaller where it takes more than two lines."""
    width = (WIDTH - 2 * EDGE) / ARIAL
    count = sum(len(fonts.wrap_by_width(line, LARGE, width)) for line in lines)
    frame = slide.placeholders[SUBTITLE].text_frame
    frame.text = "\n".join(lines)
    if count > MOST_LARGE:
        for paragraph in frame.paragraphs:
            paragraph.font.size = Pt(SMALL)


def write_source(slide: Slide, lines: Sequence[str]) -> float:
    """Write what stands below a chart, as large as fits; returns how tall it is in inches.

    PowerPoint shrinks text to its box only when somebody edits it, so its size is found here.
    """
    width = (WIDTH - 2 * EDGE) / ARIAL
    for size in SIZES:
        count = sum(len(fonts.wrap_by_width(line, size, width)) for line in lines)
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


def chart_box(tall: float) -> tuple[float, float, float, float]:
    """Where a chart goes above words of that height: left, top, width and height in inches."""
    return EDGE, TOP, WIDTH - 2 * EDGE, BOTTOM - tall - GAP - TOP
