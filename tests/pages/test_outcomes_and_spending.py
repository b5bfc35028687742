"""The page that sets outcomes beside spending, and the signals on a local area's page."""

import pytest

from tests.pages.test_pages import BUILD, CUMBRIA, KENT, SCILLY, open_page, text

PAGE = "outcomes_and_spending"


@pytest.mark.sample(2)
@pytest.mark.parametrize("code", [area.code for area in BUILD.local_authorities][::11])
def test_every_local_authority_has_its_page(code):
    app = open_page(PAGE, area=code)
    assert not app.exception
    shown = text(app)
    assert "What the indices are made of" in shown
    assert "Open Government Licence v3.0" in shown


def test_a_rank_comes_with_its_range_and_the_parts_with_their_periods():
    shown = text(open_page(PAGE, area=KENT))
    assert "in 90 of 100 draws" in shown
    assert "High needs spending per person aged 2 to 18" in shown
    assert "2024-25" in shown


@pytest.mark.parametrize("code", [SCILLY, CUMBRIA])
def test_an_area_without_an_index_says_so(code):
    app = open_page(PAGE, area=code)
    assert not app.exception
    assert "too few published figures for an outcomes index" in text(app)


def test_without_an_area_england_is_described():
    shown = text(open_page(PAGE))
    assert "have outcomes above the mean with spending below it" in shown


def test_a_local_area_opens_with_what_stands_out():
    shown = text(open_page("local_area", area=KENT))
    assert shown.index("What stands out in Kent") < shown.index("Outcomes and experiences")
    assert "Beyond chance" in shown
    assert "Furthest from similar areas (not tested)" in shown
    assert "By chance alone an authority would have 0." in shown
    assert "tests at the 5% level stand together in this table" in shown


@pytest.mark.parametrize("code", [SCILLY, CUMBRIA])
def test_an_area_that_is_not_ranked_has_no_signals(code):
    app = open_page("local_area", area=code)
    assert not app.exception
    assert "What stands out" not in text(app)
