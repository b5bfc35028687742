"""An area beside a group of others.

Tools for councils disagree: one gives the mean of the ten statistical neighbours, another the
median, and the choice decides for one figure in fifteen whether an area is said to be above or
below them. Both are given here, and the page always says which. Neither says more than the areas
behind it: how many have a figure, from what to what, and which have none.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["summary", "ends"]  # noqa: RUF022 - in reading order

Floats = NDArray[np.float64]


def summary(figures: Floats) -> dict[str, Floats]:
    """Give the mean, the median, and the number of areas with a figure.

    Each area counts once, whatever its size. Takes figures with the areas of the group along the
    first axis; gives arrays without that axis. The mean and the median are not a number where no
    area of the group has a figure.

    Formula:
        mean = sum of the figures / number of areas with a figure
        median = the middle figure, or halfway between the two middle ones

    Source:
        The Department for Education's local authority interactive tool gives the mean of
        statistical neighbours; its children's social care dashboard gives the median.

    Example:
        >>> found = summary(np.array([10.0, 40.0, np.nan, 13.0]))
        >>> {name: float(result) for name, result in found.items()}
        {'mean': 21.0, 'median': 13.0, 'number': 3.0}
    """
    number, total = (np.zeros(figures.shape[1:]) for _ in range(2))
    # Added one by one: an order that is the same on every machine gives the same bytes.
    for figure in figures:
        there = ~np.isnan(figure)
        number += there
        total += np.where(there, figure, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / number
    ordered = np.sort(figures, axis=0)  # what is missing comes last
    last = number.astype(np.intp)
    middle = [np.maximum(last - 1, 0) // 2, np.minimum(last // 2, len(figures) - 1)]
    low, high = (np.take_along_axis(ordered, at[None], axis=0)[0] for at in middle)
    return {"mean": mean, "median": (low + high) / 2, "number": number}


def ends(figures: Floats) -> dict[str, Floats]:
    """Say which area of a group is lowest and which is highest.

    Takes what summary takes; gives positions in the group from 0, the first one where several are
    level; not a number where no area of the group has a figure.

    Formula:
        the areas with the lowest and with the highest figure

    Source:
        This dashboard's own: a mean says little where one of ten is far from the others.

    Example:
        >>> {name: float(place) for name, place in ends(np.array([13.0, np.nan, 10.0])).items()}
        {'lowest': 2.0, 'highest': 0.0}
    """
    lowest, highest = (np.full(figures.shape[1:], np.nan) for _ in range(2))
    least, most = (np.full(figures.shape[1:], end) for end in (np.inf, -np.inf))
    for place, figure in enumerate(figures):
        for at, end, beyond in ((lowest, least, figure < least), (highest, most, figure > most)):
            at[beyond] = place
            np.copyto(end, figure, where=beyond)
    return {"lowest": lowest, "highest": highest}
