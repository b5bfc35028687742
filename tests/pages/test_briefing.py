"""The Briefing page: what is chosen is in the address, what is written is in the browser."""

import re

import pytest

from dashboard.domain.recipes import RECIPES
from tests.pages.test_pages import CUMBRIA, KENT, MEDWAY, SCILLY, open_page, text


@pytest.mark.sample(1, each="area")
@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("area", [KENT, SCILLY, CUMBRIA])
def test_every_briefing_is_shown_with_its_headings_and_downloads(area, recipe):
    app = open_page("briefing", area=area, brief=recipe)
    assert not app.exception
    shown = text(app)
    assert "<h2>Key messages</h2>" in shown
    for section in RECIPES[recipe].sections:
        assert f">{section.heading}</h2>" in shown
    assert "Definitions, caveats and sources" in shown
    assert app.selectbox(key="pick_brief").value == recipe
    labels = re.findall(r"<button name=\"as\"[^>]*>([^<]*)</button>", shown)
    assert labels == [f"Download {form}" for form in ("PowerPoint", "Word", "PDF", "Excel")]
    assert len(re.findall("<textarea", shown)) == 1 + len(RECIPES[recipe].sections)


def test_without_an_area_every_area_is_listed():
    app = open_page("briefing")
    assert not app.exception
    assert ">Medway</a>" in text(app)
    assert "<form" not in text(app)


def test_ticking_and_moving_sections_is_written_to_the_address():
    app = open_page("briefing", area=KENT, brief="scrutiny")
    app.checkbox(key="tick_scrutiny_outcomes").uncheck().run()
    order = [name for name in RECIPES["scrutiny"].order if name != "outcomes"]
    assert app.query_params["order"] == ",".join(order)
    app.selectbox(key="move_scrutiny").select("requests").run()
    app.button(key="brief_-1").click().run()
    assert app.query_params["order"].startswith("requests,plans")
    assert text(app).index("Requests for an assessment</h2>") < text(app).index(
        "How many have a plan</h2>"
    )
    app.button(key="brief_1").click().run()
    app.checkbox(key="tick_scrutiny_outcomes").check().run()
    assert app.query_params["order"].endswith("outcomes")
    app.selectbox(key="pick_brief").select("board").run()
    assert "order" not in app.query_params


def test_one_section_always_stays():
    app = open_page("briefing", area=KENT, brief="board", order="plans")
    app.checkbox(key="tick_board_plans").uncheck().run()
    assert app.checkbox(key="tick_board_plans").value
    assert not app.exception


def test_each_box_says_whose_words_it_holds_and_the_form_keeps_the_choices():
    shown = text(open_page("briefing", area=KENT, brief="board", order="plans", against="type"))
    assert shown.count(f'data-place="{KENT} board"') == 3  # the form and two boxes
    assert 'name="say_opening"' in shown
    assert 'name="say_plans"' in shown
    asked = f"area={KENT}&amp;against=type&amp;brief=board&amp;order=plans"
    assert f'action="download/briefing?{asked}" method="post"' in shown
    other = text(open_page("briefing", area=MEDWAY, brief="board", order="plans"))
    boxes = re.compile(r"<textarea.*?>")
    assert not set(boxes.findall(shown)) & set(boxes.findall(other))


def test_nothing_that_is_written_is_kept_by_the_server():
    app = open_page("briefing", area=KENT, brief="board")
    assert not app.text_area
    assert not app.get("download_button")
    assert not app.get("file_uploader")
