"""The page of neighbours, for many local authorities, those without some, and none chosen."""

import pytest

from tests.pages.test_pages import BUILD, CUMBRIA, KENT, LONDON, SCILLY, open_page, text

PAGE = "neighbours"


@pytest.mark.sample(2)
@pytest.mark.parametrize("code", [area.code for area in BUILD.local_authorities][::15])
def test_every_local_authority_has_its_page(code):
    app = open_page(PAGE, area=code)
    assert not app.exception
    shown = text(app)
    assert "Who its neighbours are" in shown
    assert "The three models" in shown
    assert "Source: Department for Education, Children’s services statistical" in shown


def test_kent_has_neighbours_in_three_models_and_what_makes_them_alike():
    shown = text(open_page(PAGE, area=KENT))
    assert "4 of the ten are in both of the Department’s models" in shown
    assert "5 of the ten of May 2025 are also SEND context neighbours" in shown
    assert "Why they are alike" in shown
    assert "Who has Kent among its ten" in shown
    assert "against=context" in shown
    assert "start your own group from these ten" in shown
    assert "Few areas are like" not in shown
    assert shown.count("<details>") == 1


@pytest.mark.parametrize("code", [LONDON, SCILLY])
def test_the_two_smallest_have_no_context_neighbours_and_it_is_said_why(code):
    shown = text(open_page(PAGE, area=code))
    assert "has no SEND context neighbours" in shown
    assert "Few areas are like" in shown
    assert "mean of ten" not in shown
    assert "No figure held" in shown
    assert "against=context" not in shown


def test_an_abolished_authority_has_what_the_department_gives():
    shown = text(open_page(PAGE, area=CUMBRIA))
    assert "Cumbria was abolished on 1 April 2023" in shown
    assert "Westmorland and Furness" in shown
    assert "All ten are in both of the Department’s models" in shown
    assert "12.5%" not in shown


def test_without_an_area_the_models_are_explained():
    shown = text(open_page(PAGE))
    assert "Choose a local authority above to see its neighbours" in shown
    assert "The three models" in shown
    assert "Who its neighbours are" not in shown
