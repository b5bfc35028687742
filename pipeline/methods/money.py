"""Money figures far from those of similar areas.

Pounds do not vary like separate children, so nothing here is tested, and nothing is called better
or worse: to spend more or less than others is a choice, a need or a price. What is said is how far
a figure lies from the median of the ten statistical neighbours, in units of how widely all local
authorities lie, and how far a balance moved beside how they usually move. Taken are the balance of
the dedicated schools grant, its change, spending from the high needs budget per head, and the
shares of top-up funding and of placements in independent and non-maintained settings; each with its
amount, what it is out of, its basis and its period. An area may well have none.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.limits import MONEY_DISTANCE

__all__ = ["compute_distance", "is_far_out"]

Floats = NDArray[np.float64]


def compute_distance(figure: Floats, middle: Floats, lower: Floats, upper: Floats) -> Floats:
    """Give how far a figure lies from a middle, in widths of the middle half of local authorities.

    Takes the figure; the median of its statistical neighbours (of a change: the median change of
    all local authorities); and the quartiles of all local authorities (of a change: of their
    changes), all of one period and in one unit. Gives a number without a unit, below nought where
    the figure is below the middle; not a number where the quartiles are the same.

    Formula:
        (figure − middle) / (upper quartile − lower quartile)

    Source:
        Our own rule; the distance between the quartiles as in Tukey JW (1977), "Exploratory data
        analysis".

    Example:
        >>> round(float(compute_distance(*map(np.array, (925.0, 700.0, 600.0, 820.0)))), 2)
        1.02
    """
    width = np.asarray(upper - lower, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(width > 0, (figure - middle) / width, np.nan)


def is_far_out(apart: Floats) -> NDArray[np.bool_]:
    """Say whether a money figure lies so far out that it is listed.

    Takes a distance; one that is not a number is never listed.

    Formula:
        distance > 1, or distance < −1

    Source:
        Our own rule: further from similar areas than the whole middle half of authorities is wide.

    Example:
        >>> is_far_out(np.array([1.02, -1.4, 0.6, np.nan])).tolist()
        [True, True, False, False]
    """
    return np.abs(apart) > MONEY_DISTANCE
