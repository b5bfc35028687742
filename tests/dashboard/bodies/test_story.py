"""The national story says what the figures say, and nothing that no rule supports."""

import re
from datetime import date

import pytest

from dashboard.bodies import story
from dashboard.domain import choices
from dashboard.domain.records import ENGLAND, Series, Spread
from dashboard.store.figures import load_series
from tests.dashboard.make import figure, metric


def line(name="m", **changes):
    """One headline metric of England with a series of six years that has just reached a record."""
    values = changes.pop("values", [1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    years = [2020.0 + year for year in range(len(values))]
    joins = changes.pop("joins", [None, *(True for _ in values[1:])])
    lower, upper = changes.pop("quarters", (20.0, 40.0))
    about = {key: changes.pop(key) for key in ("unit", "level", "breakdowns") if key in changes}
    made = metric(id=name, short_title=f"Title of {name}", **about)
    given = {"value": values[-1], "time_period": "2024", "period_end": date(2024, 12, 31)}
    spread = Spread(name, "Total", "2024", date(2024, 12, 31), 151, 0, lower, 30, upper, 90, [])
    return story.Line(
        made, figure(metric=name, **(given | changes)), Series(years, values, joins), spread
    )


@pytest.fixture
def view(build):
    return choices.read_view(build, {})


def said(view, known):
    return re.sub("<[^>]+>", "", story.render_story(view, known))


def test_only_a_test_says_higher_or_lower(view):
    known = [
        line("up", change=1.0, against_before=1),
        line("down", change=-1.0, against_before=-1),
        line("same", change=9.0, against_before=0),
        line("unsure", change=9.0),
        line("new"),
    ]
    shown = said(view, known)
    assert "Higher than the period before, by a test: Title of up, 6.0% in 2024." in shown
    assert "Lower than the period before, by a test: Title of down, 6.0% in 2024." in shown
    assert "No different from the period before, by a test: Title of same" in shown
    assert "Not tested: 1 other change." in shown
    assert story.describe_story(known) == (
        "Of the 4 headline figures with an earlier one to compare, 3 can be tested: "
        "1 rose, 1 fell and 1 are no different."
    )


def test_long_runs_and_records_are_said_together(view):
    assert (
        "Rising for years: Title of m, 6.0% in 2024 (4 years in a row, the highest of 6)."
        in said(view, [line(run=4)])
    )
    falling = line(run=-3, values=[9.0, 3.0, 8.0, 7.0, 6.0, 5.0])
    assert "Falling for years: Title of m, 5.0% in 2024 (3 years in a row)." in said(
        view, [falling]
    )
    assert "(the lowest of 5)" in said(view, [line(run=-1, values=[9.0, 8.0, 9.0, 8.0, 2.0])])


def test_two_years_in_a_row_and_no_record_are_not_worth_a_sentence(view):
    assert "years" not in said(view, [line(run=2, values=[9.0, 1.0, 2.0, 3.0, 4.0])]).replace(
        "years in a row", ""
    )


def test_a_series_ends_with_the_figure_that_is_shown_and_begins_at_its_break():
    later = line(value=5.0, period_end=date(2024, 1, 1))
    assert later.series.values[-1] == 6.0
    assert story.find_record(later) == 1  # of the five up to the figure, the sixth is not yet shown
    broken = line(joins=[None, True, False, True, True, True], values=[9.0, 9.0, 1, 2, 3, 4])
    assert story.find_record(broken) == 0


def test_areas_differ_most_where_the_quarters_are_furthest_apart(view):
    known = [
        line("near", quarters=(20, 21)),
        line("far", quarters=(10, 80)),
        line("money", unit="pounds", quarters=(100, 900)),
        line("boards", level="nhs", quarters=(0, 99)),
        line("middling", quarters=(20, 50)),
    ]
    assert [each.metric.id for each in story.select_widest(known)] == ["far", "middling"]
    assert (
        "Areas differ most: Title of far, where a quarter of local authorities have 10.0% or less "
        "and a quarter 80.0% or more (2024); Title of middling"
    ) in said(view, known)


def test_nothing_is_said_of_nothing(view):
    assert "<li>" not in story.render_story(view, [])


def test_the_story_of_the_build_agrees_with_its_figures(build, view):
    known = story.list_lines(
        choices.list_headlines(build),
        build.newest[ENGLAND],
        load_series(build, ENGLAND),
        build.spreads,
    )
    assert len(known) == len(choices.list_headlines(build))
    up, down, same, untested = story.group_by_test(known)
    assert len(up) + len(down) + len(same) + untested == sum(
        each.figure.change is not None for each in known
    )
    shown = said(view, known)
    for each in (*up, *down, *same, *story.select_runs(known)):
        assert each.metric.short_title in shown
    assert not re.search(r"because|caused|due to|driven|led to|worse|better|nan|None", shown)
    assert 'href="methods#story"' in story.render_story(view, known)
