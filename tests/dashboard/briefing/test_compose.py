"""A briefing says what the build has: the signals, the charts of the book, and why nothing."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.bodies import money_findings, signals
from dashboard.briefing import compose
from dashboard.charts import registry
from dashboard.charts.model import LICENCE
from dashboard.domain import choices
from dashboard.domain.recipes import RECIPES
from tests.dashboard.briefing.make import BUILD, CUMBRIA, KENT, RUTLAND, SCILLY, SITE, briefing

AREAS = (KENT, RUTLAND, SCILLY, CUMBRIA)


def test_the_key_messages_are_the_signals_word_for_word():
    said = briefing().messages
    view, area = choices.read_view(BUILD, {"area": KENT}), BUILD.areas[KENT]
    made = [*signals.list_parts(view, area), money_findings.build_money_part(view, area)]
    assert [heading for heading, _ in said.parts] == [part.heading for part in made]
    for (_, found), part in zip(said.parts, made, strict=True):
        wanted = [one.text for one in part.items] or [part.nothing]
        assert [one.text for one in found] == wanted
        assert part.about in said.rule


def test_a_narrow_recipe_has_only_messages_on_its_own_metrics():
    titles = {BUILD.metrics[name].title for name, _ in RECIPES["adulthood"].metrics}
    said = briefing(RUTLAND, "adulthood").messages
    listed = [one.text for _, found in said.parts for one in found if one.marks]
    assert listed
    for text in listed:
        assert any(text.startswith(title) for title in titles)


def test_a_pack_of_money_says_that_nothing_of_it_can_be_tested():
    said = " ".join(
        text.text for _, found in briefing(KENT, "schools_forum").messages.parts for text in found
    )
    assert "tested" in said


def test_charts_are_those_of_the_book_with_whole_links():
    made = next(s for s in briefing().sections if s.id == "on_time")
    view = choices.read_view(BUILD, {"area": KENT, "metric": "plans_issued_in_20_weeks"})
    own = registry.build_trend(view)
    assert made.chart.rows == own.rows
    assert (made.title, made.chart.source) == (own.title, own.source)
    assert made.chart.permalink.startswith(f"{SITE}/metric?area={KENT}")
    assert "brief=" not in made.chart.permalink


@pytest.mark.sample(4)
@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("area", AREAS)
def test_each_section_is_shown_or_its_absence_has_a_reason(area, recipe):
    made = briefing(area, recipe)
    order = [s.id for s in (*made.sections, *made.absent)]
    assert sorted(order) == sorted(RECIPES[recipe].order)
    assert all(s.chart or s.tables for s in made.sections)
    assert all(s.absent for s in made.absent)
    assert made.licence == LICENCE
    assert made.sources
    assert made.definitions
    assert f"area={area}" in made.permalink
    assert f"brief={recipe}" in made.permalink


@pytest.mark.sample(4)
@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("area", AREAS)
def test_no_cell_is_a_nought_or_a_dash_for_a_figure_that_is_missing(area, recipe):
    for section in briefing(area, recipe).sections:
        for table in section.tables:
            for row in table.rows:
                assert len(row) == len(table.columns)
                for cell, column in zip(row, table.columns, strict=True):
                    assert cell.text
                    assert cell.text not in {"–", "-", "None", "nan"}
                    if column.title in {"Value", "Published"} and cell.number is None:
                        assert cell.text.strip("£0.,%")


def test_small_and_abolished_areas_say_so_first():
    assert "never ranked" in " ".join(briefing(SCILLY).messages.notes)
    notes = " ".join(briefing(CUMBRIA).messages.notes)
    assert "was abolished on 1 April 2023" in notes
    assert "<" not in notes
    assert not briefing(CUMBRIA).messages.parts


def test_the_comparator_is_the_readers():
    made = briefing(KENT, "board", against="region")
    assert made.beside == "Region: South East"
    columns = [c.title for c in made.sections[-1].tables[0].columns]
    assert "Region: South East" in columns
    assert "against=region" in made.permalink
    england = [c.title for c in briefing(KENT, against="england").sections[-1].tables[0].columns]
    assert england.count("England") == 1


@settings(max_examples=20)  # each composes up to a whole briefing
@given(st.lists(st.sampled_from(RECIPES["inspection"].order), unique=True, min_size=1))
def test_any_choice_of_sections_in_any_order_is_kept_and_is_in_the_link(names):
    view = choices.read_view(BUILD, {"area": KENT, "brief": "inspection", "order": ",".join(names)})
    made = compose.build_briefing(view, view.area, SITE)
    assert [s.id for s in made.sections] == names
    again = choices.read_view(
        BUILD, {"area": KENT, "brief": "inspection", "order": made_order(made)}
    )
    assert again.order == tuple(names)


def made_order(made):
    return made.permalink.partition("order=")[2].partition("&")[0]


def test_commentary_brings_back_a_section_without_a_figure():
    view = choices.read_view(BUILD, {"area": SCILLY, "brief": "board"})
    made = compose.build_briefing(
        view, view.area, SITE, {"next": "We know of two.", "opening": "Hello"}
    )
    kept = next(s for s in made.sections if s.id == "next")
    assert (kept.commentary, kept.chart) == ("We know of two.", None)
    assert kept.absent
    assert made.commentary == "Hello"


def test_without_a_site_links_are_those_of_the_dashboard():
    view = choices.read_view(BUILD, {"area": KENT})
    assert compose.build_briefing(view, view.area).permalink == f"briefing?area={KENT}&brief=board"


def test_what_is_missing_is_explained_where_it_is_shown():
    reading = dict(briefing(SCILLY, "adulthood").reading)
    assert reading["Not available"] == "The publisher gives no figure."
    assert "Suppressed" not in reading
    assert "Devon" in reading["Compared with"] or "Rutland" not in reading["Compared with"]


def test_a_group_of_many_is_counted_and_not_listed():
    view = replace(choices.read_view(BUILD, {"area": KENT, "against": "england"}))
    assert (
        dict(compose.list_reading(view, ()))["Compared with"] == "England: 151 local authorities."
    )
