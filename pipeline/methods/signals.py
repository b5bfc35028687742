"""What deserves attention in one area.

The list says where an area stands out, by one rule for all, and leaves the reasons to its
readers. It takes the latest figures of metrics of which more is better or worse for children with
SEND, whose period ended in the three years before the newest figures held. Each figure is given
marks; those with two or more are listed, at most eight and at most two of a topic, and at most
four that stand out for the better. A mark is not a verdict: small areas are marked less often
because their intervals are wider.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["worse_than_neighbours", "worsening", "marks", "order"]  # noqa: RUF022 - reading order

MOST_OF_TEN = 8
YEARS_IN_A_ROW = 3

Floats = NDArray[np.float64]
Yes = NDArray[np.bool_]


def worse_than_neighbours(tested: Floats, better: Floats) -> Yes:
    """Say where a figure is worse than the mean of the ten statistical neighbours.

    By the interval of the difference where that is known; where it is not, the figure counts as
    worse when at least eight of the ten neighbours are better. Takes the test (1 worse, 0 no
    different, -1 better, not a number where not tested) and the number of neighbours that are
    better.

    Formula:
        test = 1, or no test and neighbours that are better ≥ 8

    Source:
        Our own rule.

    Example:
        >>> tested, better = np.array([1.0, 0.0, np.nan, np.nan]), np.array([6.0, 9.0, 8.0, 7.0])
        >>> worse_than_neighbours(tested, better).tolist()
        [True, False, True, False]
    """
    return np.where(np.isnan(tested), better >= MOST_OF_TEN, tested == 1)


def worsening(trend: Floats, step: Floats, run: Floats) -> Yes:
    """Say where a figure is getting worse.

    By the five-year trend or the test against the year before; where neither could be tested,
    when it has become worse in each of the last three years. Takes the trend and the test against
    the year before (1 worse, 0 no different, -1 better, not a number where not tested) and the
    number of years in a row that became worse.

    Formula:
        trend = 1, or test against the year before = 1, or neither tested and years in a row ≥ 3

    Source:
        Our own rule.

    Example:
        >>> nothing = np.array([np.nan, np.nan])
        >>> worsening(nothing, np.array([1.0, np.nan]), np.array([1.0, 3.0])).tolist()
        [True, True]
    """
    untested = np.isnan(trend) & np.isnan(step)
    return (trend == 1) | (step == 1) | (untested & (run >= YEARS_IN_A_ROW))


def marks(by: dict[str, Yes], funnel: Floats) -> Floats:
    """Count the marks of each figure.

    One each for falling short of a duty in law, being worse than the neighbours, being worse than
    England, lying in the worst quarter of areas and getting worse; one for lying outside the 95%
    limits of the funnel, or two outside the 99.8% limits. What cannot be judged, as where the
    publisher gives no counts, earns no mark. Takes arrays of one shape.

    Formula:
        marks = short of a duty + worse than neighbours + worse than England + worst quarter
        + getting worse + 1 or 2 for the funnel

    Source:
        Our own rule.

    Example:
        >>> by = {"neighbours": np.array([True]), "england": np.array([False])}
        >>> marks(by, np.array([2.0])).tolist()
        [3.0]
    """
    outside = np.maximum(np.where(np.isnan(funnel), 0, funnel), 0)
    return outside + np.sum(list(by.values()), axis=0)


def order(given: Floats, statutory: Yes, place: Floats) -> NDArray[np.intp]:
    """Give the order in which one area's figures are listed.

    Most marks first; among equals those that fall short of a duty in law, then those with the worst
    place among all areas, then in the order of the metrics.

    Formula:
        sorted by marks, statutory, rank / number ranked (highest first)

    Source:
        Our own rule.

    Example:
        >>> given, duty = np.array([2.0, 3.0, 3.0]), np.array([True, False, True])
        >>> order(given, duty, np.array([0.9, 0.99, 0.5])).tolist()
        [2, 1, 0]
    """
    return np.lexsort((np.arange(len(given)), -place, ~statutory, -given))
