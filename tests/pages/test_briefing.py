"""The Briefing page: what is chosen is in the address, what is written stays in the session."""

import pytest

from dashboard.briefing import builder, commentary, compose
from dashboard.briefing.recipes import RECIPES
from tests.pages.test_pages import CUMBRIA, KENT, MEDWAY, SCILLY, open_page, text

HOSTILE = "<script>alert(1)</script> & *stars*"


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
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels[:4] == [f"Download {form}" for form in ("PowerPoint", "Word", "PDF", "Excel")]


def test_without_an_area_every_area_is_listed():
    app = open_page("briefing")
    assert not app.exception
    assert ">Medway</a>" in text(app)
    assert not app.get("download_button")


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


def test_commentary_is_kept_for_its_area_and_briefing_and_is_not_in_the_address():
    app = open_page("briefing", area=KENT, brief="board")
    app.text_area(key=f"say_{KENT}_board_plans").input(HOSTILE).run()
    assert not app.exception
    assert "<script>alert" not in text(app)
    assert "alert" not in str(app.query_params)
    app.selectbox(key="pick_area").select(MEDWAY).run()
    assert app.text_area(key=f"say_{MEDWAY}_board_plans").value == ""
    app.selectbox(key="pick_area").select(KENT).run()
    assert app.text_area(key=f"say_{KENT}_board_plans").value == HOSTILE
    kept = app.session_state[builder.KEPT]
    assert kept[KENT, "board"]["plans"] == HOSTILE


def test_saved_commentary_is_loaded_and_another_file_refused():
    app = open_page("briefing", area=KENT, brief="board")
    saved = commentary.save(KENT, "board", {"plans": "Kept.", compose.OPENING: "First."})
    upload = app.get("file_uploader")[0]
    upload.upload("commentary.json", saved, "application/json").run()
    assert "Your commentary is loaded" in text(app)
    assert app.text_area(key=f"say_{KENT}_board_plans").value == "Kept."
    assert app.text_area(key=f"say_{KENT}_board_opening").value == "First."
    app.get("file_uploader")[0].upload("other.json", b"{}", "application/json").run()
    assert "not commentary that was saved here" in text(app)
