"""Which figures of each area deserve attention, and which stand out for the better."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.cube import LOCAL, Cube, Numbers, ranked
from pipeline.methods import signals as rule
from pipeline.methods.intervals import Floats

RECENT = timedelta(days=3 * 365)
FEWEST_MARKS = 2
MOST, MOST_STRENGTHS, MOST_OF_TOPIC = 8, 4, 2
OTHERS = {"No SEN", "No LLDD", "All pupils"}  # groups a metric shows for comparison
MARKED = ("statutory", "by_neighbours", "by_england", "by_quarter", "by_change")
NAMES = ("series", "place", "position", "is_strength", "marks", *MARKED, "by_funnel")


def signals(figures: Cube, found: dict[str, Floats]) -> dict[str, NDArray[Any]]:
    """List each local authority's signals, in order, one column a name."""
    chosen = taking_part(figures)
    places = ranked(figures, LOCAL)
    rows = []
    for is_strength, most in ((False, MOST), (True, MOST_STRENGTHS)):
        judged = judge(figures, found, chosen, is_strength=is_strength)
        for place in places:
            if figures.places[place]["is_current"]:
                own = {name: array[:, place] for name, array in judged.items()}
                for position, i in enumerate(listed(figures, chosen, own)[:most], start=1):
                    series = chosen[i] + 1, place + 1, position, is_strength
                    rows.append((*series, *(own[name][i] for name in NAMES[4:])))
    columns = zip(*rows, strict=True) if rows else [[] for _ in NAMES]
    kinds = [bool if name in {"is_strength", *MARKED} else float for name in NAMES]
    return {
        name: np.array(column, dtype=kind)
        for name, column, kind in zip(NAMES, columns, kinds, strict=True)
    }


def taking_part(figures: Cube) -> Numbers:
    """Give the latest series of metrics that judge how children with SEND fare now."""
    since = newest_day(figures) - RECENT
    return np.array(
        [
            i
            for i in np.nonzero(figures.newest)[0]
            if (series := figures.series[i])["signals"]
            and series["polarity"] != "no_judgement"
            and series["metric_level"] == "local_authority"
            and series["of_metric"] is None
            and not series["breakdown"].startswith(tuple(OTHERS))
            and series["period_end"] > since
        ],
        dtype=int,
    )


def newest_day(figures: Cube) -> date:
    """Give the last day of the newest period held."""
    return max(series["period_end"] for series in figures.series if series["period_end"])


def judge(
    figures: Cube, found: dict[str, Floats], chosen: Numbers, *, is_strength: bool
) -> dict[str, NDArray[Any]]:
    """Give the marks of the chosen series at every place, for the worse or for the better."""
    low_is_good = np.array([figures.series[i]["polarity"] == "low_is_good" for i in chosen])
    worse = np.where(low_is_good != is_strength, 1.0, -1.0)[:, None]  # the sign of the marked way
    some = {name: array[chosen] for name, array in found.items()}
    passed = np.where(worse > 0, some["neighbours_below"], some["neighbours_above"])
    duty = np.array([figures.series[i]["duty_at_least"] or np.nan for i in chosen])[:, None]
    best, last = (1, 4)
    judged: dict[str, NDArray[Any]] = {
        "statutory": figures.value[chosen] < duty,
        "by_neighbours": rule.worse_than_neighbours(worse * some["against_neighbours"], passed),
        "by_england": worse * some["against_england"] == 1,
        "by_quarter": some["quartile"] == (best if is_strength else last),
        "by_change": rule.worsening(
            worse * some["trend"], worse * some["against_before"], worse * some["run"]
        ),
    }
    outside = worse * some["funnel"]
    # To fall short of a duty is said of a strength too, and does not make it one.
    counted = {name: by for name, by in judged.items() if not (is_strength and name == "statutory")}
    given = rule.marks(counted, outside)
    place = some["rank"] / some["number_ranked"]
    return {
        **judged,
        "by_funnel": np.maximum(np.nan_to_num(outside), 0),
        "marks": np.where(np.isnan(some["rank"]), 0, given),
        "place": np.nan_to_num(1 - place if is_strength else place),
    }


def listed(figures: Cube, chosen: Numbers, own: dict[str, NDArray[Any]]) -> list[int]:
    """Give the figures of one place that are listed: one of each metric, two of each topic."""
    metrics: set[str] = set()
    topics: Counter[str] = Counter()
    result = []
    for i in rule.order(own["marks"], own["statutory"].astype(bool), own["place"]).tolist():
        series = figures.series[chosen[i]]
        is_new = series["metric"] not in metrics and topics[series["topic"]] < MOST_OF_TOPIC
        if own["marks"][i] >= FEWEST_MARKS and is_new:
            metrics.add(series["metric"])
            topics[series["topic"]] += 1
            result.append(i)
    return result
