"""Chart models hold the rows, in order, with their reasons and their words."""

import itertools
from dataclasses import replace
from datetime import date

import plotly.graph_objects as go
import pytest

from dashboard.charts import funnel as funnels
from dashboard.charts import of_metric
from dashboard.charts.model import LICENCE, RANGES, ChartModel, Kind, Role, Row, source_line
from dashboard.domain.records import Middle, Range, Spread
from dashboard.draw import axes
from dashboard.draw.screen import bars, lines
from dashboard.draw.screen import figure as screen
from dashboard.draw.table import render_chart_table
from tests.dashboard.make import (
    KENT,
    MEDWAY,
    about,
    area,
    figure,
    funnel,
    group,
    metric,
    over_time,
    source,
)

NAMES = {KENT: "Kent", MEDWAY: "Medway", "E12000008": "South East"}


def ranges(*ends):
    return [
        Range(str(year), date(year, 12, 31), low, high)
        for year, (low, high) in enumerate(ends, start=2019)
    ]


def beside_it(own=(), *ends):
    everyone = [one._replace(value=46.4, status="ok") for one in own]
    middles = [Middle(one.time_period, one.period_end, 46.0) for one in own]
    return of_metric.Beside("South East", everyone, everyone, ranges(*ends), group(), middles)


def trend(values=(10.0, None, 30.0), **changes):
    own = over_time(values)
    others = beside_it(own, (5, 40), (6, 41))
    return of_metric.build_trend(about(**changes), area(), own, others)


def ranked():
    figures = [
        figure(rank=1, value=90.0),
        figure(rank=2, value=10.0, area_code=MEDWAY),
        figure(rank=None, value=None, status="suppressed", area_code="E09000001"),
    ]
    names = NAMES | {"E09000001": "City of London"}
    return of_metric.build_ranked(about(), figures, names, area(), group())


def beside():
    return of_metric.build_among_group(
        about(), area(), [figure(), figure(area_code=MEDWAY, value=20.0)], NAMES, group()
    )


def positions():
    metrics = {"plans_issued_in_20_weeks": metric()}
    figures = [figure(), figure(rank=None, value=None, status="suppressed")]
    return of_metric.build_positions(figures, metrics, area(), "local-area", [source()])


def national():
    spreads = [
        Spread("m", "Total", str(year), date(year, 12, 31), 151, 1, 20, 30, 40, 90, [1, 30, 90])
        for year in (2019, 2020)
    ]
    return of_metric.build_national(about(), over_time([10.0, 20.0]), spreads)


def trends():
    series = {
        KENT: over_time([10.0, 20.0]),
        MEDWAY: [one._replace(area_code=MEDWAY) for one in over_time([5.0, None])],
    }
    return of_metric.build_trends(about(), [area(), area(MEDWAY, "Medway")], series)


WIDE = funnel(dispersion=195.8, sizes=[], low998=[], low95=[], high95=[], high998=[])


def funnelled(*chosen):
    figures = [
        figure(value=4.0, numerator=8, denominator=200, funnel=-2),
        figure(value=50.0, numerator=50, denominator=100, area_code=MEDWAY, funnel=0),
        figure(value=77.0, numerator=7, denominator=900, area_code="E12000008", funnel=1),
        figure(value=None, area_code="E09000001", funnel=None),
    ]
    names = NAMES | {"E09000001": "City of London"}
    chosen = chosen or (area(), group())
    return funnels.build_funnel(about(), funnels.Funnelled(funnel(), figures, names, *chosen))


def nothing():
    return of_metric.build_trend(about(), area(), [], beside_it())


MODELS = {
    made.__name__: made
    for made in (trend, ranked, beside, positions, national, trends, funnelled, nothing)
}


@pytest.mark.parametrize("made", MODELS)
def test_every_chart_carries_its_words_and_where_it_is_from(made):
    model = MODELS[made]()
    assert isinstance(model, ChartModel)
    assert model.title
    assert model.subtitle
    assert model.alt
    assert model.licence == LICENCE
    assert model.permalink
    assert "Education, health and care plans (2025)" in model.source
    assert model.release == "2025"


