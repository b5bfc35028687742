"""PDFs are opened again by pypdf: tagged, in English, and every word is there."""

import io

import pypdf
import pytest

from dashboard.briefing import paper
from dashboard.briefing.commentary import split_paragraphs
from tests.dashboard.briefing.make import HOSTILE, KENT, LONG, SCILLY, briefing, rendered

WRITTEN = (("opening", "A word first."), ("plans", HOSTILE), ("on_time", LONG))
MADE = [
    (KENT, "board", "on_time,plans,standing,scorecard", "", WRITTEN),
    (KENT, "reform_plan", "", "", ()),
    (SCILLY, "adulthood", "", "", ()),
]
BREAKS = "\u200b\u00ad-\u2010"


def opened(args):
    return pypdf.PdfReader(io.BytesIO(rendered("pdf", *args)))


def squeezed(text):
    return "".join(c for c in text if not c.isspace() and c not in BREAKS)


def whole(made):
    return squeezed(" ".join(page.extract_text() for page in made.pages))


def tags(made):
    found = []

    def walk(node):
        node = node.get_object()
        if "/S" in node:
            found.append(node)
        kids = node.get("/K", [])
        kids = kids if isinstance(kids, list) else [kids]
        for kid in kids:
            given = kid.get_object()
            if isinstance(given, dict) and ("/S" in given or "/K" in given):
                walk(given)

    walk(made.trailer["/Root"]["/StructTreeRoot"])
    return found


@pytest.mark.sample(1)
@pytest.mark.parametrize("args", MADE, ids=lambda args: args[1])
def test_the_file_is_tagged_and_says_its_language_and_title(args):
    made, said = opened(args), briefing(*args)
    root = made.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert made.metadata.title == said.heading
    assert made.metadata.author == said.name
    assert b"pdfuaid:part" in made.trailer["/Root"]["/Metadata"].get_data()


@pytest.mark.sample(1)
@pytest.mark.parametrize("args", MADE, ids=lambda args: args[1])
def test_tags_have_headings_heading_cells_and_the_text_of_each_chart(args):
    made, said = opened(args), briefing(*args)
    found = tags(made)
    kinds = [node["/S"] for node in found]
    assert kinds.count("/Figure") == sum(section.chart is not None for section in said.sections)
    alts = [str(node["/Alt"]) for node in found if node["/S"] == "/Figure"]
    assert alts == [section.chart.alt for section in said.sections if section.chart]
    assert kinds.count("/H1") >= len(said.sections) + 3
    assert kinds.count("/Table") >= 3
    assert "/TH" in kinds
    assert "/L" in kinds or not said.messages.parts


@pytest.mark.sample(1)
@pytest.mark.parametrize("args", MADE, ids=lambda args: args[1])
def test_every_word_is_there_and_no_page_is_blank(args):
    made, said = opened(args), briefing(*args)
    assert all(len(page.extract_text()) > 150 for page in made.pages)
    text = whole(made)
    wanted = [said.heading, said.audience, said.licence, said.build, said.permalink, said.note]
    wanted += [one.text for _, found in said.messages.parts for one in found]
    for section in said.sections:
        wanted += [section.heading, section.title, section.why]
        wanted += [cell.text for table in section.tables for row in table.rows for cell in row]
        wanted += [section.chart.source] if section.chart else [section.source]
    for one in said.definitions:
        wanted += [one.title, one.means, one.caveat]
    for each in wanted:
        assert squeezed(each) in text, each


def test_hostile_commentary_is_plain_text():
    made = opened(MADE[0])
    text = whole(made)
    said = briefing(*MADE[0])
    for section in said.sections:
        for line in split_paragraphs(section.commentary):
            assert squeezed(line) in text
    assert "/JavaScript" not in str(made.trailer["/Root"])


def test_the_same_briefing_is_the_same_file():
    args = MADE[2]
    first = rendered("pdf", *args)
    assert rendered.__wrapped__("pdf", *args) == first


def test_what_cannot_be_set_says_why(monkeypatch):
    monkeypatch.setattr(paper, "_build_input", lambda _: {"no": "briefing"})
    with pytest.raises(RuntimeError, match="dictionary does not contain key"):
        paper.render(briefing())
