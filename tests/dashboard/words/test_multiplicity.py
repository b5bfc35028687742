"""Where many tests stand together, the page says how many would be marked by chance alone."""

import pytest

from dashboard.domain.records import Summary
from dashboard.words import multiplicity
from tests.dashboard.make import figure


@pytest.mark.parametrize(("tests", "said"), [(412, "about 21 of them"), (40, "about 2 of them")])
def test_a_twentieth_of_the_tests_is_marked_by_chance(tests, said):
    assert said in multiplicity.compose_warning(tests)
    assert f"{tests:,} tests at the 5% level" in multiplicity.compose_warning(tests)


@pytest.mark.parametrize("tests", [0, 1])
def test_of_one_test_there_is_nothing_to_warn_of(tests):
    assert multiplicity.compose_warning(tests) == ""


def test_every_test_that_is_shown_is_counted():
    one = figure(against_england=1, against_before=None)
    other = figure(against_england=None, against_before=0)
    beside = {(one.metric, one.breakdown): Summary(1.0, 1.0, 10, 10, against=0)}
    assert multiplicity.count_tests_of_scorecard([one, other]) == 2
    assert multiplicity.count_tests_of_scorecard([one, other], beside) == 4
