"""Money, Alternative provision, and Health and care: for every local authority, without fault."""

import re

import pytest

from dashboard.charts.model import LICENCE
from dashboard.domain.comparators import COMPARATORS
from tests.pages.test_pages import (
    BUILD,
    CUMBRIA,
    KENT,
    LONDON,
    SCILLY,
    SHARES,
    TOPIC_PAGES,
    open_page,
    places,
    text,
)

PAGES = sorted(TOPIC_PAGES)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("page", PAGES)
def test_every_local_authority_has_its_page(page, share):
    app = open_page(page, area=KENT)
    for area in places(share):
        app.query_params["area"] = area.code
        app.run()
        assert not app.exception, area.name
        shown = text(app)
        assert shown.count("<h1") == 1, area.name
        assert f'<p class="over">{area.name}</p>' in shown
        assert LICENCE in shown
        assert not re.search(r">£?(nan|None|inf)[%m]?<|\bnan\b", shown), area.name


@pytest.mark.sample(1, each="page")
@pytest.mark.parametrize("against", COMPARATORS)
@pytest.mark.parametrize("page", PAGES)
def test_the_comparison_is_the_readers(page, against):
    app = open_page(page, area=KENT, against=against, group=f"{SCILLY},E06000035")
    assert not app.exception
    assert app.selectbox(key="pick_against").value == against


@pytest.mark.sample(1, each="page")
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("asked", [{}, {"area": KENT}, {"area": SCILLY}, {"area": CUMBRIA}])
def test_what_opens_shows_one_measure_over_time_and_every_caveat(page, asked):
    app = open_page(page, **asked)
    assert not app.get("plotly_chart")
    for expander in ("over_time", "caveats"):
        app.session_state[expander] = True
    app.run()
    assert not app.exception
    shown = text(app)
    assert "<strong>Caveat:</strong>" in shown
    assert app.selectbox(key="pick_metric").value in BUILD.metrics


def test_a_finance_officer_finds_amount_denominator_rank_neighbours_and_release():
    shown = text(open_page("money", area=KENT))
    for wanted in (
        "£308.4m",
        "£308.4m over 333,370 people aged 2 to 18",
        "£308.4m over 20,635 EHC plans",
        "63rd highest of 151",
        "Neighbours’ median",
        "Outturn, section 251, net; top-ups and services without place funding",
        "Allocation, before recoupment and deductions",
        "£223.2m spent, £185.4m budgeted",
        "LA and school expenditure (2024-25-compiled)",
        "What these figures cannot say",
        "a deficit of 4.1% of the grant at the end of 2023-24, two years old",
        "−£67.2m of £1.62bn",
    ):
        assert wanted in shown


def test_outreach_and_reintegration_are_said_not_to_be_published():
    shown = text(open_page("alternative_provision", area=KENT))
    assert shown.count("No figure is published for local authorities that we know of") == 2
    assert shown.count("What a council would hold itself") == 5
    assert "Kent: pupils of alternative provision schools missed 40.2% of sessions" in shown


def test_a_boards_figures_are_never_called_the_local_authoritys():
    shown = text(open_page("health_and_care", area="E06000064"))
    assert "Westmorland and Furness lies in" in shown
    assert "(75% of its neighbourhoods)" in shown
    assert "A board’s figure is not a local authority’s" in shown
    assert "also covers" in shown


@pytest.mark.sample(1, each="page")
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("code", [SCILLY, LONDON])
def test_the_smallest_areas_are_shown_and_never_ranked(page, code):
    shown = text(open_page(page, area=code))
    assert "never ranked" in shown
    assert "very small numbers" in shown or page == "health_and_care"


@pytest.mark.parametrize("page", PAGES)
def test_an_abolished_area_says_so_first(page):
    shown = text(open_page(page, area=CUMBRIA))
    assert "was abolished on 1 April 2023" in shown
