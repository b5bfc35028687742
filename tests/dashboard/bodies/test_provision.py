"""Need and provision in words and pictures, sentence by sentence."""

import re

import pytest

from dashboard.bodies import provision
from dashboard.domain import choices
from dashboard.domain.records import Area, Association, Mix, Provision
from dashboard.store import served
from tests.dashboard.make import figure

BUILD = served.find_current_build()
KENT = "E10000016"


def row(**changes):
    given = {
        "placement": "plans_by_need_in_state_special",
        "time_period": "January 2025",
        "plans": 1000,
        "observed": 117,
        "expected": 100.0,
        "ratio": 1.17,
        "low": 1.02,
        "high": 1.33,
        "is_judged": True,
    }
    return Provision(**(given | changes))


def mix(**changes):
    given = {
        "time_period": "January 2025",
        "plans": 1607,
        "dissimilarity": 8.94,
        "by_chance": 2.0,
        "chance_limit": 3.31,
        "is_judged": True,
        "rank": 83,
        "number_ranked": 146,
    }
    return Mix(**(given | changes))


def pair(**changes):
    given = {
        "first_metric": "plans_by_need_in_independent_special",
        "first_breakdown": "Total",
        "first_time_period": "January 2025",
        "second_metric": "high_needs_spend_per_head_2_18",
        "second_breakdown": "Total",
        "second_time_period": "2024-25",
        "areas": 147,
        "rho": 0.382,
        "low": 0.229,
        "high": 0.517,
        "adjusted_p": 0.0001,
    }
    return Association(**(given | changes))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "17% more than expected"),
        ({"ratio": 0.8, "low": 0.7, "high": 0.95}, "20% fewer than expected"),
        ({"low": 0.99}, "No different from expected"),
        ({"ratio": 0.9, "low": 0.8, "high": 1.0}, "No different from expected"),
        ({"ratio": 0.0, "low": 0.0, "high": 0.4}, "None, where some are expected"),
        ({"ratio": 0.0, "low": 0.0, "high": 2.4}, "No different from expected"),
        ({"ratio": None, "low": None, "high": None}, "None expected"),
        ({"is_judged": False}, "Not judged"),
    ],
)
def test_a_ratio_is_read_by_its_interval(changes, said):
    assert provision.describe_ratio(row(**changes)) == said


def test_the_mix_is_said_with_what_chance_would_do():
    camden = BUILD.areas["E09000007"]
    assert provision.describe_mix(camden, mix()) == (
        "Of Camden’s 1,607 plans whose placement is recorded, 8.9% would have to be in another "
        "group for its placements to match what its needs predict at England’s rates, the 83rd "
        "highest of 146 local authorities. Chance alone would make this 2.0% on average, and more "
        "than 3.3% one time in 20."
    )
    assert "highest" not in provision.describe_mix(camden, mix(rank=None, number_ranked=None))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {},
            (
                "Local authorities with a higher share of plans in independent or non-maintained "
                "special schools tend to have a higher high needs spending per head aged 2 to 18 "
                "in 2024-25 (rank correlation 0.38, 95% interval 0.23 to 0.52; 147 local "
                "authorities)."
            ),
        ),
        (
            {
                "first_metric": "plans_by_primary_need",
                "first_breakdown": "Severe learning difficulty",
                "second_metric": "plans_by_need_elsewhere",
                "second_time_period": "January 2025",
                "rho": -0.2,
                "low": -0.35,
                "high": -0.001,
            },
            (
                "Local authorities with a higher share of plans for severe learning difficulty "
                "tend to have a lower share of plans in other places (rank correlation −0.20, 95% "
                "interval −0.35 to 0.00; 147 local authorities)."
            ),
        ),
    ],
)
def test_an_association_is_said_with_its_interval(changes, said):
    assert provision.describe_association(choices.read_view(BUILD, {}), pair(**changes)) == said


def test_of_many_pairs_only_those_beyond_chance_are_said():
    view = choices.read_view(BUILD, {})
    weak = pair(second_metric="plans_by_need_elsewhere", adjusted_p=0.051)
    shown = provision.render_associations(view, [pair(), weak])
    assert shown.count("<li>") == 1
    assert "2 pairs of measures were tested together" in shown
    assert "1 goes together" in shown
    assert "Association is not cause" in shown
    assert shown.count('<th scope="row">') == 2
    assert "None goes together" in provision.render_associations(view, [weak])
    unknown = pair(rho=None, low=None, high=None, adjusted_p=None)
    assert "No figure held" in provision.render_associations(view, [unknown])


