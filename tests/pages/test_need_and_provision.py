"""The page on need and provision, for many local authorities and those without figures."""

import pytest

from tests.pages.test_pages import BUILD, CUMBRIA, KENT, LONDON, SCILLY, open_page, text

SURREY, CAMBRIDGESHIRE, NORTH_EAST_LINCOLNSHIRE = "E10000030", "E10000003", "E06000012"
NEWHAM, WOLVERHAMPTON = "E09000025", "E08000031"
PAGE = "need_and_provision"


@pytest.mark.sample(2)
@pytest.mark.parametrize("code", [area.code for area in BUILD.local_authorities][::9])
def test_every_local_authority_has_its_page(code):
    app = open_page(PAGE, area=code)
    assert not app.exception
    shown = text(app)
    assert "Placements and what needs predict" in shown
    assert "Association is not cause" in shown
    assert "Source: Department for Education" in shown


def test_placements_stand_beside_neighbours_and_england():
    shown = text(open_page(PAGE, area=KENT))
    assert "Of Kent’s 20,321 plans whose placement is recorded" in shown
    assert "Neighbours’ mean" in shown
    assert shown.count("<details>") == 2


def test_without_an_area_england_is_shown_alone():
    shown = text(open_page(PAGE))
    assert "Where each need is placed" in shown
    assert "what needs predict" not in shown
    assert "Neighbours’ mean" not in shown


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (SURREY, "Surrey amended the primary needs"),
        (CAMBRIDGESHIRE, "Cambridgeshire returned no placement"),
        (NORTH_EAST_LINCOLNSHIRE, "North East Lincolnshire returned no placement"),
        (WOLVERHAMPTON, "Withdrawn by the Department for Education"),
        (CUMBRIA, "Nothing is held for this area"),
    ],
)
def test_what_is_not_there_says_why(code, why):
    app = open_page(PAGE, area=code)
    assert not app.exception
    assert "No comparison with what is expected" in text(app)
    assert why in text(app)


@pytest.mark.parametrize("code", [LONDON, SCILLY, NEWHAM])
def test_few_plans_and_partial_returns_are_shown_and_not_judged(code):
    shown = text(open_page(PAGE, area=code))
    assert "Shown and not judged" in shown
    assert "than expected" not in shown
    assert shown.count(">Not judged<") == 6