@pytest.mark.parametrize("made", MODELS)
def test_plotly_accepts_every_figure(made):
    drawn = screen.draw_figure(MODELS[made]())
    go.Figure(drawn)
    assert screen.RawFigure(drawn).to_dict() is drawn


@pytest.mark.parametrize("made", MODELS)
def test_every_row_of_a_chart_is_in_its_table(made):
    model = MODELS[made]()
    shown = render_chart_table(model)
    assert shown.count("<caption") == 1
    for row in model.rows:
        assert row.shown in shown


def test_a_missing_value_is_a_gap_with_its_reason():
    own = [row for row in trend().rows if row.role is Role.FOCUS]
    assert [(row.value, row.status) for row in own] == [
        (10.0, "ok"),
        (None, "suppressed"),
        (30.0, "ok"),
    ]
    line = next(t for t in screen.draw_figure(trend())["data"] if t["name"] == "Kent")
    assert line["y"] == [10.0, None, 30.0]
    assert line["connectgaps"] is False


def test_a_line_is_broken_where_a_new_series_starts():
    drawn = screen.draw_figure(trend(values=(10.0, 20.0, 30.0), breaks=("2021",)))
    line = next(t for t in drawn["data"] if t["name"] == "Kent")
    assert line["y"] == [10.0, 20.0, None, 30.0]
    assert len(drawn["layout"]["shapes"]) == 1
    assert any(a["text"] == "new series" for a in drawn["layout"]["annotations"])


def test_a_line_is_broken_where_years_are_missing():
    own = [one for one in over_time([10.0, 20.0, 30.0]) if one.time_period != "2020"]
    drawn = screen.draw_figure(of_metric.build_trend(about(), area(), own, beside_it()))
    line = next(t for t in drawn["data"] if t["name"] == "Kent")
    assert line["y"] == [10.0, None, 30.0]


def test_many_breaks_draw_no_forest_of_lines():
    drawn = screen.draw_figure(trend(breaks=("2018", "2019", "2020", "2021")))
    assert drawn["layout"]["shapes"] == []


def test_a_count_leaves_out_what_would_flatten_it():
    roles = {row.role for row in trend(unit="count", decimals=0).rows}
    assert Role.ENGLAND not in roles
    assert Role.REGION not in roles
    assert Role.FOCUS in roles


def test_every_line_has_its_name_and_last_value_at_its_end():
    texts = [a["text"] for a in screen.draw_figure(trend())["layout"]["annotations"]]
    assert "Kent <b>30.0%</b>" in texts
    assert len(texts) == len({row.label for row in trend().rows if row.role not in RANGES})


def test_labels_never_overlap_and_keep_their_order():
    places = axes.spread_labels([10, 11, 12, 290], [17, 32, 17, 17], 300)
    gaps = [after - before for before, after in itertools.pairwise(places)]
    assert gaps[0] >= (17 + 32) / 2
    assert gaps[1] >= (32 + 17) / 2
    assert places == sorted(places)
    assert axes.spread_labels([], [], 300) == []


def test_a_ranking_leaves_out_who_is_not_ranked_and_says_so():
    model = ranked()
    assert [row.label for row in model.rows] == ["Kent", "South East", "England", "Medway"]
    assert "very small numbers: City of London" in model.note
    assert [row.role for row in model.rows] == [
        Role.FOCUS,
        Role.REGION,
        Role.ENGLAND,
        Role.NEIGHBOUR,
    ]


def test_the_ranking_as_a_list_links_each_name_and_marks_who_is_who():
    html = bars.render_bars(ranked(), lambda code: f"metric?area={code}")
    assert html.count("<li") == 4
    assert f'href="metric?area={MEDWAY}"' in html
    assert "(chosen)" in html
    assert "(statistical neighbour)" in html


def test_bars_of_negative_values_start_where_nought_is():
    figures = [
        figure(rank=1, value=1.0, england=None),
        figure(rank=2, value=-3.0, area_code=MEDWAY, england=None),
    ]
    model = of_metric.build_ranked(about(unit="score"), figures, NAMES, None, None)
    html = bars.render_bars(model, str)
    assert 'style="margin-left:75%;width:25%"' in html
    assert 'style="width:75%"' in html


