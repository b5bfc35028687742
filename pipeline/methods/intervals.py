"""How sure a figure is.

A percentage or a rate counts children or events. Had the same services met another year's
children, the count would have been a little different: the 95% interval says by how much. The
smaller the numbers, the wider the interval. It says nothing of errors in the records themselves.
A figure has an interval here only where its numerator and denominator are published, or a
percentage with the number of children it is of, and only where it counts children or events: half
days of absence and pounds do not vary like separate children, so figures of them have none.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [  # noqa: RUF022 - in reading order
    "compute_wilson_interval",
    "compute_wilson_interval_of_rounded",
    "compute_byar_interval",
    "compute_difference_interval",
]

Z95 = 1.959963984540054  # the standard normal deviate that leaves 2.5% above it

# Exact 95% limits of a Poisson count below ten, from the chi-squared distribution (Ulm 1990).
EXACT = np.array(
    [
        [0, 3.68887945411],
        [0.0253178079843, 5.57164339094],
        [0.242209278544, 7.22468766772],
        [0.618672122896, 8.76727306974],
        [1.08986537363, 10.2415886754],
        [1.62348639012, 11.6683320793],
        [2.20189425349, 13.0594740225],
        [2.81436305152, 14.4226753617],
        [3.45383217675, 15.7631892202],
        [4.11537309738, 17.0848034514],
    ]
)

Floats = NDArray[np.float64]
Estimate = tuple[Floats, Floats, Floats]  # a figure with its lower and upper limit


def compute_wilson_interval(count: ArrayLike, total: ArrayLike) -> tuple[Floats, Floats]:
    """Give the 95% interval of a proportion by Wilson's score method.

    Used for percentages of children, plans or decisions. Takes counts and totals of any one shape
    and gives the lower and the upper limit as proportions from 0 to 1; not a number where the total
    is 0, unknown, or less than the count.

    Formula:
        p = count / total, q = 1 − p, z = 1.96
        (2 × count + z² ± z × √(z² + 4 × count × q)) / (2 × (total + z²))

    Source:
        Wilson EB (1927), "Probable inference, the law of succession, and statistical inference",
        Journal of the American Statistical Association 22: 209 to 212; recommended by Newcombe RG
        (1998), "Two-sided confidence intervals for the single proportion", Statistics in Medicine
        17: 857 to 872.

    Example:
        >>> low, high = compute_wilson_interval(81, 263)
        >>> round(float(low), 4), round(float(high), 4)
        (0.2553, 0.3662)
    """
    count, total = _floats(count, total)
    with np.errstate(invalid="ignore", divide="ignore"):
        known = (total > 0) & (count >= 0) & (count <= total)
        spread = Z95 * np.sqrt(Z95 * Z95 + 4 * count * (1 - count / total))
        middle = 2 * count + Z95 * Z95
        low = (middle - spread) / (2 * (total + Z95 * Z95))
        high = (middle + spread) / (2 * (total + Z95 * Z95))
    # At no one and at everyone the limit is the proportion itself: subtraction leaves noise.
    low = np.where(count == 0, 0.0, low)
    high = np.where(count == total, 1.0, high)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def compute_wilson_interval_of_rounded(
    share: ArrayLike, total: ArrayLike, half_step: ArrayLike
) -> tuple[Floats, Floats]:
    """Give the 95% interval of a proportion that is published rounded, without its count.

    Used where a publisher gives a percentage and the number of children it is of. The count is then
    known only to the rounding: the lower limit is that of the lowest share that would be published
    as this one, the upper limit that of the highest. In a local authority it makes next to no
    difference; among the hundreds of thousands of England it keeps rounding from passing for a
    change. Takes shares as proportions, totals, and half the last published digit, also as a
    proportion, of any one shape; gives the lower and the upper limit as proportions; not a number
    where the share or the total is unknown or the total is 0.

    Formula:
        h = half the last published digit
        lower = the lower limit by Wilson's method of (share − h) × total out of total, from 0
        upper = the upper limit by Wilson's method of (share + h) × total out of total, up to all

    Source:
        Wilson EB (1927), as for counts; to take the two ends of the rounding is this dashboard's.

    Example:
        >>> low, high = compute_wilson_interval_of_rounded(0.132, 842, 0.0005)
        >>> round(float(low), 4), round(float(high), 4)
        (0.1103, 0.1571)
    """
    share, total, half_step = _floats(share, total, half_step)
    low, _ = compute_wilson_interval(np.clip(share - half_step, 0, 1) * total, total)
    _, high = compute_wilson_interval(np.clip(share + half_step, 0, 1) * total, total)
    return low, high


def compute_byar_interval(count: ArrayLike) -> tuple[Floats, Floats]:
    """Give the 95% interval of a number of events: exact below ten, Byar's method from ten.

    Used for rates for each 100 or 1,000 children, whose limits are those of the count divided by
    the number of children. Takes counts of any shape and gives lower and upper limits as counts;
    not a number where the count is unknown or negative.

    Formula:
        lower = count × (1 − 1 / (9 × count) − z / (3 × √count))³, z = 1.96
        upper = (count + 1) × (1 − 1 / (9 × (count + 1)) + z / (3 × √(count + 1)))³
        below ten: half the chi-squared quantiles of 2 × count and 2 × count + 2 degrees of freedom

    Source:
        Breslow NE and Day NE (1987), "Statistical methods in cancer research, volume II", IARC
        Scientific Publications 82, page 69; Association of Public Health Observatories (2008),
        "Technical briefing 3: commonly used public health statistics and their confidence
        intervals".

    Example:
        >>> low, high = compute_byar_interval(65)
        >>> round(float(low), 2), round(float(high), 2)
        (50.16, 82.85)
    """
    (count,) = _floats(count)
    known = count >= 0
    safe = np.where(known, count, 1.0)
    few = safe < len(EXACT)
    some = np.where(few, 10.0, safe)
    below = 1 - 1 / (9 * some) - Z95 / (3 * np.sqrt(some))
    above = 1 - 1 / (9 * (some + 1)) + Z95 / (3 * np.sqrt(some + 1))
    exact = EXACT[np.where(few, safe, 0).astype(np.intp)]
    low = np.where(few, exact[..., 0], some * below * below * below)
    high = np.where(few, exact[..., 1], (some + 1) * above * above * above)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def compute_difference_interval(one: Estimate, other: Estimate) -> tuple[Floats, Floats]:
    """Give the 95% interval of the difference of two figures from the interval of each.

    Two figures are called different when this interval does not hold nought. It is used for an area
    beside England or its neighbours, for a year beside the year before, and for the gap between two
    groups. The two are taken as independent. England holds the area itself, and two years hold many
    of the same children: there the true interval is a little narrower than the one given, so fewer
    differences are called than could be. Takes two of (figure, lower limit, upper limit), each an
    array, and gives the lower and the upper limit of the first less the second.

    Formula:
        d = a − b
        lower = d − √((a − lower of a)² + (upper of b − b)²)
        upper = d + √((upper of a − a)² + (b − lower of b)²)

    Source:
        Newcombe RG (1998), "Interval estimation for the difference between independent
        proportions: comparison of eleven methods", Statistics in Medicine 17: 873 to 890 (method
        10); for any two figures: Zou GY and Donner A (2008), "Construction of confidence limits
        about effect measures: a general approach", Statistics in Medicine 27: 1693 to 1702.

    Example:
        >>> a = (56 / 70, *compute_wilson_interval(56, 70))
        >>> b = (48 / 80, *compute_wilson_interval(48, 80))
        >>> low, high = compute_difference_interval(a, b)
        >>> round(float(low), 4), round(float(high), 4)
        (0.0524, 0.3339)
    """
    (a, a_low, a_high), (b, b_low, b_high) = one, other
    gap = a - b
    low = gap - np.sqrt(np.square(a - a_low) + np.square(b_high - b))
    high = gap + np.sqrt(np.square(a_high - a) + np.square(b - b_low))
    return low, high


def _floats(*given: ArrayLike) -> list[Floats]:
    return list(np.broadcast_arrays(*(np.asarray(array, dtype=np.float64) for array in given)))
