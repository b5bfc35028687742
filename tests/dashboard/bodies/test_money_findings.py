"""Money findings: each with its amount, what it is out of, its basis, period and age; or none."""

import re
from datetime import date

import pytest

from dashboard.bodies import money_findings, money_story
from dashboard.briefing import compose
from dashboard.domain import choices
from dashboard.domain.records import UNRANKED, Spread
from tests.dashboard.make import KENT, MEDWAY, area, build, figure, metric

BALANCE, HEAD = "dsg_balance_per_cent", "high_needs_spend_per_head_2_18"
KNOWN = (
    metric(
        id=BALANCE, title="DSG balance", short_title="DSG balance", signed="balance", decimals=1,
        interval="none", topic="high_needs_funding",
    ),
    metric(
        id=HEAD, title="Spending per head", short_title="Spending per head", unit="pounds",
        decimals=0, interval="none", polarity="no_judgement", topic="high_needs",
    ),
)  # fmt: skip


def money_figure(name, value, median, **changes):
    given = {
        "metric": name,
        "value": value,
        "neighbour_median": median,
        "time_period": "2024-25",
        "period_end": date(2025, 3, 31),
    }
    return figure(**(given | changes))


def spread(name, lower, upper, period="2024-25"):
    return Spread(name, "Total", period, date(2025, 3, 31), 150, 0.0, lower, lower, upper, 9.0, [])


def found(*figures, spreads=(), code=KENT):
    places = {f"E0600{n}": area(f"E0600{n}", str(n)) for n in AREAS} | {code: area(code, "Kent")}
    made = build(
        KNOWN,
        figures,
        spreads={(one.metric, one.breakdown): one for one in spreads},
        areas=places,
        tests={},
        usual_spreads=(),
        in_years={},
    )
    view = choices.View(made, places[code], KNOWN[0], "Total", (), "", {}, ())
    return money_findings.build_money_part(view, area(code, "Kent"))


AREAS = range(1, 9)


def others(*changes):
    """A balance of each of some other areas, moved so far."""
    return [
        money_figure(
            BALANCE,
            -2.0,
            None,
            area_code=f"E0600{n}",
            change=change,
            previous_time_period="2023-24",
        )
        for n, change in zip(AREAS, changes, strict=True)
    ]


def test_spending_far_above_neighbours_has_its_amount_what_it_is_over_its_basis_and_period():
    own = money_figure(HEAD, 925.0, 700.0, numerator=308_369_391.0, denominator=333_370.0)
    (one,) = found(own, spreads=[spread(HEAD, 600.0, 820.0)]).items
    assert one.text == (
        "Spending per head: £925 in 2024-25 (£308.4m over 333,370 people aged 2 to 18). Above the "
        "median of its statistical neighbours (£700; 10 have a figure), £225 apart: 1.0 times the "
        "width of the middle half of local authorities (£220). Basis: outturn, section 251, net; "
        "without place funding."
    )


def test_an_old_figure_says_how_old_it_is():
    own = money_figure(HEAD, 925.0, 600.0, time_period="2021-22", period_end=date(2022, 3, 31))
    newer = figure(area_code=MEDWAY, period_end=date(2026, 4, 30))
    (one,) = found(own, newer, spreads=[spread(HEAD, 600.0, 820.0, "2021-22")]).items
    assert "in 2021-22, four years old" in one.text


def test_a_deficit_that_grew_is_never_lower():
    own = money_figure(BALANCE, -6.8, -4.0, change=-2.9, previous_time_period="2023-24")
    rest = others(-1.0, -0.5, -0.5, 0.0, 0.0, 0.2, 0.4, 0.5)
    (one,) = found(own, *rest, spreads=[spread(BALANCE, -6.0, 0.0)]).items
    assert "deficit grew by 2.9 percentage points, from a deficit of 3.9% to a deficit of 6.8%" in (
        one.text
    )
    assert "of the year’s grant in 2024-25" in one.text
    assert (
        "The middle half of local authorities moved by between 0.5 percentage points towards "
        "deficit and "
    ) in one.text
    assert one.text.endswith(
        "Basis: outturn, the cumulative balance of the whole grant at the end of the year."
    )
    assert "lower" not in one.text


