"""Links between pages are quick, the open page is marked, and an area can be kept for next time."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reader import ENGLAND, open_view, see


def test_a_link_is_followed_without_loading_the_page_again(server, page):
    open_view(page, server, "local area")
    page.evaluate("window.neverLoadedAgain = true")
    page.get_by_role("link", name="Attainment 8").first.click()
    see(page, "Attainment 8")
    expect(page).to_have_url(re.compile(r"/metric\?area=E10000016&metric=attainment_8"))
    page.get_by_role("link", name="Need and provision").click()
    see(page, "Need and provision")
    assert page.evaluate("window.neverLoadedAgain")
    page.go_back()
    see(page, "Attainment 8")
    page.go_back()
    see(page, "Kent")


def test_the_open_page_is_marked_in_its_landmark(server, page):
    open_view(page, server, "local area")
    main = page.get_by_role("navigation", name="Main pages")
    expect(main.locator("[aria-current=page]")).to_have_text("Local area")
    main.get_by_role("link", name="Neighbours").press("Enter")
    see(page, "Neighbours")
    expect(page.locator("[aria-current=page]")).to_have_text("Neighbours")
    page.get_by_role("navigation", name="About this site").get_by_role("link").last.press("Enter")
    expect(page.locator("[aria-current=page]")).to_have_count(1)


@pytest.mark.sample(1)
@pytest.mark.parametrize("name", ["Main pages", "In depth", "About this site"])
def test_a_list_of_pages_is_one_line_on_a_laptop(server, page, name):
    open_view(page, server, "local area")
    links = page.get_by_role("navigation", name=name).get_by_role("link").all()
    assert len({round(link.bounding_box()["y"]) for link in links}) == 1


@pytest.mark.exhaustive
def test_an_area_is_kept_for_the_next_visit_and_forgotten(server, browser):
    with browser.new_context() as context:
        page = context.new_page()
        open_view(page, server, "local area")
        page.get_by_role("link", name="Offer Kent first next time").click()
        expect(page.get_by_text("Kent is offered first when you come back")).to_be_visible()
        assert [cookie["name"] for cookie in context.cookies() if cookie["httpOnly"]] == ["area"]
        page = context.new_page()
        page.goto(server)
        see(page, ENGLAND)
        page.get_by_role("link", name="Go to Kent").click()
        see(page, "Kent")
        page.get_by_role("link", name="Forget it").click()
        see(page, ENGLAND)
        expect(page.get_by_role("link", name="Go to Kent")).to_have_count(0)
