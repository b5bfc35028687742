"""A link brings anyone to exactly the view it was copied from, and no link breaks a page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reader import ENGLAND, IN_TIME, VIEWS, choose, open_view, see

OVER_A_YEAR = "EHC plans that took more than a year"


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "view", ["england with an area", "local area", "metric", "compare", "about"]
)
def test_a_link_opened_on_a_server_just_started_lands_on_its_view(fresh_server, page, view):
    open_view(page, fresh_server, view)
    expect(page).to_have_url(f"{fresh_server}/{VIEWS[view][0]}")


@pytest.mark.exhaustive
def test_a_link_to_a_metric_shows_its_area_its_metric_and_its_group(server, page):
    open_view(page, server, "metric of a group")
    expect(page.get_by_role("combobox", name="Your local authority")).to_have_value("Medway")
    expect(page.get_by_role("combobox", name="Group")).to_have_value("SEN support")
    expect(page.get_by_role("main")).to_contain_text("Medway")


@pytest.mark.exhaustive
def test_a_link_to_a_comparison_shows_the_areas_it_names(server, page):
    open_view(page, server, "compare")
    for name in ("Kent", "Medway"):
        expect(page.get_by_role("main")).to_contain_text(name)
    expect(page.get_by_role("main")).to_contain_text(IN_TIME)


def test_choosing_an_area_changes_the_page_and_the_address(server, page):
    open_view(page, server, "local area")
    choose(page, "Your local authority", "Medway")
    see(page, "Medway")
    expect(page).to_have_url(f"{server}/local-area?area=E06000035")


@pytest.mark.exhaustive
def test_the_england_page_leads_straight_to_an_area(server, page):
    open_view(page, server, "england")
    choose(page, "Your local authority", "Devon")
    see(page, "Devon")
    expect(page).to_have_url(f"{server}/local-area?area=E10000008")


@pytest.mark.exhaustive
def test_a_choice_is_kept_from_page_to_page(server, page):
    open_view(page, server, "local area")
    page.get_by_role("link", name="Metric", exact=True).click()
    expect(page).to_have_title(re.compile("– Metric –"))
    expect(page).to_have_url(f"{server}/metric?area=E10000016")
    choose(page, "Metric", OVER_A_YEAR)
    see(page, OVER_A_YEAR)
    page.get_by_role("link", name="England", exact=True).first.click()
    see(page, ENGLAND)
    expect(page).to_have_url(f"{server}/?area=E10000016&metric=plans_taking_more_than_a_year")
    page.get_by_role("link", name="Local area", exact=True).click()
    see(page, "Kent")


def test_back_and_forward_retrace_the_choices(server, page):
    open_view(page, server, "local area")
    choose(page, "Your local authority", "Medway")
    see(page, "Medway")
    choose(page, "Your local authority", "Devon")
    see(page, "Devon")
    page.go_back()
    see(page, "Medway")
    page.go_back()
    see(page, "Kent")
    expect(page.get_by_role("combobox", name="Your local authority")).to_have_value("Kent")
    page.go_forward()
    see(page, "Medway")


@pytest.mark.exhaustive
def test_a_reload_keeps_what_was_chosen(server, page):
    open_view(page, server, "local area")
    choose(page, "Your local authority", "Medway")
    see(page, "Medway")
    page.reload()
    see(page, "Medway")
    expect(page).to_have_url(f"{server}/local-area?area=E06000035")


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("address", "heading", "note"),
    [
        ("?area=E99999999", ENGLAND, "E99999999"),
        ("local-area?area=E99999999", "Local area", "E99999999"),
        ("local-area?area=E92000001", "Local area", "England is not a local authority"),
        ("metric?metric=no_such_metric", "", "no_such_metric"),
        ("metric?metric=attainment_8&breakdown=Nobody", "Attainment 8", "Nobody"),
        ("compare?areas=E10000016,E99999999", "Compare", "E99999999"),
        ("compare?areas=E10000016&topic=no_such_topic", "Compare", "no_such_topic"),
        ("local-area?area=<img src=x onerror=alert(1)>", "Local area", "<img src=x"),
        ("local-area?area=%00%F0%9F%98%80%27%3B--", "Local area", "';--"),
    ],
)
def test_an_unknown_id_is_said_on_the_page(server, page, address, heading, note):
    page.goto(f"{server}/{address}")
    see(page, heading)
    expect(page.get_by_role("status").filter(has_text=note)).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.locator("img[src=x]")).to_have_count(0)


@pytest.mark.exhaustive
def test_a_council_that_was_abolished_leads_to_its_successors(server, page):
    open_view(page, server, "local area that was abolished")
    page.get_by_role("link", name="Westmorland and Furness").first.click()
    see(page, "Westmorland and Furness")
