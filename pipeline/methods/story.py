"""What is said of England as a whole.

The story on the first page is written by rules from England's headline figures and says nothing of
causes. It says which figures a test finds higher or lower than the period before, and which changes
could not be tested; which have gone one way three years or more in a row; which are the highest or
lowest of their series; and on which percentages local authorities differ most.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["find_records", "is_in_a_row", "measure_widest"]

FEWEST_FOR_RECORD = 5
YEARS_IN_A_ROW = 3

Floats = NDArray[np.float64]
Yes = NDArray[np.bool_]


def find_records(figures: Floats, joins: Yes) -> int:
    """Say whether the latest figure is the highest (1) or lowest (-1) of its series, or not (0).

    Only figures that compare count: those since the last break or missing year, and at least five
    of them, the latest included. A figure that an earlier one equals is no record. Takes the
    figures as they are shown, oldest first, and whether each joins the one before.

    Formula:
        highest where the latest figure > every earlier figure of its unbroken series, lowest where
        it is < every one; neither where the series has fewer than 5 figures

    Source:
        Our own rule.

    Example:
        >>> joins = np.array([False, True, True, True, True])
        >>> find_records(np.array([2.0, 3.0, 2.5, 3.0, 3.5]), joins)
        1
        >>> find_records(np.array([2.0, 3.5, 2.5, 3.0, 3.5]), joins)
        0
        >>> joins = np.array([False, False, True, True, True])
        >>> find_records(np.array([9.0, 1.0, 1.5, 2.0, 2.5]), joins)
        0
    """
    start = max(np.flatnonzero(~joins), default=0)
    *earlier, latest = figures[start:]
    if len(earlier) + 1 < FEWEST_FOR_RECORD:
        return 0
    return int(latest > max(earlier)) - int(latest < min(earlier))


def is_in_a_row(run: Floats) -> Yes:
    """Say which figures have gone one way for so many years that it is worth a sentence.

    Takes the number of years in a row that rose (above 0) or fell (below 0), up to the latest; not
    a number where there is no earlier figure.

    Formula:
        years in a row ≥ 3 or ≤ −3

    Source:
        Our own rule, as in the signals of one area.

    Example:
        >>> is_in_a_row(np.array([8.0, -3.0, 2.0, np.nan])).tolist()
        [True, True, False, False]
    """
    return np.abs(run) >= YEARS_IN_A_ROW


def measure_widest(lower: Floats, upper: Floats) -> Floats:
    """Give how far apart the middle half of local authorities lies: the difference of quartiles.

    Only percentages are set beside one another, in percentage points, so that no unit decides.
    Takes the value that a quarter of the ranked local authorities lie below, and the one that a
    quarter lie above.

    Formula:
        upper quartile − lower quartile

    Source:
        The interquartile range of any textbook of statistics.

    Example:
        >>> measure_widest(np.array([27.3, 5.0]), np.array([81.0, 6.0])).tolist()
        [53.7, 1.0]
    """
    return upper - lower
