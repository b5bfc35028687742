"""A page printed is a tidy A4: what is read, and nothing of what is clicked."""

import io

import pytest
from pypdf import PdfReader

from tests.browser.reader import open_view

A4 = (595, 842)  # points
# Each view: how many sheets at most, and what must be on them.
PRINTED = {
    "local area": (5, ["What stands out in Kent", "Value for money", "About Kent"]),
    "metric": (5, ["EHC plans issued within 20 weeks", "72nd of 147", "What this counts"]),
    "england with an area": (
        4,
        ["Outcomes and experiences", "Alternative provision", "72nd of 147"],
    ),
    "compare by a pack, with neighbours": (4, ["Medway"]),
    "methods": (40, ["Formula"]),
}
CLICKED = ("In depth", "Your local authority", "Compare with", "Part of the scorecard", "View this")


@pytest.fixture
def printed(page, server):
    """Print one view, and give the words of each sheet."""

    def print_(view):
        open_view(page, server, view)
        sheets = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert {tuple(round(float(n)) for n in s.mediabox[2:]) for s in sheets} == {A4}
        return [" ".join(sheet.extract_text().split()) for sheet in sheets]

    return print_


@pytest.mark.sample(1)
@pytest.mark.parametrize("view", PRINTED)
def test_a_page_is_printed_whole_and_without_what_is_clicked(printed, view):
    most, wanted = PRINTED[view]
    sheets = printed(view)
    assert 1 <= len(sheets) <= most
    whole = " ".join(sheets)
    for words in wanted:
        assert words in whole
    for words in CLICKED:
        assert words not in whole
    assert "Contains public sector information" in sheets[-1]
    assert all(len(sheet) > 20 for sheet in sheets)


def test_a_tables_head_is_on_every_sheet_it_reaches(printed):
    tables = [sheet for sheet in printed("local area") if " of 151" in sheet][1:]
    assert len(tables) >= 2
    assert all("Among all" in sheet for sheet in tables)


def test_no_chart_is_cut_at_the_edge(server, page):
    open_view(page, server, "england")
    width = "() => Math.max(...[...document.querySelectorAll('.js-plotly-plot .main-svg')]"
    width += ".map((drawing) => drawing.getBoundingClientRect().width))"
    assert page.evaluate(width) > 1000
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(width) <= 700
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(width) > 1000
