"""Need and provision.

Local authorities place children and young people with EHC plans differently, and part of the
difference is that their plans are for different needs. These methods ask how many plans of a local
authority would be in each group of placements if every primary need were placed as it is in
England, set the plans that are there against that number, and measure across local authorities
whether needs, placements and spending go together. The primary need is one word for each plan:
age, the degree of need, the schools nearby and parents' wishes all bear on a placement and are not
in the figures. A difference from what is expected says that practice, provision or need within a
need is different. It does not say which, nor which way is better.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.methods.intervals import Z95

__all__ = [  # noqa: RUF022 - in reading order
    "compute_expected_placements",
    "compute_observed_over_expected",
    "compute_dissimilarity",
    "compute_dissimilarity_by_chance",
    "simulate_dissimilarity_limit",
    "compute_pearson",
    "compute_spearman",
    "compute_spearman_p",
    "adjust_by_benjamini_hochberg",
]

Numbers = NDArray[np.float64]

FIELLER = 1.06
FEWEST = 4  # pairs: the error of Fisher's z divides by three less
HALVINGS = 60  # of a shift in log odds from -30 to 30: to the last digit of a double
SEED = 20250101
DRAWS = 2000


class Ratio(NamedTuple):
    """What is observed over what is expected, with its 95% interval."""

    ratio: Numbers
    low: Numbers
    high: Numbers


class Correlation(NamedTuple):
    """A correlation with its 95% interval, and how many areas have both values."""

    value: float
    low: float
    high: float
    number: int


def compute_expected_placements(plans: ArrayLike, rates: ArrayLike) -> Numbers:
    """Give the plans expected in each group of placements at England's rates for each need.

    Indirect standardisation: a local authority's own plans for each primary need, times the share
    of such plans that is in the group in England. A local authority that placed every need as
    England does would have exactly these. `plans` has a row per need and a column per area;
    `rates` has a row per group of placements and a column per need, as shares of one; the result
    has a row per group and a column per area. An area with a missing number of plans has no
    expected numbers.

    Formula:
        expected = sum over needs of (plans with the need × England's share of them in the group)

    Source:
        Breslow and Day (1987), "Statistical Methods in Cancer Research, Volume II: The Design and
        Analysis of Cohort Studies", IARC Scientific Publications 82, chapter 2.

    Example:
        >>> expected = compute_expected_placements([[100], [50]], [[0.6, 0.2], [0.4, 0.8]])
        >>> [round(float(number), 4) for number in expected[:, 0]]
        [70.0, 80.0]
    """
    return np.asarray(rates, float) @ np.asarray(plans, float)


def compute_observed_over_expected(
    observed: ArrayLike, plans: ArrayLike, rates: ArrayLike
) -> Ratio:
    """Give the observed number of plans in each group over the expected one, with a 95% interval.

    1.20 says that a fifth more plans are in the group than England's rates for the area's own mix
    of needs would put there. Each plan is in one group or another, so the number in a group varies
    by chance as a sum of yes-or-no outcomes: by less than a count of rare events does. Byar's
    interval, made for such counts, would be a quarter to a third too wide for a group that holds
    40% of the plans. This is the interval by the score test instead: the limits are those shifts
    of every need's odds of being in the group, the same for all needs, at which the observed
    number is just 1.96 standard errors away from what is expected. With a single need it is
    Wilson's interval. England's rates are taken as known. The interval speaks of chance alone:
    plans of children who go to the same school are not placed independently of each other, so
    differences just outside it are common. Shapes are those of the expected numbers; no ratio
    where nothing is expected.

    Formula:
        ratio = observed / expected
        p(n, s) = rate(n) × s / (1 − rate(n) + rate(n) × s)    for need n and a shift s of the odds
        m(s) = sum over needs of plans(n) × p(n, s)
        v(s) = sum over needs of plans(n) × p(n, s) × (1 − p(n, s))
        low = m(s) / expected where observed − m(s) = 1.96 × √v(s)
        high = m(s) / expected where m(s) − observed = 1.96 × √v(s)

    Source:
        Rao (1948), "Large sample tests of statistical hypotheses concerning several parameters
        with applications to problems of estimation", Proceedings of the Cambridge Philosophical
        Society 44, 50-57; Wilson (1927), "Probable inference, the law of succession, and
        statistical inference", Journal of the American Statistical Association 22, 209-212.

    Example:
        >>> found = compute_observed_over_expected([[84]], [[100], [50]], [[0.6, 0.2]])
        >>> [round(float(number[0, 0]), 4) for number in found]
        [1.2, 1.0417, 1.3515]
    """
    seen, needs = np.asarray(observed, float), np.asarray(plans, float)
    shares = np.asarray(rates, float)
    expected = compute_expected_placements(needs, shares)
    whole = needs.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = _find_limit(seen, needs, shares, Z95) / expected
        high = _find_limit(seen, needs, shares, -Z95) / expected
        ratio = seen / expected
        found = Ratio(
            ratio,
            np.where(seen == 0, 0.0, low),
            np.where(seen == whole, whole / expected, high),
        )
    nothing = ~(expected > 0) | np.isnan(seen)
    return Ratio(*(np.where(nothing, np.nan, number) for number in found))


def _find_limit(observed: Numbers, plans: Numbers, rates: Numbers, errors: float) -> Numbers:
    """Find the mean that the observed number lies some standard errors above, by halving."""
    low, high = np.full(observed.shape, -30.0), np.full(observed.shape, 30.0)
    mean = np.full(observed.shape, np.nan)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        odds = np.exp(middle)[:, None, :]  # group, need, area
        raised = rates[:, :, None] * odds
        share = raised / (1 - rates[:, :, None] + raised)
        mean = (plans * share).sum(axis=1)
        error = np.sqrt((plans * share * (1 - share)).sum(axis=1))
        too_high = mean + errors * error > observed
        low, high = np.where(too_high, low, middle), np.where(too_high, middle, high)
    return mean


def compute_dissimilarity(observed: ArrayLike, expected: ArrayLike) -> Numbers:
    """Give the percentage of plans that are placed otherwise than England's rates would place them.

    Half the sum of the differences between the observed and the expected percentages over the
    groups of placements: the least percentage of an area's plans that would have to be in another
    group for the area to match what its needs predict. 0 is the same mix, 100 no overlap. It has
    no direction, and it is above 0 by chance alone, more so where there are few plans. Rows are
    groups of placements, columns areas.

    Formula:
        100 × 1/2 × sum over groups of |observed / plans − expected / plans|

    Source:
        Duncan and Duncan (1955), "A Methodological Analysis of Segregation Indexes", American
        Sociological Review 20, 210-217.

    Example:
        >>> found = compute_dissimilarity([[84], [66]], [[70], [80]])
        >>> round(float(found[0]), 4)
        9.3333
    """
    seen, wanted = np.asarray(observed, float), np.asarray(expected, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return 50 * np.abs(seen / seen.sum(axis=0) - wanted / wanted.sum(axis=0)).sum(axis=0)


def compute_dissimilarity_by_chance(plans: ArrayLike, rates: ArrayLike) -> Numbers:
    """Give the dissimilarity that an area of the same plans would show on average by chance alone.

    Supposes that each plan is placed on its own, at England's rates for its need. The number in a
    group then varies around the expected one with a known variance, and the mean size of the
    difference follows from the normal distribution. An area's dissimilarity is to be read beside
    this number. Shapes are those of the expected numbers; the normal distribution is a fair
    picture from about a hundred plans.

    Formula:
        v(g) = sum over needs of plans(n) × rate(n, g) × (1 − rate(n, g))
        100 × 1/2 × sum over groups of √(2 / pi × v(g)) / plans

    Source:
        Cortese, Falk and Cohen (1976), "Further Considerations on the Methodological Analysis of
        Segregation Indices", American Sociological Review 41, 630-637.

    Example:
        >>> found = compute_dissimilarity_by_chance([[100], [50]], [[0.6, 0.2], [0.4, 0.8]])
        >>> round(float(found[0]), 4)
        3.009
    """
    needs, shares = np.asarray(plans, float), np.asarray(rates, float)
    errors = np.sqrt((shares * (1 - shares)) @ needs)
    with np.errstate(divide="ignore", invalid="ignore"):
        return 50 * math.sqrt(2 / math.pi) * errors.sum(axis=0) / needs.sum(axis=0)


def simulate_dissimilarity_limit(
    plans: ArrayLike, rates: ArrayLike, draws: int = DRAWS, seed: int = SEED
) -> Numbers:
    """Give the dissimilarity that chance alone would exceed in one area of twenty.

    As for the mean by chance, each plan is supposed to be placed on its own at England's rates for
    its need. The numbers in the groups then vary together, because a plan that is in one group is
    in no other: draws from the normal distribution with those variances and covariances, the same
    for every area and from a fixed seed, give the 95% point. Shapes are those of the expected
    numbers.

    Formula:
        c(g, g) = sum over needs of plans(n) × rate(n, g) × (1 − rate(n, g))
        c(g, h) = −sum over needs of plans(n) × rate(n, g) × rate(n, h)
        d = normal numbers, one for each group, of mean 0 and covariance c
        limit = the 95% point of 100 × 1/2 × sum over groups of |d(g)| / plans

    Source:
        Cortese, Falk and Cohen (1976), "Further Considerations on the Methodological Analysis of
        Segregation Indices", American Sociological Review 41, 630-637.

    Example:
        >>> found = simulate_dissimilarity_limit([[100], [50]], [[0.6, 0.2], [0.4, 0.8]])
        >>> round(float(found[0]))
        7
    """
    needs, shares = np.asarray(plans, float), np.asarray(rates, float)
    own = np.eye(len(shares)) * (shares @ needs).T[:, :, None]
    together = own - np.einsum("gn,hn,na->agh", shares, shares, needs)
    known = np.isfinite(together).all(axis=(1, 2))
    random = np.random.Generator(np.random.PCG64(seed)).standard_normal((draws, len(shares)))
    found = np.full(len(together), np.nan)
    differences = np.abs(random @ _take_root(together[known])).sum(axis=2)
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = needs.sum(axis=0)[known]
        found[known] = 50 * np.quantile(differences, 0.95, axis=1) / whole
    return found


def _take_root(covariances: Numbers) -> Numbers:
    """Take the symmetric root: the only one that does not depend on the machine's library."""
    values, vectors = np.linalg.eigh(covariances)
    return (vectors * np.sqrt(values.clip(min=0))[:, None, :]) @ vectors.swapaxes(1, 2)


def compute_pearson(first: ArrayLike, second: ArrayLike) -> Correlation:
    """Give Pearson's correlation of two measures across areas, with its 95% interval.

    How closely the areas lie along a straight line: 1 and -1 are a line up and a line down, 0 is
    none. A single unusual area can make or hide it. The interval is Fisher's. Areas without
    both values are left out and the number of those that remain is given; there is no interval for
    fewer than four. An association is not a cause: a third thing may lie behind both.

    Formula:
        r = covariance / (standard deviation × standard deviation)
        interval: tanh(atanh(r) −/+ 1.96 / √(number − 3))

    Source:
        Fisher (1921), "On the 'probable error' of a coefficient of correlation deduced from a
        small sample", Metron 1, 3-32.

    Example:
        >>> found = compute_pearson([1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 7, 5])
        >>> [round(float(number), 4) for number in found]
        [0.7918, -0.0553, 0.9761, 6.0]
    """
    one, other = _keep_both(first, second)
    value = _correlate(one, other)
    return _add_interval(value, 1.0, len(one))


def compute_spearman(first: ArrayLike, second: ArrayLike) -> Correlation:
    """Give Spearman's rank correlation of two measures across areas, with its 95% interval.

    Whether areas that are higher on one measure tend to be higher on the other, on a straight line
    or not: Pearson's correlation of the ranks, with equal values sharing the mean of their ranks.
    The interval is that of Bonett and Wright. Areas without both values are left out and the
    number of those that remain is given; there is no interval for fewer than four. An association
    across areas is not a cause, and says nothing of single children.

    Formula:
        rho = Pearson's correlation of the ranks
        interval: tanh(atanh(rho) −/+ 1.96 × √((1 + rho² / 2) / (number − 3)))

    Source:
        Bonett and Wright (2000), "Sample size requirements for estimating Pearson, Kendall and
        Spearman correlations", Psychometrika 65, 23-28.

    Example:
        >>> found = compute_spearman([1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 7, 5])
        >>> [round(float(number), 4) for number in found]
        [0.8286, -0.1272, 0.9865, 6.0]
    """
    one, other = _keep_both(first, second)
    value = _correlate(_rank_values(one), _rank_values(other))
    return _add_interval(value, math.sqrt(1 + value * value / 2), len(one))


def _keep_both(first: ArrayLike, second: ArrayLike) -> tuple[Numbers, Numbers]:
    """Keep the areas that have both values."""
    one, other = np.asarray(first, float), np.asarray(second, float)
    held = ~(np.isnan(one) | np.isnan(other))
    return one[held], other[held]


def _rank_values(values: Numbers) -> Numbers:
    """Rank from the lowest, equal values by the mean of their ranks."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[place]


def _correlate(one: Numbers, other: Numbers) -> float:
    """Correlate; nothing where there are too few areas, or one measure is the same in all."""
    if len(one) < FEWEST:
        return math.nan
    a, b = one - one.mean(), other - other.mean()
    scale = math.sqrt(float(a @ a) * float(b @ b))
    return max(-1.0, min(1.0, float(a @ b) / scale)) if scale > 0 else math.nan


def _add_interval(value: float, spread: float, number: int) -> Correlation:
    """Add the limits that Fisher's transformation gives."""
    if math.isnan(value) or abs(value) == 1:
        return Correlation(value, value, value, number)
    error = Z95 * spread / math.sqrt(number - 3)
    centre = math.atanh(value)
    return Correlation(value, math.tanh(centre - error), math.tanh(centre + error), number)


def compute_spearman_p(rho: ArrayLike, number: ArrayLike) -> Numbers:
    """Give how often chance alone would make a rank correlation at least as large, either way.

    Supposes that the two measures have nothing to do with each other. It is close from ten areas
    on. A small number says that chance is an unlikely reason; it does not say that the association
    is strong, or that one thing causes the other.

    Formula:
        z = atanh(rho) × √((number − 3) / 1.06)
        p = share of the normal distribution beyond −z and z

    Source:
        Fieller, Hartley and Pearson (1957), "Tests for Rank Correlation Coefficients. I",
        Biometrika 44, 470-481.

    Example:
        >>> round(float(compute_spearman_p(0.25, 148)), 6)
        0.002815
    """
    value, areas = np.asarray(rho, float), np.asarray(number, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.abs(np.arctanh(value)) * np.sqrt((areas - 3) / FIELLER)
    return np.array([math.erfc(one / math.sqrt(2)) for one in z.ravel()]).reshape(z.shape)


def adjust_by_benjamini_hochberg(p: ArrayLike) -> Numbers:
    """Adjust p values for how many associations were tested together.

    Of many tests, some are striking by chance: of forty, two at the usual limit of 0.05. Where
    only those with an adjusted p of 0.05 or less are called associations, about one in twenty of
    those so called is expected to be chance. It holds for tests that are independent or go
    together; those of one family must be adjusted together, and how many there were is said beside
    them. Missing values stay missing and are not counted.

    Formula:
        p(1), p(2), ... = the p values from the smallest
        adjusted p(i) = the least p(j) × number / j of all j from i on, and at most 1

    Source:
        Benjamini and Hochberg (1995), "Controlling the False Discovery Rate: A Practical and
        Powerful Approach to Multiple Testing", Journal of the Royal Statistical Society B 57,
        289-300.

    Example:
        >>> [round(float(q), 4) for q in adjust_by_benjamini_hochberg([0.01, 0.04, 0.03, 0.5])]
        [0.04, 0.0533, 0.0533, 0.5]
    """
    values = np.asarray(p, float)
    held = np.flatnonzero(~np.isnan(values))
    order = held[np.argsort(values[held], kind="stable")][::-1]  # the largest first
    scaled = values[order] * len(order) / np.arange(len(order), 0, -1)
    found = np.full(values.shape, np.nan)
    found[order] = np.minimum.accumulate(scaled).clip(max=1)
    return found
