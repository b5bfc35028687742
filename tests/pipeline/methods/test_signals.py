"""The rule of what stands out, and what must hold of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.methods.signals import (
    combine_by_fact,
    combine_p,
    compute_distance,
    compute_lasting_distance,
    find_discoveries,
)

NAN = np.nan
RATE = 0.05
P = st.floats(1e-9, 1)
ASKED = st.lists(st.tuples(st.one_of(P, st.just(NAN)), st.integers(0, 6)), min_size=1, max_size=20)


def split(asked):
    p, fact = zip(*asked, strict=True)
    return np.array(p), np.array(fact)


def facts_of(p, fact):
    """What Benjamini and Hochberg's paper says, fact by fact."""
    own = {
        f: [x for x, g in zip(p, fact, strict=True) if g == f and not np.isnan(x)]
        for f in set(fact)
    }
    return {f: min(1.0, min(ps) * len(ps)) for f, ps in own.items() if ps}


def listed_by_the_paper(p, fact):
    found = sorted(facts_of(p.tolist(), fact.tolist()).items(), key=lambda item: item[1])
    last = max(
        (i for i, (_, x) in enumerate(found, start=1) if x <= RATE * i / len(found)), default=0
    )
    return {f for f, _ in found[:last]}


@given(P, P, st.booleans())
def test_the_larger_p_value_counts(chance, ordinary, same):
    found = combine_p(np.array([chance]), np.array([ordinary]), np.array([same]))[0]
    assert found == (max(chance, ordinary) if same else 1)


@given(ASKED)
def test_a_fact_pays_for_each_of_its_tests(asked):
    p, fact = split(asked)
    found, wanted = combine_by_fact(p, fact), facts_of(p.tolist(), fact.tolist())
    assert {i: x for i, x in enumerate(found.tolist()) if not np.isnan(x)} == pytest.approx(wanted)


@given(ASKED)
def test_facts_are_listed_as_benjamini_and_hochberg_say(asked):
    p, fact = split(asked)
    adjusted, marked = find_discoveries(p, fact, RATE)
    wanted = listed_by_the_paper(p, fact)
    clear = np.abs(adjusted - RATE) > 1e-12
    assert all((i in wanted) == (adjusted[i] <= RATE) for i in np.nonzero(clear)[0])
    assert set(fact[marked].tolist()) <= wanted | set(np.nonzero(~clear)[0].tolist())


@given(ASKED)
def test_every_listed_fact_has_a_mark_and_no_other_has(asked):
    p, fact = split(asked)
    adjusted, marked = find_discoveries(p, fact, RATE)
    assert set(fact[marked].tolist()) == set(np.nonzero(adjusted <= RATE)[0].tolist())
    assert not marked[np.isnan(p)].any()


def test_by_chance_few_areas_have_anything():
    draws = np.random.default_rng(7)
    fact = np.repeat(np.arange(10), 2)
    some = [find_discoveries(draws.uniform(size=20), fact, RATE)[1].any() for _ in range(2_000)]
    assert np.mean(some) <= RATE + 0.015


def test_no_test_at_all_lists_nothing():
    adjusted, marked = find_discoveries(np.array([]), np.array([], dtype=int), RATE)
    assert (adjusted.tolist(), marked.tolist()) == ([], [])


@given(st.floats(-100, 100), st.floats(-100, 100), st.floats(0.1, 50))
def test_a_distance_has_the_side_and_no_unit(own, middle, spread):
    found = compute_distance(*(np.array([each]) for each in (own, middle, spread)))[0]
    scaled = compute_distance(*(np.array([3 * each]) for each in (own, middle, spread)))[0]
    assert np.sign(found) == np.sign(own - middle)
    assert scaled == pytest.approx(found)


def test_where_all_areas_are_alike_nothing_is_far():
    assert np.isnan(compute_distance(np.array([1.0]), np.array([0.0]), np.array([0.0]))[0])


@given(st.lists(st.one_of(st.floats(-5, 5), st.just(NAN)), min_size=3, max_size=3))
def test_far_is_only_what_was_far_on_one_side_in_each_year(years):
    found = compute_lasting_distance(np.array([years]), 1.0)[0]
    if all(x >= 1 for x in years) or all(x <= -1 for x in years):
        assert found == years[-1]
    else:
        assert np.isnan(found)
