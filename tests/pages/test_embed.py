"""One chart alone, on every kind of metric, with its source; or the words why there is none."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.bodies import reuse
from dashboard.charts import registry
from dashboard.charts.model import LICENCE
from dashboard.domain import choices
from dashboard.store import served
from dashboard.web import embed, reader
from tests.pages.test_pages import KENT, ROOT, text

BUILD = served.find_current_build()
CATEGORY = next(m.id for m in BUILD.metrics.values() if m.is_category)
WITH_EVERY_CHART = "plans_discontinued_needs_met"
NHS = next(m.id for m in BUILD.metrics.values() if m.is_nhs and not m.is_category)


@pytest.fixture(autouse=True)
def embedded(monkeypatch):
    monkeypatch.setattr(type(st.context), "is_embedded", property(lambda _: True))


def open_alone(**asked):
    app = AppTest.from_file(str(ROOT / "dashboard" / "web" / "script.py"), default_timeout=30)
    app.query_params.update(asked)
    return app.run()


@pytest.mark.sample(5)
@pytest.mark.parametrize("chart", registry.CHARTS)
def test_a_chart_alone_has_one_heading_and_no_navigation(chart):
    app = open_alone(area=KENT, chart=chart, areas=KENT, metric=WITH_EVERY_CHART)
    assert not app.exception
    assert text(app).count("<h1") == 1
    assert f"{LICENCE}." in text(app)
    assert "Source: " in text(app)
    assert BUILD.id in text(app)
    assert 'class="brand"' not in text(app)
    assert not app.selectbox


def test_a_funnel_that_is_not_drawn_says_why_and_where_the_area_stands():
    app = open_alone(area=KENT, chart="funnel", metric="plans_issued_in_20_weeks")
    assert "There is no funnel plot: " in text(app)
    assert f"is {BUILD.newest[KENT]['plans_issued_in_20_weeks', 'Total'].rank}" in text(app)


def test_a_chart_on_another_site_says_that_it_may_not_be_the_newest(monkeypatch):
    monkeypatch.setattr(served, "describe_refusal", lambda: "current.json: found what is no JSON")
    assert reader.NOT_NEWEST.format(BUILD.id) in text(open_alone(area=KENT, chart="trend"))


@pytest.mark.parametrize("chart", ["trend", "ranking"])
def test_a_health_metric_is_of_the_board_the_area_lies_in(chart):
    app = open_alone(area=KENT, metric=NHS, chart=chart)
    assert not app.exception
    board = BUILD.areas[BUILD.boards[KENT][0][0]]
    assert board.name in text(app) + str([e.proto.spec for e in app.get("plotly_chart")])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"chart": "pie"}, "There is no chart called “pie”"),
        ({"chart": "<i>"}, "There is no chart called “&lt;i&gt;”"),
        ({"chart": "beside"}, "This chart cannot be drawn"),
        ({"chart": "trend", "metric": CATEGORY}, "This chart cannot be drawn"),
        ({"chart": "england", "metric": "none"}, "There is no metric called “none”"),
    ],
)
def test_what_cannot_be_drawn_is_said(asked, said):
    app = open_alone(**asked)
    assert not app.exception
    assert said in text(app)


def test_squares_and_bars_lead_to_the_same_chart_of_another_area():
    for chart in ("map", "ranking"):
        shown = text(open_alone(area=KENT, chart=chart))
        assert f"embed=true&amp;chart={chart}" in shown


def test_a_map_alone_is_drawn_as_its_address_asks():
    assert 'class="tiles"' in text(open_alone(area=KENT, chart="map"))
    shown = text(open_alone(area=KENT, chart="map", map="boundaries"))
    assert 'class="tiles"' not in shown
    assert "Contains OS data" in shown
    assert "map=boundaries" in shown.split("<footer")[1]


def test_the_charts_are_named_and_the_text_to_copy_is_safe():
    view = choices.read_view(BUILD, {"area": KENT})
    made = reuse.render_reuse(view, "https://send.example.org/about?area=x")
    for name in registry.CHARTS:
        assert f"<code>{name}</code>" in made
    assert "&lt;iframe src=&#34;https://send.example.org/metric?" in made
    assert "<iframe" not in made
    assert LICENCE in made
    assert "src=&#34;/metric?" in reuse.render_reuse(view, "")
    assert embed.find_chart(view, "no such chart") is None
