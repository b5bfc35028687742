"""Figures that stand side by side are of one period, or each says its own."""

import io
from datetime import date

import pytest
from pptx import Presentation

from dashboard.bodies import cards, figures
from dashboard.charts import heat_table, of_metric, registry
from dashboard.charts.model import RANGES, Role
from dashboard.domain import choices
from dashboard.domain.records import ENGLAND
from dashboard.draw import times
from dashboard.draw.office import slides
from dashboard.draw.picture import image
from dashboard.draw.screen import figure as screen
from dashboard.store import comparators
from dashboard.store.figures import load_history, select_newest_figures
from dashboard.words.numbers import format_value
from dashboard.words.periods import format_period
from dashboard.words.ranks import is_placed
from tests.dashboard.charts.test_charts import beside_it
from tests.dashboard.draw.test_picture import flat, pdf_text
from tests.dashboard.make import about, area, over_time

KENT, NORFOLK, NEWHAM, YORK = "E10000016", "E10000020", "E09000025", "E06000014"
SCILLY, CITY, DORSET, CUMBERLAND = "E06000053", "E09000001", "E06000059", "E06000063"
BALANCE = "dsg_balance_per_cent"  # of England to 2021-22 alone, and so is York's
ODD = [
    (KENT, BALANCE),
    (NORFOLK, "plans_issued_in_20_weeks"),
    (YORK, BALANCE),
    (NEWHAM, "ehc_plans_growth"),
    (SCILLY, "good_level_of_development"),
    (CITY, "ks2_reading_writing_maths"),
    (DORSET, "good_level_of_development"),
    (CUMBERLAND, "good_level_of_development"),
]


def asked(build, code, metric):
    return choices.read_view(build, {"area": code, "metric": metric})


def ends(model):
    """The newest figure of each line, and the last period of the chart."""
    rows = {row.label: row for row in model.rows if row.value is not None}
    return rows, max(row.period_end for row in model.rows)


@pytest.mark.parametrize(("code", "metric"), ODD)
def test_a_label_of_an_earlier_period_says_it_in_every_form(build, code, metric):
    model = registry.build_trend(asked(build, code, metric))
    rows, last = ends(model)
    said = times.end_periods(model)
    early = {label for label, row in rows.items() if row.period_end != last}
    assert early  # else this area shows nothing
    assert {label for label, when in said.items() if when} >= early
    notes = [note["text"] for note in screen.draw_figure(model)["layout"]["annotations"]]
    plain = [text.replace("<b>", "").replace("</b>", "").replace("<br>", " ") for text in notes]
    drawn = pdf_text(image.draw_picture(model, "pdf", build="b", furniture=False))
    for label, row in rows.items():
        wanted = f"{row.shown} {said[label]}".rstrip()
        assert said[label] in {"", f"({times.short_period(row.time_period)})"}
        assert any(wanted in text for text in plain), (wanted, plain)
        assert flat(wanted) in drawn
        assert f"{row.shown} in {format_period(row.time_period)}" in model.alt
    for text, label in labels(model):
        assert text == f"{rows[label].shown} {said[label]}".rstrip()


def labels(model):
    """Each label on a slide's chart, with the line it is on."""
    made = Presentation(io.BytesIO(slides.write_slides(model, build="b")))
    chart = next(shape.chart for shape in made.slides[0].shapes if shape.has_chart)
    for plot in chart.plots:
        for series in plot.series:
            words_ = "./c:dLbls/c:dLbl/c:tx//a:t/text()"
            for text in series._element.xpath(words_):  # noqa: SLF001 - no other way to them
                yield text, series.name


def test_labels_of_one_period_do_not_repeat_it():
    own = over_time([1.0, 2.0])
    model = of_metric.build_trend(about(), area(), own, beside_it(own))
    assert set(times.end_periods(model).values()) == {""}


def test_where_one_line_stops_early_every_label_says_its_period():
    own = over_time([1.0, 2.0, None])
    model = of_metric.build_trend(about(), area(), own, beside_it(own))
    said = times.end_periods(model)
    assert said["Kent"] == "(2020)"
    assert said["England"] == "(2021)"


def test_an_abolished_council_alone_changes_nothing_for_the_rest(build):
    said = times.end_periods(
        registry.build_trend(asked(build, DORSET, "good_level_of_development"))
    )
    assert [label for label, when in said.items() if when] == ["Dorset, until 2017/18"]


