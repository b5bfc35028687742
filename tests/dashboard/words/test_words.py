"""Numbers, ranks and judgements, in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.words.changes import describe_standing, describe_tested_change, describe_verdict
from dashboard.words.names import (
    capitalise,
    describe_no_figure,
    join_words,
    make_possessive,
    name_licence,
    name_metric,
    name_metric_briefly,
)
from dashboard.words.numbers import (
    STATUS_LABEL,
    STATUS_MEANING,
    UNIT_WORDS,
    describe_side,
    format_amount,
    format_average,
    format_count,
    format_ordinal,
    format_short_amount,
    format_value,
    format_whole,
)
from dashboard.words.periods import describe_age, describe_period, format_age, format_period
from dashboard.words.ranks import (
    describe_polarity,
    explain_no_rank,
    explain_rank,
    format_quarter,
    format_quartile,
    format_rank,
)
from tests.dashboard.make import figure, metric


@pytest.mark.parametrize(
    ("unit", "decimals", "number", "text"),
    [
        ("percent", 1, 61.04, "61.0%"),
        ("percent", 0, 8.5, "9%"),
        ("percent", 1, 46.45, "46.5%"),
        ("count", 0, 638745.0, "638,745"),
        ("pounds", 0, 1234.5, "£1,235"),
        ("pounds", 0, -1234.0, "−£1,234"),
        ("score", 2, -0.93, "−0.93"),
        ("score", 2, -0.001, "0.00"),
        ("per_1000", 1, 36.42, "36.4"),
    ],
)
def test_a_value_is_written_with_its_unit_and_its_decimals(unit, decimals, number, text):
    assert format_value(metric(unit=unit, decimals=decimals), number) == text


@pytest.mark.parametrize("status", STATUS_LABEL)
def test_a_missing_value_says_why(status):
    assert format_value(metric(), None, status) == STATUS_LABEL[status]
    assert status in STATUS_MEANING


def test_a_value_that_was_never_published_says_so():
    assert format_value(metric(), None) == "No figure held"


def test_an_average_of_whole_percentages_keeps_its_half():
    whole = metric(decimals=0)
    assert format_average(whole, 8.5) == "8.5%"
    assert format_average(metric(unit="count", decimals=0), 3251.5) == "3,252"
    assert format_average(whole, None) == "No figure held"


@pytest.mark.parametrize(
    ("polarity", "change", "tested", "text"),
    [
        ("high_is_good", -3.9, -1, "down 3.9 percentage points on 2023 (worse)"),
        ("high_is_good", -3.9, 0, "down 3.9 percentage points on 2023 (no different)"),
        ("high_is_good", -3.9, None, "down 3.9 percentage points on 2023"),
        ("high_is_good", 0.02, None, "no change on 2023"),
        ("high_is_good", 0.02, 1, "no change on 2023 (no different)"),
        ("low_is_good", -3.9, -1, "down 3.9 percentage points on 2023 (better)"),
        ("no_judgement", 3.9, 1, "up 3.9 percentage points on 2023 (tested change)"),
        ("high_is_good", None, None, ""),
    ],
)
def test_a_change_is_judged_only_where_a_test_finds_one(polarity, change, tested, text):
    changed = figure(change=change, previous_time_period="2023", against_before=tested)
    assert describe_tested_change(metric(polarity=polarity), changed) == text


@pytest.mark.parametrize(
    ("way", "text"),
    [
        (1, "higher than neighbours"),
        (-1, "lower than neighbours"),
        (0, "no different"),
        (None, ""),
    ],
)
def test_where_a_figure_stands_is_said_where_it_is_tested(way, text):
    assert describe_standing(metric(), way, "neighbours") == text


@pytest.mark.parametrize(
    ("polarity", "way", "judged"),
    [
        ("high_is_good", 1, "better"),
        ("high_is_good", -1, "worse"),
        ("low_is_good", 1, "worse"),
        ("low_is_good", -1, "better"),
        ("low_is_good", 0, ""),
        ("low_is_good", None, ""),
        ("no_judgement", 1, ""),
        ("no_judgement", -1, ""),
    ],
)
def test_better_and_worse_need_a_difference_and_a_better_end(polarity, way, judged):
    assert describe_verdict(metric(polarity=polarity), way) == judged


def test_small_helpers_of_sentences():
    assert capitalise("no change") == "No change"
    assert capitalise("") == ""
    assert make_possessive("neighbours") == "neighbours’"
    assert make_possessive("your group") == "your group’s"
    assert format_whole(1756.0) == "1,756"
    assert format_whole(7.5) == "7.5"


@pytest.mark.parametrize(
    ("unit", "decimals", "size", "text", "short"),
    [
        ("percent", 0, 1, "1 percentage point", "1 pt"),
        ("percent", 1, 2.1, "2.1 percentage points", "2.1 pts"),
        ("score", 0, 1, "1 point", "1"),
        ("score", 1, 1.5, "1.5 points", "1.5"),
        ("per_1000", 1, 3.5, "3.5 per 1,000", "3.5"),
        ("per_100", 1, 3.5, "3.5 per 100", "3.5"),
        ("pounds", 0, -40, "£40", "£40"),
        ("count", 0, 1200, "1,200", "1,200"),
    ],
)
def test_the_size_of_a_change_has_its_own_unit(unit, decimals, size, text, short):
    known = metric(unit=unit, decimals=decimals)
    assert format_amount(known, size) == text
    assert format_short_amount(known, size) == short


@pytest.mark.parametrize(
    ("polarity", "place", "tied", "text"),
    [
        ("high_is_good", 12, True, "=12th of 151"),
        ("low_is_good", 1, False, "1st of 151"),
        ("no_judgement", 12, False, "12th highest of 151"),
        ("no_judgement", 3, True, "=3rd highest of 151"),
        ("high_is_good", None, False, "Not ranked"),
    ],
)
def test_a_rank_says_of_how_many_and_which_end(polarity, place, tied, text):
    assert format_rank(metric(polarity=polarity), figure(rank=place, tied=tied)) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (101, "101st"),
        (111, "111th"),
        (112, "112th"),
        (113, "113th"),
        (122, "122nd"),
    ],
)
def test_ordinals(number, text):
    assert format_ordinal(number) == text


def test_quarters_are_best_and_worst_only_where_something_is_judged():
    assert [format_quartile(metric(), q) for q in (1, 2, 3, 4)] == [
        "best quarter",
        "2nd quarter",
        "3rd quarter",
        "worst quarter",
    ]
    unjudged = metric(polarity="no_judgement")
    assert format_quartile(unjudged, 1) == "highest quarter"
    assert format_quartile(unjudged, 4) == "lowest quarter"
    assert format_quartile(metric(), None) == ""


def test_an_area_that_is_not_ranked_says_why():
    assert explain_no_rank(figure(area_code="E09000001")) == "very small numbers"
    assert explain_no_rank(figure(value=None)) == "no figure"


@pytest.mark.parametrize(
    ("number", "other", "way"),
    [(46.4, 50.2, "below"), (50.2, 46.4, "above"), (46.41, 46.44, "level with")],
)
def test_two_numbers_are_compared_as_they_are_shown(number, other, way):
    assert describe_side(metric(), number, other) == way


def test_a_group_is_named_only_where_there_are_groups():
    grouped = metric(breakdowns=("EHC plan", "No SEN"))
    assert name_metric(metric(), "Total") == "EHC plans issued within 20 weeks"
    assert name_metric(grouped, "No SEN") == "EHC plans issued within 20 weeks: No SEN"
    assert name_metric_briefly(metric(), "Total") == "Plans in 20 weeks"
    assert name_metric_briefly(grouped, "No SEN") == "Plans in 20 weeks: No SEN"


@pytest.mark.parametrize("polarity", ["high_is_good", "low_is_good", "no_judgement"])
def test_which_way_is_better_is_said_in_words(polarity):
    assert "better" in describe_polarity(metric(polarity=polarity))
    assert "1st is the" in explain_rank(metric(polarity=polarity))


def test_words_in_a_row():
    assert join_words([]) == ""
    assert join_words(["a"]) == "a"
    assert join_words(["a", "b", "c"]) == "a, b and c"
    assert format_count(1, "metric") == "1 metric"
    assert format_count(2, "metric") == "2 metrics"
    assert format_count(2, "city", "cities") == "2 cities"
    assert format_period("Mid-2023") == "mid-2023"
    assert format_period("January 2025") == "January 2025"


def test_a_period_is_as_old_as_the_months_since_it_ended():
    end = date(2025, 1, 31)
    assert format_age(end, date(2026, 11, 21)) == "22 months old"
    assert format_age(end, date(2025, 2, 1)) == "1 month old"
    assert format_age(end, date(2025, 1, 31)) == format_age(end, date(2024, 9, 1))
    assert format_age(end, date(2025, 1, 31)) == "less than a month old"
    assert format_age(end, date(2027, 1, 1)) == "2 years old"
    assert format_age(end, date(2028, 2, 29)) == "3 years and 1 month old"


def test_licences_have_their_names():
    assert name_licence("OGL v3.0") == "Open Government Licence v3.0"


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_what_is_shown_is_never_further_off_than_half_its_last_digit(number, decimals):
    text = format_value(metric(unit="score", decimals=decimals), number)
    shown = float(text.replace("−", "-").replace(",", ""))
    assert abs(shown - number) <= 0.5 * 10**-decimals + 1e-6
    assert text != "−0"


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_above_and_below_are_each_other_turned_round(number, other):
    turned = {"above": "below", "below": "above", "level with": "level with"}
    assert describe_side(metric(), other, number) == turned[describe_side(metric(), number, other)]


def test_level_areas_without_a_quarter_are_said_to_be_level():
    level = figure(rank=16, tied=True, quartile=None)
    assert format_quarter(metric(), level) == "no quarter: many are level"
    assert format_quarter(metric(), figure(quartile=4)) == "worst quarter"
    assert format_quarter(metric(), figure(rank=None, quartile=None)) == ""


@pytest.mark.parametrize(
    ("end", "newest", "text"),
    [
        (date(2022, 3, 31), date(2026, 4, 30), "four years old"),
        (date(2022, 3, 31), date(2026, 2, 28), "three years old"),
        (date(2023, 8, 31), date(2026, 4, 30), "two years old"),
        (date(2024, 4, 30), date(2026, 4, 30), ""),
        (date(2026, 4, 30), date(2026, 4, 30), ""),
        (date(2010, 1, 31), date(2026, 4, 30), "16 years old"),
    ],
)
def test_an_old_figure_says_its_age_beside_its_period(end, newest, text):
    assert describe_age(end, newest) == text
    said = describe_period(figure(time_period="2021-22", period_end=end), newest)
    assert said == (f"2021-22, {text}" if text else "2021-22")


@given(end=st.dates(date(2000, 1, 1), date(2030, 1, 1)), months=st.integers(0, 200))
def test_an_age_is_never_more_than_has_passed(end, months):
    newest = end.replace(
        year=end.year + (end.month - 1 + months) // 12,
        month=(end.month - 1 + months) % 12 + 1,
        day=1,
    )
    assert bool(describe_age(end, newest)) is (months > 24)


def test_a_figure_withheld_here_is_not_said_to_be_unpublished():
    withheld = figure(value=None, status="withheld")
    silent = figure(value=None, status="not_available")
    assert "withheld here" in describe_no_figure("Newham", [silent, withheld])
    assert describe_no_figure("Kent", [None, silent]) == "No figure is held for Kent"
    assert explain_no_rank(withheld) == "withheld here"
    assert "publisher marks" not in STATUS_MEANING["withheld"]


def test_weeks_are_said_as_weeks():
    known = metric(unit="weeks", decimals=1)
    assert format_amount(known, 2.4) == "2.4 weeks"
    assert format_average(known, 23.45) == "23.5"
    assert UNIT_WORDS["weeks"] == "weeks"
