"""What stands out in an area is said with its numbers, and no sentence contradicts its marks."""

import re
from datetime import date

import pytest

from dashboard.bodies import signals
from dashboard.domain import choices
from dashboard.domain.records import Group, Signal
from dashboard.store import comparators, served
from dashboard.words.furthest import Far
from dashboard.words.periods import describe_age, format_period
from tests.dashboard.make import figure, metric

BUILD = served.find_current_build()
KENT, SCILLY, CUMBRIA = "E10000016", "E06000053", "E10000006"
EVERY = [(code, one) for code, found in BUILD.signals.items() for one in found]
PLANS = metric(counts=("plan", "plans"), interval="wilson")
NOT_MARKED = {"level": 0, "change": 0}


def signal(**changes):
    given = {
        "position": 1,
        "is_strength": False,
        "metric": "plans_issued_in_20_weeks",
        "breakdown": "Total",
        "time_period": "2024",
        "level": 1,
        "usual_low": 44.0,
        "usual_high": 98.5,
        "change": 1,
        "expected_low": 57.0,
        "expected_high": 100.0,
    }
    return Signal(**(given | changes))


def own(**changes):
    given = {"value": 20.0, "numerator": 81.0, "denominator": 405.0, "change": -60.0}
    return figure(**(given | {"previous_time_period": "2023"} | changes))


def shown(code, **asked):
    view = choices.read_view(BUILD, {"area": code, **asked})
    return signals.list_parts(view, BUILD.areas[code])


def test_a_sentence_has_its_numbers_its_period_england_and_what_is_usual():
    assert signals.describe_signal(PLANS, own(), signal()) == (
        "EHC plans issued within 20 weeks: 81 of 405 plans (20.0%) in 2024; England 46.4%. Local "
        "authorities of this size usually lie between 44.0% and 98.5%. Down from 80.0% in "
        "2023. From there local authorities usually came to between 57.0% and 100.0%."
    )


def test_what_is_not_marked_is_not_said_to_be_unusual():
    said = signals.describe_signal(PLANS, own(), signal(**NOT_MARKED))
    assert "usually" not in said
    assert said.endswith("Down from 80.0% in 2023.")
    assert signals.list_marks(own(), signal(**NOT_MARKED)) == []


def test_no_change_is_said_as_such():
    said = signals.describe_signal(PLANS, own(change=0.01), signal(change=0))
    assert said.endswith("No change from 20.0% in 2023.")


def test_a_note_on_the_figure_is_said_with_it():
    said = signals.describe_signal(PLANS, own(note="The return looks incomplete."), signal())
    assert said.endswith(" Note: The return looks incomplete.")


@pytest.mark.parametrize(
    ("count", "total", "interval", "said"),
    [
        (0.0, 1.0, "wilson", "0 of 1 plan (20.0%)"),
        (412.0, 1034.0, "wilson", "412 of 1,034 plans (20.0%)"),
        (None, 134.0, "wilson", "20.0% of 134 plans"),
        (107.0, 792.0, "byar", "107 for 792 plans (20.0%)"),
        (None, None, "wilson", "20.0%"),
    ],
)
def test_numbers_are_said_as_they_are_published(count, total, interval, said):
    known = metric(counts=("plan", "plans"), interval=interval)
    assert signals.format_numbers(known, own(numerator=count, denominator=total)) == said


def test_each_mark_says_what_it_is_tested_against():
    assert signals.list_marks(own(), signal()) == [
        "Worse than England and than the usual range",
        "Worsened since 2023 by more than is usual",
    ]
    assert signals.list_marks(own(), signal(level=-1, change=-1)) == [
        "Better than England and than the usual range",
        "Improved since 2023 by more than is usual",
    ]


@pytest.mark.parametrize("there", [True, False])
def test_nothing_is_a_good_answer_in_good_words(there):
    code = next(code for code in BUILD.tests if (code in BUILD.signals) is there)
    beyond = [part for part in shown(code) if part.heading.startswith(signals.BEYOND)]
    assert any(part.items for part in beyond) is there
    assert ("Nothing stands out beyond chance in" in beyond[0].nothing) is not there


@pytest.mark.parametrize(("code", "one"), EVERY, ids=[f"{c}-{s.metric}" for c, s in EVERY])
def test_no_sentence_contradicts_its_marks(code, one):
    """Better and worse as the figures say; a change is up or down as it is marked."""
    known, given = BUILD.metrics[one.metric], BUILD.newest[code][one.metric, one.breakdown]
    higher_is_worse = known.polarity == "low_is_good"
    assert one.level or one.change
    assert given.denominator >= 30 or known.interval == "byar"
    if one.level:
        assert ((given.value > given.england) is higher_is_worse) is (one.level == 1)
        assert not one.usual_low <= given.value <= one.usual_high
    if one.change:
        assert ((given.change > 0) is higher_is_worse) is (one.change == 1)
        assert not one.expected_low <= given.value <= one.expected_high
    said = signals.describe_signal(known, given, one)
    assert format_period(given.time_period) in said
    assert re.search(r"[\d,]+ (of|for) [\d,]+ \w+|% of [\d,]+ \w+", said)
    assert "no change" not in said.lower() or not one.change