def test_neighbours_stand_in_order_with_region_and_england():
    model = beside()
    assert [row.label for row in model.rows] == ["Kent", "South East", "England", "Medway"]
    assert model.kind is Kind.RANKED_BAR


def test_positions_name_what_is_not_ranked():
    model = positions()
    assert [row.value for row in model.rows] == [60]
    assert "Plans in 20 weeks" in model.note


def test_a_metric_without_a_better_end_has_no_position():
    metrics = {"plans_issued_in_20_weeks": metric(polarity="no_judgement")}
    model = of_metric.build_positions([figure()], metrics, area(), "local-area", [])
    assert model.rows == ()
    assert model.source == source_line([])


def test_the_axis_starts_at_nought_unless_that_would_flatten_the_lines():
    assert screen.draw_figure(trend())["layout"]["yaxis"]["range"][0] == 0
    high = of_metric.build_national(about(), over_time([1.0, 1.0], england=95.0), [])
    assert screen.draw_figure(high)["layout"]["yaxis"]["range"][0] > 0


def test_long_names_fit_beside_the_plot():
    own = over_time([10.0])
    long = area(name="Bournemouth, Christchurch and Poole")
    model = of_metric.build_trend(about(), long, own, beside_it(own))
    for note in screen.draw_figure(model)["layout"]["annotations"]:
        for line in note["text"].replace("<b>", "").replace("</b>", "").split("<br>"):
            assert len(line) <= 26


def test_an_abolished_council_keeps_a_line_of_its_own():
    old = [figure(area_code="E10000006", time_period="2021", value=61.0, neighbour_median=None)]
    beside = of_metric.Beside("South East", [], [], [], predecessors={"Cumbria": old})
    model = of_metric.build_trend(about(), area(), [figure()], beside)
    apart = [row for row in model.rows if row.role is Role.PREDECESSOR]
    assert [(row.label, row.value) for row in apart] == [("Cumbria, until 2021", 61.0)]
    assert {row.label for row in model.rows if row.role is Role.FOCUS} == {area().name}


def test_a_funnel_holds_every_area_with_its_size_and_marks_the_chosen_one():
    model = funnelled()
    assert [(row.label, row.size, row.role) for row in model.rows] == [
        ("Kent", 200, Role.FOCUS),
        ("Medway", 100, Role.NEIGHBOUR),
        ("South East", 900, Role.OTHER),
    ]
    assert model.title == (
        "Kent (4.0%) lies below the lower 99.8% limit of the funnel and is 60th of 151"
    )
    assert model.member == "statistical neighbour"
    table = render_chart_table(model)
    assert "Below the lower 99.8% limit" in table
    assert "<strong>Kent</strong> (chosen)" in table


def test_a_funnel_without_an_area_counts_who_lies_outside():
    assert funnelled(None, None).title == (
        "1 of 151 local authorities lie outside the funnel’s 99.8% limits, "
        "1 more outside its 95% limits"
    )


def test_where_areas_lie_too_far_apart_the_last_is_not_said_to_lie_within_limits():
    devon = figure(value=5.1, rank=146, number_ranked=147)
    text = funnels.describe_absence(metric(), WIDE, devon)
    assert "vary 195.8 times as much as chance alone" in text
    assert "could not tell them apart. The chosen area’s 5.1% is 146th of 147." in text
    assert "within" not in text


def test_a_funnel_is_drawn_with_its_five_lines_and_all_points():
    drawn = screen.draw_figure(funnelled())
    assert [t["mode"] for t in drawn["data"]].count("lines") == 5
    points = [x for t in drawn["data"] if t["mode"] == "markers" for x in t["x"]]
    assert sorted(points) == [100, 200, 900]
    assert drawn["layout"]["xaxis"]["type"] == "log"
    assert any(a["text"] == "<b>Kent 4.0%</b>" for a in drawn["layout"]["annotations"])


def test_the_note_of_a_funnel_says_the_over_dispersion_and_what_the_limits_mean():
    wide = funnels.note(metric(), funnel())
    assert "The over-dispersion is 13.3: by variance" in wide
    assert "1 in 20 would lie outside the 95% limits" in wide
    assert "vary no more than by chance" in funnels.note(metric(), funnel(dispersion=0.9))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"interval": "wilson"}, "fewer than ten areas have their numbers published"),
        ({"interval": "difference"}, "a gap between two groups"),
        ({"interval": "none", "unit": "pounds"}, "pounds do not vary like separate children"),
        ({"interval": "none", "denominator": None}, "the numbers behind it are not published"),
    ],
)
def test_where_there_is_no_funnel_it_is_said_why(changes, why):
    text = funnels.describe_absence(metric(**changes))
    assert text.startswith("There is no funnel plot: ")
    assert why in text


