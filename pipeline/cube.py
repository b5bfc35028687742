"""Every figure of a build as one array: a row for each series, a column for each place.

A series is one metric and group in one period, a place is one area; both are numbered in the order
of publishing. So every method runs over all the figures at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from pipeline.facts import EARLIER_NEIGHBOUR_MODEL, NEIGHBOUR_MODEL
from pipeline.methods import intervals
from pipeline.methods.intervals import Estimate, Floats
from pipeline.tables import load_records

Numbers = NDArray[np.intp]

LOCAL, NHS = 2, 3  # the levels of areas that are ranked
MODELS = (EARLIER_NEIGHBOUR_MODEL, NEIGHBOUR_MODEL, "context")
NONE = -1


@dataclass(frozen=True)
class Cube:
    """Every figure of a build by series and place, with what the methods need to know of both."""

    value: Floats
    low: Floats
    high: Floats
    numerator: Floats
    denominator: Floats
    rows: tuple[Numbers, Numbers]  # the series and the place of each published row, in order
    series: list[dict[str, Any]]
    places: list[dict[str, Any]]
    earlier: Numbers  # the series a year before, within one unbroken run
    newest: NDArray[np.bool_]
    near: Mapping[str, Numbers]  # for each model the places of ten neighbours of each place
    groups: Mapping[str, list[int]]  # the places of each authority type and programme today

    @property
    def measured(self) -> NDArray[np.bool_]:
        """Which series hold numbers: a category is shown, and nothing is computed of it."""
        return np.array([series["unit"] != "category" for series in self.series])

    def estimate(self, *at: Numbers | slice) -> Estimate:
        """Some figures with their intervals; all of them where none are named."""
        return self.value[at], self.low[at], self.high[at]


def read(db: duckdb.DuckDBPyConnection) -> Cube:
    """Lay out the numbered figures as arrays, with their intervals."""
    series, places = load_records(db, "FROM cube_series"), load_records(db, "FROM cube_place")
    rows = db.execute(
        "SELECT series, place, value, numerator, denominator FROM numbered"
    ).fetchnumpy()
    at = rows["series"].astype(np.intp) - 1, rows["place"].astype(np.intp) - 1
    value, numerator, denominator = (
        spread_out(rows[name], at, (len(series), len(places)))
        for name in ("value", "numerator", "denominator")
    )
    count_back(series, value, numerator, denominator)
    low, high = compute_limits(series, value, numerator, denominator)
    return Cube(
        *(value, low, high, numerator, denominator, at, series, places),
        earlier=find_year_before(series),
        newest=find_newest_series(series, value[:, [p["level"] >= LOCAL for p in places]], value),
        near=load_neighbours(db, places),
        groups=group_places(places),
    )


def spread_out(column: Any, at: tuple[Numbers, Numbers], shape: tuple[int, int]) -> Floats:  # noqa: ANN401
    """Put one column of the rows into an array of series by places; nothing is not a number."""
    result = np.full(shape, np.nan)
    result[at] = np.ma.filled(np.ma.asarray(column, dtype=float), np.nan)
    return result


def count_back(
    series: list[dict[str, Any]], value: Floats, numerator: Floats, denominator: Floats
) -> None:
    """Fill in the counts, not rounded, behind percentages published with what they are of."""
    for i, each in enumerate(series):
        if each["is_published_ratio"]:
            numerator[i] = value[i] * denominator[i] / each["multiplier"]


def compute_limits(
    series: list[dict[str, Any]], value: Floats, numerator: Floats, denominator: Floats
) -> tuple[Floats, Floats]:
    """Give the 95% limits of every figure that has them, by its metric's method."""
    low, high = (np.full(value.shape, np.nan) for _ in range(2))
    kinds = np.array([each["interval"] for each in series])
    for kind in ("wilson", "byar"):
        (mine,) = np.nonzero(kinds == kind)
        count, total = numerator[mine], denominator[mine]
        if kind == "wilson":
            found = intervals.compute_wilson_interval(count, total)
        else:
            with np.errstate(divide="ignore", invalid="ignore"):
                found = tuple(limit / total for limit in intervals.compute_byar_interval(count))
        scale = np.array([series[i]["multiplier"] for i in mine], dtype=float)[:, None]
        known = ~np.isnan(value[mine])
        low[mine], high[mine] = (np.where(known, scale * limit, np.nan) for limit in found)
    mine = [i for i in np.nonzero(kinds == "wilson")[0] if series[i]["is_published_ratio"]]
    scale = np.array([series[i]["multiplier"] for i in mine], dtype=float)[:, None]
    low[mine], high[mine] = compute_limits_of_rounded(value[mine], denominator[mine], scale)
    fill_gap_limits(series, value, low, high)
    return low, high


