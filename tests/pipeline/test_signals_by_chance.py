"""What is listed beyond chance is not there by chance: Englands in which nobody differs."""

import re
import tomllib
from dataclasses import replace

import numpy as np
import pytest

from benchmarks import signals_by_chance as simulated
from pipeline import attention
from pipeline.values import VALUES, read_values

ENGLANDS = 3
AGAIN = "run python -m benchmarks.signals_by_chance --write and commit what it writes"


@pytest.fixture(scope="module")
def figures():
    return simulated.read(VALUES)


@pytest.fixture(scope="module")
def counted(figures):
    return simulated.count_all(figures, ENGLANDS)


@pytest.fixture(scope="module")
def published():
    return tomllib.loads(simulated.WRITTEN.read_text(encoding="utf-8"))


def test_by_chance_next_to_nothing_is_listed_and_in_reality_much_more(counted):
    chance, usual = (
        simulated.compute_mean(counted["chance"]),
        simulated.compute_mean(counted["usual"]),
    )
    real = simulated.compute_mean(counted["reality"])
    assert chance <= simulated.MOST_BY_CHANCE
    assert usual <= simulated.MOST_BY_CHANCE
    assert real >= simulated.TIMES * max(chance, usual)


def test_most_made_up_authorities_have_nothing_and_some_real_ones_have(counted):
    assert simulated.summarise_tallies(counted["chance"])["with_nothing"] >= 0.95
    assert 0.3 < simulated.summarise_tallies(counted["reality"])["with_nothing"] < 1


def test_an_authority_put_far_out_is_found(figures):
    made_up = simulated.make_england_by_chance(figures, 1)
    places = attention.find_tested_places(figures)
    at = attention.find_judged_series(figures).tolist()
    i = next(n for n in at if figures.series[n]["metric"] == "plans_issued_in_20_weeks")
    place = places[int(np.nanargmax(figures.denominator[i, places]))]
    numerator, value = made_up.numerator.copy(), made_up.value.copy()
    numerator[i, place], value[i, place] = 0, 0
    listed, _ = attention.list_signals(replace(made_up, numerator=numerator, value=value))
    assert (place + 1, i + 1, False) in zip(
        listed["place"], listed["series"], listed["is_strength"], strict=True
    )


def test_nothing_but_the_numbers_counted_is_drawn(figures):
    made_up = simulated.make_england_by_chance(figures, 0)
    drawn = set(simulated.iterate_tested_series(figures))
    kept = [i for i in range(len(figures.series)) if i not in drawn]
    assert np.array_equal(made_up.value[kept], figures.value[kept], equal_nan=True)
    assert made_up.denominator is figures.denominator
    known = np.isnan(made_up.value) == np.isnan(figures.value)
    assert known.all()


def test_the_same_number_is_the_same_england(figures):
    one, again, other = (simulated.make_england_by_chance(figures, number) for number in (0, 0, 1))
    assert np.array_equal(one.numerator, again.numerator, equal_nan=True)
    assert not np.array_equal(one.numerator, other.numerator, equal_nan=True)


def test_the_last_line_has_the_two_figures(counted):
    last = simulated.report("a build", counted).splitlines()[-1]
    assert re.fullmatch(r"by chance \d\.\d\d concerns per authority, in reality \d\.\d\d", last)


def test_what_is_published_is_of_this_rule_and_this_build(published):
    assert published["rule"] == simulated.hash_rule(), AGAIN
    assert published["build"] == read_values(VALUES).shown.build, AGAIN
    assert published["seed"] == simulated.SEED
    assert published["englands"] >= 20


def test_what_is_published_comes_out_again(published, counted):
    for kind, given in counted.items():
        again = [round(simulated.compute_mean([one]), 4) for one in given]
        assert published[kind]["concerns_in_each"][: len(again)] == again, AGAIN


def test_what_is_published_keeps_what_is_promised(published):
    chance, real = published["chance"]["concerns"], published["reality"]["concerns"]
    assert chance <= simulated.MOST_BY_CHANCE
    assert real >= simulated.TIMES * chance
    assert chance == pytest.approx(np.mean(published["chance"]["concerns_in_each"]), abs=1e-4)
