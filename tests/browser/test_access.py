"""Everyone can read every page: by screen reader, by keyboard, on a phone, and in private."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dashboard.bodies import accessibility
from scripts.browser import CHART, wait_until_drawn
from tests.browser.reader import (
    VIEWS,
    draw_boundaries,
    menus,
    open_everything,
    open_foot,
    open_funnel,
    open_map,
    open_tables,
    open_view,
)

WIDE, PHONE = accessibility.WIDTHS
OVERFLOW = "node => node.scrollWidth - node.clientWidth"
# What moves for longer than the statement allows, with how long. Streamlit's own loading marks and
# what is not drawn do not count.
MOVING = """
longest => [...document.querySelectorAll('[data-testid=stMain] *')].flatMap(node => {
  const style = getComputedStyle(node);
  const seconds = `${style.transitionDuration}, ${style.animationDuration}`.split(', ')
    .map(text => parseFloat(text) / (text.endsWith('ms') ? 1000 : 1));
  return Math.max(...seconds) > longest ? [`${node.tagName}.${node.className}`] : [];
})
"""
FONTS = """
() => [...new Set([...document.querySelectorAll('[data-testid=stApp] *')]
  .filter(node => [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()))
  .filter(node => !node.closest('code, pre, [data-testid=stIconMaterial]'))
  .map(node => getComputedStyle(node).fontFamily.split(',')[0].replaceAll('"', '')))]
