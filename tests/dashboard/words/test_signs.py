"""What is said of figures whose sign turns agrees with arithmetic, whatever the signs."""

import typing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import sentences
from dashboard.draw import table_cells
from dashboard.words import findings
from dashboard.words.changes import describe_move
from dashboard.words.ranks import describe_polarity, explain_rank
from dashboard.words.signs import (
    describe_beside,
    describe_change,
    describe_change_briefly,
    describe_extreme,
    describe_level,
    pick_arrow,
    read_sign_words,
)
from pipeline import catalogue
from tests.dashboard.make import KENT, MEDWAY, area, comparator, figure, group, metric

NAMED = [name for name, kind in read_sign_words().items() if "above" in kind]
ALL = [None, *read_sign_words()]
TENTHS = st.integers(-300, 300).map(lambda number: number / 10)
AWAY = {"grew", "widened", "quickened", "steepened"}
BACK = {"shrank", "narrowed", "slowed", "eased"}


def of(kind, unit="percent"):
    return metric(signed=kind, unit=unit, decimals=1)


BALANCE, GAP, SCORE = of("balance"), of("gap", "points"), of("progress", "score")
GROWTH, FLOW = of("growth", "percent_change"), of("flow", "pounds")


@pytest.mark.parametrize(
    ("known", "now", "before", "said", "brief"),
    [
        # Kent, Newham's like, a surplus that shrank, and two that turned.
        (BALANCE, -6.8, -3.9, "deficit grew by 2.9 percentage points", "deficit grew 2.9 pts"),
        (BALANCE, -1.2, -3.9, "deficit shrank by 2.7 percentage points", "deficit shrank 2.7 pts"),
        (BALANCE, 0.5, 1.5, "surplus shrank by 1.0 percentage points", "surplus shrank 1.0 pts"),
        (
            BALANCE,
            -1.2,
            0.5,
            "turned from a surplus of 0.5% into a deficit of 1.2%",
            "surplus became deficit",
        ),
        (BALANCE, 0.0, -1.2, "went from a deficit of 1.2% to nought", "deficit became nought"),
        (BALANCE, -1.2, -1.2, "no change", "no change"),
        (GAP, 5.0, 3.0, "gap widened by 2.0 percentage points", "gap widened 2.0 pts"),
        (GAP, 3.0, 5.0, "gap narrowed by 2.0 percentage points", "gap narrowed 2.0 pts"),
        (
            GAP,
            0.0,
            2.0,
            "went from a gap of 2.0 percentage points to nought",
            "gap became nought",
        ),
        (
            GAP,
            -3.0,
            2.0,
            (
                "turned from a gap of 2.0 percentage points into a gap of 3.0 percentage points in "
                "favour of pupils with SEN"
            ),
            "gap became gap in favour of pupils with SEN",
        ),
        (SCORE, -0.2, -0.5, "rose 0.3 points, from −0.5 to −0.2", "up 0.3"),
        (SCORE, -0.2, 0.3, "fell 0.5 points, from +0.3 to −0.2", "down 0.5"),
        (GROWTH, 9.0, 12.0, "growth slowed by 3.0 percentage points", "growth slowed 3.0 pts"),
        (GROWTH, -9.0, -4.0, "fall steepened by 5.0 percentage points", "fall steepened 5.0 pts"),
        (FLOW, -120.0, -60.0, "net outflow grew by £60.0", "net outflow grew £60.0"),
        (of(None), 50.0, 53.9, "down 3.9 percentage points", "down 3.9 pts"),
    ],
)
def test_a_change_says_what_has_happened(known, now, before, said, brief):
    assert describe_change(known, now, before) == said
    assert describe_change_briefly(known, now, before) == brief


@pytest.mark.parametrize("kind", NAMED)
@given(now=TENTHS, before=TENTHS)
def test_what_moves_away_from_nought_is_never_said_to_come_back(kind, now, before):
    known = of(kind)
    own = read_sign_words()[kind]
    for said in (
        describe_change(known, now, before),
        describe_change_briefly(known, now, before),
    ):
        if now == before:
            assert said == "no change"
        elif now * before > 0:
            side = own["above" if now > 0 else "below"]
            verb = side["further" if abs(now) > abs(before) else "back"]
            assert said.startswith(f"{side['name']} {verb} ")
        else:
            start, end = said.split(" into ") if " into " in said else _ends(said)
            assert (own["below"]["name"] in start) is (before < 0) or kind == "gap"
            assert (own["below"]["name"] in end) is (now < 0) or kind == "gap"


def _ends(said):
    return said.split(" to " if " to " in said else " became ")


def test_verbs_are_of_the_way_they_stand_for():
    for kind in NAMED:
        for side in ("above", "below"):
            own = read_sign_words()[kind][side]
            assert own["further"] in AWAY | {"rose"}
            assert own["back"] in BACK | {"fell"}


@given(now=TENTHS, before=TENTHS)
def test_a_score_rises_and_falls_with_its_signs_shown(now, before):
    said = describe_change(SCORE, now, before)
    if now == before:
        assert said == "no change"
    else:
        assert said.startswith("rose" if now > before else "fell")
        assert said.endswith(f" to {describe_level(SCORE, now)}")