def test_a_quarter_that_did_not_move_is_said_as_an_amount():
    own = money_figure(BALANCE, -6.8, -4.0, change=-2.9, previous_time_period="2023-24")
    rest = others(-1.0, -1.0, -0.5, -0.5, 0.0, 0.0, 0.0, 0.0)
    (one,) = found(own, *rest, spreads=[spread(BALANCE, -6.0, 0.0)]).items
    assert "towards deficit and 0.0 percentage points. Basis" in one.text


def test_that_a_surplus_ranks_as_best_is_not_denied(build):
    judged = {one.metric for one in money_findings.MEASURES} & {
        name for name, known in build.metrics.items() if known.polarity != "no_judgement"
    }
    assert judged == {BALANCE}
    assert build.metrics[BALANCE].polarity == "high_is_good"
    assert money_findings.ABOUT.endswith("but for a balance, of which a surplus ranks as best.")


def test_a_larger_deficit_than_similar_areas_is_called_one():
    own = money_figure(BALANCE, -13.8, -3.4)
    (one,) = found(own, spreads=[spread(BALANCE, -6.0, 0.0)]).items
    assert "a deficit of 13.8% of the year’s grant in 2024-25" in one.text
    assert "A larger deficit than the median of its statistical neighbours (a deficit of 3.4%" in (
        one.text
    )


def test_that_no_money_figure_stands_out_can_be_said_and_of_how_many():
    own = money_figure(HEAD, 710.0, 700.0)
    made = found(own, spreads=[spread(HEAD, 600.0, 820.0)])
    assert made.items == ()
    assert made.nothing.startswith(
        "No money figure stands out in Kent: of 1 money figure or change"
    )
    assert "Not judged, no figure: DSG balance." in made.nothing


@pytest.mark.parametrize(
    "changes",
    [
        {"value": None},
        {"neighbours_with_value": 2},
        {"time_period": "2023-24"},
        {"is_latest": False},
    ],
)
def test_what_cannot_be_set_beside_others_is_not_judged(changes):
    own = money_figure(HEAD, 925.0, 600.0)._replace(**changes)
    made = found(own, spreads=[spread(HEAD, 600.0, 820.0)])
    assert made.items == ()
    assert made.nothing.startswith("No money figure of Kent can be judged.")


@pytest.mark.parametrize("code", UNRANKED)
def test_an_area_of_very_small_numbers_has_no_money_findings(code):
    own = money_figure(HEAD, 925.0, 600.0, area_code=code)
    made = found(own, spreads=[spread(HEAD, 600.0, 820.0)], code=code)
    assert made.items == ()
    assert "very small" in made.nothing


def test_the_schools_forum_is_told_of_money_in_every_area_and_not_the_same_of_all(build):
    told = []
    for one in build.local_authorities:
        if one.code not in UNRANKED:
            view = choices.read_view(build, {"area": one.code, "brief": "schools_forum"})
            parts = dict(compose.build_messages(view, one, compose.pick_recipe(view)).parts)
            told.append(" ".join(said.text for said in parts[money_findings.HEADING]))
    nothing = sum(text.startswith("No money figure stands out") for text in told)
    assert 0 < nothing < len(told)
    said = [text for text in told if not text.startswith("No money")]
    assert all(re.search(r" in (January )?20\d\d", text) for text in said)


def test_the_page_on_money_has_the_findings_of_an_area_and_none_of_england(build):
    assert "not tested" in money_story.render_findings_of_area(
        choices.read_view(build, {"area": MEDWAY})
    )
    assert money_story.render_findings_of_area(choices.read_view(build, {})) == ""