@pytest.mark.parametrize(("code", "metric"), ODD)
def test_a_title_compares_within_one_period(build, code, metric):
    view = asked(build, code, metric)
    history = load_history(build, metric, view.breakdown, [code])
    last = [figure for figure in history if figure.value is not None][-1]
    title = registry.build_trend(view).title
    assert format_period(last.time_period) in title
    if not is_placed(last):
        assert "small numbers" in title
        assert "England" not in title  # tiny areas are set against nobody
    elif last.england is not None:
        assert f"England ({format_value(view.metric, last.england)})" in title


@pytest.mark.parametrize(("code", "metric"), ODD)
def test_a_metrics_header_has_england_in_the_areas_own_period(build, code, metric):
    view = asked(build, code, metric)
    found = select_newest_figures(build, [metric], figures.list_key_areas(view))
    own = next(f for f in found if f.area_code == code and f.breakdown == view.breakdown)
    shown = figures.render_key_figures(view, found, None)
    england = shown.split("<dt>England</dt><dd>")[1].split("</dd>")[0]
    if own.england is not None:
        assert england.startswith(format_value(view.metric, own.england))
        assert f"<small>{own.time_period}" in england
    spread = build.spreads.get((metric, view.breakdown))
    if spread and spread.time_period != own.time_period:
        assert f"in {format_period(spread.time_period)}" in shown.split("Median ")[-1]


def test_a_card_says_the_period_of_an_area_that_has_another(build):
    view = choices.read_view(build, {"area": KENT})
    ids = [metric.id for metric in choices.list_headlines(build)]
    england, own = (select_newest_figures(build, ids, [each]) for each in (ENGLAND, KENT))
    assert " in 2019 (England 12.3%), " not in cards.render_cards(view, england, own)
    at = next(n for n, f in enumerate(own) if f.metric == "plans_issued_in_20_weeks")
    own[at] = own[at]._replace(time_period="2019", england=12.3)
    shown = cards.render_cards(view, england, own)
    value = format_value(build.metrics[own[at].metric], own[at].value)
    assert f"Kent <strong>{value}</strong> in 2019 (England 12.3%), " in shown


def test_england_in_the_heat_table_is_of_the_period_that_the_row_names(build):
    view = choices.read_view(build, {"areas": f"{KENT},{NORFOLK},{NEWHAM},{SCILLY}", "set": "own"})
    for row in heat_table.build_rows(view, view.areas):
        history = load_history(build, row.metric.id, row.breakdown, [ENGLAND])
        then = [figure.value for figure in history if figure.time_period == row.period]
        if then and then[0] is not None and row.england is not None:
            assert row.england == pytest.approx(then[0]), row.metric.id


def test_the_latest_median_of_a_group_does_not_stand_beside_an_older_figure(build):
    code, held = next(
        (area.code, held)
        for area in build.local_authorities
        if (held := list(build.newest[area.code].values())) and not all(f.is_latest for f in held)
    )
    view = choices.read_view(build, {"area": code, "against": "type"})
    found = comparators.load_summaries(view, comparators.find_chosen_group(view), held)
    assert found
    assert not {(f.metric, f.breakdown) for f in held if not f.is_latest} & found.keys()


def test_ranges_are_no_lines():
    own = over_time([1.0, 2.0])
    model = of_metric.build_trend(about(), area(), own, beside_it(own, (0, 3), (0, 4)))
    ranged = {row.label for row in model.rows if row.role in RANGES}
    assert ranged
    assert not ranged & times.end_periods(model).keys()
    assert Role.RANGE in RANGES
    assert own[0].period_end == date(2019, 12, 31)


def test_a_card_says_the_period_of_a_spread_that_is_not_of_englands(build):
    view = choices.read_view(build, {"area": YORK})
    ids = [metric.id for metric in choices.list_headlines(build)]
    england, own = (select_newest_figures(build, ids, [each]) for each in (ENGLAND, YORK))
    shown = cards.render_cards(view, england, own).split("<li>")
    apart = [card for card in shown if "The line is of" in card]
    spreads = {m: build.spreads[m, build.metrics[m].breakdowns[0]].time_period for m in ids}
    assert len(apart) == sum(f.time_period != spreads[f.metric] for f in england)
    (balance,) = [card for card in apart if f"metric={BALANCE}" in card]
    assert "The line is of 2023-24" in balance
    assert "--d:" not in balance  # York's own figure is of 2021-22
    kent = select_newest_figures(build, ids, [KENT])
    marked = cards.render_cards(view, england, kent).split("<li>")
    assert "--d:" in next(card for card in marked if f"metric={BALANCE}" in card)
