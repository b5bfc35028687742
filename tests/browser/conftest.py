"""A real browser, and a real server that shows the committed figures."""

import os

import pytest
from playwright.sync_api import expect, sync_playwright

from scripts.browser import NoBrowserError, launch_chromium, serve_dashboard

# Long enough for a busy machine: these tests say what happens, not how soon.
expect.set_options(timeout=60_000)


@pytest.fixture(scope="package", autouse=True)
def browser():
    """Chromium. Without one a test is skipped, or fails where REQUIRE_BROWSER is set, as in CI."""
    with sync_playwright() as playwright:
        try:
            chromium = launch_chromium(playwright)
        except NoBrowserError as e:
            if os.environ.get("REQUIRE_BROWSER"):
                raise
            pytest.skip(str(e))
        with chromium:
            yield chromium


@pytest.fixture(scope="package")
def server():
    """One server for the tests that do not mind what was asked of it before."""
    with serve_dashboard() as url:
        yield url


@pytest.fixture
def fresh_server():
    """A server that nobody has asked for anything: some faults show only there."""
    with serve_dashboard() as url:
        yield url


@pytest.fixture(scope="package")
def context(browser):
    """One reader's browser, which keeps the programs it has loaded but nothing that was chosen."""
    with browser.new_context() as context:
        yield context


@pytest.fixture
def page(context):
    """A new tab at a laptop's width."""
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    yield page
    page.close()
