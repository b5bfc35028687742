"""Whether a figure has changed.

A figure goes up and down from year to year by chance. A change is called one only where it is
larger than chance would make it. Nothing is compared across a break in the series or a year that
is missing, and a change of a percentage is given in percentage points, never as a per cent of a
per cent.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.methods.intervals import Z95

__all__ = ["compare_with_zero", "compute_trend"]

YEARS = 5
FLAT = 1e-9  # of the range a year: less than this is rounding, and no direction
LIMIT = 9.549535706083239  # the chi-squared value with one degree of freedom that 0.2% exceed

Floats = NDArray[np.float64]


def compare_with_zero(low: Floats, high: Floats) -> Floats:
    """Say whether a difference is up (1), down (-1) or no different from none (0).

    Takes the lower and the upper limit of the 95% interval of a difference; gives not a number
    where there is no interval: the difference is then shown and not tested. England is the
    exception: its figure, where it is published without counts, is taken as it stands, as an
    interval of so many would be narrow.

    Formula:
        up where the lower limit is above nought, down where the upper limit is below nought

    Source:
        Follows from the interval of the difference, which is described under "How sure a figure
        is".

    Example:
        >>> compare_with_zero(np.array([0.1, -0.2, -3.0]), np.array([0.4, 0.2, -1.0])).tolist()
        [1.0, 0.0, -1.0]
    """
    way = (low > 0).astype(float) - (high < 0)
    return np.where(np.isnan(low) | np.isnan(high), np.nan, way)


def compute_trend(figures: Floats, low: Floats, high: Floats) -> Floats:
    """Say whether five years in a row rise (1), fall (-1) or neither (0).

    A straight line is drawn through the five figures, those with narrow intervals counting for
    more. It is called a rise or a fall when so steep a line would come by chance in fewer than 2
    of 1,000 cases, and when it keeps its direction whichever one of the five years is left out.
    Takes arrays whose first axis is five consecutive years, oldest first, and gives an array
    without it: not a number where a year has no figure or no interval.

    Formula:
        weight = 1 / ((upper − lower) / (2 × 1.96))²
        slope = sum of weight × (year − mean year) × figure / sum of weight × (year − mean year)²
        chi-squared = slope² × sum of weight × (year − mean year)², above 9.55

    Source:
        The recent trends of the Office for Health Improvement and Disparities' public health
        profiles ("Fingertips"): weighted regression over the five latest points.

    Example:
        >>> figures = np.array([50.0, 52.0, 55.0, 57.0, 60.0])
        >>> float(compute_trend(figures, figures - 2, figures + 2))
        1.0
        >>> float(compute_trend(figures, figures - 20, figures + 20))
        0.0
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        weights = 1 / np.square((high - low) / (2 * Z95))
        slope, precision = _fit_line(figures, weights)
        flat = FLAT * (figures.max(axis=0) - figures.min(axis=0))
        way = np.where(slope * slope * precision > LIMIT, np.sign(slope), 0.0)
        for left_out in range(YEARS):
            kept = weights.copy()
            kept[left_out] = 0
            way = np.where(way * _fit_line(figures, kept)[0] > flat, way, 0.0)
    untested = ~np.isfinite(weights).all(axis=0) | np.isnan(figures).any(axis=0)
    return np.where(untested, np.nan, way)


def _fit_line(figures: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Give the slope of the weighted line, and the inverse of its variance."""
    years = np.arange(YEARS, dtype=float).reshape(-1, *[1] * (figures.ndim - 1))
    total = _add_up(weights)
    off = years - _add_up(weights * years) / total
    precision = _add_up(weights * off * off)
    return _add_up(weights * off * figures) / precision, precision


def _add_up(parts: Floats) -> Floats:
    """Add up over the years in their order: the same bytes on every machine."""
    total = parts[0].copy()
    for part in parts[1:]:
        total = total + part
    return total
