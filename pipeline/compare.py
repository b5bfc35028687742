"""Each figure beside others: position, neighbours, England, change. The tables for the pages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import duckdb
import numpy as np

from pipeline import attention, value
from pipeline.cube import (
    LOCAL,
    MODELS,
    NHS,
    NONE,
    Cube,
    Numbers,
    fill_column,
    find_ranked_places,
    read,
)
from pipeline.facts import NEIGHBOUR_MODEL
from pipeline.limits import ENGLAND
from pipeline.methods import change, funnel, groups, intervals, position
from pipeline.methods.intervals import Estimate, Floats
from pipeline.tables import hold_columns, insert_rows, run_step, set_variables

CHUNK = 100  # series at a time: what several arrays of ten neighbours need at once
SIZES = 24  # points along the limits of a funnel
FEWEST = 10  # areas in a funnel
OF_NEIGHBOURS = {
    "neighbour_mean": "mean",
    "neighbour_median": "median",
    "neighbours_with_value": "number",
    "neighbours_below": "above",
    "neighbours_above": "below",
    "against_neighbours": "against",
}
POSITIONS = (
    *("against_england", "against_neighbours", "neighbours_below", "neighbours_above"),
    *("rank", "sharing", "number_ranked", "quartile", "funnel", "against_before", "trend"),
)


def make(db: duckdb.DuckDBPyConnection) -> None:
    """Make every table that sets the numbered figures beside one another."""
    figures = read(db)
    outside, lines = compute_funnels(figures)
    near = compare_with_neighbours(figures, NEIGHBOUR_MODEL, np.arange(len(figures.series)))
    found = compute_comparisons(figures, outside, near)
    withhold_positions(figures, found)
    hold_columns(db, "benchmarked", compute_benchmarks(figures, near))
    del near
    # Each array goes as its rows are taken from it: both at once would be a third of the peak.
    rows = {name: found.pop(name)[figures.rows] for name in list(found)}
    hold_columns(db, "compared", rows | {"latest": figures.newest[figures.rows[0]]})
    hold_columns(db, "summed_up", group_summary(figures))
    for name, columns in attention.compute_attention_tables(figures).items():
        hold_columns(db, name, columns)
    chosen = value.list_parts(figures)
    hold_columns(db, "indexed", value.compute_columns(figures, chosen))
    set_variables(db, periods=[series["time_period"] for series in figures.series])
    set_variables(db, area_groups=list(figures.groups), models=list(MODELS))
    set_variables(db, index_names=list(value.NAMES))
    run_step(db, "compare.sql")
    insert_rows(db, "funnel", lines)
    insert_rows(db, "index_part", chosen)


def compute_comparisons(
    figures: Cube, outside: Floats, near: dict[str, Floats]
) -> dict[str, Floats]:
    """Give all that is computed of each figure: arrays of series by places, by name."""
    found = {
        "low": figures.low,
        "high": figures.high,
        **compute_elsewhere(figures),
        **{name: spread_to_every_place(figures, near[key]) for name, key in OF_NEIGHBOURS.items()},
        **rank_positions(figures),
        **compute_changes(figures),
        "trend": compute_trends(figures),
        "run": count_runs(figures),
        "funnel": outside,
    }
    for name in found.keys() - {"england", "region", "earlier"}:
        found[name][~figures.measured] = np.nan
    return found


def withhold_positions(figures: Cube, found: dict[str, Floats]) -> None:
    """Leave out what would set an area of very small numbers above, below or beside others."""
    never = [i for i, p in enumerate(figures.places) if p["level"] >= LOCAL and not p["is_ranked"]]
    for name in POSITIONS:
        found[name][:, never] = np.nan


def compute_elsewhere(figures: Cube) -> dict[str, Floats]:
    """Give the figures of England and of each place's region, and the test against England."""
    england = next(i for i, place in enumerate(figures.places) if place["area_code"] == ENGLAND)
    regions = np.array([p["region"] - 1 if p["region"] else NONE for p in figures.places])
    shape = figures.value.shape
    country = figures.estimate(slice(None), slice(england, england + 1))
    against = compare_with_england(figures.estimate(), country)
    against[:, england] = np.nan
    return {
        "england": np.broadcast_to(country[0], shape),
        "region": np.where(regions == NONE, np.nan, figures.value[:, regions]),
        "against_england": against,
    }


def compute_changes(figures: Cube) -> dict[str, Floats]:
    """Give the change on the year before, its test, and the number of the series of that year."""
    earlier = figures.earlier
    own, before = figures.estimate(), figures.estimate(earlier)
    for array in before:
        array[earlier == NONE] = np.nan
    gap = own[0] - before[0]
    return {
        "change": shorten_digits(np.round(gap, 10)),  # floating noise of a subtraction is no change
        "against_before": change.compare_with_zero(
            *intervals.compute_difference_interval(own, before)
        ),
        "earlier": np.where(np.isnan(gap), np.nan, earlier[:, None] + 1.0),
    }


def find_places_with_neighbours(figures: Cube, model: str) -> Numbers:
    """Give the places that have neighbours in a model."""
    return np.nonzero((figures.near[model] != NONE).any(axis=1))[0]


