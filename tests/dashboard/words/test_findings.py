"""What one figure says, sentence by sentence; and silence where the numbers carry none."""

import pytest

from dashboard.domain.records import UNRANKED, Group
from dashboard.words import findings
from tests.dashboard.make import comparator, figure, funnel, group, metric

EACH_OF = " in each of the last"
ENGLAND = Group("england", "England", "England", "England", ("E10000016",))


def england(**changes):
    return comparator(group=ENGLAND, mean=None, median=None, published=46.4, **changes)


def test_an_interval_is_said_with_its_limits():
    sure = figure(low=43.14, high=49.76)
    assert findings.describe_interval(metric(), sure) == "95% interval 43.1% to 49.8%"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"unit": "pounds"}, "pounds do not vary like separate children"),
        ({"unit": "count"}, "none is made for counts"),
        ({"unit": "percent_change"}, "none is made for counts"),
        ({"unit": "category"}, "none is made for an outcome"),
        ({"unit": "percent"}, "half days and pounds do not vary like separate children"),
        ({"unit": "percent", "denominator": None}, "the numbers behind it are not published"),
        ({"interval": "wilson"}, findings.PUBLISHERS_OWN),
    ],
)
def test_without_an_interval_it_is_said_why(changes, why):
    known = metric(**({"interval": "none"} | changes))
    assert findings.describe_interval(known, figure()) == f"no interval: {why}"


def test_a_publishers_own_figure_is_never_said_to_have_no_published_numbers():
    """Its counts may stand in its note: they are published, and give another percentage."""
    note = "The published counts give 97.4% (1,066 of 1,094)."
    own = figure(value=98.0, note=note)
    assert findings.is_publishers_own(metric(), own)
    assert findings.describe_interval(metric(), own) == (
        "no interval: the figure is the publisher’s own, and the published counts do not give it, "
        "or are not published"
    )
    assert not findings.is_publishers_own(metric(), figure(denominator=1094))
    assert not findings.is_publishers_own(metric(interval="none"), own)


def test_no_figure_has_no_interval_to_speak_of():
    assert findings.describe_interval(metric(), figure(value=None)) == ""


@pytest.mark.parametrize(
    ("count", "total", "text"),
    [
        (7, 23, "small numbers: 7 of 23"),
        (9, 500, "small numbers: 9 of 500"),
        (12, 29, "small numbers: 12 of 29"),
        (10, 30, ""),
        (None, 30, ""),
        (None, 23, "small numbers: out of 23"),
        (7, None, ""),
    ],
)
def test_small_numbers_are_said_out_loud(count, total, text):
    assert (
        findings.describe_small_numbers(metric(), figure(numerator=count, denominator=total))
        == text
    )


def test_pounds_are_never_called_small_numbers():
    money = metric(unit="pounds", interval="none")
    assert findings.describe_small_numbers(money, figure(numerator=5, denominator=9)) == ""
    assert findings.describe_counts(money, figure(numerator=5, denominator=9)) == ""


def test_what_a_figure_is_made_from_stands_beside_its_interval():
    made = figure(low=54.6, high=59.2, numerator=999, denominator=1756)
    assert findings.describe_certainty(metric(), made) == [
        "95% interval 54.6% to 59.2%; 999 of 1,756"
    ]
    published = figure(low=54.6, high=59.2, denominator=1756)
    assert findings.describe_certainty(metric(), published) == [
        "95% interval 54.6% to 59.2%; out of 1,756"
    ]
    few = figure(low=15.6, high=50.9, numerator=7, denominator=23)
    assert findings.describe_certainty(metric(), few) == [
        "95% interval 15.6% to 50.9%; small numbers: 7 of 23"
    ]


@pytest.mark.parametrize(
    ("polarity", "against", "text"),
    [
        (
            "high_is_good",
            1,
            "Higher than the median of its statistical neighbours (46.0%), which is better",
        ),
        (
            "high_is_good",
            -1,
            "Lower than the median of its statistical neighbours (46.0%), which is worse",
        ),
        (
            "low_is_good",
            1,
            "Higher than the median of its statistical neighbours (46.0%), which is worse",
        ),
        ("no_judgement", 1, "Higher than the median of its statistical neighbours (46.0%)"),
        ("high_is_good", 0, "No different from the median of its statistical neighbours (46.0%)"),
        (
            "high_is_good",
            None,
            "Above the median of its statistical neighbours (46.0%); not tested",
        ),
    ],
)
def test_a_figure_beside_a_median(polarity, against, text):
    other = comparator(against=against)
    assert findings.compose_beside(metric(polarity=polarity), figure(), other) == text


def test_a_figure_beside_england_names_no_mean():
    assert findings.compose_beside(metric(), figure(), england(against=1)) == (
        "Higher than England (46.4%), which is better"
    )
    assert findings.compose_beside(metric(), figure(value=46.41), england()) == (
        "Level with England (46.4%); not tested"
    )
    assert findings.compose_beside(metric(), figure(value=None), england(against=1)) == ""
    assert findings.describe_averages(metric(), england()) == ""


def test_mean_and_median_are_both_said_by_name():
    assert findings.describe_averages(metric(), comparator()) == "mean 47.0%, median 46.0%"
    assert findings.describe_averages(metric(), comparator(mean=None, median=None)) == ""


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "above 7 and below 3 of the 10"),
        ({"above": 6}, "above 6, below 3 and level with 1 of the 10"),
        ({"with_value": 9, "below": 2}, "above 7 and below 2 of the 9 with a figure"),
        ({"above": None}, ""),
        ({"with_value": 0}, ""),
    ],
)
def test_members_above_and_below_are_counted(changes, text):
    assert (
        findings.describe_members_above_and_below(metric(), figure(), comparator(**changes)) == text
    )