def test_the_picture_has_its_dot_between_the_limits_and_twice_as_far_as_half():
    area = BUILD.areas[KENT]
    rows = [
        row(ratio=2.0, low=1.5, high=9.0),
        row(ratio=0.5, low=0.1, high=0.6),
        row(ratio=0.0, low=0.0, high=3.0),
        row(ratio=None, low=None, high=None),
    ]
    shown = provision.render_against_expected(area, rows, mix())
    dots = [float(found) for found in re.findall(r'class="d" style="left:([0-9.]+)%', shown)]
    assert dots == [75, 25, 0]
    bars = re.findall(r'class="r" style="left:([0-9.]+)%;right:([0-9.]+)%', shown)
    assert bars[0][1] == "0.0"
    for (left, right), dot in zip(bars, dots, strict=True):
        assert float(left) <= dot <= 100 - float(right)


def found_of(**changes):
    """Figures of one need in each placement: 30, 20, 20, 10, 10 and 10 per cent."""
    shares = dict(zip(provision.PLACEMENTS, (30.0, 20.0, 20.0, 10.0, 10.0, 10.0), strict=True))
    return [
        figure(metric=metric, value=share, denominator=200.0, numerator=2 * share, **changes)
        for metric, share in shares.items()
    ]


def test_bars_add_up_and_few_plans_are_named_and_not_drawn():
    few = [f._replace(breakdown="Vision impairment", denominator=4.0) for f in found_of()]
    figures = provision.select_placements([*found_of(breakdown="Total"), *few, figure()])
    assert len(figures) == 12
    shown = provision.render_by_need(choices.read_view(BUILD, {"area": KENT}), figures)
    widths = [float(found) for found in re.findall(r"width:([0-9.]+)%", shown)]
    assert sum(widths[:6]) == 100
    assert shown.count('<div class="mix mine"') == 1
    assert "Not drawn, fewer than 10 plans: vision impairment (4)." in shown
    assert "over its ten neighbours" in shown
    assert ">30%</i>" in shown
    assert ">10%</i>" not in shown  # too narrow to be written on
    assert "60 of 200" in shown
    assert shown.count('<th scope="row">') == 2


def test_england_alone_has_one_bar_for_each_need_and_no_neighbours():
    figures = provision.select_placements(found_of(breakdown="Total", neighbour_mean=None))
    shown = provision.render_by_need(choices.read_view(BUILD, {}), figures)
    assert shown.count('<div class="mix') == 1
    assert "neighbours" not in shown


def test_a_missing_figure_is_no_bar_and_says_so_in_the_table():
    *known, last = found_of(breakdown="Total")
    shown = provision.render_by_need(
        choices.read_view(BUILD, {"area": KENT}), provision.select_placements(known)
    )
    assert '<div class="mix mine"' not in shown
    assert "No figure held" in shown
    gone = last._replace(value=None, status="not_available")
    assert "No figure" in provision.render_by_need(
        choices.read_view(BUILD, {"area": KENT}), provision.select_placements([*known, gone])
    )


def test_why_nothing_is_judged_is_said():
    area = Area("E0", "1", "Test <shire>", "local_authority", None, None, None, (), None)
    noted = provision.select_placements(found_of(note="The return is of a part."))
    assert provision.list_provision_notices(area, noted, mix()) == []
    [said] = provision.list_provision_notices(area, noted, mix(is_judged=False))
    assert said == "<strong>Shown and not judged.</strong> The return is of a part."
    [said] = provision.list_provision_notices(
        area, provision.select_placements(found_of()), mix(is_judged=False)
    )
    assert "The numbers of Test &lt;shire&gt; are very small." in said
    gone = [f._replace(value=None) for f in found_of(note="Nothing was returned.")]
    [said] = provision.list_provision_notices(area, provision.select_placements(gone), None)
    assert said.endswith("Nothing was returned.")
    assert "Nothing is held" in provision.list_provision_notices(area, {}, None)[0]


@pytest.mark.parametrize(("number", "text"), [(0.0004, "under 0.001"), (0.0414, "0.041")])
def test_a_small_p_is_not_printed_as_nought(number, text):
    view = choices.read_view(BUILD, {})
    assert f">{text}<" in provision.render_associations(view, [pair(adjusted_p=number)])
