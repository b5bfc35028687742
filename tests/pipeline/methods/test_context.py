"""Context neighbours against plain Python, and what must hold for any areas."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipeline.methods import context

VALUE = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))
SHAPES = st.tuples(st.integers(1, 5), st.integers(2, 16))
VALUES = SHAPES.flatmap(lambda shape: arrays(float, shape, elements=VALUE))
WITH_GAPS = SHAPES.flatmap(
    lambda shape: arrays(float, shape, elements=st.one_of(VALUE, VALUE, VALUE, st.just(math.nan)))
)


def weights(draw, variables):
    return np.array(draw(st.lists(st.floats(0.05, 4), min_size=variables, max_size=variables)))


@st.composite
def scored(draw):
    values = draw(VALUES)
    return context.standardise(values), weights(draw, len(values))


def plain_scores(rows):
    """Standardise with loops, leaving out each area that lacks something."""
    kept = [all(not math.isnan(row[i]) for row in rows) for i in range(len(rows[0]))]
    result = []
    for row in rows:
        held = [value for value, is_kept in zip(row, kept, strict=True) if is_kept]
        mean = math.fsum(held) / len(held) if held else 0
        spread = math.sqrt(math.fsum((v - mean) ** 2 for v in held) / len(held)) if held else 0
        same = len(set(held)) <= 1
        result.append(
            [
                (0.0 if same else (value - mean) / spread) if is_kept else math.nan
                for value, is_kept in zip(row, kept, strict=True)
            ]
        )
    return result


def plain_distance(scores, weights, i, j):
    squares = [w * (row[i] - row[j]) ** 2 for w, row in zip(weights, scores, strict=True)]
    return math.sqrt(math.fsum(squares) / math.fsum(weights))


@given(WITH_GAPS)
def test_scores_are_those_of_plain_python(values):
    expected = np.array(plain_scores(values.tolist()))
    np.testing.assert_allclose(context.standardise(values), expected, atol=1e-9, rtol=1e-9)


@given(scored())
def test_distances_are_those_of_plain_python(given):
    scores, weights = given
    found = context.compute_distances(scores, weights)
    areas = range(scores.shape[1])
    expected = [
        [plain_distance(scores.tolist(), weights.tolist(), i, j) for j in areas] for i in areas
    ]
    np.testing.assert_allclose(found, expected, atol=1e-9, rtol=1e-9)


@given(scored())
def test_a_distance_is_the_same_both_ways_and_none_to_oneself(given):
    found = context.compute_distances(*given)
    assert np.array_equal(found, found.T)
    assert not found.diagonal().any()


@given(scored())
def test_the_way_round_is_never_shorter(given):
    found = context.compute_distances(*given)
    assert (found[:, None, :] <= found[:, :, None] + found[None, :, :] + 1e-9).all()


@given(scored(), st.floats(0.001, 1000))
def test_all_weights_times_a_number_change_nothing(given, times):
    scores, weights = given
    found, scaled = (
        context.compute_distances(scores, weights),
        context.compute_distances(scores, weights * times),
    )
    np.testing.assert_allclose(scaled, found, atol=1e-9)


@given(scored())
def test_a_variable_given_twice_at_half_the_weight_changes_nothing(given):
    scores, weights = given
    halves = np.concatenate([weights[:1] / 2, weights[:1] / 2, weights[1:]])
    doubled = context.compute_distances(np.concatenate([scores[:1], scores]), halves)
    np.testing.assert_allclose(doubled, context.compute_distances(scores, weights), atol=1e-9)


@given(VALUES, st.floats(0.5, 100), st.floats(-100, 100))
def test_the_unit_of_a_variable_does_not_matter(values, times, plus):
    values = np.round(values, 0)
    np.testing.assert_allclose(
        context.standardise(values * times + plus), context.standardise(values), atol=1e-6
    )


@given(VALUES, st.integers(0, 4))
def test_an_area_without_a_figure_is_left_out_and_changes_nobody(values, row):
    lacking = values[:, :1].copy()
    lacking[row % len(values)] = math.nan
    found = context.standardise(np.concatenate([lacking, values], axis=1))
    assert np.isnan(found[:, 0]).all()
    np.testing.assert_array_equal(found[:, 1:], context.standardise(values))
    places = context.find_nearest(context.compute_distances(found, np.ones(len(values))))
    assert (places[0] == -1).all()
    assert not (places == 0).any()


@given(scored(), st.integers(1, 12))
def test_neighbours_are_the_nearest_others_and_ties_go_by_code(given, count):
    distances = context.compute_distances(*given)
    places = context.find_nearest(distances, count)
    assert places.shape == (len(distances), count)
    for i, row in enumerate(places.tolist()):
        rest = [(round(float(distances[i, j]), 6), j) for j in range(len(distances)) if j != i]
        expected = [j for _, j in sorted(rest)][:count]
        assert row == expected + [-1] * (count - len(expected))


@given(scored(), st.randoms())
def test_another_order_of_areas_gives_the_same_distances(given, random):
    scores, weights = given
    order = list(range(scores.shape[1]))
    random.shuffle(order)
    found = context.compute_distances(scores, weights)
    assert np.array_equal(
        context.compute_distances(scores[:, order], weights), found[np.ix_(order, order)]
    )


def test_no_area_has_every_figure():
    assert np.isnan(context.standardise(np.full((2, 3), np.nan))).all()


@pytest.mark.parametrize("weights", [[0.0, 0.0], [1.0, -1.0]])
def test_weights_that_mean_nothing_are_refused(weights):
    with pytest.raises(ValueError, match="wanted weights of zero or more"):
        context.compute_distances(np.zeros((2, 3)), np.array(weights))


@given(st.floats(-10, 1e9))
def test_a_logarithm_is_undone_by_its_exponential(value):
    [found] = context.take_logarithms(np.array([value])).tolist()
    assert math.isnan(found) if value <= 0 else math.isclose(math.exp(found), value, rel_tol=1e-9)
