"""The block, the spending and the balance year by year, in words and with their signs."""

import re
from datetime import date

import pytest

from dashboard.bodies import money_story
from dashboard.charts import money as money_charts
from dashboard.charts.model import Role
from dashboard.domain import choices
from dashboard.store import served
from dashboard.store.analyses import load_indices
from dashboard.store.figures import load_history
from dashboard.words.changes import describe_figure_change
from dashboard.words.signs import NO_CHANGE
from tests.dashboard.make import ENGLAND, KENT, build, figure, metric, view

BUILD = served.find_current_build()


def held(monkeypatch, series, **changes):
    """A view of a build in which each metric has the given value in each year."""
    units = {
        money_charts.BALANCE: ("percent", 1),
        **dict.fromkeys(money_story.GROWTH.values(), ("percent_change", 1)),
    }
    metrics = [
        metric(
            id=name,
            unit=units.get(name, ("pounds", 0))[0],
            decimals=units.get(name, ("", 0))[1],
            signed="balance" if name == money_charts.BALANCE else None,
        )
        for name in (*money_charts.NAMES, money_charts.BALANCE, *money_story.GROWTH.values())
    ]
    figures = [
        figure(
            metric=name,
            area_code=code,
            time_period=f"{year}-{(year + 1) % 100}",
            period_end=date(year + 1, 3, 31),
            value=value,
            **changes,
        )
        for (name, code), values in series.items()
        for year, value in values.items()
    ]
    for asked in ("load_history", "load_area_history"):  # of several areas, and of one
        monkeypatch.setattr(
            money_charts,
            asked,
            lambda _, name, __, areas: [
                f for f in figures if f.metric == name and f.area_code in areas
            ],
        )
    return view(build(metrics, figures), KENT)


def test_growth_is_over_the_years_that_both_are_held_for(monkeypatch):
    series = {
        (money_charts.BLOCK, KENT): {2031: 100e6, 2033: 150e6},
        (money_charts.SPEND, KENT): {2030: 1e6, 2031: 50e6, 2032: 60e6, 2033: 40e6, 2034: 90e6},
    }
    made = money_charts.build_block_and_spending(held(monkeypatch, series))
    assert made.title == (
        "Kent: from 2031-32 to 2033-34 the high needs block grew by 50%, and spending on top-ups "
        "and services fell by 20%"
    )
    assert [row.group for row in made.rows[::2]] == [
        "2030-31",
        "2031-32",
        "2032-33",
        "2033-34",
        "2034-35",
    ]
    assert made.rows[0].shown == "No figure held"
    assert made.rows[0].value is None
    assert (made.rows[3].shown, made.rows[3].role) == ("£50.0m", Role.FOCUS)
    assert "not a surplus" in made.note


def test_with_one_year_or_none_the_last_amount_is_said(monkeypatch):
    series = {(money_charts.SPEND, KENT): {2031: 773_983.0}}
    said = money_charts.build_block_and_spending(held(monkeypatch, series)).title
    assert said == "Kent: £773,983 was spent on top-ups and services in 2031-32"
    assert money_charts.build_block_and_spending(held(monkeypatch, {})).title == (
        "Kent: no spending on high needs is held"
    )


def test_years_that_only_england_has_are_shown_as_not_held(monkeypatch):
    series = {
        (money_charts.SPEND, KENT): {2031: 1e6},
        (money_charts.SPEND, ENGLAND): {2031: 9e9, 2032: 9e9},
    }
    asked = held(monkeypatch, series)
    assert money_charts.list_years(asked) == ["2031-32", "2032-33"]
    assert [row.shown for row in money_charts.build_block_and_spending(asked).rows] == [
        "No figure held",
        "£1.0m",
        "No figure held",
        "No figure held",
    ]


@pytest.mark.parametrize(
    ("value", "change", "said"),
    [
        (
            -6.83,
            -2.93,
            (
                "Kent: a deficit of 6.8% of the grant at the end of 2031-32; deficit grew by 2.9 "
                "percentage points since the end of 2030-31"
            ),
        ),
        (
            -6.83,
            1.0,
            (
                "Kent: a deficit of 6.8% of the grant at the end of 2031-32; deficit shrank by 1.0 "
                "percentage points since the end of 2030-31"
            ),
        ),
        (
            0.5,
            1.7,
            (
                "Kent: a surplus of 0.5% of the grant at the end of 2031-32; turned from a deficit "
                "of 1.2% into a surplus of 0.5% since the end of 2030-31"
            ),
        ),
        (
            2.0,
            0.01,
            "Kent: a surplus of 2.0% of the grant at the end of 2031-32, as at the end of 2030-31",
        ),
        (0.01, None, "Kent: a balance of nil at the end of 2031-32"),
        (-0.04, None, "Kent: a balance of nil at the end of 2031-32"),
        (None, None, "Kent: no balance is held"),
    ],
)
def test_a_deficit_is_said_to_grow_and_shrink_and_turn_as_it_did(monkeypatch, value, change, said):
    series = {
        (money_charts.BALANCE, KENT): {2031: value},
        (money_charts.BALANCE, ENGLAND): {2031: -2.3},
    }
    previous = "2030-31" if change is not None else None
    asked = held(monkeypatch, series, change=change, previous_time_period=previous)
    made = money_charts.build_balance(asked)
    assert made.title == said
    assert made.rows[0].value == value
    assert [row.label for row in made.rows] == ["Kent", "Neighbours’ median", "England"]


