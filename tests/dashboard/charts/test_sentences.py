"""Titles and text alternatives say what the numbers say, and no more."""

from datetime import date

import pytest

from dashboard.bodies import figures as facts
from dashboard.charts import registry, sentences
from dashboard.domain import choices
from dashboard.store import served
from dashboard.store.figures import list_ranking
from tests.dashboard.make import KENT, MEDWAY, about, area, figure, group, metric, over_time


def test_an_area_is_set_beside_its_neighbours_median_and_england():
    figures = [figure(value=15.0, england=15.0)]
    middle = ("the median of its statistical neighbours", 31.4)
    assert sentences.trend_title(metric(), area(), figures, middle) == (
        "Kent: 15.0% in 2024, below the median of its statistical neighbours (31.4%) "
        "and level with England (15.0%)"
    )


def test_a_count_is_not_set_beside_england():
    counted = metric(unit="count", decimals=0)
    title = sentences.trend_title(counted, area(), [figure(value=1500)], None)
    assert "England" not in title


def test_an_area_without_comparators_gets_its_value_alone():
    alone = [figure(value=15.0, england=None)]
    assert sentences.trend_title(metric(), area(), alone, None) == "Kent: 15.0% in 2024"


def test_an_area_without_a_figure_is_said_to_have_none():
    none = over_time([None, None])
    assert sentences.trend_title(metric(), area(), none, None) == "No figure is held for Kent"


@pytest.mark.parametrize(
    ("values", "breaks", "title"),
    [
        ([50.3, 46.4], (), "England: 46.4% in 2020, down 3.9 percentage points on 2019"),
        ([46.4, 46.4], (), "England: 46.4% in 2020, no change on 2019"),
        ([50.3, 46.4], ("2020",), "England: 46.4% in 2020"),
        ([None, 46.4], (), "England: 46.4% in 2020"),
        ([None, None], (), "No figure is held for England"),
    ],
)
def test_england_is_compared_with_the_year_before_and_never_across_a_break(values, breaks, title):
    figures = [
        one._replace(england=value)
        for one, value in zip(over_time([1.0, 1.0]), values, strict=True)
    ]
    assert sentences.england_title(metric(breaks=breaks), figures) == title


def test_chosen_areas_are_compared_in_the_latest_year_that_any_has():
    areas = [area(), area(MEDWAY, "Medway")]
    series = {
        KENT: over_time([10.0, 20.0]),
        MEDWAY: [one._replace(area_code=MEDWAY) for one in over_time([30.0, 40.0])],
    }
    assert sentences.trends_title(metric(), areas, series) == (
        "In 2020, Medway is highest of those chosen (40.0%) and Kent lowest (20.0%)"
    )
    assert sentences.trends_title(metric(), areas[:1], series) == "Kent: 20.0% in 2020"
    assert "No figure" in sentences.trends_title(metric(), areas, {})


def test_a_ranking_says_the_place_of_the_area_or_the_ends():
    figures = [figure(rank=1, value=90.0), figure(rank=2, value=10.0, area_code=MEDWAY)]
    names = {KENT: "Kent", MEDWAY: "Medway"}
    assert sentences.ranked_title(metric(), figures, names, area()) == (
        "Kent is 1st of 151 local authorities"
    )
    assert sentences.ranked_title(metric(), figures, names, None) == (
        "Values run from 10.0% (Medway) to 90.0% (Kent)"
    )
    assert "No local authority" in sentences.ranked_title(metric(), [], names, None)


@pytest.mark.parametrize(
    ("own", "others", "title"),
    [
        (15.0, [20.0] * 9 + [10.0], "Kent (15.0%) is below 9 of its ten statistical neighbours"),
        (15.0, [10.0] * 10, "Kent (15.0%) is above all of its ten statistical neighbours"),
        (
            15.0,
            [10.0, None],
            "Kent (15.0%) is above the only one of its statistical neighbours with a figure",
        ),
        (
            15.0,
            [20.0] * 9,  # the tenth has no row at all
            "Kent (15.0%) is below all 9 of its statistical neighbours with a figure",
        ),
        (
            15.0,
            [20.0] * 8 + [10.0],
            "Kent (15.0%) is below 8 of its 9 statistical neighbours with a figure",
        ),
        (15.0, [None], "Kent has no statistical neighbour with a figure"),
        (None, [10.0], "No figure is held for Kent"),
    ],
)
def test_neighbours_above_and_below_are_counted(own, others, title):
    beside = [figure(value=value) for value in others]
    ten = group(*[str(code) for code in range(10)])
    assert sentences.beside_title(metric(), area(), figure(value=own), beside, ten) == title


@pytest.mark.parametrize(
    ("name", "short", "title"),
    [
        ("own", "your group", "Kent (50.0%) is above both of the 2 in your group"),
        ("region", "South East", "Kent (50.0%) is above both of the 2 in South East"),
        ("context", "neighbours", "Kent (50.0%) is above both of its 2 SEND context neighbours"),
        (
            "neighbours_2021",
            "neighbours",
            "Kent (50.0%) is above both of its 2 statistical neighbours (April 2021)",
        ),
    ],
)
def test_each_group_has_its_name_in_the_title(name, short, title):
    others = [figure(value=1.0), figure(value=2.0)]
    chosen = group("a", "b", id=name, short=short)
    assert sentences.beside_title(metric(), area(), figure(), others, chosen) == title
    assert sentences.member(chosen)


