"""Which figures of each area stand out beyond chance, and how far areas usually lie apart."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.cube import LOCAL, NONE, Cube, Numbers, find_ranked_places
from pipeline.methods import exact, usual
from pipeline.methods import signals as rule
from pipeline.methods.intervals import Floats
from pipeline.signal_rule import FURTHEST, TESTED

RECENT = timedelta(days=3 * 365)
OTHERS = {"No SEN", "No LLDD", "All pupils"}  # groups a metric shows for comparison
COUNTED = {"wilson", "byar"}
DIGITS = 9  # of p-values: more would differ from machine to machine
COLUMNS = (
    *("place", "series", "position", "is_strength", "level", "level_p", "usual_low", "usual_high"),
    *("change", "change_p", "expected_low", "expected_high", "adjusted_p"),
)

Yes = NDArray[np.bool_]


class Test(NamedTuple):
    """One question asked of every place: is its figure, or its change, out of the ordinary."""

    series: int
    is_change: bool
    p: Floats  # not a number where the place is not tested
    way: Floats  # 1 worse, -1 better
    low: Floats  # the range in which 95% of areas of its size are expected, in the metric's unit
    high: Floats


class Asked(NamedTuple):
    """Every test, its p-values (tests by places), and the number of the fact that it sees."""

    tests: list[Test]
    p: Floats
    fact: Numbers


class Counts(NamedTuple):
    """What one series counts at the places that are ranked."""

    count: Floats
    total: Floats
    there: Yes

    @property
    def overall(self) -> float:
        """The figure of all places together, as a proportion or a rate."""
        return float(self.count[self.there].sum() / self.total[self.there].sum())


def compute_attention_tables(figures: Cube) -> dict[str, dict[str, NDArray[Any]]]:
    """Give all that is worked out of what stands out, by the name under which SQL reads it."""
    listed, tested = list_signals(figures)
    return {"signalled": listed, "tested": tested, "spread_out": list_usual_spreads(figures)}


def list_signals(figures: Cube) -> tuple[dict[str, NDArray[Any]], dict[str, NDArray[Any]]]:
    """List each local authority's signals in order, and every test that each had."""
    places = find_tested_places(figures)
    every = run_tests(figures, places)
    p = np.array([test.p for test in every]).reshape(len(every), len(places))
    asked = Asked(every, p, number_facts(figures, every))
    rows, had = [], []
    for at, place in enumerate(places.tolist()):
        rows += list_entries(asked, place, at)
        (tested,) = np.nonzero(~np.isnan(p[:, at]))
        had += [(place + 1, every[n].series + 1, int(asked.fact[n])) for n in tested.tolist()]
    return build_columns(COLUMNS, rows), build_columns(("place", "series", "fact"), had)


def build_columns(names: tuple[str, ...], rows: list[tuple[float, ...]]) -> dict[str, NDArray[Any]]:
    """Turn rows into one column a name."""
    table = np.array(rows, dtype=float).reshape(len(rows), len(names)).T
    named = dict(zip(names, table, strict=True))
    return {
        name: column.astype(bool) if name == "is_strength" else column
        for name, column in named.items()
    }


def find_tested_places(figures: Cube) -> Numbers:
    """Give the places whose figures are tested: the ranked local authorities of today."""
    places = find_ranked_places(figures, LOCAL)
    return np.array([p for p in places if figures.places[p]["is_current"]], dtype=int)


def run_tests(figures: Cube, places: Numbers) -> list[Test]:
    """Ask of every figure with counts whether its level, and its change, is out of the ordinary."""
    found = []
    for i in find_judged_series(figures).tolist():
        if has_counts(figures, i):
            before = int(figures.earlier[i])
            found += [run_level_test(figures, places, i)]
            found += [run_change_test(figures, places, i, before)] if before != NONE else []
    return [test for test in found if test is not None]


