"""A chart model in, a native PowerPoint chart out: its numbers and its look can be edited."""

import io
from collections.abc import Sequence
from typing import NamedTuple, cast

from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Inches

from dashboard.charts.model import ChartModel
from dashboard.draw import caption
from dashboard.draw.kinds import KINDS
from dashboard.draw.office import slide_charts, template
from dashboard.draw.picture import image


class Box(NamedTuple):
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float


def add_chart(slide: Slide, model: ChartModel, box: Box) -> None:
    """Draw a chart on a slide as PowerPoint's own; a map, which it lacks, as a picture."""
    model, place = caption.flatten_groups(model), tuple(Inches(side) for side in box)
    build_plot = KINDS[model.kind].plot
    if build_plot is None:
        drawn = image.draw_picture(
            model, "png", build="", width=box.width, height=box.height, furniture=False
        )
        frame = slide.shapes.add_picture(io.BytesIO(drawn), *place)
    else:
        frame = slide_charts.add_slide_chart(slide.shapes, build_plot(model), place)
    about = frame._element.xpath(".//p:cNvPr")[0]  # noqa: SLF001 - no other way to the text
    about.set("name", "Chart")
    about.set("descr", model.alt)
    about.set("title", model.title)


def add_slide(made: template.Presentation, model: ChartModel, *, build: str) -> Slide:
    """A whole slide: the finding as its title, what is measured, the chart and its source."""
    slide = template.add_slide(made)
    template.write_placeholder(slide, template.TITLE, model.title)
    said = [caption.describe_measure(model), caption.describe_colours(model)]
    template.write_below_title(slide, [line for line in said if line])
    tall = template.write_source(slide, list_sources(model, build))
    add_chart(slide, model, Box(*template.chart_box(tall)))
    # Read in the order of sight: the source after the chart.
    tree = slide.shapes._spTree  # noqa: SLF001
    tree.append(slide.placeholders[template.SOURCE]._element)  # noqa: SLF001
    return slide


def _list_areas(model: ChartModel) -> list[str]:
    """Every area of a map with its figure: a picture holds no numbers that could be copied."""
    if not model.kind.is_map:
        return []
    return [": ".join(filter(None, [row.label, row.shown, row.note])) for row in model.rows]


def list_sources(model: ChartModel, build: str) -> list[str]:
    """What stands below a chart on a slide: remarks, source, licence, link and build."""
    named = caption.list_provenance(model, build)
    return [*caption.list_remarks(model), named[0], " ".join(named[1:])]


def write_slides(
    model: ChartModel, *, build: str, definition: Sequence[tuple[str, str]] = ()
) -> bytes:
    """A presentation of one slide, with the definition in its notes."""
    made = template.open_template(model.title)
    slide = add_slide(made, model, build=build)
    notes = [*(f"{name}: {text}" for name, text in definition), model.alt, *_list_areas(model)]
    frame = cast("TextFrame", slide.notes_slide.notes_text_frame)
    frame.text = "\n".join([*notes, caption.compose_finding(model, build=build)])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
