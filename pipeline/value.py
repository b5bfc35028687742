"""Outcomes for the money: an index of outcomes and one of spending for each local authority."""

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.cube import LOCAL, Cube, Numbers, fill_column, find_ranked_places
from pipeline.methods import indices as method
from pipeline.methods import position
from pipeline.methods.intervals import Z95, Floats

CHOSEN = Path(__file__).parent / "indices.toml"
NAMES = ("outcomes", "spend")

Part = dict[str, Any]


def list_parts(figures: Cube) -> list[Part]:
    """List what each index is made of: metric, group, period, weight, sign, and its series.

    A metric that is not in the build is left out; its weight goes to the rest of its theme.
    """
    latest = {
        (figures.series[i]["metric"], figures.series[i]["breakdown"]): int(i)
        for i in np.nonzero(figures.newest)[0]
    }
    chosen = tomllib.loads(CHOSEN.read_text(encoding="utf-8"))
    result = []
    for name in NAMES:
        for theme in chosen[name]:
            pairs = [(m, b) for m in theme["metrics"] for b in theme["breakdowns"]]
            known = [pair for pair in pairs if pair in latest]
            result += [
                build_part(figures, name, theme["theme"], latest[pair], 1 / len(known))
                for pair in known
            ]
    return result


def build_part(figures: Cube, name: str, theme: str, at: int, weight: float) -> Part:
    """Give one series as a part of an index; spending counts up, outcomes by what is better."""
    series = figures.series[at]
    low_is_good = name == "outcomes" and series["polarity"] == "low_is_good"
    return {
        "name": name,
        "theme": theme,
        **{key: series[key] for key in ("metric", "breakdown", "time_period")},
        "weight": round(weight, 6),
        "sign": -1 if low_is_good else 1,
        "varied": _count_with_interval(figures, at),
        "series": at + 1,
    }


def _count_with_interval(figures: Cube, at: int) -> int:
    """Count the ranked areas whose figure has an interval, which alone can be moved within it."""
    places = [p for p in find_ranked_places(figures, LOCAL) if figures.places[p]["is_current"]]
    _, low, high = (array[at, places] for array in figures.estimate())
    return int((high > low).sum())


def compute_columns(figures: Cube, chosen: list[Part]) -> dict[str, Floats]:
    """Give both indices of each ranked local authority with their ranks, one column a name."""
    places = np.array(
        [p for p in find_ranked_places(figures, LOCAL) if figures.places[p]["is_current"]]
    )
    tables = []
    for number, name in enumerate(NAMES):
        own = [part for part in chosen if part["name"] == name]
        if own:
            tables.append(
                compute_index(figures, own, places) | {"name": fill_column(number + 1, len(places))}
            )
    return {
        name: np.concatenate([np.array([]), *(table[name] for table in tables)])
        for name in ("place", "value", "held", "rank", "ranked", "best", "worst", "name")
    }


def compute_index(figures: Cube, own: list[Part], places: Numbers) -> dict[str, NDArray[Any]]:
    """Give one index of each place: value, rank, and the range of the rank."""
    at = np.array([part["series"] - 1 for part in own])
    weights = np.array([part["weight"] for part in own])
    sign = np.array([float(part["sign"]) for part in own])
    value, low, high = (array[at][:, places] for array in figures.estimate())
    errors = np.nan_to_num((high - low) / (2 * Z95))
    scores = method.standardise_scores(value, sign)
    index = np.round(method.compute_index(scores, weights), 6)
    ranks, _, number = position.rank(-index[None])
    best, worst = method.rank_range(value, errors, sign, weights)
    best, worst = np.minimum(best, ranks[0]), np.maximum(worst, ranks[0])
    return {
        "place": places + 1.0,
        "value": index,
        "held": np.round(weights @ ~np.isnan(scores) / weights.sum(), 4),
        "rank": ranks[0],
        "ranked": np.where(np.isnan(index), np.nan, number[0]),
        "best": best,
        "worst": worst,
    }
