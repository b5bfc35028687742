"""What is typed chooses what it names, and nothing else; what is chosen is seen and removed."""

import re

import pytest
from playwright.sync_api import expect

from scripts.browser import wait_until_drawn
from tests.browser.test_access import faults, sideways

BESIDE_OWN = "local-area?area=E10000016&against=own"
MEDWAY, ESSEX, YORK, SUFFOLK, EAST_SUSSEX = (
    "E06000035",
    "E10000012",
    "E06000014",
    "E10000029",
    "E10000011",
)
TWENTY = (
    *("E06000001", "E06000002", "E06000003", "E06000004", "E06000005", "E06000006", "E06000007"),
    *("E06000008", "E06000009", "E06000010", "E06000011", "E06000012", "E06000013", "E06000014"),
    *("E06000015", "E06000016", "E06000017", "E06000018", "E06000019", "E06000020"),
)
CHOOSERS = {
    "a group of one's own": (BESIDE_OWN, "Your own group", "group"),
    "areas to compare": ("compare?set=own", "Local authorities", "areas"),
}


def in_address(param, *codes):
    """An address that has these codes and no others, in this order."""
    return re.compile(f"[?&]{param}={'(,|%2C)'.join(codes)}(&|$)")


@pytest.mark.sample(1)
@pytest.mark.parametrize("chooser", CHOOSERS)
def test_a_name_and_enter_adds_that_area_alone(server, page, chooser):
    address, label, param = CHOOSERS[chooser]
    page.goto(f"{server}/{address}")
    box = page.get_by_role("combobox", name=label)
    box.focus()
    for name, codes in (("Essex", [ESSEX]), ("york", [ESSEX, YORK])):
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        expect(page).to_have_url(in_address(param, *codes))
    expect(page.get_by_role("option", name=re.compile("^Select "))).to_have_count(0)
    page.keyboard.type("Essex")  # who is chosen is not offered again
    expect(page.get_by_role("option", name="Essex", exact=True)).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.type("East Sussex")
    page.keyboard.press("Enter")
    expect(page).to_have_url(in_address(param, ESSEX, YORK, EAST_SUSSEX))


@pytest.mark.exhaustive
def test_names_typed_one_after_another_without_waiting_are_all_taken(server, page):
    page.goto(f"{server}/{BESIDE_OWN}")
    page.get_by_role("combobox", name="Your own group").focus()
    for name in ("Essex", "York", "Suffolk", "Medway"):
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    expect(page).to_have_url(in_address("group", ESSEX, YORK, SUFFOLK, MEDWAY))


@pytest.mark.sample(1)
@pytest.mark.parametrize("width", [1280, 390])
def test_every_member_is_in_view_and_removed_by_a_control_with_its_name(server, page, width):
    page.set_viewport_size({"width": width, "height": 1400})
    page.goto(f"{server}/{BESIDE_OWN}&group={','.join(TWENTY)}")
    wait_until_drawn(page)
    removals = page.get_by_role("button", name=re.compile("^Remove "))
    expect(removals).to_have_count(20)
    for removal in removals.all():
        expect(removal).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("combobox", name="Your own group (at most 20)")).to_be_visible()
    cut = "node => node.scrollHeight > node.clientHeight + 1"
    assert not page.get_by_test_id("stMultiSelectTagsContainer").evaluate(cut)
    assert not faults(page)
    assert sideways(page) <= 0
    page.get_by_role("button", name="Remove Darlington").click()
    expect(page).to_have_url(in_address("group", *(c for c in TWENTY if c != "E06000005")))


@pytest.mark.exhaustive
def test_a_keyboard_alone_removes_a_member(server, page):
    page.goto(f"{server}/{BESIDE_OWN}&group={ESSEX},{YORK},{MEDWAY}")
    wait_until_drawn(page)
    page.get_by_role("combobox", name="Your own group").focus()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("[data-tag]:focus")).to_have_count(1)
    page.keyboard.press("Delete")
    expect(page.locator("[data-tag]")).to_have_count(2)
    expect(page).to_have_url(re.compile("group=[A-Z0-9]+(,|%2C)[A-Z0-9]+$"))
    page.go_back()
    expect(page.locator("[data-tag]")).to_have_count(3)


@pytest.mark.exhaustive
def test_typing_goes_on_while_the_page_is_drawn_again(server, page):
    page.goto(f"{server}/local-area?area=E10000016")
    wait_until_drawn(page)
    other = page.get_by_role("combobox", name="Compare with")
    other.fill("England")
    other.press("Enter")
    box = page.get_by_role("combobox", name="Your local authority")
    box.fill("Medw")
    expect(page).to_have_url(re.compile("against=england"))
    wait_until_drawn(page)
    expect(box).to_have_value("Medw")
    box.press("Enter")
    expect(page).to_have_url(re.compile(f"area={MEDWAY}"))
