"""Ranks, quarters and group summaries beside scipy, numpy and the standard library."""

import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pipeline.methods.groups import find_ends, summarise_group
from pipeline.methods.position import assign_quartile, rank

FIGURES = st.lists(st.one_of(st.none(), st.integers(-40, 40)), min_size=1, max_size=40).map(
    lambda values: np.array([[np.nan if v is None else v / 4 for v in values]])
)


def known(row):
    return row[~np.isnan(row)]


@given(FIGURES)
def test_ranks_are_what_scipy_gives(figures):
    ranks, sharing, number = rank(figures)
    there = ~np.isnan(figures[0])
    wanted = stats.rankdata(known(figures[0]), method="min")
    assert ranks[0][there].tolist() == wanted.tolist()
    assert np.isnan(ranks[0][~there]).all()
    assert number.tolist() == [there.sum()]
    for value, count in zip(figures[0][there], sharing[0][there], strict=True):
        assert count == (figures[0] == value).sum()


@given(FIGURES, st.randoms(use_true_random=False))
def test_a_rank_does_not_depend_on_the_order_of_the_areas(figures, random):
    order = list(range(figures.shape[1]))
    random.shuffle(order)
    moved = rank(figures[:, order])[0]
    assert np.array_equal(moved, rank(figures)[0][:, order], equal_nan=True)


@given(FIGURES)
def test_an_area_without_a_figure_changes_nobodys_rank_or_quarter(figures):
    more = np.append(figures, [[np.nan]], axis=1)
    for method in (lambda f: rank(f)[0], lambda f: rank(f)[2], assign_quartile):
        before, after = method(figures), method(more)
        assert np.array_equal(after[..., : before.shape[-1]], before, equal_nan=True)


@given(FIGURES)
def test_turning_polarity_round_mirrors_the_ranks(figures):
    ranks, sharing, number = rank(figures)
    turned = rank(-figures)[0]
    assert np.array_equal(turned, number[0] + 2 - ranks - sharing, equal_nan=True)


@given(FIGURES)
def test_quarters_lie_between_the_type_7_quantiles(figures):
    found = assign_quartile(figures)[0]
    if len(known(figures[0])) == 0:
        assert np.isnan(found).all()
        return
    cuts = np.quantile(known(figures[0]), [0.25, 0.5, 0.75], method="linear")
    for value, quarter in zip(figures[0], found, strict=True):
        if not np.isnan(quarter):
            assert quarter == 1 + (value > cuts).sum()


def places(row, value):
    """The first and the last place, from 0, of the areas with a value."""
    ordered = sorted(known(row).tolist())
    first = ordered.index(value)
    return first, first + ordered.count(value) - 1


@given(FIGURES)
def test_level_areas_on_both_sides_of_a_cut_have_no_quarter_and_all_others_have_one(figures):
    (row,), (found,) = figures, assign_quartile(figures)
    last = len(known(row)) - 1
    for value, quarter in zip(row, found, strict=True):
        if not np.isnan(value):
            first, end = places(row, value)
            is_parted = any(first <= share * last < end for share in (0.25, 0.5, 0.75))
            assert np.isnan(quarter) == is_parted


@given(FIGURES)
def test_no_quarter_holds_much_more_than_a_quarter(figures):
    (found,) = assign_quartile(figures)
    most = len(known(figures[0])) / 4 + 1
    assert all((found == quarter).sum() <= most for quarter in (1, 2, 3, 4))


def test_nought_in_126_of_141_areas_is_no_quarter():
    (found,) = assign_quartile(np.array([[0.0] * 126 + [float(n) for n in range(1, 16)]]))
    assert np.isnan(found[:126]).all()
    assert (found[126:] == 4).all()


@given(FIGURES)
def test_a_summary_is_what_the_standard_library_gives(figures):
    row = figures[0]
    found = {name: float(value) for name, value in (summarise_group(row) | find_ends(row)).items()}
    values = known(row).tolist()
    assert found["number"] == len(values)
    if values:
        assert found["mean"] == pytest.approx(statistics.fmean(values), abs=1e-9)
        assert found["median"] == pytest.approx(statistics.median(values), abs=1e-9)
        assert row[int(found["lowest"])] == min(values)
        assert row[int(found["highest"])] == max(values)
    else:
        assert all(np.isnan(found[name]) for name in ("mean", "median", "lowest", "highest"))