"""
FOCUSED = """
() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const ringed = each => {
    const style = getComputedStyle(each);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== 'none';
  };
  const around = [node, ...node.querySelectorAll('*')];
  for (let each = node.parentElement; each && around.length < 60; each = each.parentElement) {
    around.push(each);
    if (each.matches('[data-testid=stElementContainer]')) break;
  }
  const border = getComputedStyle(node.closest('[data-baseweb=select] > div') ?? node).borderColor;
  const name = node.getAttribute('aria-label') || node.textContent.trim().slice(0, 40);
  return {
    tag: node.tagName, name, role: node.getAttribute('role'),
    isSeen: around.some(ringed) || border === 'rgb(18, 67, 109)',
  };
}
"""


def faults(page):
    """What axe finds on the page as it stands, as a report; nothing where all is well."""
    only = {
        "runOnly": {"type": "tag", "values": list(accessibility.RULES)},
        "resultTypes": ["violations"],
    }
    found = Axe().run(page, options=only)
    return found.generate_report() if found.violations_count else ""


def sideways(page):
    """How far the page and its main part scroll sideways, in pixels."""
    return max(page.locator("html").evaluate(OVERFLOW), page.get_by_role("main").evaluate(OVERFLOW))


@pytest.mark.sample(1)
@pytest.mark.parametrize("view", VIEWS)
def test_a_page_is_for_everyone(server, page, view):
    """One page, loaded once: a browser needs seconds to load each."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.emulate_media(reduced_motion="reduce")
    open_view(page, server, view)
    open_everything(page)
    each_chart_is_also_words_and_a_table(page)
    assert page.evaluate(MOVING, accessibility.LONGEST_MOVE) == [], "moves"
    for width in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        found = faults(page)
        assert not found, f"{width} pixels: {found}"
    for width in (WIDE // accessibility.ZOOM, accessibility.NARROWEST):
        page.set_viewport_size({"width": width, "height": 900 // accessibility.ZOOM})
        assert sideways(page) <= 0, f"scrolls sideways at {width} pixels"
    hosts = {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))}
    assert any(url.startswith("ws://") for url in asked)
    assert hosts == {urlsplit(server).netloc}


def each_chart_is_also_words_and_a_table(page):
    """Every chart has a name with its finding, and a table below it."""
    for chart in page.locator(CHART).all():
        expect(chart).to_have_role("figure")
        expect(chart).to_have_accessible_name(re.compile(r"chart of .*\d.*table"))
        below = chart.locator("xpath=following::details[.//table][1]")
        expect(below.get_by_role("table").first).to_be_visible()


def open_menu(page, label):
    """Open a list to choose from; a key that is pressed as the list before closes may be lost."""
    box, options = page.get_by_role("combobox", name=label, exact=True), page.get_by_role("option")
    for _ in range(3):
        box.press("ArrowDown")
        try:
            expect(options.first).to_be_visible(timeout=4_000)
        except AssertionError:
            page.keyboard.press("Escape")
        else:
            return
    expect(options.first).to_be_visible()


@pytest.mark.exhaustive
@pytest.mark.parametrize("view", ["england with an area", "metric", "compare", "local area"])
def test_no_opened_menu_breaks_a_rule_of_wcag(server, page, view):
    open_view(page, server, view)
    for label in menus(page):
        open_menu(page, label)
        found = faults(page)
        assert not found, f"{label}: {found}"
        page.keyboard.press("Escape")
        expect(page.get_by_role("option")).to_have_count(0)


@pytest.mark.exhaustive  # the pictures of pages would show another typeface
def test_one_typeface_comes_with_the_pages(server, page):
    for view in ("england with an area", "metric", "compare", "methods", "accessibility"):
        open_view(page, server, view)
        assert page.evaluate(FONTS) == ["Source Sans"], view
        assert page.evaluate("document.fonts.check('16px \"Source Sans\"')")
        assert page.evaluate("[...document.fonts].some(font => font.status === 'loaded')")


@pytest.mark.exhaustive
def test_a_keyboard_alone_reaches_every_control_and_shows_where_it_is(server, page):
    open_view(page, server, "metric with a funnel")
    stops = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        stops.append(stop)
    assert all(stop["isSeen"] for stop in stops), [s for s in stops if not s["isSeen"]]
    names = " | ".join(stop["name"] for stop in stops)
    links = page.locator("main a:not([tabindex='-1']):visible").count()
    assert sum(stop["tag"] == "A" for stop in stops) >= links
    for name in (
        "Metric",
        "Your local authority",
        "Compare with",
        "Show the map",
        "Show the funnel",
    ):
        assert name in names
    assert names.count("View this chart as a table") == 3


@pytest.mark.exhaustive
def test_a_keyboard_alone_chooses_and_opens(server, page):
    open_view(page, server, "metric with a funnel")
    box = page.get_by_role("combobox", name="Your local authority")
    box.focus()
    page.keyboard.type("Medway")
    expect(page.get_by_role("option", name="Medway")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("area=E06000035"))
    wait_until_drawn(page)
    page.locator("summary", has_text="View this chart as a table").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details[open] table").first).to_be_visible()
    page.locator("summary", has_text="Show the map").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tiles a").first).to_be_visible()
    page.get_by_role("radio", name="Squares of one size").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".shapes a").first).to_be_attached()
    page.locator("summary", has_text="Show the map").focus()
    page.keyboard.press("Enter")
    page.locator("summary", has_text="Show the funnel plot").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("figure", name="Funnel chart of")).to_be_visible()
    page.get_by_role("link", name="Neighbours", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Neighbours")).to_be_visible()


@pytest.mark.exhaustive
@pytest.mark.parametrize("width", [WIDE, accessibility.NARROWEST])
def test_the_funnel_plot_is_read_by_everyone_once_it_is_opened(server, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    open_view(page, server, "metric with a funnel")
    open_funnel(page)
    open_tables(page)
    assert not faults(page)
    assert sideways(page) <= 0
    expect(page.get_by_role("main")).to_contain_text("The over-dispersion is")


@pytest.mark.sample(1)
@pytest.mark.parametrize("width", [WIDE, PHONE, accessibility.NARROWEST])
@pytest.mark.parametrize("view", ["metric", "england with an area"])
def test_the_map_is_read_by_everyone_once_it_is_opened(server, page, view, width):
    page.set_viewport_size({"width": width, "height": 900})
    open_view(page, server, view)
    open_map(page)
    open_tables(page)
    assert not faults(page)
    assert sideways(page) <= 0
    cut = "nodes => nodes.filter(node => node.scrollWidth > node.clientWidth).length"
    assert page.locator(".tiles a").evaluate_all(cut) == 0
    assert page.locator(".tiles").get_by_role("link").count() == 0
    expect(page.locator(".key-steps")).to_contain_text("Highest fifth (best)")


@pytest.mark.exhaustive
@pytest.mark.parametrize("width", [WIDE, accessibility.NARROWEST])
@pytest.mark.parametrize(
    "view", ["money", "alternative provision", "health and care in two boards"]
)
def test_the_foot_of_a_topic_is_read_by_everyone_once_it_is_opened(server, page, view, width):
    page.set_viewport_size({"width": width, "height": 900})
    open_view(page, server, view)
    open_foot(page)
    open_tables(page)
    assert not faults(page)
    assert sideways(page) <= 0


def test_a_link_to_a_section_keeps_the_area_and_shows_the_section(server, page):
    open_view(page, server, "money")
    page.get_by_role("link", name="High needs spending by line").click()
    expect(page).to_have_url(re.compile(r"/money\?area=E10000016#lines$"))
    expect(page.get_by_role("heading", name="High needs spending by line")).to_be_in_viewport()


@pytest.mark.exhaustive
@pytest.mark.parametrize("width", [WIDE, accessibility.NARROWEST])
def test_the_map_by_boundaries_is_read_by_everyone(server, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    open_view(page, server, "metric")
    open_map(page)
    draw_boundaries(page)
    assert not faults(page)
    assert sideways(page) <= 0
    assert page.locator(".shapes").get_by_role("link").count() == 0
    codes = "nodes => nodes.map(node => node.dataset.area)"
    drawn = page.locator(".shapes [data-area]").evaluate_all(codes)
    assert len(set(drawn)) == 153
    assert len(drawn) == 153 + 33  # London once more, larger
    expect(page.locator(".shapes .focus")).to_have_count(1)
    expect(page.locator(".shapes .neighbour").first).to_be_attached()
    expect(page.locator(".shapes a:has(.focus) title")).to_have_text("Kent: 56.9%, 72nd of 147")
    expect(page.get_by_role("main")).to_contain_text("Contains OS data © Crown copyright")


@pytest.mark.exhaustive
def test_an_area_of_the_boundaries_leads_to_the_same_metric(server, page):
    open_view(page, server, "metric")
    open_map(page)
    draw_boundaries(page)
    page.locator(".shapes a:has([data-area=E10000020])").last.click()
    expect(page).to_have_url(re.compile(r"/metric\?area=E10000020&metric=plans_issued_in_20_weeks"))


@pytest.mark.exhaustive
def test_the_address_keeps_how_the_map_is_drawn(server, page):
    open_view(page, server, "metric")
    open_map(page)
    draw_boundaries(page)
    expect(page).to_have_url(re.compile(r"[?&]map=boundaries"))
    download = page.locator("form[action='download/map'] input[name=of]")
    expect(download).to_have_value(re.compile("map=boundaries"))
    page.go_back()
    expect(page.locator(".tiles a").first).to_be_visible()
    expect(page).not_to_have_url(re.compile("map="))
    page.go_forward()
    expect(page.locator(".shapes a").first).to_be_attached()
    page.reload()
    expect(page.locator(".shapes a").first).to_be_attached()


@pytest.mark.exhaustive
def test_a_square_leads_to_the_same_metric_of_its_area(server, page):
    open_view(page, server, "metric")
    open_map(page)
    page.locator('.tiles a[title^="Medway: "]').click()
    expect(page).to_have_url(re.compile(r"/metric\?area=E06000035&metric=plans_issued_in_20_weeks"))
