"""Outcomes for the money.

Two indices set what children with SEND achieve beside what is spent. Each is a weighted mean of
chosen metrics, put on one scale. Nothing here says that spending causes outcomes: areas that spend
more may have more children with greater needs. An index hangs on what is chosen and how it is
weighted, so its rank is given as a range: how far it moves within reason when the weights move, and
with them those figures that have an interval. A figure without one stays where it is, so the range
says less than all that is uncertain; the page says how many are moved.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["standardise_scores", "compute_index", "rank_range"]  # noqa: RUF022 - in reading order

COVERAGE = 0.7
DRAWS = 1000
SEED = 20260401
WITHIN_95 = 3.919927969080108  # a 95% interval is this many standard errors wide

Floats = NDArray[np.float64]


def standardise_scores(figures: Floats, sign: Floats) -> Floats:
    """Put each metric on one scale: 0 is the mean of areas, 1 is one standard deviation better.

    Takes figures, a row for each metric and a column for each area, and a sign for each metric: 1
    where more counts up, -1 where it counts down. Gives an array of the same shape; any number of
    such arrays may be stacked.

    Formula:
        z = sign × (figure − mean of areas) / standard deviation of areas

    Source:
        OECD and Joint Research Centre (2008), "Handbook on constructing composite indicators:
        methodology and user guide", step 5.

    Example:
        >>> standardise_scores(np.array([[1.0, 2.0, 3.0]]), np.array([-1.0])).round(4).tolist()
        [[1.2247, -0.0, -1.2247]]
    """
    there = ~np.isnan(figures)
    number = there.sum(axis=-1, keepdims=True)
    off = figures - np.nan_to_num(figures).sum(axis=-1, keepdims=True) / number
    spread = np.sqrt(np.nan_to_num(off * off).sum(axis=-1, keepdims=True) / number)
    return sign[:, None] * off / spread


def compute_index(scores: Floats, weights: Floats) -> Floats:
    """Give the weighted mean of an area's scores, where at least 70% of the weight has a figure.

    Takes standardised scores, a row for each metric and a column for each area, and a weight for
    each metric; gives one number for each area, not a number where too much is missing.

    Formula:
        index = sum of weight × z / sum of weight, over the metrics with a figure

    Source:
        OECD and Joint Research Centre (2008), as for the scale, step 6.

    Example:
        >>> scores = np.array([[1.0, 1.0, np.nan], [-2.0, np.nan, 0.5]])
        >>> compute_index(scores, np.array([3.0, 1.0])).tolist()
        [0.25, 1.0, nan]
    """
    there = ~np.isnan(scores)
    held = (there * weights[:, None]).sum(axis=0)
    total = (np.where(there, scores, 0) * weights[:, None]).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(held >= COVERAGE * weights.sum() - 1e-12, total / held, np.nan)


def rank_range(
    figures: Floats, errors: Floats, sign: Floats, weights: Floats, *, draws: int = DRAWS
) -> tuple[Floats, Floats]:
    """Give the range that holds 90% of an area's ranks when weights and figures are moved.

    Only figures that have an interval are moved, each within its own.

    Each of 1,000 draws takes new weights around the chosen ones and, for every figure with an
    interval, a new figure within it; the index and the ranks are made again. The range runs from
    the rank that 5% of draws better to the one that 5% fall behind; where the area's own rank lies
    outside, the table stretches it to that rank. The draws start from a fixed number, so that the
    same figures give the same range. Takes figures, a row for each metric and
    a column for each area, the standard error of each (0 where it is not known), signs and
    weights; gives the best and the worst rank of the range.

    Formula:
        weight drawn = weight × a draw from the exponential distribution (a Dirichlet draw)
        figure drawn = figure + standard error × a draw from the normal distribution
        range = the 5th and 95th of 100 parts of the ranks, 1 being the highest index

    Source:
        Saisana M, Saltelli A and Tarantola S (2005), "Uncertainty and sensitivity analysis
        techniques as tools for the quality assessment of composite indicators", Journal of the
        Royal Statistical Society A 168: 307 to 323; Goldstein H and Spiegelhalter DJ (1996),
        "League tables and their limitations", the same journal 159: 385 to 443.

    Example:
        >>> figures, none = np.array([[1.0, 2.0, 9.0]]), np.zeros((1, 3))
        >>> best, worst = rank_range(figures, none, np.array([1.0]), np.array([1.0]))
        >>> best.tolist(), worst.tolist()
        ([3.0, 2.0, 1.0], [3.0, 2.0, 1.0])
    """
    placed = ~np.isnan(compute_index(standardise_scores(figures, sign), weights))
    random = np.random.Generator(np.random.PCG64(SEED))
    moved = figures + errors * random.standard_normal((draws, *figures.shape))
    chance = weights * random.standard_exponential((draws, len(weights)))
    scores = standardise_scores(moved, sign)[..., placed]
    there = ~np.isnan(scores)
    total, held = np.zeros((2, draws, placed.sum()))
    # Added one by one: an order that is the same on every machine gives the same bytes.
    for part in range(len(weights)):
        share = chance[:, part, None]
        held += share * there[:, part]
        total += np.where(there[:, part], share * scores[:, part], 0)
    value = total / held
    order = np.argsort(-value, axis=1, kind="stable")
    ranks = np.empty(order.shape)
    np.put_along_axis(ranks, order, np.arange(1.0, order.shape[1] + 1)[None], axis=1)
    result = np.full((2, figures.shape[1]), np.nan)
    result[:, placed] = np.quantile(ranks, [0.05, 0.95], axis=0, method="nearest")
    return result[0], result[1]