def test_the_axis_of_time_begins_with_the_first_period_that_has_anything_drawn():
    whole, later = trend((10.0, 20.0, 30.0)), trend((None, 20.0, 30.0))
    assert lines.build_time_axis(whole)["ticktext"] == ["2021", "2020", "2019"]
    axis = lines.build_time_axis(
        replace(later, rows=[r for r in later.rows if r.role is Role.FOCUS])
    )
    assert axis["ticktext"] == ["2021", "2020"]
    assert len(later.rows) == len(whole.rows)  # the table says of every period why there is none


def test_long_names_of_periods_stand_further_apart():
    years = [f"January {year}" for year in range(2016, 2027)]
    rows = [
        Row("Kent", Role.FOCUS, 1.0, "1", label, date(int(label[-4:]), 1, 31)) for label in years
    ]
    axis = lines.build_time_axis(replace(trend(), rows=rows))
    assert axis["ticktext"] == ["Jan 2026", "Jan 2021", "Jan 2016"]


def test_a_group_of_one_point_keeps_its_name_in_the_trend():
    labels = {row.label for row in trend().rows}
    assert {"Neighbours’ median", "Neighbours’ range"} <= labels


def test_a_funnel_of_very_different_sizes_keeps_its_ticks_few():
    figures = [
        figure(value=50.0, denominator=float(10**power), funnel=0, area_code=code)
        for power, code in enumerate((KENT, MEDWAY, "E12000008", KENT, MEDWAY))
    ]
    model = funnels.build_funnel(about(), funnels.Funnelled(funnel(), figures, NAMES, None, None))
    assert screen.draw_figure(model)["layout"]["xaxis"]["ticktext"] == [
        "1", "10", "100", "1,000", "10,000",
    ]  # fmt: skip


def test_an_area_of_very_small_numbers_has_no_place_among_the_bars():
    tiny = figure(area_code="E09000001", value=50.0, numerator=1, denominator=2, rank=None)
    others = [figure(area_code=MEDWAY, value=80.0), figure(area_code="E12000008", value=20.0)]
    names = NAMES | {"E09000001": "City of London"}
    city = area("E09000001", "City of London")
    model = of_metric.build_among_group(
        about(), city, [tiny, *others], names, group(MEDWAY, "E12000008")
    )
    assert model.rows[0].label == "City of London"
    assert "not compared" in model.title


def test_whose_numbers_are_small_is_said_below_a_ranking():
    few = figure(numerator=3, denominator=12)
    model = of_metric.build_ranked(about(), [few, figure(area_code=MEDWAY)], NAMES, None, None)
    assert "Small numbers: Kent (3 of 12)." in model.note


OLD = "2024, two years old"


@pytest.mark.parametrize(("newest", "when"), [(date(2025, 3, 31), "2024"), (date(2027, 3, 1), OLD)])
def test_bars_say_their_period_and_its_age_below_the_title(newest, when):
    asked = replace(about(), newest=newest)
    found = [figure(rank=1, value=90.0), figure(rank=2, value=10.0, area_code=MEDWAY)]
    for model in (
        of_metric.build_ranked(asked, found, NAMES, area(), group(MEDWAY)),
        of_metric.build_among_group(asked, area(), found, NAMES, group(MEDWAY)),
    ):
        assert model.subtitle == f"{asked.subtitle}. {when}"


def test_a_neighbour_without_a_row_is_named_below_the_bars():
    names = NAMES | {"absent": "Devon"}
    found = [figure(value=90.0), figure(value=10.0, area_code=MEDWAY)]
    model = of_metric.build_among_group(about(), area(), found, names, group(MEDWAY, "absent"))
    assert model.note.startswith("No figure: Devon (none for this period).")
    assert model.title.endswith("the only one of its statistical neighbours with a figure")