def compute_limits_of_rounded(value: Floats, total: Floats, scale: Floats) -> tuple[Floats, Floats]:
    """Give the limits of series of published percentages: each by as many digits as it has."""
    digits = np.full(len(value), 4.0)
    for number in range(3, -1, -1):
        fits = (np.round(value, number) == value) | np.isnan(value)
        digits[fits.all(axis=1)] = number
    half_step = 0.5 / 10 ** digits[:, None] / scale
    low, high = intervals.compute_wilson_interval_of_rounded(value / scale, total, half_step)
    return scale * low, scale * high


def fill_gap_limits(series: list[dict[str, Any]], value: Floats, low: Floats, high: Floats) -> None:
    """Fill in the limits of gaps between two groups of another metric."""
    known = {(s["metric"], s["breakdown"], s["period_end"]): i for i, s in enumerate(series)}
    for i, each in enumerate(series):
        if each["gap"]:
            place = each["of_metric"], each["period_end"]
            one, other = (known[place[0], group, place[1]] for group in each["gap"])
            low[i], high[i] = intervals.compute_difference_interval(
                (value[one], low[one], high[one]), (value[other], low[other], high[other])
            )


def find_year_before(series: list[dict[str, Any]]) -> Numbers:
    """Give the series a year before each, never across a break; NONE where there is none."""
    known = {(s["metric"], s["breakdown"], s["period_end"]): i for i, s in enumerate(series)}
    return np.array(
        [
            NONE
            if s["period_end"] is None  # which a check refuses, with the place in its file
            or s["time_period"] in s["breaks"]
            or s["unit"] == "category"
            else known.get(
                (s["metric"], s["breakdown"], get_day_a_year_earlier(s["period_end"])), NONE
            )
            for s in series
        ]
    )


def get_day_a_year_earlier(day: date) -> date:
    """Give the last day of the same month a year before."""
    following = date(day.year - 1 + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)


def find_newest_series(
    series: list[dict[str, Any]], compared: Floats, every: Floats
) -> NDArray[np.bool_]:
    """Say which series are the newest of their metric and group that compared areas have.

    A period published for England and the regions alone is part of their series, and not yet the
    latest.
    """
    last: dict[tuple[str, str], int] = {}  # what compared areas have goes before what any has
    for values in (every, compared):
        for i in np.nonzero(~np.isnan(values).all(axis=1))[0].tolist():
            last[series[i]["metric"], series[i]["breakdown"]] = i
    return np.isin(np.arange(len(series)), list(last.values()))


def load_neighbours(
    db: duckdb.DuckDBPyConnection, places: list[dict[str, Any]]
) -> dict[str, Numbers]:
    """Give the places of each place's neighbours by model, nearest first; NONE where none."""
    found = {model: np.full((len(places), 10), NONE) for model in MODELS}
    for model, place, near, at in db.execute("FROM cube_neighbour").fetchall():
        found[model][place - 1, at - 1] = near - 1
    return found


def find_ranked_places(cube: Cube, level: int) -> Numbers:
    """Give the places that are ranked at a level."""
    return np.array(
        [i for i, p in enumerate(cube.places) if p["is_ranked"] and p["level"] == level], dtype=int
    )


def group_places(places: list[dict[str, Any]]) -> dict[str, list[int]]:
    """Give the places of each authority type and programme, of today's areas, by name."""
    found: dict[str, list[int]] = {}
    for i, place in enumerate(places):
        if place["is_current"]:
            for group in place["groups"]:
                found.setdefault(group, []).append(i)
    return dict(sorted(found.items()))


def fill_column(number: float, length: int) -> Floats:
    """Give a column of one number."""
    return np.full(length, float(number))
