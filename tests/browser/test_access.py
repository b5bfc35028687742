"""Everyone can read every page: by screen reader, by keyboard, on a phone, and in private."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from scripts.browser import CHART
from tests.browser.reader import VIEWS, open_foot, open_funnel, open_map, open_tables, open_view

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("view", VIEWS)
def test_no_page_breaks_a_rule_of_wcag(server, page, view, width):
    page.set_viewport_size({"width": width, "height": 900})
    open_view(page, server, view)
    open_tables(page)
    only = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=only)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("view", VIEWS)
def test_no_page_scrolls_sideways_on_the_narrowest_phone(server, page, view):
    page.set_viewport_size({"width": 320, "height": 800})
    open_view(page, server, view)
    open_tables(page)
    overflow = "node => node.scrollWidth - node.clientWidth"
    assert page.locator("html").evaluate(overflow) <= 0
    assert page.get_by_role("main").evaluate(overflow) <= 0


@pytest.mark.parametrize("view", VIEWS)
def test_every_chart_is_also_words_and_a_table(server, page, view):
    open_view(page, server, view)
    for chart in page.locator(CHART).all():
        expect(chart).to_have_role("figure")
        expect(chart).to_have_accessible_name(re.compile(r"chart of .*\d.*table"))
        chart.locator("xpath=following::details[1]/summary").click()
    expect(page.locator("details[open] table")).to_have_count(page.locator(CHART).count())


@pytest.mark.parametrize("width", [1280, 320])
def test_the_funnel_plot_is_read_by_everyone_once_it_is_opened(server, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    open_view(page, server, "metric")
    open_funnel(page)
    open_tables(page)
    only = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=only)
    assert found.violations_count == 0, found.generate_report()
    overflow = "node => node.scrollWidth - node.clientWidth"
    assert page.get_by_role("main").evaluate(overflow) <= 0
    expect(page.get_by_role("main")).to_contain_text("The over-dispersion is")


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("view", ["metric", "england with an area"])
def test_the_map_is_read_by_everyone_once_it_is_opened(server, page, view, width):
    page.set_viewport_size({"width": width, "height": 900})
    open_view(page, server, view)
    open_map(page)
    open_tables(page)
    only = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=only)
    assert found.violations_count == 0, found.generate_report()
    overflow = "node => node.scrollWidth - node.clientWidth"
    assert page.get_by_role("main").evaluate(overflow) <= 0
    cut = "nodes => nodes.filter(node => node.scrollWidth > node.clientWidth).length"
    assert page.locator(".tiles a").evaluate_all(cut) == 0
    assert page.locator(".tiles").get_by_role("link").count() == 0
    expect(page.locator(".key-steps")).to_contain_text("Highest fifth (best)")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    "view", ["money", "alternative provision", "health and care in two boards"]
)
def test_the_foot_of_a_topic_is_read_by_everyone_once_it_is_opened(server, page, view, width):
    page.set_viewport_size({"width": width, "height": 900})
    open_view(page, server, view)
    open_foot(page)
    open_tables(page)
    only = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=only)
    assert found.violations_count == 0, found.generate_report()
    overflow = "node => node.scrollWidth - node.clientWidth"
    assert page.get_by_role("main").evaluate(overflow) <= 0


def test_a_link_to_a_section_keeps_the_area_and_shows_the_section(server, page):
    open_view(page, server, "money")
    page.get_by_role("link", name="High needs spending by line").click()
    expect(page).to_have_url(re.compile(r"/money\?area=E10000016#lines$"))
    expect(page.get_by_role("heading", name="High needs spending by line")).to_be_in_viewport()


def test_a_square_leads_to_the_same_metric_of_its_area(server, page):
    open_view(page, server, "metric")
    open_map(page)
    page.locator('.tiles a[title^="Medway: "]').click()
    expect(page).to_have_url(re.compile(r"/metric\?area=E06000035&metric=plans_issued_in_20_weeks"))


def test_a_page_asks_no_other_host_for_anything(server, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    for view in VIEWS:
        open_view(page, server, view)
        open_tables(page)
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))}
    assert any(url.startswith("ws://") for url in asked)
    assert hosts == {urlsplit(server).netloc}
