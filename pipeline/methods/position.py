"""Where an area stands among others.

Areas are put in order, the best first by what is better for children, or the highest first where
neither way is better. The City of London and the Isles of Scilly are shown and never ranked: their
numbers are too small. An area with no figure has no rank and changes nobody else's.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["rank", "assign_quartile"]  # noqa: RUF022 - in reading order

Floats = NDArray[np.float64]


def rank(badness: Floats) -> tuple[Floats, Floats, Floats]:
    """Give each area's rank, how many areas share it, and how many are ranked.

    Areas with the same figure share the better rank: "=12th of 151". Takes one row for each metric
    and period and one column for each area, lower being better (a figure of which more is better is
    given with its sign turned); gives three arrays, not a number where there is no figure.

    Formula:
        rank = 1 + the number of areas that are better

    Source:
        Standard competition ranking, as in the Department for Education's local authority
        interactive tool; that tool says neither "out of how many" nor that a rank is shared.

    Example:
        >>> ranks, sharing, ranked = rank(np.array([[3.0, 1.0, 3.0, np.nan]]))
        >>> ranks.tolist(), sharing.tolist(), ranked.tolist()
        ([[2.0, 1.0, 2.0, nan]], [[2.0, 1.0, 2.0, nan]], [3.0])
    """
    rows, columns = badness.shape
    order = np.argsort(badness, axis=1, kind="stable")
    ordered = np.take_along_axis(badness, order, axis=1)
    starts = np.ones_like(ordered, dtype=bool)
    starts[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    place = np.arange(columns)
    first = np.maximum.accumulate(np.where(starts, place, 0), axis=1)
    after = np.where(starts, place, columns)
    after = np.minimum.accumulate(after[:, ::-1], axis=1)[:, ::-1]
    following = np.concatenate([after[:, 1:], np.full((rows, 1), columns)], axis=1)
    missing = np.isnan(ordered)
    ranks, sharing = np.empty_like(badness), np.empty_like(badness)
    np.put_along_axis(ranks, order, np.where(missing, np.nan, first + 1.0), axis=1)
    np.put_along_axis(sharing, order, np.where(missing, np.nan, following - first), axis=1)
    return ranks, sharing, (~missing).sum(axis=1).astype(float)


def assign_quartile(badness: Floats) -> Floats:
    """Give the quarter of areas each area lies in: 1 is the best, or the highest where neither is.

    Takes the same rows as rank. An area that lies on a cut is in the better quarter. Areas with the
    same figure are never parted: where they lie on both sides of a cut they have no quarter, for a
    quarter with all of them would hold more than a quarter of the areas. Where 126 of 141 areas
    have 0%, these are neither the best nor the worst quarter. Gives not a number there.

    Formula:
        the cuts lie at 25%, 50% and 75% of the way along the ordered figures, in a straight line
        between the two nearest (type 7)
        none where place of the first with the figure ≤ cut < place of the last with it

    Source:
        Hyndman RJ and Fan Y (1996), "Sample quantiles in statistical packages", The American
        Statistician 50: 361 to 365. The Department for Education's local authority interactive tool
        makes the same cuts; where high is good, it puts an area that lies on one in the worse
        quarter. To give none where areas that are level lie on both sides is this dashboard's.

    Example:
        >>> assign_quartile(np.array([[1.0, 2.0, 3.0, 4.0, np.nan]])).tolist()
        [[1.0, 2.0, 3.0, 4.0, nan]]
        >>> assign_quartile(np.array([[0.0, 0.0, 0.0, 0.0, 5.0, 9.0]])).tolist()
        [[nan, nan, nan, nan, 4.0, 4.0]]
    """
    ordered = np.sort(badness, axis=1)
    last = np.maximum((~np.isnan(badness)).sum(axis=1) - 1, 0)
    result, parted = np.ones_like(badness), np.zeros(badness.shape, dtype=bool)
    for share in (0.25, 0.5, 0.75):
        at = share * last
        below = np.floor(at).astype(np.intp)
        above = np.minimum(below + 1, last)
        low = np.take_along_axis(ordered, below[:, None], axis=1)
        high = np.take_along_axis(ordered, above[:, None], axis=1)
        cut = low + (at - below)[:, None] * (high - low)
        with np.errstate(invalid="ignore"):
            result += badness > cut
            parted |= (below < last)[:, None] & (low == high) & (badness == low)
    return np.where(np.isnan(badness) | parted, np.nan, result)
