"""An area beside a group of others.

Tools for councils disagree: one gives the mean of the ten statistical neighbours, another the
median, and the choice decides for one figure in fifteen whether an area is said to be above or
below them. Both are given here, and the page always says which. Neither says more than the areas
behind it: how many have a figure, from what to what, and which have none.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["summary"]

Floats = NDArray[np.float64]


def summary(figures: Floats) -> dict[str, Floats]:
    """Give the mean, the median, the number with a figure, and which is lowest and highest.

    Each area counts once, whatever its size. Takes figures with the areas of the group along the
    first axis; gives arrays without that axis. `lowest` and `highest` are positions in the group
    from 0, the first one where several are level. Everything but the number is not a number where
    no area of the group has a figure.

    Formula:
        mean = sum of the figures / number of areas with a figure
        median = the middle figure, or halfway between the two middle ones

    Source:
        The Department for Education's local authority interactive tool gives the mean of
        statistical neighbours; its children's social care dashboard gives the median.

    Example:
        >>> found = summary(np.array([10.0, 40.0, np.nan, 13.0]))
        >>> {name: float(result) for name, result in found.items()}
        {'mean': 21.0, 'median': 13.0, 'number': 3.0, 'lowest': 0.0, 'highest': 1.0}
    """
    there = ~np.isnan(figures)
    number = there.sum(axis=0)
    total = np.zeros(figures.shape[1:])
    # Added one by one: an order that is the same on every machine gives the same bytes.
    for figure, is_there in zip(figures, there, strict=True):
        total += np.where(is_there, figure, 0)
    none = number == 0
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / number
    ordered = np.sort(figures, axis=0)  # what is missing comes last
    middle = [np.maximum(number - 1, 0) // 2, np.minimum(number // 2, len(figures) - 1)]
    low, high = (np.take_along_axis(ordered, at[None], axis=0)[0] for at in middle)
    return {
        "mean": mean,
        "median": (low + high) / 2,
        "number": number.astype(float),
        "lowest": np.where(none, np.nan, np.where(there, figures, np.inf).argmin(axis=0)),
        "highest": np.where(none, np.nan, np.where(there, figures, -np.inf).argmax(axis=0)),
    }
