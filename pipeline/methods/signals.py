"""What stands out in one area.

Two lists, by one rule for all local authorities; neither says why. "Beyond chance" is tested: it
takes figures that count children, plans, decisions or schools, with numbers large enough to say
something, and lists those that differ from England by more than chance and lie outside the range in
which local authorities usually do, and those that have changed since the year before by more than
chance and by more than local authorities usually change. Each figure has two tests to pass, and the
larger of the two p-values counts. "Furthest from similar areas" goes by distance and is not tested:
it lists at most five figures that have lain far from the middle of the chosen group for three
years, those whose numbers are not published among them, but none whose published numbers are too
small to be tested. What the tests have found is never in the second list.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = [  # noqa: RUF022 - in reading order
    "combine_p",
    "combine_by_fact",
    "find_discoveries",
    "compute_distance",
    "compute_lasting_distance",
]

QUARTILES = 1.3489795003921634  # how many standard deviations lie between them in a bell curve

Floats = NDArray[np.float64]
Yes = NDArray[np.bool_]
Numbers = NDArray[np.intp]


def combine_p(chance: Floats, ordinary: Floats, same_way: Yes) -> Floats:
    """Give the p-value of two questions together: not by chance, and outside the usual range.

    Takes the p-value of the exact test, the p-value of lying outside the usual range, and whether
    both point the same way; where they do not, 1.

    Formula:
        p = the larger of the two

    Source:
        Berger RL (1982), "Multiparameter hypothesis testing and acceptance sampling",
        Technometrics 24: 295 to 300 (the intersection-union test).

    Example:
        >>> one_way = np.array([True, False])
        >>> combine_p(np.array([0.001, 0.001]), np.array([0.03, 0.03]), one_way).tolist()
        [0.03, 1.0]
    """
    return np.where(same_way, np.maximum(chance, ordinary), 1.0)


def combine_by_fact(p: Floats, fact: Numbers) -> Floats:
    """Give one p-value to each fact that an area's tests see.

    Several tests can see one fact: plans issued in 20 weeks and plans that took more than a year,
    or a figure and its change. Each further look makes a find by chance more likely, and is paid
    for. Takes the p-values of one area's tests (not a number where there is none) and the number of
    the fact each sees, from 0; not a number for a fact without a test.

    Formula:
        p of the fact = the smallest of its tests × how many tests it has, at most 1

    Source:
        Bonferroni's inequality, which holds however the tests hang together.

    Example:
        >>> combine_by_fact(np.array([0.01, 0.2, 0.03, np.nan]), np.array([0, 0, 1, 2])).tolist()
        [0.02, 0.03, nan]
    """
    number = int(fact.max(initial=-1)) + 1
    result = np.full(number, np.nan)
    for each in range(number):
        own = p[(fact == each) & ~np.isnan(p)]
        if len(own):
            result[each] = min(1.0, float(own.min()) * len(own))
    return result


def find_discoveries(p: Floats, fact: Numbers, rate: float) -> tuple[Floats, Yes]:
    """Say which facts of one area are listed, and which of its tests are marked.

    Of all that is ever listed, at most the given rate is expected to be there by chance. Takes what
    of_facts takes; gives the adjusted p-value of each fact, which is listed where that is no larger
    than the rate, and whether each test is marked.

    Formula:
        adjusted p of the i-th smallest of F facts = the least of p(j) × F / j over j ≥ i
        a listed fact's test is marked where p × tests of the fact ≤ rate × facts listed / F

    Source:
        Benjamini Y and Hochberg Y (1995), "Controlling the false discovery rate", Journal of the
        Royal Statistical Society B 57: 289 to 300, over facts; within a fact Benjamini Y and
        Bogomolov M (2014), "Selective inference on multiple families of hypotheses", Journal of the
        Royal Statistical Society B 76: 297 to 318. Between facts the procedure allows for measures
        that move together one way; where they do so both ways it is not proven, and the simulation
        below shows what it finds.

    Example:
        >>> p, fact = np.array([0.001, 0.2, 0.03, 0.9]), np.array([0, 0, 1, 2])
        >>> adjusted, marked = find_discoveries(p, fact, 0.05)
        >>> adjusted.round(3).tolist(), marked.tolist()
        ([0.006, 0.045, 0.9], [True, False, True, False])
    """
    of_each = combine_by_fact(p, fact)
    (there,) = np.nonzero(~np.isnan(of_each))
    order = there[np.argsort(of_each[there], kind="stable")]
    raised = of_each[order] * len(order) / np.arange(1, len(order) + 1)
    adjusted = np.full(len(of_each), np.nan)
    adjusted[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    listed = adjusted <= rate
    cut = rate * listed.sum() / max(len(order), 1)
    tests = np.array([np.sum((fact == each) & ~np.isnan(p)) for each in fact])
    return adjusted, listed[fact] & (p * tests <= cut)


def compute_distance(own: Floats, middle: Floats, spread: Floats) -> Floats:
    """Give how far figures lie from the middle of similar areas, in usual spreads.

    Takes an area's figure, the median of the group it is set beside, and the quartiles' distance
    among all local authorities in the same period, each an array; above 0 where the figure is
    higher than the median. Not a number where one is missing or all areas are alike.

    Formula:
        (figure − median of the group) / (distance between the quartiles of all areas / 1.349)

    Source:
        Our own rule; the spread is that of a bell curve with the same quartiles, which the few
        areas that lie far out do not move (Tukey JW 1977, "Exploratory data analysis").

    Example:
        >>> spread = np.array([6.744897501960817])
        >>> compute_distance(np.array([30.0]), np.array([20.0]), spread).tolist()
        [2.0]
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(spread > 0, (own - middle) / (spread / QUARTILES), np.nan)


def compute_lasting_distance(distances: Floats, least: float) -> Floats:
    """Give the distance of the newest year where it has lasted, else not a number.

    Takes arrays whose last axis is the years, oldest first, without a break between them.

    Formula:
        the newest, where every year is on the same side and at least the given distance away

    Source:
        Our own rule.

    Example:
        >>> years = np.array([[1.2, 1.5, 2.0], [1.2, -1.5, 2.0], [0.4, 1.5, 2.0]])
        >>> compute_lasting_distance(years, 1.0).tolist()
        [2.0, nan, nan]
    """
    same = (distances >= least).all(axis=-1) | (distances <= -least).all(axis=-1)
    return np.where(same, distances[..., -1], np.nan)
