"""Exact tests of counts.

Where numbers are small, a bell curve does not describe what chance does: of one school either none
or all is good. An exact test adds up the chances of every count that could have been, at least as
far out as the one that was. All p-values are of both sides: twice the chance of the nearer tail,
and at most 1, which is a little cautious.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = [  # noqa: RUF022 - in reading order
    "compute_p_of_shares",
    "compute_p_of_events",
    "compute_p_of_two_shares",
    "compute_p_of_two_rates",
]

Floats = NDArray[np.float64]

LEAST, MOST = 1e-300, 1 - 1e-16  # shares that have a logarithm
LEFT = 1e-6  # of a subtraction from 1: fewer digits are left below it


def compute_p_of_shares(count: Floats, total: Floats, share: Floats) -> Floats:
    """Give the p-value of each count out of its total, were every child's chance the given share.

    Takes whole numbers and shares from 0 to 1, each an array of one length.

    Formula:
        p = 2 × the smaller of P(X ≤ count) and P(X ≥ count), X binomial(total, share), at most 1

    Source:
        Clopper CJ and Pearson ES (1934), "The use of confidence or fiducial limits illustrated in
        the case of the binomial", Biometrika 26: 404 to 413.

    Example:
        >>> shares = np.array([0.945, 0.5])
        >>> compute_p_of_shares(np.array([0.0, 8.0]), np.array([1.0, 10.0]), shares).round(3)
        array([0.11 , 0.109])
    """
    logs = _log_factorials(total)
    return np.array(
        [
            _compute_p_of_share(logs, int(k), int(n), p)
            for k, n, p in zip(count, total, share, strict=True)
        ]
    )


def compute_p_of_events(count: Floats, expected: Floats) -> Floats:
    """Give the p-value of each number of events, were so many expected.

    Takes whole numbers and expected numbers above 0, arrays of one length.

    Formula:
        p = 2 × the smaller of P(X ≤ count) and P(X ≥ count), X Poisson(expected), at most 1

    Source:
        Garwood F (1936), "Fiducial limits for the Poisson distribution", Biometrika 28: 437 to 442.

    Example:
        >>> compute_p_of_events(np.array([12.0, 5.0]), np.array([5.0, 5.0])).round(4)
        array([0.0109, 1.    ])
    """
    logs = _log_factorials(count)
    return np.array(
        [_compute_p_of_count(logs, int(k), mean) for k, mean in zip(count, expected, strict=True)]
    )


def compute_p_of_two_shares(
    count: Floats, total: Floats, before: Floats, total_before: Floats
) -> Floats:
    """Give the p-value of a change from one share to another: Fisher's exact test.

    Given how many there were in both years together, it asks how they would fall on the two years
    had nothing changed. Takes whole numbers, arrays of one length.

    Formula:
        p = 2 × the smaller of P(X ≤ count) and P(X ≥ count), at most 1, X hypergeometric: of all
        children of both years, as many as were counted in both, drawn into this year

    Source:
        Fisher RA (1935), "The logic of inductive inference", Journal of the Royal Statistical
        Society 98: 39 to 82.

    Example:
        >>> one, ten, eleven, fourteen = (np.array([n]) for n in (1.0, 10.0, 11.0, 14.0))
        >>> compute_p_of_two_shares(one, ten, eleven, fourteen).round(4)
        array([0.0028])
    """
    logs = _log_factorials(total + total_before)
    rows = zip(count, total, before, total_before, strict=True)
    return np.array([_compute_p_of_table(logs, *map(int, row)) for row in rows])


def compute_p_of_two_rates(
    count: Floats, total: Floats, before: Floats, total_before: Floats
) -> Floats:
    """Give the p-value of a change from one rate of events to another.

    Given how many events there were in both years together, it asks how they would fall on the two
    years had the rate stayed the same. Takes whole numbers, arrays of one length.

    Formula:
        as for shares, of count out of both years' events, with this year's share of the children

    Source:
        Przyborowski J and Wilenski H (1940), "Homogeneity of results in testing samples from
        Poisson series", Biometrika 31: 313 to 323.

    Example:
        >>> nine, one, hundred = (np.array([n]) for n in (9.0, 1.0, 100.0))
        >>> compute_p_of_two_rates(nine, hundred, one, hundred).round(4)
        array([0.0215])
    """
    return compute_p_of_shares(count, count + before, total / (total + total_before))


def _compute_p_of_share(logs: Floats, count: int, total: int, share: float) -> float:
    x = np.arange(total + 1)
    p = min(max(share, LEAST), MOST)
    chances = logs[total] - logs[x] - logs[total - x] + x * np.log(p) + (total - x) * np.log1p(-p)
    return _add_both_sides(np.exp(chances), count)


def _compute_p_of_count(logs: Floats, count: int, expected: float) -> float:
    x = np.arange(count + 1)
    chances = np.exp(x * np.log(expected) - expected - logs[x])
    lower = float(chances.sum())
    upper = 1 - float(chances[:-1].sum())
    if upper < LEFT:  # too little is left of the subtraction: the tail itself is added up
        upper = _add_up_tail(float(chances[-1]), count, expected)
    return min(1.0, 2 * min(lower, upper))


def _add_up_tail(first: float, count: int, expected: float) -> float:
    """Add up the chances from a count upwards, each the one before times expected / count."""
    steps = expected / (count + np.arange(1, int(10 * np.sqrt(count) + count) + 60))
    return first * (1 + float(np.cumprod(steps).sum()))


def _compute_p_of_table(
    logs: Floats, count: int, total: int, before: int, total_before: int
) -> float:
    both, everyone = count + before, total + total_before
    least = max(0, both - total_before)
    x = np.arange(least, min(both, total) + 1)
    ways = logs[total] - logs[x] - logs[total - x]
    ways += logs[total_before] - logs[both - x] - logs[total_before - both + x]
    ways -= logs[everyone] - logs[both] - logs[everyone - both]
    return _add_both_sides(np.exp(ways), count - least)


def _add_both_sides(chances: Floats, at: int) -> float:
    return min(1.0, 2 * min(float(chances[: at + 1].sum()), float(chances[at:].sum())))


def _log_factorials(numbers: Floats) -> Floats:
    most = int(numbers.max(initial=0))
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1.0, most + 1)))])
