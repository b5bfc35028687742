"""Only the list whose false discoveries are held down says "beyond chance": no single test does."""

import pytest

from dashboard.bodies import cards
from dashboard.bodies import scorecard as scorecards
from dashboard.briefing import compose
from dashboard.charts import heat_table
from dashboard.domain import choices
from dashboard.domain.recipes import RECIPES
from dashboard.domain.records import ENGLAND
from dashboard.draw import heat_table_html
from dashboard.store.figures import load_shown_figures, select_newest_figures
from dashboard.words.changes import CHANGED, describe_change_verdict
from tests.dashboard.make import KENT, MEDWAY

LEEDS, NORFOLK, CAMDEN = "E08000035", "E10000020", "E09000007"
AREAS = (KENT, MEDWAY, LEEDS, NORFOLK, CAMDEN)
WORDS = "beyond chance"


def has_a_change_without_a_better_end(build, area):
    return any(
        figure.against_before and describe_change_verdict(build.metrics[name], figure) == CHANGED
        for (name, _), figure in build.newest[area].items()
    )


@pytest.mark.parametrize("area", AREAS)
def test_no_cell_of_the_scorecard_says_it(build, area):
    view = choices.read_view(build, {"area": area})
    figures = load_shown_figures(view, area)
    sections = scorecards.draw_pillars(
        view, figures, scorecards.load_beside(view, view.area, figures)
    )
    html = scorecards.render_pillars(sections) + scorecards.render_scorecard_key(
        scorecards.load_beside(view, view.area, figures), figures
    )
    assert has_a_change_without_a_better_end(build, area)
    assert CHANGED in html
    assert WORDS not in html


@pytest.mark.parametrize("area", AREAS)
def test_no_card_and_no_key_to_the_cards_says_it(build, area):
    view = choices.read_view(build, {"area": area})
    ids = [metric.id for metric in choices.list_headlines(build)]
    html = cards.render_cards(
        view,
        select_newest_figures(build, ids, [ENGLAND]),
        select_newest_figures(build, ids, [area]),
    )
    assert CHANGED in html
    assert WORDS not in html


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("shade", ["rank", "quarter", "england", "neighbours"])
def test_no_cell_of_areas_side_by_side_says_it(build, area, shade):
    view = choices.read_view(build, {"area": area, "shade": shade})
    shown = heat_table.select_areas(view)
    found = heat_table.build_rows(view, shown)
    html = heat_table_html.render_section(view, shown, found, heat_table.order(view, found))
    assert "<td" in html
    assert WORDS not in html.lower()


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("recipe", RECIPES)
def test_no_table_of_a_briefing_says_it(build, area, recipe):
    view = choices.read_view(build, {"area": area, "brief": recipe})
    made = compose.build_briefing(view, view.area)
    tables = [table for section in made.sections for table in section.tables]
    cells = [cell.text for table in tables for row in table.rows for cell in row]
    assert not [text for text in (*cells, *(t.note for t in tables)) if WORDS in text.lower()]
