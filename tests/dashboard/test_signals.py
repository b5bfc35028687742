"""What stands out in an area is said in one sentence, made from the numbers alone."""

import pytest

from dashboard import signals
from dashboard.model import Signal, Summary
from tests.dashboard.make import figure, metric


def near(above, below, number=10, **changes):
    return Summary(40.0, 41.0, number, 10, above=above, below=below, **changes)


def signal(**changes):
    given = {
        "position": 1,
        "is_strength": False,
        "metric": "plans_issued_in_20_weeks",
        "breakdown": "Total",
        "time_period": "2024",
        "marks": 3,
        "statutory": True,
        "by_neighbours": True,
        "by_england": False,
        "by_quarter": True,
        "by_change": False,
        "by_funnel": 0,
    }
    return Signal(**(given | changes))


def test_a_fall_in_each_of_three_years_below_all_but_two_neighbours():
    own = figure(value=40.2, rank=104, run=-3, change=-2.0, previous_time_period="2023")
    assert signals.sentence(metric(), own, near(2, 8)) == (
        "EHC plans issued within 20 weeks: 40.2% in 2024, 104th of 151 local authorities, "
        "below all but two of its statistical neighbours; "
        "it has fallen in each of the last three years."
    )


def test_a_difference_from_england_and_one_change():
    own = figure(
        value=40.2,
        rank=12,
        tied=True,
        against_england=-1,
        run=-1,
        change=-2.04,
        previous_time_period="2023",
    )
    assert signals.sentence(metric(), own, near(0, 10)) == (
        "EHC plans issued within 20 weeks: 40.2% in 2024, =12th of 151 local authorities, "
        "below all ten of its statistical neighbours and lower than England (46.4%); "
        "down 2.0 percentage points on 2023."
    )


def test_a_note_on_the_figure_is_said_with_it():
    own = figure(value=50.0, note="The return looks incomplete.")
    assert signals.sentence(metric(), own, None).endswith(". Note: The return looks incomplete.")


def test_nothing_is_said_of_what_is_not_known():
    own = figure(value=40.2, rank=12)
    assert signals.sentence(metric(), own, None) == (
        "EHC plans issued within 20 weeks: 40.2% in 2024, 12th of 151 local authorities."
    )


@pytest.mark.parametrize(
    ("above", "below", "number", "said"),
    [
        (10, 0, 10, "above all ten of its statistical neighbours"),
        (9, 1, 10, "above all but one of its statistical neighbours"),
        (6, 4, 10, "above six of its statistical neighbours"),
        (3, 6, 10, "below six of its statistical neighbours"),
        (0, 9, 9, "below all nine of its statistical neighbours with a figure (9 of 10)"),
        (2, 0, 3, "above all but one of its statistical neighbours with a figure (3 of 10)"),
        (0, 0, 0, ""),
    ],
)
def test_neighbours_are_counted_in_words(above, below, number, said):
    assert signals.among(near(above, below, number)) == said


def test_a_group_and_no_change_are_said():
    own = figure(breakdown="EHC plan", change=0.01, previous_time_period="2023", run=1)
    grouped = metric(breakdowns=("EHC plan", "SEN support"))
    said = signals.sentence(grouped, own, None)
    assert said.startswith("EHC plans issued within 20 weeks")
    assert "EHC plan" in said.split(":")[0]
    assert said.endswith("; no change on 2023.")


def test_marks_are_in_words_and_as_many_as_the_rule_gave():
    known = metric(duty="a rule of law")
    found = signals.marks(known, signal())
    assert found == [
        "Short of a duty in law (a rule of law)",
        "Worse than its neighbours",
        "Worst quarter",
    ]
    better = signal(
        is_strength=True, statutory=False, by_england=True, by_funnel=2, by_change=True, marks=6
    )
    assert signals.marks(known, better) == [
        "Better than its neighbours",
        "Better than England",
        "Outside the funnel’s 99.8% limits",
        "Best quarter",
        "Getting better",
    ]
