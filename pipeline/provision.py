"""Placements beside what needs predict, and what goes together: tables for the pages."""

from functools import cache
from itertools import product
from typing import Any, NamedTuple

import duckdb
import numpy as np
from numpy.typing import NDArray

from pipeline.limits import ENGLAND
from pipeline.methods import provision as methods
from pipeline.shown import list_shown
from pipeline.tables import fill_table, insert_rows, run_step, set_variables

Numbers = NDArray[np.float64]
Measure = tuple[str, str]  # a metric and one of its groups

# The needs that at least one plan in twenty has: shares of rarer ones are noise in most areas.
NEEDS = (
    "Autistic spectrum disorder",
    "Social, emotional and mental health",
    "Speech, language and communication needs",
    "Moderate learning difficulty",
    "Severe learning difficulty",
)

TOTAL = "Total"
PLANS, UNRECORDED = "ehc_plans", "plans_with_placement_not_recorded"
ENOUGH = 75  # per cent of plans: where fewer have a placement, the rest may not be like them
DECIMALS, P_DECIMALS = 6, 9


class Place(NamedTuple):
    """An area, how much of its return says where plans are placed, and whether it is judged."""

    area_code: str
    time_period: str
    is_local: bool
    is_ranked: bool  # not of very few plans
    recorded: float | None
    is_enough: bool

    @property
    def is_judged(self) -> bool:
        """Whether a difference says something: not of very few plans, nor of a part of them."""
        return self.is_enough and (self.is_ranked or not self.is_local)


def make(db: duckdb.DuckDBPyConnection) -> None:
    """Make the tables provision, provision_mix and association from observations and values."""
    placements = list(list_placements())
    metrics = sorted({metric for pair in list_pairs() for metric, _ in pair})
    set_variables(db, plans=PLANS, unrecorded=UNRECORDED, enough=ENOUGH)
    set_variables(db, placements=placements, metrics=metrics)
    run_step(db, "provision.sql")
    places, placed = _load_placed(db)
    # Without England, which the rules refuse by name, nothing says what needs predict.
    if any(place.area_code == ENGLAND for place in places):
        fill_table(db, "provision", _compare_with_expected(places, placed))
        fill_table(db, "provision_mix", _measure_mix(places, placed))
    insert_rows(db, "association", _correlate_measures(db))


@cache
def list_placements() -> tuple[str, ...]:
    """Give the groups of placements, disjoint and with every recorded placement between them."""
    return tuple(metric.id for metric, _ in list_shown("placements"))


@cache
def list_pairs() -> tuple[tuple[Measure, Measure], ...]:
    """Give the pairs of measures whose going together is tested."""
    needs = [(metric.id, need) for metric, _ in list_shown("primary needs") for need in NEEDS]
    placements = [(placement, TOTAL) for placement in list_placements()]
    spending = [(metric.id, TOTAL) for metric, _ in list_shown("spending beside placements")]
    return (
        *product(needs, placements),
        *product(needs, spending),
        *product(placements, spending),
    )


def _load_placed(db: duckdb.DuckDBPyConnection) -> tuple[list[Place], Numbers]:
    """Give the areas with all their plans by group of placements, need and area."""
    many = len(list_placements())
    rows = db.execute("FROM placed").fetchall()
    needs = len(rows[0][-1]) // many if rows else 0
    counts = np.array([row[-1] for row in rows], float).reshape(-1, many, needs or 1)
    whole = np.isfinite(counts).all(axis=(1, 2)) & (counts.sum(axis=(1, 2)) > 0)
    places = [Place(*row[:-1]) for row, is_whole in zip(rows, whole, strict=True) if is_whole]
    return places, counts[whole].transpose(1, 2, 0)


def _compute_rates(places: list[Place], placed: Numbers) -> Numbers:
    """Give England's share of each need in each group; a need that nobody has is in none."""
    england = placed[:, :, [place.area_code for place in places].index(ENGLAND)]
    plans = england.sum(axis=0)
    return np.divide(england, plans, out=np.zeros_like(england), where=plans > 0)