def run_level_test(figures: Cube, places: Numbers, i: int) -> Test | None:
    """Test one series against England and the usual range; nothing where few areas are left."""
    now = select_counts(figures, places, i)
    enough = find_large_enough(figures, i, now)
    if enough.sum() < TESTED["least_areas"]:
        return None
    count, total = now.count[enough], now.total[enough]
    proportion = is_proportion(figures, i)
    y, variance = (
        usual.transform_shares(count, total, proportion=proportion),
        usual.compute_chance_variance(total),
    )
    found = usual.estimate_usual(y, variance)
    expected = np.full(len(total), now.overall)
    by_chance = (
        exact.compute_p_of_shares(count, total, expected)
        if proportion
        else exact.compute_p_of_events(count, expected * total)
    )
    same_way = np.sign(count / total - now.overall) == np.sign(y - found.middle)
    p = rule.combine_p(by_chance, usual.compute_p_beyond(y, variance, found), same_way)
    ends = usual.compute_usual_range(
        np.full(len(y), found.middle), variance + found.between, proportion=proportion
    )
    return build_test(figures, i, enough, (p, np.sign(y - found.middle), *ends), is_change=False)


def run_change_test(figures: Cube, places: Numbers, i: int, earlier: int) -> Test | None:
    """Test one series against its own year before and the usual change; nothing as for a level."""
    now, before = select_counts(figures, places, i), select_counts(figures, places, earlier)
    enough = find_large_enough(figures, i, now) & find_large_enough(figures, i, before)
    if enough.sum() < TESTED["least_areas"]:
        return None
    proportion = is_proportion(figures, i)
    both = [(each.count[enough], each.total[enough]) for each in (now, before)]
    y, then = (usual.transform_shares(*each, proportion=proportion) for each in both)
    variance = usual.compute_chance_variance(both[0][1]) + usual.compute_chance_variance(both[1][1])
    found = usual.estimate_usual(y - then, variance)
    by_chance = (exact.compute_p_of_two_shares if proportion else exact.compute_p_of_two_rates)(
        *both[0], *both[1]
    )
    off = y - then - found.middle
    p = rule.combine_p(
        by_chance,
        usual.compute_p_beyond(y - then, variance, found),
        np.sign(y - then) == np.sign(off),
    )
    ends = usual.compute_usual_range(
        then + found.middle, variance + found.between, proportion=proportion
    )
    return build_test(figures, i, enough, (p, np.sign(off), *ends), is_change=True)


def build_test(
    figures: Cube,
    i: int,
    enough: Yes,
    found: tuple[Floats, ...],
    *,
    is_change: bool,
) -> Test:
    """Give one test's results at every place, not a number where it was not made."""
    p, way, low, high = (np.full(len(enough), np.nan) for _ in range(4))
    series = figures.series[i]
    for array, values in zip((p, way, low, high), found, strict=True):
        array[enough] = values
    worse = 1 if series["polarity"] == "low_is_good" else -1
    scale = series["multiplier"]
    return Test(i, is_change, np.round(p, DIGITS), worse * way, scale * low, scale * high)


def select_counts(figures: Cube, places: Numbers, i: int) -> Counts:
    """Give what one series counts: whole numbers, where both are known and fit together."""
    count, total = np.round(figures.numerator[i, places]), np.round(figures.denominator[i, places])
    there = ~np.isnan(figures.value[i, places]) & (count >= 0) & (total > 0)
    if is_proportion(figures, i):
        there &= count <= total
    return Counts(count, total, there)


def find_large_enough(figures: Cube, i: int, given: Counts) -> Yes:
    """Say where the numbers behind a figure are large enough to be tested."""
    if not given.there.any():
        return given.there
    if is_proportion(figures, i):
        return given.there & (given.total >= TESTED["least_out_of"])
    return given.there & (given.total * given.overall >= TESTED["least_expected"])


def is_proportion(figures: Cube, i: int) -> bool:
    """Say whether a series is a share of children, and not a rate of events."""
    return figures.series[i]["interval"] == "wilson"


def number_facts(figures: Cube, asked: Iterable[Test]) -> Numbers:
    """Number what each test sees: one fact is one group of children seen by several metrics."""
    numbers: dict[tuple[str, str], int] = {}
    series = (figures.series[test.series] for test in asked)
    keys = [(get_fact_name(each), each["breakdown"]) for each in series]
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=int)


def get_fact_name(series: dict[str, Any]) -> str:
    """Name the fact that a series sees: its metric's own, unless it shares one with others."""
    return series["fact"] or series["metric"]


