"""One chart alone in a frame on a page of another site."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dashboard.bodies import accessibility
from dashboard.charts import registry
from scripts.browser import wait_until_drawn
from tests.browser.reader import open_view, see

CHOICES = "metric=plans_issued_in_20_weeks&area=E10000016&areas=E10000016,E06000035"


def open_alone(page, server, chart, more=CHOICES):
    page.goto(f"{server}/metric?{more}&chart={chart}&embed=true")
    wait_until_drawn(page)


@pytest.mark.sample(1)
@pytest.mark.parametrize("chart", registry.CHARTS)
def test_every_chart_stands_alone_with_its_source_licence_and_link(server, page, chart):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    more = f"{CHOICES}&metric=plans_discontinued_needs_met" if chart == "funnel" else CHOICES
    open_alone(page, server, chart, more)
    expect(page.get_by_role("heading")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"\w"))
    main = page.get_by_role("main")
    expect(main).to_contain_text("Source: ")
    expect(main).to_contain_text("Open Government Licence v3.0")
    link = page.get_by_role("link", name="SEND System Health")
    expect(link).to_have_attribute("target", "_blank")
    assert "embed" not in link.get_attribute("href")
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_role("combobox")).to_have_count(0)
    expect(page.locator("details table")).to_have_count(1)
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {"127.0.0.1"}


@pytest.mark.sample(1)
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("chart", ["trend", "ranking", "map", "positions"])
def test_a_chart_alone_is_read_by_everyone(server, page, chart, width):
    page.set_viewport_size({"width": width, "height": 700})
    open_alone(page, server, chart)
    only = {
        "runOnly": {"type": "tag", "values": list(accessibility.RULES)},
        "resultTypes": ["violations"],
    }
    found = Axe().run(page, options=only)
    assert found.violations_count == 0, found.generate_report()
    overflow = "node => node.scrollWidth - node.clientWidth"
    assert page.locator("html").evaluate(overflow) <= 0


@pytest.mark.exhaustive
def test_the_text_to_copy_shows_the_chart_on_another_page(server, page, context):
    open_view(page, server, "about")
    text = page.get_by_role("region", name="Text to copy").inner_text()
    assert text.startswith("<iframe ")
    other = context.new_page()
    other.set_content(f"<!DOCTYPE html><title>Another site</title><h1>News</h1>{text}")
    frame = other.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_contain_text("England")
    expect(frame.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    other.close()


def test_what_cannot_be_drawn_is_said(server, page):
    open_alone(page, server, "beside", more="metric=plans_issued_in_20_weeks")
    expect(page.get_by_role("heading", level=1)).to_have_text("This chart cannot be drawn")
    open_alone(page, server, "<b>pie</b>")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "There is no chart called “<b>pie</b>”"
    )
    expect(page.get_by_role("main")).to_contain_text("outcomes-and-spending")


@pytest.mark.exhaustive
def test_a_chart_is_alone_only_where_it_is_embedded(server, page):
    page.goto(f"{server}/metric?{CHOICES}&chart=trend")
    see(page, "EHC plans issued within 20 weeks")
    expect(page.get_by_role("combobox", name="Metric")).to_be_visible()


@pytest.mark.sample(1)
@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_of_the_api_is_read_by_everyone(server, page, width):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{server}/api")
    expect(page.get_by_role("heading", level=1)).to_have_text("SEND System Health: the API")
    assert {urlsplit(url).path for url in asked} <= {"/api", "/favicon.ico"}
    only = {
        "runOnly": {"type": "tag", "values": list(accessibility.RULES)},
        "resultTypes": ["violations"],
    }
    found = Axe().run(page, options=only)
    assert found.violations_count == 0, found.generate_report()
    overflow = "node => node.scrollWidth - node.clientWidth"
    assert page.locator("html").evaluate(overflow) <= 0
    page.get_by_role("link", name="/api/areas?level=region").click()
    expect(page.locator("body")).to_contain_text("North East")
