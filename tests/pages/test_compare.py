"""The Compare page in every set, pack, shade and order."""

import pytest

from dashboard.charts import heat_table
from dashboard.domain import choices, packs
from tests.pages.test_pages import BUILD, CUMBRIA, KENT, LONDON, MEDWAY, SCILLY, open_page, text


@pytest.mark.sample(3)
@pytest.mark.parametrize("pack", packs.PACKS)
@pytest.mark.parametrize("name", ["neighbours", "regions"])
def test_every_pack_is_shown_with_its_sentence(pack, name):
    app = open_page("compare", area=MEDWAY, pack=pack, set=name)
    assert not app.exception
    shown = text(app)
    assert f"<h2>{packs.PACKS[pack].title}</h2>" in shown
    assert 'class="finding"' in shown
    assert app.selectbox(key="pick_pack").value == pack


@pytest.mark.sample(1, each="name")
@pytest.mark.parametrize("name", [*choices.SETS, "E12000007"])
@pytest.mark.parametrize("area", [MEDWAY, CUMBRIA, SCILLY, LONDON])
def test_every_set_is_shown(name, area):
    app = open_page("compare", area=area, set=name, areas=f"{KENT},{MEDWAY}")
    assert not app.exception
    shown = text(app)
    if name == "own":
        assert ">Kent</a>" in shown
    else:
        assert app.selectbox(key="pick_set").value == name


@pytest.mark.parametrize("shade", choices.SHADES)
def test_every_shade_is_explained(shade):
    app = open_page("compare", area=MEDWAY, pack="board", shade=shade)
    assert not app.exception
    assert app.selectbox(key="pick_shade").value == shade
    assert "where neither" in text(app)


def test_an_order_is_chosen_and_said():
    app = open_page("compare", area=MEDWAY, pack="board")
    app.selectbox(key="pick_sort").select("attainment_8: EHC plan").run()
    assert app.query_params["sort"] == "attainment_8: EHC plan"
    assert "in order of “Attainment 8: EHC plan”" in text(app)
    app.selectbox(key="pick_pack").select("health").run()
    assert "sort" not in app.query_params


def test_choosing_a_set_writes_it_and_asks_for_the_area_it_needs():
    app = open_page("compare")
    assert app.selectbox(key="pick_set").value == "regions"
    app.selectbox(key="pick_set").select("region").run()
    assert app.query_params["set"] == "region"
    assert "<table" not in text(app)
    app.selectbox(key="pick_area").select(KENT).run()
    assert "Kent in the South East" in text(app)


def test_an_unknown_set_pack_shade_and_order_are_said():
    app = open_page("compare", set="<i>", pack="x", shade="y", sort="z")
    assert not app.exception
    for said in ("&lt;i&gt;", "“x”", "“y”", "“z”"):
        assert said in text(app)


def test_below_a_wide_table_the_chart_is_drawn_when_it_is_opened():
    view = choices.read_view(BUILD, {"area": KENT, "set": "region"})
    assert len(heat_table.select_areas(view)) > choices.MOST_AREAS
    app = open_page("compare", area=KENT, set="region")
    assert "The first 12 of the areas above" not in text(app)
    app.session_state["rug_trend"] = True
    app.run()
    assert not app.exception
    assert "The first 12 of the areas above" in text(app)
    assert "View this chart as a table" in text(app)
