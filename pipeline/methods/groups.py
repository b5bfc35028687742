"""An area beside a group of others.

Tools for councils disagree: one gives the mean of the ten statistical neighbours, another the
median, and the choice decides for one figure in fifteen whether an area is said to be above or
below them. Both are given here, but an area is judged against one alone, the median: pages lead
with it, and one far neighbour does not move it. Neither says more than the areas behind it: how
many have a figure, from what to what, and which have none. Similar areas differ, and not by chance
alone. An area is called better or worse than they are only where its figure lies outside what one
more area like them would be expected to have.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.limits import FEWEST_SIMILAR
from pipeline.methods.intervals import Z95, Estimate

__all__ = ["summarise_group", "find_ends", "estimate_expected", "scale_figures", "unscale_figures"]  # noqa: RUF022 - in reading order

Floats = NDArray[np.float64]

SCALES = {"wilson", "byar"}  # intervals of a proportion, and of a rate or a count

# What 2.5% of Student's t exceed, for 1 to 19 degrees of freedom.
T975 = np.array(
    [
        *(12.706204736174694, 4.302652729749462, 3.1824463052837078, 2.7764451051977934),
        *(2.5705818356363146, 2.4469118511449786, 2.364624251592784, 2.306004135204166),
        *(2.262157162798205, 2.228138851986274, 2.200985160091639, 2.1788128296672284),
        *(2.1603686564627913, 2.144786687917804, 2.131449545559776, 2.1199052992212546),
        *(2.1098155778333156, 2.1009220402410382, 2.0930240544083087),
    ]
)


def summarise_group(figures: Floats) -> dict[str, Floats]:
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
        >>> found = summarise_group(np.array([10.0, 40.0, np.nan, 13.0]))
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


def find_ends(figures: Floats) -> dict[str, Floats]:
    """Say which area of a group is lowest and which is highest.

    Takes what summary takes; gives positions in the group from 0, the first one where several are
    level; not a number where no area of the group has a figure.

    Formula:
        the areas with the lowest and with the highest figure

    Source:
        This dashboard's own: a mean says little where one of ten is far from the others.

    Example:
        >>> ends = find_ends(np.array([13.0, np.nan, 10.0]))
        >>> {name: float(place) for name, place in ends.items()}
        {'lowest': 2.0, 'highest': 0.0}
    """
    lowest, highest = (np.full(figures.shape[1:], np.nan) for _ in range(2))
    least, most = (np.full(figures.shape[1:], end) for end in (np.inf, -np.inf))
    for place, figure in enumerate(figures):
        for at, end, beyond in ((lowest, least, figure < least), (highest, most, figure > most)):
            at[beyond] = place
            np.copyto(end, figure, where=beyond)
    return {"lowest": lowest, "highest": highest}


def estimate_expected(median: Floats, figures: Floats, low: Floats, high: Floats) -> Estimate:
    """Give what one more area like those of a group would be expected to have.

    The 95% prediction interval about the group's median. It holds how far the areas of the group
    differ from one another, beyond the chance in each of their figures, and how surely so few show
    their middle. An area is called different from the group where the interval of the difference
    between its own figure and this one does not hold nought (as under "How sure a figure is"); it
    is then always on that side of the median. Takes the median, and figures with their 95% limits
    with the areas along the first axis, all on one scale (see below); gives the median, the lower
    and the upper limit without that axis. Not a number where fewer than three areas have a figure,
    or one of them has no interval.

    Formula:
        s = (upper − lower) / (2 × 1.96), the chance error of each figure
        V = Σ(figure − mean)² / (n − 1), W = Σs² / n
        τ² = V − W, or 0 where that is less
        median ± t × √(τ² + (π / 2) × max(V, W) / n), t with n − 1 degrees of freedom (2.26 for ten)

    Source:
        Higgins JPT, Thompson SG and Spiegelhalter DJ (2009), "A re-evaluation of random-effects
        meta-analysis", Journal of the Royal Statistical Society A 172: 137 to 159, with the
        moments estimate of τ² in which each area counts once (Hedges LV and Olkin I (1985),
        "Statistical methods for meta-analysis"). About the median, as pages lead with it: its
        variance is π / 2 times that of a mean in large samples, and a little less in ten, so the
        interval is never too narrow for it.

    Example:
        >>> figures = np.array([40.0, 44.0, 45.0, 47.0, 52.0])
        >>> middle, low, high = estimate_expected(np.array(45.0), figures, figures - 3, figures + 3)
        >>> float(middle), round(float(low), 2), round(float(high), 2)
        (45.0, 31.68, 58.32)
    """
    error = np.square((high - low) / (2 * Z95))
    number, total, within = (np.zeros(figures.shape[1:]) for _ in range(3))
    there = ~np.isnan(figures)
    # Added one by one: an order that is the same on every machine gives the same bytes.
    for figure, one, known in zip(figures, error, there, strict=True):
        number += known
        total += np.where(known, figure, 0)
        within += np.where(known, one, 0)
    apart = np.zeros_like(total)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean, within = total / number, within / number
        for figure, known in zip(figures, there, strict=True):
            apart += np.where(known, np.square(figure - mean), 0)
        between = apart / (number - 1)
        added = np.maximum(between - within, 0)
        variance = added + np.pi / 2 * np.maximum(between, within) / number
        enough = number >= FEWEST_SIMILAR
        freedom = np.clip(number - 2, 0, len(T975) - 1).astype(np.intp)
        reach = np.where(enough, T975[freedom] * np.sqrt(variance), np.nan)
    return median, median - reach, median + reach


def scale_figures(figures: Floats, kind: str, multiplier: float) -> Floats:
    """Give figures on the scale where chance does not depend on the figure.

    Takes figures, how their interval is made, and what a proportion or a rate is multiplied by for
    its unit (100 for a percentage). A gap between two groups stays as it is.

    Formula:
        arcsine √(figure / multiplier) of a proportion, √(figure / multiplier) of a rate

    Source:
        As for funnel plots: Spiegelhalter DJ (2005), "Funnel plots for comparing institutional
        performance", Statistics in Medicine 24: 1185 to 1202.

    Example:
        >>> round(float(scale_figures(np.array(50.0), "wilson", 100)), 4)
        0.7854
    """
    if kind not in SCALES:
        return figures
    root = np.sqrt(np.maximum(figures / multiplier, 0))
    return np.arcsin(np.minimum(root, 1)) if kind == "wilson" else root


def unscale_figures(scaled: Floats, kind: str, multiplier: float) -> Floats:
    """Give figures of that scale back in their unit; never below nought, nor above all.

    Takes what on_scale gives and takes.

    Formula:
        multiplier × sin² of a proportion, multiplier × square of a rate

    Source:
        As for the scale.

    Example:
        >>> round(float(unscale_figures(np.array(0.7853981633974483), "wilson", 100)), 4)
        50.0
    """
    if kind not in SCALES:
        return scaled
    if kind == "wilson":
        return multiplier * np.square(np.sin(np.clip(scaled, 0, np.pi / 2)))
    return multiplier * np.square(np.maximum(scaled, 0))