@pytest.mark.parametrize("kind", NAMED)
@given(own=TENTHS, other=TENTHS)
def test_what_is_said_beside_another_follows_arithmetic(kind, own, other):
    known, said = of(kind), describe_beside(of(kind), own, other)
    table = read_sign_words()[kind]
    if own == other:
        assert said == "level with"
    elif own * other > 0:
        side = table["above" if own > 0 else "below"]
        assert said == side["larger" if abs(own) > abs(other) else "smaller"]
    else:
        assert said == table["higher" if own > other else "lower"]
    back = describe_beside(known, other, own)
    assert (said == back) is (own == other)


@pytest.mark.parametrize("kind", ALL)
@given(values=st.lists(TENTHS, min_size=2, max_size=5, unique=True))
def test_the_ends_of_several_are_never_called_alike(kind, values):
    known = of(kind)
    high = describe_extreme(known, max(values), is_high=True)
    low = describe_extreme(known, min(values), is_high=False)
    assert high != low
    if kind == "balance" and max(values) < 0:
        assert (high, low) == ("the smallest deficit", "the largest deficit")


def test_a_rank_says_which_end_is_first_in_the_words_of_its_sign():
    deficits = metric(signed="balance", polarity="high_is_good")
    gaps = metric(signed="gap", polarity="low_is_good")
    assert "largest surplus" in explain_rank(deficits)
    assert "narrowest gap" in explain_rank(gaps)
    assert "Higher" not in describe_polarity(deficits)
    assert "Lower" not in describe_polarity(gaps)


def test_no_arrow_points_down_at_a_deficit_that_grew():
    assert pick_arrow(BALANCE, -2.9) == ""
    assert pick_arrow(of(None), -2.9) == "▼"


def test_a_change_is_joined_to_the_period_it_is_since():
    kent = figure(value=-6.8, change=-2.9, previous_time_period="2020-21")
    assert describe_move(BALANCE, kent) == "deficit grew by 2.9 percentage points since 2020-21"


def test_each_kind_of_sign_in_the_catalogue_has_its_words():
    assert set(typing.get_args(catalogue.Sign)) == set(read_sign_words())


def test_all_that_differs_from_another_metric_says_what_its_sign_means():
    known = catalogue.load_catalogue().metrics.values()
    assert {m.sign for m in known if m.gap} == {"gap"}
    assert {m.sign for m in known if m.of and not m.gap} == {"growth"}
    assert all(m.sign for m in known if m.may_be_below_0 or m.unit in {"points", "percent_change"})


def test_the_sentences_of_a_deficit_say_which_is_the_larger_one():
    kent = figure(value=-6.8, england=-2.3)
    title = sentences.trend_title(BALANCE, area(), [kent], ("its neighbours’ median", -3.4))
    assert title == (
        "Kent: −6.8% in 2024, a larger deficit than its neighbours’ median (−3.4%) and a larger "
        "deficit than England (−2.3%)"
    )
    others = [figure(value=value) for value in (-3.0, -9.0, -1.0)]
    ten = group("a", "b", "c")
    assert sentences.beside_title(BALANCE, area(), kent, others, ten) == (
        "Kent (−6.8%): a larger deficit than 2 of its 3 statistical neighbours"
    )
    assert sentences.beside_title(
        BALANCE, area(), kent, [*others, figure(value=1.0)], group(*"abcd")
    ) == ("Kent (−6.8%): further towards deficit than 3 of its 4 statistical neighbours")


def test_the_ends_of_chosen_areas_are_said_by_their_signs():
    areas = [area(), area(MEDWAY, "Medway")]
    series = {KENT: [figure(value=-6.8)], MEDWAY: [figure(value=-1.2, area_code=MEDWAY)]}
    assert sentences.trends_title(BALANCE, areas, series) == (
        "In 2024, Medway has the smallest deficit of those chosen (−1.2%) and Kent the largest "
        "deficit (−6.8%)"
    )


def test_england_is_said_to_have_a_deficit_that_grew():
    before = figure(time_period="2023", england=-1.7)
    now = figure(time_period="2024", england=-2.3, previous_time_period="2023")
    assert sentences.england_title(BALANCE, [before, now]) == (
        "England: −2.3% in 2024, deficit grew by 0.6 percentage points since 2023"
    )


def test_what_a_figure_says_is_routed_through_its_sign():
    kent = figure(value=-6.8, change=-2.9, previous_time_period="2023", run=-3, trend=-1)
    other = comparator(above=2, below=8, with_value=10, median=-3.0)
    assert findings.describe_members_above_and_below(BALANCE, kent, other) == (
        "further towards surplus than 2 and further towards deficit than 8 of the 10"
    )
    assert findings.compose_beside(BALANCE, kent, other).startswith(
        "A larger deficit than the median"
    )
    assert findings.compose_change(BALANCE, kent) == [
        "Deficit grew by 2.9 percentage points since 2023; not tested"
    ]
    assert findings.compose_trend(BALANCE, kent) == [
        (
            "Moved towards deficit over the five years to 2024; moved towards deficit in each of "
            "the last 3 years"
        )
    ]
    assert "deficit grew 2.9 pts" in table_cells.render_change(BALANCE, kent)
    assert "▼" not in table_cells.render_change(BALANCE, kent)


def test_each_figure_below_nought_in_the_build_is_of_a_signed_metric(build):
    for metrics in build.newest.values():
        for (name, _), each in metrics.items():
            if each.value is not None and each.value < 0:
                assert build.metrics[name].signed, name
