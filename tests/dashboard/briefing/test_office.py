"""LibreOffice opens each document and prints it: every word is there, in its box, on its page."""

import io
import os
import shutil
import subprocess

import pptx
import pypdfium2
import pytest
from pypdfium2 import raw

from dashboard.domain.recipes import RECIPES
from tests.dashboard.briefing.make import CUMBRIA, HOSTILE, KENT, LONG, SCILLY, rendered

WRITTEN = (("opening", LONG), ("on_time", "Short."), ("plans", HOSTILE), ("next", LONG))
DECKS = {
    **{recipe: (KENT, recipe, "", "", ()) for recipe in RECIPES},
    "written": (KENT, "board", "", "", WRITTEN),
    "unranked": (SCILLY, "board", "", "", ()),
    "abolished": (CUMBRIA, "scrutiny", "", "", ()),
}
PAPERS = {name: DECKS[name] for name in ("board", "reform_plan", "written")}
EMU = 914_400
POINTS = 72
SLACK = 0.05  # inches: a descender below its line
BREAKS = "\u200b\u00ad\ufffe\x02-"  # a hyphen at the end of a line is read as no letter


@pytest.fixture(scope="module")
def printed(request, tmp_path_factory):
    """The folder of every document that is asked for as LibreOffice prints it, all in one go."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("LibreOffice is not installed: sudo apt-get install libreoffice-impress")
        pytest.skip("no LibreOffice found")
    folder = tmp_path_factory.mktemp("office")
    for form, name in asked_for(request):
        paper = "paper-" if form == "docx" else ""
        (folder / f"{paper}{name}.{form}").write_bytes(rendered(form, *DECKS[name]))
    files = sorted(map(str, [*folder.glob("*.pptx"), *folder.glob("*.docx")]))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)
    return folder


def asked_for(request):
    """The form and the name of every document that a test of this run opens."""
    mine = [
        item
        for item in request.session.items
        if item.path == request.path and "printed" in item.fixturenames
    ]
    return {
        ("docx" if "word_document" in item.originalname else "pptx", item.callspec.params["name"])
        for item in mine
    }


class Page:
    """The letters of a page, in reading order, each with where it stands from the top."""

    def __init__(self, page):
        """Read the letters."""
        self.width, self.height = page.get_size()
        text = page.get_textpage()
        found = [
            (letter, text.get_charbox(at))
            for at in range(text.count_chars())
            if not (letter := chr(raw.FPDFText_GetUnicode(text, at))).isspace()
            and letter not in BREAKS
        ]
        self.letters = "".join(letter for letter, _ in found)
        self.boxes = [box for _, box in found]

    def spans(self, said):
        """The top and the bottom of a text in inches, for each time it is on the page."""
        wanted, at, found = squeezed(said), -1, []
        while (at := self.letters.find(wanted, at + 1)) >= 0:
            boxes = self.boxes[at : at + len(wanted)]
            top = self.height - max(box[3] for box in boxes)
            found.append((top / POINTS, (self.height - min(box[1] for box in boxes)) / POINTS))
        return found


def squeezed(text):
    return "".join(c for c in text if not c.isspace() and c not in BREAKS)


def pages(folder, name):
    with pypdfium2.PdfDocument(folder / f"{name}.pdf") as made:
        return [Page(page) for page in made]


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", DECKS)
def test_each_slide_is_a_page_with_every_word_inside_its_box(printed, name):
    deck = pptx.Presentation(io.BytesIO(rendered("pptx", *DECKS[name])))
    found = pages(printed, name)
    assert len(found) == len(deck.slides)
    for number, (slide, page) in enumerate(zip(deck.slides, found, strict=True), start=1):
        assert len(page.letters) > 40, number
        for left, bottom, right, top in page.boxes:
            assert left >= 0, number
            assert right <= page.width, number
            assert bottom >= 0, number
            assert top <= page.height, number
        for shape in slide.shapes:
            if shape.has_text_frame:
                in_its_box(page, shape, number)


def in_its_box(page, shape, number):
    """Every paragraph is on the page, and the last one of a box ends within it."""
    said = [p.text for p in shape.text_frame.paragraphs if squeezed(p.text)]
    for text in said:
        assert page.spans(text), (number, text)
    if said:
        assert is_within(page, said[-1], shape), (number, said[-1])


def is_within(page, text, shape):
    top, bottom = shape.top / EMU - SLACK, (shape.top + shape.height) / EMU + SLACK
    return any(top <= high and low <= bottom for high, low in page.spans(text))


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", DECKS)
def test_every_cell_of_a_table_is_on_its_page_above_the_foot(printed, name):
    deck = pptx.Presentation(io.BytesIO(rendered("pptx", *DECKS[name])))
    for slide, page in zip(deck.slides, pages(printed, name), strict=True):
        for shape in slide.shapes:
            if shape.has_table:
                rows = [[cell.text_frame.text for cell in row.cells] for row in shape.table.rows]
                for text in (text for row in rows for text in row if text):
                    assert squeezed(text) in page.letters, text
                assert is_within(page, rows[-1][0], shape), rows[-1][0]


@pytest.mark.sample(1)
@pytest.mark.parametrize("name", PAPERS)
def test_no_page_of_a_word_document_is_blank(printed, name):
    found = pages(printed, f"paper-{name}")
    assert len(found) > 3
    for page in found:
        assert len(page.letters) > 200
        assert all(box[0] >= 0 and box[2] <= page.width for box in page.boxes)
