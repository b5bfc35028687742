"""Slides are opened again by python-pptx and compared with the briefing."""

import io

import pptx
import pytest
from pptx.util import Inches

from dashboard.briefing import deck, endings, forms
from dashboard.briefing.commentary import split_paragraphs
from dashboard.charts.model import LICENCE, Kind
from dashboard.domain.recipes import RECIPES
from tests.dashboard.briefing.make import CUMBRIA, HOSTILE, KENT, LONG, SCILLY, briefing, rendered

LINES = "\n".join(f"Line {n}" for n in range(90))
WRITTEN = (
    ("opening", "A word first."),
    ("on_time", "Short."),
    ("plans", HOSTILE),
    ("next", LONG),
    ("absence", LINES),
)
MADE = [(KENT, recipe) for recipe in RECIPES] + [(SCILLY, "adulthood"), (CUMBRIA, "board")]


def slides(*args, **more):
    return list(pptx.Presentation(io.BytesIO(rendered("pptx", *args, **more))).slides)


def texts(slide):
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    return "\n".join([*found, *(" | ".join(row) for row in cells(slide))])


def cells(slide):
    return [
        [cell.text_frame.text for cell in row.cells]
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
    ]


@pytest.mark.sample(2)
@pytest.mark.parametrize(("area", "recipe"), MADE)
def test_each_slide_has_a_title_of_its_own_its_number_licence_link_and_build(area, recipe):
    made, said = slides(area, recipe), briefing(area, recipe)
    titles = [slide.shapes.title.text_frame.text for slide in made]
    assert len(set(titles)) == len(titles)
    assert titles[0] == f"{said.area}\n{said.title}"
    for slide in made:
        assert LICENCE in texts(slide)
        assert f"build {said.build}. https://send.example.org/" in texts(slide)
        assert slide.element.xpath(".//a:fld[@type='slidenum']")


def test_key_messages_come_first_and_word_for_word():
    said = briefing().messages
    first = slides()[1 : 1 + len(said.parts)]  # too much for one slide: one for each list
    for slide, (heading, listed) in zip(first, said.parts, strict=True):
        title = slide.shapes.title.text_frame.text
        assert title.startswith("SEND partnership board: key messages\n")
        assert heading.lower() in title.lower()
        assert all(one.text in texts(slide) for one in listed)
    whole = "\n".join(map(texts, first))
    assert said.rule in whole


@pytest.mark.sample(2)
@pytest.mark.parametrize(("area", "recipe"), MADE)
def test_charts_are_native_with_the_numbers_of_the_model_in_order(area, recipe):
    made = slides(area, recipe)
    charted = [s for s in briefing(area, recipe).sections if s.chart]
    drawn = [(slide, shape) for slide in made for shape in slide.shapes if shape.has_chart]
    assert len(drawn) == len(charted)
    for (slide, shape), section in zip(drawn, charted, strict=True):
        assert slide.shapes.title.text_frame.text == f"{section.heading}\n{section.title}"
        assert shape.element.nvGraphicFramePr.cNvPr.get("descr") == section.chart.alt
        assert section.chart.permalink in texts(slide)
        assert section.chart.source in texts(slide) or "see Sources" in texts(slide)
        if section.chart.kind is Kind.RANKED_BAR:
            (series,) = shape.chart.plots[0].series
            values = [row.value for row in section.chart.rows]
            labels = [row.label for row in section.chart.rows]
            assert sorted(series.values) == pytest.approx(sorted(values))
            assert sorted(shape.chart.plots[0].categories) == sorted(labels)


@pytest.mark.sample(2)
@pytest.mark.parametrize(("area", "recipe"), MADE)
def test_tables_have_a_heading_row_and_every_cell_in_order(area, recipe):
    made, said = slides(area, recipe), briefing(area, recipe)
    last = [
        endings.build_absent_table(said),
        endings.build_definitions_table(said),
        endings.build_sources_table(said),
    ]
    found = [row for slide in made for row in cells(slide)]
    for table in [*(t for s in said.sections for t in s.tables), *last]:
        heads = [column.title for column in table.columns]
        rows = [[cell.text for cell in row] for row in table.rows]
        assert not rows or heads in found
        at = [found.index(row) for row in rows]
        assert len(set(map(tuple, rows))) < len(rows) or at == sorted(at)
    for slide in made:
        for shape in slide.shapes:
            if shape.has_table:
                assert shape.table.first_row
                assert shape.element.nvGraphicFramePr.cNvPr.get("descr").startswith("Table: ")


@pytest.mark.sample(2)
@pytest.mark.parametrize(("area", "recipe"), MADE)
def test_nothing_lies_outside_its_slide_or_on_something_else(area, recipe):
    for number, slide in enumerate(slides(area, recipe), start=1):
        boxes = [
            (shape.name, shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
            for shape in slide.shapes
        ]
        for name, left, top, right, bottom in boxes:
            assert left >= 0, (number, name)
            assert top >= 0, (number, name)
            assert right <= Inches(13.334), (number, name)
            assert bottom <= Inches(7.5), (number, name)
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                assert not overlap(one, other), (number, one[0], other[0])


def overlap(one, other):
    slack = Inches(0.02)
    across = min(one[3], other[3]) - max(one[1], other[1])
    down = min(one[4], other[4]) - max(one[2], other[2])
    return across > slack and down > slack


def test_the_file_has_a_title_a_language_and_says_it_on_every_run():
    made = pptx.Presentation(io.BytesIO(rendered("pptx")))
    about = made.core_properties
    assert (about.title, about.language) == (briefing().heading, "en-GB")
    assert (made.slide_width, made.slide_height) == (Inches(13.333), Inches(7.5))
    for slide in made.slides:
        for run in slide.element.xpath(".//p:sp//a:r/a:rPr"):
            assert run.get("lang") == "en-GB"


def test_commentary_is_kept_word_for_word_on_as_many_slides_as_it_needs():
    made = slides(written=WRITTEN)
    said = briefing(written=WRITTEN)
    whole = "\n".join(texts(slide) for slide in made)
    for section in said.sections:
        for line in split_paragraphs(section.commentary):
            assert "".join(line.split()) in "".join(whole.split())
    assert "Our commentary: Short." in whole
    assert sum("Our commentary on work" in texts(slide) for slide in made) == 1
    assert sum("Our commentary on absence" in texts(slide) for slide in made) > 3
    assert "A word first." in texts(made[1])


def test_the_sections_come_in_the_order_asked_for():
    made = slides(order="plans,on_time")
    headings = [slide.shapes.title.text_frame.text.split("\n")[0] for slide in made]
    assert [h for h in headings if h in {"Plans on time", "How many have a plan"}] == [
        *("How many have a plan", "Plans on time"),
    ]


def test_many_sources_are_named_in_full_at_the_end():
    assert deck.shorten_source("Short, one (2025)") == "Short, one (2025)"
    many = "; ".join(f"Publisher {n % 2}, A long publication number {n} (2025)" for n in range(30))
    assert deck.shorten_source(many).startswith("Publisher 0; Publisher 1. Each publication")


def test_a_form_that_is_not_there_is_refused():
    with pytest.raises(KeyError):
        forms.render_file(briefing(), "odt")
