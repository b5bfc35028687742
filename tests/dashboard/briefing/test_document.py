"""Word documents are opened again by python-docx and compared with the briefing."""

import io

import docx
import pytest
from docx.oxml.ns import qn

from dashboard.briefing import endings
from dashboard.briefing.commentary import split_paragraphs
from dashboard.charts.model import LICENCE
from tests.dashboard.briefing.make import HOSTILE, KENT, LONG, SCILLY, briefing, rendered

WRITTEN = (("opening", "A word first."), ("plans", HOSTILE), ("on_time", LONG))
MADE = [
    (KENT, "board", "", "", WRITTEN),
    (KENT, "reform_plan", "", "", ()),
    (SCILLY, "adulthood", "", "", ()),
]


def document(*args):
    return docx.Document(io.BytesIO(rendered("docx", *args)))


def whole(made):
    return "\n".join(paragraph.text for paragraph in made.paragraphs)


@pytest.mark.sample(1)
@pytest.mark.parametrize("args", MADE, ids=lambda args: args[1])
def test_headings_are_headings_in_order(args):
    made, said = document(*args), briefing(*args)
    headings = [p.text for p in made.paragraphs if p.style.name == "Heading 1"]
    absent = ["What is not shown"] if said.absent else []
    assert headings == [
        "Key messages",
        *(section.heading for section in said.sections),
        *absent,
        *("Definitions and caveats", "How to read this briefing", "Sources"),
    ]
    assert made.paragraphs[0].style.name == "Title"
    assert made.paragraphs[0].text == said.heading


@pytest.mark.sample(1)
@pytest.mark.parametrize("args", MADE, ids=lambda args: args[1])
def test_every_word_is_there(args):
    said, text = briefing(*args), whole(document(*args))
    wanted = [one.text for _, found in said.messages.parts for one in found]
    for section in said.sections:
        wanted += [section.title, section.why, *split_paragraphs(section.commentary)]
        if section.chart:
            wanted += [f"Source: {section.chart.source}.", section.chart.permalink]
    for each in (*wanted, LICENCE, said.permalink, said.build):
        assert each in text


@pytest.mark.sample(1)
@pytest.mark.parametrize("args", MADE, ids=lambda args: args[1])
def test_every_cell_is_there_in_order(args):
    made, said = document(*args), briefing(*args)
    tables = [t for s in said.sections for t in s.tables]
    tables += [endings.build_absent_table(said)] if said.absent else []
    tables += [
        endings.build_definitions_table(said),
        endings.build_reading_table(said),
        endings.build_sources_table(said),
    ]
    for drawn, table in zip(made.tables, tables, strict=True):
        rows = [[cell.text for cell in row.cells] for row in drawn.rows]
        assert rows[0] == [column.title for column in table.columns]
        assert rows[1:] == [[cell.text for cell in row] for row in table.rows]


@pytest.mark.sample(1)
@pytest.mark.parametrize("args", MADE, ids=lambda args: args[1])
def test_heading_rows_are_marked_and_pictures_described(args):
    made, said = document(*args), briefing(*args)
    for drawn in made.element.body.iter(qn("w:tbl")):
        marked = [row.find(f".//{qn('w:tblHeader')}") is not None for row in drawn.iter(qn("w:tr"))]
        assert marked == [True] + [False] * (len(marked) - 1)
    described = [about.get("descr") for about in made.element.body.iter(qn("wp:docPr"))]
    assert described == [s.chart.alt for s in said.sections if s.chart]


def test_title_language_and_foot_are_set():
    made = document(*MADE[1])
    about = made.core_properties
    assert (about.title, about.language) == (briefing(*MADE[1]).heading, "en-GB")
    assert {e.get(qn("w:val")) for e in made.styles.element.iter(qn("w:lang"))} == {"en-GB"}
    foot = made.sections[0].footer.paragraphs[0]
    assert LICENCE in foot.text
    fields = made.sections[0].footer.part.element.iter(qn("w:instrText"))
    assert [field.text for field in fields] == ["PAGE"]
