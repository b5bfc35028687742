"""The range in which areas usually lie.

Areas differ by more than chance: their children and their services differ. Whether one of them
stands out is therefore asked of the ordinary differences between areas, and not of chance alone.
The middle of all areas and how far they lie about it are worked out together, so that the few that
lie far out neither draw the middle to them nor widen the range that they are measured by.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.methods.intervals import Z95

__all__ = [  # noqa: RUF022 - in reading order
    "transform_shares",
    "compute_chance_variance",
    "estimate_usual",
    "compute_p_beyond",
    "compute_usual_range",
]

CUT = 1.2815515655446004  # the standard normal deviate that leaves a tenth above it
EXPECTED = 0.6786545589528744  # the mean of min(z², CUT²) of a standard normal z
ROUNDS, HALVINGS = 25, 48
CLOSE = 1e-9

Floats = NDArray[np.float64]


class Usual(NamedTuple):
    """The middle of all areas, and the variance between them beyond chance."""

    middle: float
    between: float


def transform_shares(count: Floats, total: Floats, *, proportion: bool) -> Floats:
    """Give figures on the scale where chance does not depend on the figure.

    Takes counts and totals of one shape.

    Formula:
        y = arcsine √(count / total) of a proportion, √(count / total) of a rate

    Source:
        Spiegelhalter DJ (2005), as for the funnel plot.

    Example:
        >>> count, total = np.array([1.0, 25.0]), np.array([4.0, 100.0])
        >>> transform_shares(count, total, proportion=False).tolist()
        [0.5, 0.5]
    """
    root = np.sqrt(count / total)
    return np.arcsin(np.minimum(root, 1)) if proportion else root


def compute_chance_variance(total: Floats) -> Floats:
    """Give the variance that chance alone gives a figure on that scale.

    Takes totals: how many children, plans or schools a figure is out of.

    Formula:
        s² = 1 / (4 × total); of a change, the two years' added up

    Source:
        Spiegelhalter DJ (2005), as for the funnel plot.

    Example:
        >>> compute_chance_variance(np.array([25.0])).tolist()
        [0.01]
    """
    return 1 / (4 * total)


def estimate_usual(y: Floats, variance: Floats) -> Usual:
    """Give the middle of all areas and the variance between them.

    Takes each area's figure (or its change since the year before) on the scale above, and the
    variance that chance alone gives it. The variance between areas is 0 where chance explains all.
    It is the same widening as the funnel plot's, but solved so that it is right where areas lie in
    a bell curve: drawing in the outer tenths, as the funnel does, leaves the range a fifth too
    narrow where areas differ much.

    Formula:
        r = (y − middle) / √(s² + τ²), beyond ±1.28 drawn in to it
        middle: Σ r / √(s² + τ²) = 0; τ²: mean of r² = 0.679, which it is of a bell curve

    Source:
        Huber PJ (1964), "Robust estimation of a location parameter", Annals of Mathematical
        Statistics 35: 73 to 101 (proposal 2); the additive variance τ² of Spiegelhalter DJ (2005),
        "Handling over-dispersion of performance indicators", Quality and Safety in Health Care 14:
        347 to 351; solved as by Paule RC and Mandel J (1982), "Consensus values and weighting
        factors", Journal of Research of the National Bureau of Standards 87: 377 to 385.

    Example:
        >>> y = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 5.0])
        >>> found = estimate_usual(y, np.full(8, 0.001))
        >>> round(found.middle, 3), round(found.between, 3)
        (0.451, 0.078)
    """
    middle = float(np.median(y))
    between = _estimate_between(y - middle, variance)
    for _ in range(ROUNDS):
        scale = 1 / np.sqrt(variance + between)
        r = (y - middle) * scale
        inside = float((np.square(scale) * (np.abs(r) < CUT)).sum())
        step = float((np.clip(r, -CUT, CUT) * scale).sum()) / inside if inside else 0.0
        middle += step
        between = _estimate_between(y - middle, variance)
        if abs(step) < CLOSE:
            break
    return Usual(middle, between)


def compute_p_beyond(y: Floats, variance: Floats, found: Usual) -> Floats:
    """Give the p-value of each area, were it one of the ordinary run of areas.

    Takes what usual takes, and what it gives.

    Formula:
        z = (y − middle) / √(s² + τ²); p = the share of a bell curve further out, both sides

    Source:
        Spiegelhalter DJ (2005), as for the variance between areas.

    Example:
        >>> p = compute_p_beyond(np.array([0.5, 0.9]), np.full(2, 0.01), Usual(0.5, 0.03))
        >>> p.round(4).tolist()
        [1.0, 0.0455]
    """
    z = np.abs(y - found.middle) / np.sqrt(variance + found.between)
    return np.array([math.erfc(each / math.sqrt(2)) for each in z.tolist()])


def compute_usual_range(
    middle: Floats, variance: Floats, *, proportion: bool
) -> tuple[Floats, Floats]:
    """Give the range in which 95% of areas of one size are expected, as proportions or rates.

    Takes middles on the scale above, and the variance of chance and between areas together.

    Formula:
        middle ± 1.96 × √(s² + τ²), turned back to a figure

    Source:
        Spiegelhalter DJ (2005), as for the funnel plot.

    Example:
        >>> low, high = compute_usual_range(np.array([0.5]), np.array([0.01]), proportion=False)
        >>> low.round(4).tolist(), high.round(4).tolist()
        ([0.0924], [0.4844])
    """
    wide = Z95 * np.sqrt(variance)
    low = transform_back(middle - wide, proportion=proportion)
    return low, transform_back(middle + wide, proportion=proportion)


def _estimate_between(off: Floats, variance: Floats) -> float:
    """Give the variance between areas by halving: the mean of what is drawn in falls with it."""

    def wide(between: float) -> bool:
        drawn_in = np.minimum(np.square(off) / (variance + between), CUT * CUT)
        return float(drawn_in.mean()) > EXPECTED

    if not wide(0.0):
        return 0.0
    low, high = 0.0, float(np.square(off).max()) / EXPECTED
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if wide(middle) else (low, middle)
    return high


def transform_back(y: Floats, *, proportion: bool) -> Floats:
    """Turn figures on the scale above back to proportions or rates."""
    if proportion:
        return np.square(np.sin(np.clip(y, 0, np.pi / 2)))
    return np.square(np.maximum(y, 0))