def test_quarters_are_counted_over_the_metrics_that_are_ranked():
    placed = [figure(quartile=1), figure(quartile=4), figure(quartile=4)]
    assert sentences.positions_title(area(), placed) == (
        "Kent is in the best quarter of local authorities on 1 of 3 headline metrics, "
        "in the worst quarter on 2"
    )
    assert sentences.positions_title(area(), []) == "Kent is not ranked"


def test_series_breaks_are_said_and_many_of_them_are_summed_up():
    assert "2022" in sentences.breaks_note(metric(breaks=("2022",)))
    assert "not joined" in sentences.breaks_note(metric(breaks=("1", "2", "3", "4")))
    assert sentences.breaks_note(metric()) == ""


def test_areas_without_a_rank_are_named_with_the_reason():
    figures = [
        figure(rank=None, area_code="E09000001", value=None, status="suppressed"),
        figure(rank=None, area_code=MEDWAY, value=None, status="not_available"),
    ]
    names = {"E09000001": "City of London", MEDWAY: "Medway"}
    note = sentences.ranked_note(metric(), figures, names)
    assert "very small numbers: City of London (Suppressed)" in note
    assert "no figure: Medway (not available)" in note


def test_every_alternative_leads_to_the_table():
    for alt in (
        sentences.trend_alt(about(), []),
        sentences.beside_alt(about(), []),
        sentences.positions_alt(area(), []),
    ):
        assert alt.endswith("The table below gives every value.")
    assert "no local authority" in sentences.ranked_alt(about(), [], None)


CITY = "E09000001"


def test_an_area_of_very_small_numbers_is_not_headlined_above_or_below_others():
    tiny = figure(area_code=CITY, value=12.5, numerator=1, denominator=8, rank=None)
    city, others = area(CITY, "City of London"), [figure(value=1.0) for _ in range(10)]
    few = "12.5%; small numbers: 1 of 8"
    assert sentences.beside_title(metric(), city, tiny, others, group()) == (
        f"City of London ({few}) beside its statistical neighbours: not compared"
    )
    title = sentences.trend_title(metric(), city, [tiny], ("the median of its neighbours", 46.0))
    assert title == "City of London: 12.5% in 2024 (small numbers: 1 of 8)"
    both = [area(), city]
    series = {KENT: [figure(value=5.0)], CITY: [tiny]}
    assert "highest" not in sentences.trends_title(metric(), both, series)
    alone = sentences.trends_title(metric(), [city], {CITY: [tiny]})
    assert alone == "City of London: 12.5% in 2024, very small numbers"


def test_an_area_of_very_small_numbers_says_so_where_its_numbers_are_not_published():
    tiny = figure(area_code=CITY, numerator=None, denominator=None, rank=None)
    title = sentences.trend_title(metric(), area(CITY, "City of London"), [tiny], None)
    assert title == "City of London: 50.0% in 2024 (very small numbers)"


AGED = date(2027, 3, 1)  # more than two years after the end of 2024


def test_titles_say_the_age_of_an_old_figure():
    old = figure(value=50.0)
    said = "2024, two years old"
    title = sentences.trend_title(metric(), area(), [old], None, AGED)
    assert title == f"Kent: 50.0% in {said}, above England (46.4%)"
    england = sentences.england_title(metric(), [old], AGED)
    assert england.startswith("England: ")
    assert f"in {said}" in england
    both = {KENT: [old], MEDWAY: [figure(value=5.0, area_code=MEDWAY)]}
    areas = [area(), area(MEDWAY, "Medway")]
    assert sentences.trends_title(metric(), areas, both, AGED).startswith(f"In {said}, Kent is")
    assert sentences.trends_title(metric(), areas[:1], both, AGED) == f"Kent: 50.0% in {said}"


@pytest.mark.parametrize(
    ("unit", "number", "shown"),
    [
        ("per_100", 8.2, "8.2 per 100"),
        ("per_1000", 8.2, "8.2 per 1,000"),
        ("weeks", 8.2, "8.2 weeks"),
        ("percent", 8.2, "8.2%"),
    ],
)
def test_a_title_says_what_a_bare_number_is_of(unit, number, shown):
    one = metric(unit=unit, decimals=1)
    own = [figure(value=number, england=number, change=None)]
    assert sentences.trend_title(one, area(), own, None).startswith(f"Kent: {shown} in 2024")
    assert sentences.england_title(one, own).startswith(f"England: {shown} in 2024")
    assert sentences.trends_title(one, [area()], {KENT: own}) == f"Kent: {shown} in 2024"


def test_small_numbers_are_said_where_a_figure_is_compared():
    few = figure(numerator=3, denominator=12)
    said = sentences.beside_title(metric(), area(), few, [figure(value=1.0)] * 2, group("a", "b"))
    assert said == (
        "Kent (50.0%; small numbers: 3 of 12) is above both of its 2 statistical neighbours"
    )
    said = sentences.trend_title(metric(), area(), [few], None)
    assert said.startswith("Kent: 50.0% in 2024 (small numbers: 3 of 12)")


def test_the_page_of_a_figure_withheld_here_says_who_withheld_it_and_what_is_published():
    build = served.find_current_build()
    assert build
    asked = {"area": "E09000025", "metric": "high_needs_spend_per_ehc_plan"}
    view = choices.read_view(build, asked)
    found = list_ranking(build, asked["metric"], "Total")
    shown = facts.render_key_figures(view, found, None)
    assert "Withheld here" in shown
    assert "Withheld by SEND System Health, not by the publisher, which gives 1,199 (" in shown
    assert "No figure is published" not in registry.build_among_group(view).title
    assert "withheld here" in registry.build_among_group(view).title
