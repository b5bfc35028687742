"""Whether an area lies outside what chance and ordinary differences explain.

A funnel plot sets each area's figure against the number of children behind it. Small areas vary
more by chance, so the limits are wide on the left and narrow to the right. Areas of England
differ by more than chance: their children and their services differ. The limits are widened for
that, so that an area outside them stands out from the ordinary spread of areas, and not from an
ideal. Where that spread is nearly all there is, a funnel plot cannot tell areas apart, and none is
drawn.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.limits import FUNNEL_DISPERSION
from pipeline.methods.intervals import Z95

__all__ = ["estimate_spread", "is_telling", "compute_funnel_limits", "compute_outlying"]  # noqa: RUF022 - in reading order

Z998 = 3.090232306167813  # the standard normal deviate that leaves 0.1% above it
WINSORISED = 0.1

Floats = NDArray[np.float64]


class Spread(NamedTuple):
    """How areas vary about their overall figure."""

    overall: float
    dispersion: float
    added: float


def estimate_spread(count: Floats, total: Floats, *, proportion: bool) -> Spread:
    """Give the overall figure and how much more areas vary than by chance.

    Takes one number for each area. The first result is the overall proportion or rate, the second
    is the over-dispersion (1 is chance alone), the third the variance between areas on the scale
    where chance does not depend on the figure (the arcsine of the root of a proportion, the root
    of a rate); 0 where areas vary no more than by chance.

    Formula:
        y = arcsine √(count / total) of a proportion, or √(count / total) of a rate
        s = 1 / (2 √total), the chance error of y
        z = (y − overall y) / s, the lowest and highest tenth drawn in to the cut (winsorised)
        over-dispersion φ = mean of z²
        added variance τ² = (n φ − (n − 1)) / (Σw − Σw² / Σw), w = 1 / s²

    Source:
        Spiegelhalter DJ (2005), "Handling over-dispersion of performance indicators", Quality and
        Safety in Health Care 14: 347 to 351; Spiegelhalter DJ (2005), "Funnel plots for comparing
        institutional performance", Statistics in Medicine 24: 1185 to 1202.

    Example:
        >>> count, total = np.array([20.0, 33, 38, 52, 81]), np.array([100.0, 110, 120, 130, 140])
        >>> found = estimate_spread(count, total, proportion=True)
        >>> round(found.overall, 4), round(found.dispersion, 2), round(found.added, 5)
        (0.3733, 4.76, 0.01034)
    """
    overall = float(count.sum() / total.sum())
    z = (
        2
        * np.sqrt(total)
        * (
            _transform(count / total, proportion=proportion)
            - _transform(np.array(overall), proportion=proportion)
        )
    )
    z = np.clip(z, *np.quantile(z, [WINSORISED, 1 - WINSORISED]))
    number, dispersion, weights = len(z), float((z * z).mean()), 4 * total
    apart = float(weights.sum() - (weights * weights).sum() / weights.sum())
    added = (number * dispersion - (number - 1)) / apart if apart > 0 else 0.0
    return Spread(overall, dispersion, max(added, 0.0))


def is_telling(dispersion: float) -> bool:
    """Say whether a funnel plot can tell areas apart.

    It cannot where nearly all of the variance between areas is not chance: its limits are then
    nearly level, they depend on the spread and hardly on the numbers of children, and the worst
    area of all may lie within them. No such plot is drawn, and nothing is said to lie within or
    outside its limits. Takes the over-dispersion.

    Formula:
        over-dispersion ≤ 4, that is I² = 1 − 1 / over-dispersion ≤ 75%

    Source:
        Higgins JPT and Thompson SG (2002), "Quantifying heterogeneity in a meta-analysis",
        Statistics in Medicine 21: 1539 to 1558; Higgins JPT and others (2003), "Measuring
        inconsistency in meta-analyses", BMJ 327: 557 to 560, who call 75% high. To draw no plot
        there is this dashboard's.

    Example:
        >>> is_telling(2.5), is_telling(195.8)
        (True, False)
    """
    return dispersion <= FUNNEL_DISPERSION


def compute_funnel_limits(found: Spread, total: Floats, *, proportion: bool) -> tuple[Floats, ...]:
    """Give the limits of a funnel for areas of given sizes.

    Takes what spread gives, and numbers of children; gives four arrays of proportions or rates: the
    low 99.8% and 95% limits, then the high 95% and 99.8% limits.

    Formula:
        overall y ± 1.96 (95%) or 3.09 (99.8%) × √(1 / (4 × total) + τ²), turned back to a figure

    Source:
        Spiegelhalter DJ (2005), as for the spread.

    Example:
        >>> lines = compute_funnel_limits(Spread(0.5, 1.0, 0.0), np.array([100.0]), proportion=True)
        >>> [round(float(line[0]), 3) for line in lines]
        [0.348, 0.403, 0.597, 0.652]
    """
    centre = _transform(np.array(found.overall), proportion=proportion)
    error = np.sqrt(1 / (4 * total) + found.added)
    deviates = (-Z998, -Z95, Z95, Z998)
    return tuple(_transform_back(centre + z * error, proportion=proportion) for z in deviates)


def compute_outlying(count: Floats, total: Floats, found: Spread, *, proportion: bool) -> Floats:
    """Say how far outside the funnel each area lies.

    0 is within the 95% limits, 1 above them, 2 above the 99.8% limits, and -1 and -2 below. Takes
    one number for each area, and their spread.

    Formula:
        the area's figure against the limits for its own size

    Source:
        Spiegelhalter DJ (2005), as for the spread.

    Example:
        >>> count, total = np.array([50.0] * 9 + [80.0]), np.full(10, 100.0)
        >>> compute_outlying(count, total, Spread(0.5, 1.0, 0.0), proportion=True).tolist()
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0]
    """
    low998, low95, high95, high998 = compute_funnel_limits(found, total, proportion=proportion)
    figure = count / total
    above = (figure > high95).astype(float) + (figure > high998)
    return above - (figure < low95) - (figure < low998)


def _transform(figure: Floats, *, proportion: bool) -> Floats:
    root = np.sqrt(figure)
    return np.arcsin(np.minimum(root, 1)) if proportion else root


def _transform_back(shaped: Floats, *, proportion: bool) -> Floats:
    if proportion:
        return np.square(np.sin(np.clip(shaped, 0, np.pi / 2)))
    return np.square(np.maximum(shaped, 0))