def list_entries(asked: Asked, place: int, at: int) -> list[tuple[float, ...]]:
    """List one area's signals: of each fact the series of its surest test, worse, then better."""
    adjusted, marked = rule.find_discoveries(
        asked.p[:, at], asked.fact, TESTED["false_discovery_rate"]
    )
    surest: dict[int, int] = {}  # of each fact its surest marked test
    for number in np.argsort(asked.p[:, at], kind="stable").tolist():
        if marked[number]:
            surest.setdefault(int(asked.fact[number]), number)
    result = []
    for is_strength, way in ((False, 1), (True, -1)):
        own = [n for n in surest.values() if asked.tests[n].way[at] == way]
        result += [
            (
                *(place + 1, asked.tests[n].series + 1, position, is_strength),
                *describe_tests(asked, asked.tests[n].series, at, marked),
                float(np.round(adjusted[asked.fact[n]], DIGITS)),
            )
            for position, n in enumerate(own, start=1)
        ]
    return result


def describe_tests(asked: Asked, series: int, at: int, marked: Yes) -> tuple[float, ...]:
    """Give what the tests of one series found at a place: of its level, then of its change.

    Each is 1 worse, -1 better or 0 neither, the p-value, and the range expected.
    """
    result: list[float] = []
    for is_change in (False, True):
        own = [
            (test, marked[n])
            for n, test in enumerate(asked.tests)
            if (test.series, test.is_change) == (series, is_change) and not np.isnan(test.p[at])
        ]
        if own:
            [(test, is_marked)] = own
            ends = (float(np.round(end[at], 6)) for end in (test.low, test.high))
            result += [float(test.way[at] if is_marked else 0), float(test.p[at]), *ends]
        else:
            result += [np.nan] * 4
    return tuple(result)


def list_usual_spreads(figures: Cube) -> dict[str, NDArray[Any]]:
    """List the series that are set beside similar areas, with the usual spread of all areas.

    Each is the newest year of a figure, with the two years before.
    """
    places = find_tested_places(figures)
    rows = []
    for i in set_beside(figures):
        years = [i]
        while len(years) < FURTHEST["years"] and figures.earlier[years[-1]] != NONE:
            years.append(int(figures.earlier[years[-1]]))
        values = [figures.value[year, places] for year in years]
        enough = all((~np.isnan(v)).sum() >= FURTHEST["least_areas"] for v in values)
        if len(years) == FURTHEST["years"] and enough:
            between = [compute_quartile_distance(v[~np.isnan(v)]) for v in values]
            rows += [(y + 1, i + 1, s) for y, s in zip(years, between, strict=True)]
    return build_columns(("series", "newest", "spread"), rows)


def compute_quartile_distance(values: Floats) -> float:
    """Give the distance between the quartiles, as position.quartile cuts them."""
    low, high = np.quantile(values, [0.25, 0.75])
    return float(np.round(high - low, 6))


def set_beside(figures: Cube) -> list[int]:
    """Give the newest series of figures that say how an area fares.

    Those of which neither way is better are left out, but for pounds for each child or plan.
    """
    since = find_newest_day(figures) - RECENT
    chosen = find_judged_series(figures).tolist()
    chosen += [
        i
        for i in np.nonzero(figures.newest)[0].tolist()
        if (series := figures.series[i])["unit"] == "pounds"
        and series["is_ratio"]
        and is_judged(series, since)
        and series["polarity"] == "no_judgement"
    ]
    return sorted(chosen)


def has_counts(figures: Cube, i: int) -> bool:
    """Say whether the numbers behind a series are published."""
    return figures.series[i]["interval"] in COUNTED


def find_judged_series(figures: Cube) -> Numbers:
    """Give the latest series of metrics that judge how children with SEND fare now."""
    since = find_newest_day(figures) - RECENT
    return np.array(
        [
            i
            for i in np.nonzero(figures.newest)[0]
            if is_judged(figures.series[i], since)
            and figures.series[i]["polarity"] != "no_judgement"
        ],
        dtype=int,
    )


def is_judged(series: dict[str, Any], since: date) -> bool:
    """Say whether a series is recent, of local authorities and of children with SEND."""
    return (
        series["signals"]
        and series["metric_level"] == "local_authority"
        and series["of_metric"] is None
        and not series["breakdown"].startswith(tuple(OTHERS))
        and series["period_end"] > since
    )


def find_newest_day(figures: Cube) -> date:
    """Give the last day of the newest period held."""
    return max(series["period_end"] for series in figures.series if series["period_end"])
