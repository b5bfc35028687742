"""The charts of a local area, once they are opened, are read by everyone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dashboard.bodies import accessibility
from scripts.browser import CHART, wait_until_drawn
from tests.browser.reader import open_tables, open_view


@pytest.mark.exhaustive
@pytest.mark.parametrize("width", [1280, 320])
def test_opened_charts_are_words_and_tables_too_and_break_no_rule(server, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    open_view(page, server, "local area")
    expect(page.locator(CHART)).to_have_count(0)
    for label in ("Show its rank on each headline metric", "Show one metric over time"):
        page.get_by_text(label).click()
        wait_until_drawn(page)
    expect(page.locator(CHART)).to_have_count(2)
    for chart in page.locator(CHART).all():
        expect(chart).to_have_accessible_name(re.compile(r"chart of .*\d.*table"))
    open_tables(page)
    only = {
        "runOnly": {"type": "tag", "values": list(accessibility.RULES)},
        "resultTypes": ["violations"],
    }
    found = Axe().run(page, options=only)
    assert found.violations_count == 0, found.generate_report()
    assert page.get_by_role("main").evaluate("node => node.scrollWidth - node.clientWidth") <= 0


def test_each_row_of_the_scorecard_has_its_own_line_from_the_one_image(server, page):
    open_view(page, server, "local area")
    marks = page.locator("table.pillar").first.locator(".k")
    places = marks.evaluate_all("all => all.map(k => getComputedStyle(k).backgroundPositionY)")
    assert len(set(places)) == len(places) > 5
    images = marks.evaluate_all("all => all.map(k => getComputedStyle(k).backgroundImage)")
    assert len(set(images)) == 1
    assert "data:image/svg+xml" in images[0]


@pytest.mark.sample(1)
@pytest.mark.parametrize("view", ["local area", "money", "health and care in two boards"])
def test_on_a_phone_each_row_is_a_card_that_says_what_its_figures_are(server, page, view):
    page.set_viewport_size({"width": 390, "height": 900})
    open_view(page, server, view)
    tables = page.locator("table.cards")
    expect(tables.first).to_be_visible()
    cells = tables.evaluate_all(
        """all => all.flatMap(table => [...table.querySelectorAll('td')].map(cell => {
            const place = cell.getBoundingClientRect();
            const hidden = cell.scrollWidth > cell.clientWidth + 1;
            const name = getComputedStyle(cell, '::before').content;
            return [place.left >= 0 && place.right <= 390 && !hidden, name, cell.cellIndex];
        }))"""
    )
    assert len(cells) > 10
    assert [cell for cell in cells if not cell[0]] == []
    unnamed = {index for _, name, index in cells if name in {"none", "normal", '""'}}
    assert unnamed <= ({1} if view == "local area" else set())  # the value stands beside its metric