def spread_to_every_place(figures: Cube, found: Floats) -> Floats:
    """Put what was found at the places with neighbours into an array of every place."""
    result = np.full(figures.value.shape, np.nan)
    result[:, find_places_with_neighbours(figures, NEIGHBOUR_MODEL)] = found
    return result


def compare_with_neighbours(figures: Cube, model: str, chosen: Numbers) -> dict[str, Floats]:
    """Set figures of the chosen series against the neighbours, at the places that have any."""
    places = find_places_with_neighbours(figures, model)
    near = figures.near[model][places]
    parts = [
        compare_series_with_neighbours(
            figures.estimate(some), [figures.series[i] for i in some], places, near
        )
        for some in (chosen[i : i + CHUNK] for i in range(0, len(chosen), CHUNK))
    ]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def compare_series_with_neighbours(
    estimate: Estimate, series: Sequence[Mapping[str, Any]], places: Numbers, near: Numbers
) -> dict[str, Floats]:
    """Set some series' figures against the neighbours': a summary, a count and a test."""
    value, theirs = estimate[0][:, places], gather_neighbours(estimate[0], near)
    found = groups.summarise_group(theirs)
    on_scale = tuple(scale_series(array, series) for array in estimate)
    expected = groups.estimate_expected(
        scale_series(found["median"], series),
        *(gather_neighbours(array, near) for array in on_scale),
    )
    own, low, high = (array[:, places] for array in on_scale)
    with np.errstate(invalid="ignore"):
        return {
            **found | {name: shorten_digits(found[name]) for name in ("mean", "median")},
            "above": (value > theirs).sum(axis=0).astype(float),
            "below": (value < theirs).sum(axis=0).astype(float),
            "against": change.compare_with_zero(
                *intervals.compute_difference_interval((own, low, high), expected)
            ),
        }


def scale_series(rows: Floats, series: Sequence[Mapping[str, Any]]) -> Floats:
    """Give each series' row on the scale where chance does not depend on the figure."""
    return np.stack(
        [
            groups.scale_figures(row, each["interval"], each["multiplier"])
            for row, each in zip(rows, series, strict=True)
        ]
    )


def gather_neighbours(array: Floats, near: Numbers) -> Floats:
    """Give the neighbours' figures of each place: ten by series by places."""
    return np.stack([np.where(col == NONE, np.nan, array[:, col]) for col in near.T])


def shorten_digits(values: Floats) -> Floats:
    """Keep nine digits of what is derived: all seventeen would be a quarter of the build."""
    bits = 22  # of the 52 that hold a number's digits
    return ((values.view(np.int64) + (1 << (bits - 1))) >> bits << bits).view(np.float64)


def summarise_groups(figures: Floats) -> dict[str, Floats]:
    """Sum up figures of several areas, with means and medians to nine digits."""
    found = groups.summarise_group(figures)
    return found | {name: shorten_digits(found[name]) for name in ("mean", "median")}


def compute_trends(figures: Cube) -> Floats:
    """Test five years in a row that end with each series."""
    result = np.full(figures.value.shape, np.nan)
    chains = [np.arange(len(figures.series))]
    for _ in range(change.YEARS - 1):
        chains.append(np.where(chains[-1] == NONE, NONE, figures.earlier[chains[-1]]))
    (whole,) = np.nonzero(chains[-1] != NONE)
    for some in (whole[i : i + CHUNK] for i in range(0, len(whole), CHUNK)):
        years = np.stack([chain[some] for chain in reversed(chains)])
        result[some] = change.compute_trend(*figures.estimate(years))
    return result


def compare_with_england(own: Estimate, country: Estimate) -> Floats:
    """Test figures against England's; one published without counts is taken as it stands."""
    value, low, high = country
    exact = np.isnan(low) & ~np.isnan(value)
    low, high = np.where(exact, value, low), np.where(exact, value, high)
    return change.compare_with_zero(*intervals.compute_difference_interval(own, (value, low, high)))


def rank_positions(figures: Cube) -> dict[str, Floats]:
    """Rank the local authorities among themselves, and the NHS areas among themselves."""
    names = ("rank", "sharing", "number_ranked", "quartile")
    result = {name: np.full(figures.value.shape, np.nan) for name in names}
    low_is_good = np.array([series["polarity"] == "low_is_good" for series in figures.series])
    badness = np.where(low_is_good[:, None], figures.value, -figures.value)
    badness[~figures.measured] = np.nan
    for level in (LOCAL, NHS):
        columns = find_ranked_places(figures, level)
        mine = badness[:, columns]
        ranks, sharing, number = position.rank(mine)
        number = np.where(np.isnan(mine), np.nan, number[:, None])
        for name, found in zip(
            names, (ranks, sharing, number, position.assign_quartile(mine)), strict=True
        ):
            result[name][:, columns] = found
    return result


