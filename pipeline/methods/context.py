"""Which local authorities are most alike in context.

Local authorities differ, so a figure is also set beside those of areas that are like one. Our SEND
context neighbours are the ten local authorities nearest to one in published context alone: how many
children and pupils, how closely people live together, how many have a low income, how many speak
another language at home. Nothing about SEND, spending, attendance or attainment is in the distance,
so nothing that is compared has chosen what it is compared with. The Department for Education's
statistical neighbours are another model with other variables and weights: both are shown.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["take_logarithms", "standardise", "compute_distances", "find_nearest"]  # noqa: RUF022 - in reading order

Floats = NDArray[np.float64]

DIGITS = 6  # distances that differ by less are a tie


def take_logarithms(values: Floats) -> Floats:
    """Give natural logarithms, so that what counts is how many times more one area has.

    Twice as many is then as far from a number as half as many. Used where a few areas have far more
    than all others: plain differences would set those few apart from everybody and hardly tell the
    rest from one another. What is zero or less has no logarithm and counts as missing.

    Formula:
        ln(value)

    Source:
        Tukey JW (1977), "Exploratory Data Analysis", Addison-Wesley, chapter 3.

    Example:
        >>> take_logarithms(np.array([1.0, 10.0, 100.0, 0.0])).round(4).tolist()
        [0.0, 2.3026, 4.6052, nan]
    """
    return np.log(np.where(values > 0, values, np.nan))


def standardise(values: Floats) -> Floats:
    """Give each value as standard deviations from the mean of all areas.

    This brings people, pupils and percentages to one scale. Takes one row for each variable and one
    column for each area. An area that lacks one of the variables is left out: it has no result and
    no part in the means and standard deviations, which are those of a whole population. A variable
    that is the same everywhere tells no areas apart: it is 0 for each.

    Formula:
        (value - mean) / standard deviation
        standard deviation = square root of the mean squared difference from the mean

    Source:
        Chartered Institute of Public Finance and Accountancy, "Nearest Neighbours Model (England)",
        which standardises in the same way.

    Example:
        >>> standardise(np.array([[1.0, 3.0, 5.0, np.nan]])).round(4).tolist()
        [[-1.2247, 0.0, 1.2247, nan]]
    """
    complete = ~np.isnan(values).any(axis=0)
    result = np.full(values.shape, np.nan)
    if not complete.any():
        return result
    kept = values[:, complete]
    differs = np.ptp(kept, axis=1, keepdims=True) > 0
    spread = np.where(differs, kept.std(axis=1, keepdims=True), 1.0)
    result[:, complete] = np.where(differs, (kept - kept.mean(axis=1, keepdims=True)) / spread, 0.0)
    return result


def compute_distances(scores: Floats, weights: Floats) -> Floats:
    """Give how far each area is from each other, in standard deviations.

    The weighted Euclidean distance: 0 says that two areas are the same in every variable, 1 that
    they differ by one standard deviation in a typical one. Takes standardised values, one row for
    each variable, and one weight for each; gives one row and one column for each area, no number
    where an area was left out. Only the weights' shares count: all of them doubled give the same
    distances. Raises ValueError where a weight is below zero or all are zero.

    Formula:
        square root of (sum of weight x (score - other's score)² / sum of weights)

    Source:
        Everitt BS, Landau S, Leese M and Stahl D (2011), "Cluster Analysis", fifth edition, Wiley,
        chapter 3; Chartered Institute of Public Finance and Accountancy, "Nearest Neighbours Model
        (England)". The Department for Education's own model was described by Benton T, Chamberlain
        T, Wilson R and Teeman D (2007), "The Development of the Children's Services Statistical
        Neighbour Benchmarking Model: Final Report", National Foundation for Educational Research.

    Example:
        >>> scores = np.array([[0.0, 1.0, 4.0], [0.0, 1.0, 0.0]])
        >>> compute_distances(scores, np.array([3.0, 1.0])).round(4)
        array([[0.    , 1.    , 3.4641],
               [1.    , 0.    , 2.6458],
               [3.4641, 2.6458, 0.    ]])
    """
    if np.any(weights < 0) or not np.any(weights > 0):
        raise ValueError("wanted weights of zero or more, and at least one above zero")
    squares = (scores[:, :, None] - scores[:, None, :]) ** 2
    shares = weights / weights.sum()
    return np.sqrt((shares[:, None, None] * squares).sum(axis=0))


def find_nearest(distances: Floats, count: int = 10) -> NDArray[np.intp]:
    """Give the places of the areas nearest to each, the nearest first.

    An area is not its own neighbour. Areas at the same distance, to six decimals, are taken in the
    order they come in, which is that of their codes. Gives one row for each area and as many
    columns as wanted; -1 stands where there is no further area, or the area itself was left out.
    The relation need not be mutual: the nearest to a remote area may have others nearer by.

    Formula:
        ordered by distance, then by code; the first ten

    Source:
        Chartered Institute of Public Finance and Accountancy, "Nearest Neighbours Model (England)";
        ten, as in the Department for Education's statistical neighbours.

    Example:
        >>> find_nearest(np.array([[0.0, 1.0, 3.5], [1.0, 0.0, 2.6], [3.5, 2.6, 0.0]]), 2).tolist()
        [[1, 2], [0, 2], [1, 0]]
    """
    ordered = np.round(distances, DIGITS)
    np.fill_diagonal(ordered, np.nan)
    order = np.argsort(ordered, axis=1, kind="stable")[:, :count]  # no number comes last
    found = ~np.isnan(np.take_along_axis(ordered, order, axis=1))
    places = np.where(found, order, -1)
    missing = np.full((len(places), max(count - places.shape[1], 0)), -1, dtype=places.dtype)
    return np.concatenate([places, missing], axis=1)