def test_a_side_has_what_its_surest_test_says():
    for _, one in EVERY:
        assert (1 if not one.is_strength else -1) in (one.level, one.change)


def test_what_is_tested_does_not_depend_on_the_group_and_what_is_not_does():
    lists = {group: shown(KENT, against=group) for group in ("neighbours", "england", "type")}
    beyond = [[p for p in parts if p.heading != signals.FAR] for parts in lists.values()]
    assert beyond[0] == beyond[1] == beyond[2]
    far = {g: next(p for p in ps if p.heading == signals.FAR) for g, ps in lists.items()}
    assert "median of its statistical neighbours" in far["neighbours"].about
    assert "median of all local authorities in England" in far["england"].about
    assert "median of county councils" in far["type"].about
    for group, part in far.items():
        named = comparators.find_chosen_group(
            choices.read_view(BUILD, {"area": KENT, "against": group})
        )
        assert all(f"the median of {signals.name_group(named)}" in one.text for one in part.items)


def test_what_chance_would_list_is_said_beside_the_list():
    about = shown(KENT)[0].about
    assert re.search(r"By chance alone an authority would have 0\.\d\d concerns here", about)
    assert re.search(r"Kent has \d+ tests on \d+ subjects", about)


def test_the_law_is_a_fact_with_its_numbers_and_no_mark():
    law = next(part for part in shown(KENT) if part.heading == signals.LAW)
    assert {one.metric.id for one in law.items} <= {
        "plans_issued_in_20_weeks",
        "annual_reviews_decided_in_4_weeks",
    }
    for one in law.items:
        assert one.marks == ()
        assert re.search(r"[\d,]+ of [\d,]+ (plans|reviews) \(\d", one.text)
        assert "Regulation" in one.text


def test_a_duty_whose_figures_hold_what_is_permitted_is_no_duty_here():
    assert BUILD.metrics["requests_decided_in_6_weeks"].duty is None
    assert "permit" in BUILD.metrics["requests_decided_in_6_weeks"].caveat


@pytest.mark.parametrize("code", [SCILLY, CUMBRIA])
def test_who_is_not_tested_has_no_section(code):
    view = choices.read_view(BUILD, {"area": code})
    assert signals.render_signals(view, BUILD.areas[code]) == ""


def test_of_some_metrics_it_says_how_many_are_tested():
    view, area = choices.read_view(BUILD, {"area": KENT}), BUILD.areas[KENT]
    assert "None of this briefing’s figures can be tested" in signals.describe_nothing(
        view, area, {"high_needs_block"}
    )
    said = signals.describe_nothing(view, area, {"plans_issued_in_20_weeks", "high_needs_block"})
    assert "among the 1 measure of this briefing that is tested" in said


@pytest.mark.parametrize(
    ("group", "said"),
    [
        (Group("england", "", "England", ""), "all local authorities in England"),
        (Group("region", "", "South East", ""), "local authorities in the South East"),
        (Group("region", "", "London", ""), "local authorities in London"),
        (Group("region", "", "East of England", ""), "local authorities in the East of England"),
        (Group("type", "", "county councils", ""), "county councils"),
    ],
)
def test_a_group_is_named_as_its_members(group, said):
    assert signals.name_group(group) == said


def test_a_figure_far_away_is_said_with_the_median_and_no_test():
    far = Far("overall_absence", "Total", "2024/25", "2022/23", 25.5, 20.6, 8, 2.13)
    known = metric(title="Absence", polarity="low_is_good")
    ten = Group("neighbours", "", "its statistical neighbours", "neighbours", tuple("abcdefghij"))
    assert signals.describe_far(known, far, ten) == (
        "Absence: 25.5% in 2024/25. That is higher than the median of its statistical neighbours "
        "(20.6%; 8 of 10 have a figure) by 2.1 usual spreads, and by at least one in each year "
        "since 2022/23."
    )
    assert signals.describe_far_side(known, far) == "On the worse side, by distance"
    assert (
        signals.describe_far_side(metric(polarity="no_judgement"), far) == "Neither side is better"
    )


def test_sentences_say_the_age_of_an_old_figure():
    newest, said = date(2027, 3, 1), "in 2024, two years old"
    assert f"(20.0%) {said}; England" in signals.describe_signal(PLANS, own(), signal(), newest)
    ten = Group("neighbours", "", "its statistical neighbours", "neighbours", tuple("abcdefghij"))
    far = Far("plans_issued_in_20_weeks", "Total", "2024", "2022", 20.0, 46.0, 10, -2.1)
    assert f"{said}. That is" in signals.describe_far(PLANS, far, ten, own(), newest)
    signed = metric(signed="balance")
    assert f"{said}. That is" in signals.describe_far(signed, far, ten, own(), newest)


def test_every_old_figure_that_stands_out_says_its_age():
    ages = []
    for code in BUILD.tests:
        for part in shown(code):
            for one in part.items:
                figure_ = BUILD.newest[code][one.metric.id, one.breakdown]
                age = describe_age(figure_.period_end, BUILD.newest_day)
                ages += [age] if age else []
                assert age in one.text
    assert ages  # else this build shows nothing