def _compare_with_expected(places: list[Place], placed: Numbers) -> dict[str, Any]:
    """Set each area's plans in each group against those that its needs predict."""
    rates, plans, observed = _compute_rates(places, placed), placed.sum(axis=0), placed.sum(axis=1)
    expected = methods.compute_expected_placements(plans, rates)
    found = methods.compute_observed_over_expected(observed, plans, rates)
    placements = list_placements()
    each = len(placements)
    return {
        "area_code": [place.area_code for place in places for _ in placements],
        "placement": placements * len(places),
        "time_period": [place.time_period for place in places for _ in placements],
        "plans": plans.sum(axis=0).astype(int).repeat(each),
        "observed": observed.T.ravel().astype(int),
        "expected": expected.T.ravel().round(DECIMALS),
        **{name: part.T.ravel().round(DECIMALS) for name, part in found._asdict().items()},
        "is_judged": [place.is_judged for place in places for _ in placements],
    }


def _measure_mix(places: list[Place], placed: Numbers) -> dict[str, Any]:
    """Say how far each area's placements as a whole are from what its needs predict."""
    rates, plans = _compute_rates(places, placed), placed.sum(axis=0)
    expected = methods.compute_expected_placements(plans, rates)
    found = methods.compute_dissimilarity(placed.sum(axis=1), expected).round(DECIMALS)
    ranked = np.array([place.is_local and place.is_judged for place in places])
    rank = [1 + int((found[ranked] > own).sum()) for own in found]
    number = int(ranked.sum())
    return {
        "area_code": [place.area_code for place in places],
        "time_period": [place.time_period for place in places],
        "plans": plans.sum(axis=0).astype(int),
        "recorded_per_cent": [place.recorded for place in places],
        "dissimilarity": found,
        "by_chance": methods.compute_dissimilarity_by_chance(plans, rates).round(DECIMALS),
        "chance_limit": methods.simulate_dissimilarity_limit(plans, rates).round(DECIMALS),
        "is_judged": [place.is_judged for place in places],
        "rank": [own if is_one else None for own, is_one in zip(rank, ranked, strict=True)],
        "number_ranked": [number if is_one else None for is_one in ranked],
    }


def _correlate_measures(db: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Correlate each pair of measures across the local authorities that are judged."""
    values, periods = _load_measures(db)
    held = [(one, other) for one, other in list_pairs() if one in values and other in values]
    ranks = [methods.compute_spearman(values[one], values[other]) for one, other in held]
    lines = [methods.compute_pearson(values[one], values[other]) for one, other in held]
    p = methods.compute_spearman_p([r.value for r in ranks], [r.number for r in ranks])
    adjusted = methods.adjust_by_benjamini_hochberg(p)
    return [
        {
            **dict(zip(("first_metric", "first_breakdown"), one, strict=True)),
            **dict(zip(("second_metric", "second_breakdown"), other, strict=True)),
            "first_time_period": periods[one],
            "second_time_period": periods[other],
            "areas": rank.number,
            "rho": round(rank.value, DECIMALS),
            "low": round(rank.low, DECIMALS),
            "high": round(rank.high, DECIMALS),
            "p": round(float(p[i]), P_DECIMALS),
            "adjusted_p": round(float(adjusted[i]), P_DECIMALS),
            "tested": len(held),
            "pearson": round(line.value, DECIMALS),
            "pearson_low": round(line.low, DECIMALS),
            "pearson_high": round(line.high, DECIMALS),
        }
        for i, ((one, other), rank, line) in enumerate(zip(held, ranks, lines, strict=True))
    ]


def _load_measures(
    db: duckdb.DuckDBPyConnection,
) -> tuple[dict[Measure, Numbers], dict[Measure, str]]:
    """Give each measure's newest values, all over the same areas in the same order."""
    values, periods = {}, {}
    for metric, breakdown, period, found in db.execute("FROM measured").fetchall():
        values[metric, breakdown] = np.array(found, float)
        periods[metric, breakdown] = period
    return values, periods