def count_runs(figures: Cube) -> Floats:
    """Count the years in a row up to each latest figure that rose (above 0) or fell (below 0)."""
    result = np.full(figures.value.shape, np.nan)
    for i in np.nonzero(figures.newest & (figures.earlier != NONE))[0]:
        step = np.round(figures.value[i] - figures.value[figures.earlier[i]], 10)
        way, run = np.sign(step), np.where(np.isnan(step), np.nan, 0.0)
        going, now = way != 0, i
        while figures.earlier[now] != NONE and going.any():
            before = figures.earlier[now]
            step = np.sign(np.round(figures.value[now] - figures.value[before], 10))
            going = going & (step == way)
            run = run + going
            now = before
        result[i] = run * way
    return result


def compute_funnels(figures: Cube) -> tuple[Floats, list[dict[str, object]]]:
    """Say how far outside its funnel each latest figure lies, and give the lines of each funnel.

    A funnel that cannot tell areas apart has no lines, and nothing lies within or outside it.
    """
    result, lines = np.full(figures.value.shape, np.nan), []
    for i, columns, (count, total) in iterate_funnels(figures):
        proportion = figures.series[i]["interval"] == "wilson"
        spread = funnel.estimate_spread(count, total, proportion=proportion)
        if funnel.is_telling(spread.dispersion):
            result[i, columns] = funnel.compute_outlying(
                count, total, spread, proportion=proportion
            )
        lines.append(draw_funnel_lines(figures.series[i], total, spread, proportion=proportion))
    return result, lines


def draw_funnel_lines(
    series: dict[str, object], total: Floats, spread: funnel.Spread, *, proportion: bool
) -> dict[str, object]:
    """Give the lines of one funnel from its smallest to its largest area, in the metric's unit."""
    points = SIZES if funnel.is_telling(spread.dispersion) else 0
    sizes = np.round(np.geomspace(total.min(), total.max(), points))
    scale = cast("int", series["multiplier"])
    names = ("low998", "low95", "high95", "high998")
    lines = funnel.compute_funnel_limits(spread, sizes, proportion=proportion)
    return {
        **{key: series[key] for key in ("metric", "breakdown", "time_period")},
        "areas": len(total),
        "overall": round(scale * spread.overall, 6),
        "dispersion": round(spread.dispersion, 4),
        "added_variance": round(spread.added, 9),
        "sizes": sizes.tolist(),
        **{n: np.round(scale * line, 5).tolist() for n, line in zip(names, lines, strict=True)},
    }


def iterate_funnels(figures: Cube) -> Iterator[tuple[int, Numbers, tuple[Floats, Floats]]]:
    """Give each latest series that has counts, with its ranked places and their counts."""
    columns = {
        "nhs": find_ranked_places(figures, NHS),
        "local_authority": find_ranked_places(figures, LOCAL),
    }
    for i in np.nonzero(figures.newest)[0].tolist():
        series = figures.series[i]
        if series["interval"] in {"wilson", "byar"}:
            places = columns[series["metric_level"]]
            count, total = figures.numerator[i, places], figures.denominator[i, places]
            known = ~np.isnan(figures.value[i, places]) & (total > 0) & (count >= 0)
            if known.sum() >= FEWEST and count[known].sum() > 0:
                yield i, places[known], (count[known], total[known])


def compute_benchmarks(figures: Cube, near: dict[str, Floats]) -> dict[str, Floats]:
    """Give each area's latest figures beside the neighbours of each model, one column a name."""
    kinds = np.array([each["metric_level"] == "local_authority" for each in figures.series])
    latest = np.nonzero(figures.newest & figures.measured & kinds)[0]
    is_ranked = np.isin(np.arange(len(figures.places)), find_ranked_places(figures, LOCAL))
    parts = []
    for number, model in enumerate(MODELS):
        places = find_places_with_neighbours(figures, model)
        found = (
            {name: array[latest] for name, array in near.items()}
            if model == NEIGHBOUR_MODEL
            else compare_with_neighbours(figures, model, latest)
        )
        found |= groups.find_ends(
            gather_neighbours(figures.value[latest], figures.near[model][places])
        )
        keep = is_ranked[places]
        s, p = (array.ravel() for array in np.meshgrid(latest, places[keep], indexing="ij"))
        flat = {name: array[:, keep].ravel() for name, array in found.items()}
        parts.append(
            {"model": fill_column(number + 1, len(s)), "series": s + 1, "place": p + 1, **flat}
        )
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def group_summary(figures: Cube) -> dict[str, Floats]:
    """Give every series' mean, median and number with a figure for each group of areas."""
    local = set(find_ranked_places(figures, LOCAL).tolist())
    measured = np.nonzero(figures.measured)[0]
    parts = []
    for number, members in enumerate(figures.groups.values()):
        columns = np.array([member for member in members if member in local])
        values = figures.value[np.ix_(measured, columns)].T
        found = summarise_groups(values) | groups.find_ends(values)
        keep = found["number"] > 0
        parts.append(
            {
                "area_group": fill_column(number + 1, int(keep.sum())),
                "series": measured[keep] + 1,
                "members": fill_column(len(columns), int(keep.sum())),
                **{name: found[name][keep] for name in ("mean", "median", "number")},
                "lowest": columns[found["lowest"][keep].astype(int)] + 1,
                "highest": columns[found["highest"][keep].astype(int)] + 1,
            }
        )
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