def test_each_year_has_its_growth_and_the_movement_of_the_balance(monkeypatch):
    growth = list(money_story.GROWTH.values())
    series = {
        (growth[0], KENT): {2031: 9.3},
        (growth[1], KENT): {2030: -2.0, 2031: 17.3},
        (money_charts.BALANCE, KENT): {2031: -3.9},
    }
    asked = held(monkeypatch, series, change=-2.1, previous_time_period="2030-31")
    assert money_story.describe_years(asked) == {
        "2030-31": "On the year: top-ups and services −2.0%",
        "2031-32": "On the year: block +9.3%, top-ups and services +17.3%, deficit grew 2.1 pts",
    }


def test_the_committed_build_tells_kents_story():
    asked = choices.read_view(BUILD, {"area": KENT})
    assert money_charts.build_block_and_spending(asked).title == (
        "Kent: from 2019-20 to 2023-24 the high needs block grew by 53%, and spending on top-ups "
        "and services grew by 65%"
    )
    assert money_charts.build_balance(asked).title == (
        "Kent: a deficit of 4.1% of the grant at the end of 2023-24, two years old"
    )
    assert "outcomes and spending both below the mean" in money_story.render_money_outcomes(
        asked, load_indices(BUILD)
    )
    england = choices.read_view(BUILD, {})
    assert {row.label for row in money_charts.build_balance(england).rows} == {"England"}
    assert "between" not in money_story.render_money_outcomes(england, load_indices(BUILD))


def test_a_region_stands_in_the_place_of_neighbours():
    asked = choices.read_view(BUILD, {"area": KENT, "against": "region"})
    assert {row.label for row in money_charts.build_balance(asked).rows} == {
        "Kent",
        "South East",
        "England",
    }


def test_an_abolished_area_has_only_its_own_years():
    cumbria = choices.read_view(BUILD, {"area": "E10000006"})
    assert money_charts.list_years(cumbria)[-1] == "2022-23"
    assert money_charts.list_years(choices.read_view(BUILD, {"area": KENT}))[-1] == "2024-25"


def test_the_deficit_of_kent_is_said_to_have_grown():
    kent = choices.read_view(BUILD, {"area": KENT})
    years = money_charts.group_by_year(kent, money_charts.BALANCE)
    until = [figure for year, figure in years.items() if year <= "2021-22"]
    assert money_charts.compose_balance(kent, until) == (
        "Kent: a deficit of 6.8% of the grant at the end of 2021-22, four years old; deficit grew "
        "by 2.9 percentage points since the end of 2020-21"
    )
    assert money_story.describe_years(kent)["2021-22"].endswith("deficit grew 2.9 pts")


def test_over_a_new_series_no_balance_is_said_to_have_moved():
    kent = choices.read_view(BUILD, {"area": KENT})
    made = money_charts.build_balance(kent)
    assert not re.search("grew|shrank|since", made.title)
    assert "deficit" not in money_story.describe_years(kent)["2023-24"]
    assert "new series" in made.note
    newest = [row for row in made.rows if row.time_period == "2023-24"]
    assert [(row.shown, row.group) for row in newest] == [
        ("−4.1%", "2023-24"),
        ("−4.4%", "2023-24"),
    ]


@pytest.mark.parametrize("against", ["neighbours", "region"])
def test_where_only_authorities_have_a_balance_the_others_bars_are_not_held(against):
    made = money_charts.build_balance(choices.read_view(BUILD, {"area": KENT, "against": against}))
    mine, group, nation = [row for row in made.rows if row.group.startswith("2023-24")]
    assert (mine.value, nation.value) == (pytest.approx(-4.136, abs=0.001), None)
    assert nation.shown == "No figure held"
    assert against == "neighbours" or group.shown == "No figure held"


def test_england_has_the_years_it_is_held_for():
    england = money_charts.build_balance(choices.read_view(BUILD, {}))
    assert [row.group for row in england.rows] == ["2019-20", "2020-21", "2021-22"]
    assert "2021-22, four years old" in england.title


def test_of_every_authority_the_movement_of_the_balance_agrees_with_its_two_figures():
    found = load_history(BUILD, money_charts.BALANCE, "Total", list(BUILD.areas))
    by_area = {(f.area_code, f.time_period): f.value for f in found}
    checked = 0
    for one in found:
        before = by_area.get((one.area_code, one.previous_time_period or ""))
        if one.value is None or before is None or not one.change:
            continue
        said = describe_figure_change(BUILD.metrics[money_charts.BALANCE], one)
        if one.value < -0.05 and before < -0.05 and said != NO_CHANGE:
            assert ("grew" in said) is (one.value < before), (one.area_code, said)
            checked += 1
    assert checked > 100


def test_each_year_stands_once_with_all_that_is_held_of_it():
    """The page sets the balance beside block and spending by the heading of the year."""
    chosen = choices.read_view(BUILD, {"area": KENT})
    balance = {row.group for row in money_charts.build_balance(chosen).rows}
    spending = {row.group for row in money_charts.build_block_and_spending(chosen).rows}
    assert "2023-24" in balance
    assert balance <= spending