def test_who_has_a_figure_from_what_to_what_and_who_is_missing():
    assert findings.describe_members(metric(), comparator()) == (
        "10 of 10 have a figure, from 5.1% (Devon) to 94.3% (Bedford)"
    )
    assert findings.describe_members(metric(), comparator(with_value=9, missing=("Norfolk",))) == (
        "9 of 10 have a figure, from 5.1% (Devon) to 94.3% (Bedford). No figure: Norfolk"
    )
    none = comparator(with_value=0, members=1, lowest=None, highest=None, missing=("Kent",))
    assert findings.describe_members(metric(), none) == "0 of 1 have a figure. No figure: Kent"


def test_an_empty_group_says_so_and_nothing_else():
    empty = comparator(group=group(id="own"), members=0, with_value=0)
    assert findings.compose_standing(metric(), figure(), empty) == ["No local authority is chosen"]


def test_a_count_is_not_set_beside_england():
    counted = metric(unit="count", decimals=0)
    assert findings.compose_standing(counted, figure(), england()) == []
    assert findings.compose_standing(metric(), figure(), england(against=0))[0] == (
        "No different from England (46.4%)"
    )


@pytest.mark.parametrize(
    ("polarity", "change", "tested", "text"),
    [
        (
            "high_is_good",
            23.6,
            1,
            f"Up 23.6 percentage points on 2023: up {findings.BY_INTERVAL}, which is better",
        ),
        (
            "low_is_good",
            23.6,
            1,
            f"Up 23.6 percentage points on 2023: up {findings.BY_INTERVAL}, which is worse",
        ),
        (
            "no_judgement",
            -23.6,
            -1,
            "Down 23.6 percentage points on 2023: down by the 95% interval of the difference",
        ),
        (
            "high_is_good",
            2.3,
            0,
            "Up 2.3 percentage points on 2023: no different by the 95% interval of the difference",
        ),
        ("high_is_good", 2.3, None, "Up 2.3 percentage points on 2023; not tested"),
        ("high_is_good", 0.0, None, "No change on 2023; not tested"),
        (
            "no_judgement",
            2.3,
            1,
            "Up 2.3 percentage points on 2023: up by the 95% interval of the difference",
        ),
    ],
)
def test_a_change_says_what_the_test_says(polarity, change, tested, text):
    moved = figure(change=change, previous_time_period="2023", against_before=tested)
    assert findings.compose_change(metric(polarity=polarity), moved) == [text]


def test_no_change_across_a_break_is_silence():
    assert findings.compose_change(metric(), figure(change=None)) == []


@pytest.mark.parametrize(
    ("trend", "run", "text"),
    [
        (1, 0, "Rising over the five years to 2024"),
        (-1, 0, "Falling over the five years to 2024"),
        (0, 1, "Neither rising nor falling over the five years to 2024"),
        (None, 3, "Has risen in each of the last 3 years"),
        (-1, -4, f"Falling over the five years to 2024; has fallen{EACH_OF} 4 years"),
        (None, None, ""),
    ],
)
def test_five_years_in_words(trend, run, text):
    assert findings.compose_trend(metric(), figure(trend=trend, run=run)) == [text]


def test_the_room_for_one_more_area_like_the_group_is_said_with_the_test():
    other = comparator(against=-1, expected=(51.23, 70.0))
    assert findings.compose_beside(metric(), figure(), other) == (
        "Lower than the median of its statistical neighbours (46.0%) and outside what one more "
        "area like them would be expected to have (51.2% to 70.0%), which is worse"
    )
    same = comparator(against=0, expected=(31.0, 62.0))
    assert findings.compose_beside(metric(), figure(), same).endswith(
        "(46.0%): one more area like them would be expected to have anything from 31.0% to 62.0%"
    )


@pytest.mark.parametrize("code", UNRANKED)
def test_an_area_of_very_small_numbers_stands_nowhere(code):
    tiny = figure(area_code=code, rank=None, quartile=None, numerator=1, denominator=8)
    said = " ".join(findings.compose_standing(metric(), tiny, comparator()))
    near = "The median of its statistical neighbours (46.0%)"
    assert said == f"{near}. Not compared: very small numbers"
    assert findings.describe_members_above_and_below(metric(), tiny, comparator()) == ""
    assert findings.compose_outlying(metric(), tiny, funnel()) == []


def test_no_limits_are_a_comfort_where_a_funnel_cannot_tell_areas_apart():
    wide = funnel(dispersion=195.8, sizes=[], low998=[], low95=[], high95=[], high998=[])
    devon = figure(value=5.1, rank=146, number_ranked=147, funnel=None)
    (text,) = findings.compose_outlying(metric(), devon, wide)
    assert text.startswith("None is drawn: local authorities vary 195.8 times as much as chance")
    assert text.endswith("It is 146th of 147")
    (text,) = findings.compose_outlying(metric(), devon._replace(funnel=0), funnel())
    assert "ithin" not in text
    assert text.endswith("given its numbers. It is 146th of 147")


@pytest.mark.parametrize("place", findings.OUTSIDE)
def test_where_a_figure_lies_in_the_funnel(place):
    (text,) = findings.compose_outlying(metric(), figure(funnel=place), funnel())
    assert findings.OUTSIDE[place] in text.lower()
    assert findings.compose_outlying(metric(), figure(funnel=None), funnel()) == []
    assert findings.compose_outlying(metric(), figure(funnel=place), None) == []
