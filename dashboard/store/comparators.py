"""What an area is set beside: its neighbours, its region, England, its peers, a group of one's own.

Everything is read as it was published with the build, but for a group that the reader has put
together: that one is summed up here, by the same methods. Pure: no Streamlit, no SQL.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from dashboard.domain.choices import View
from dashboard.domain.comparators import COMPARATORS, TYPES, USUAL, ComparatorKind
from dashboard.domain.records import (
    UNRANKED,
    Area,
    Comparator,
    Figure,
    Group,
    Metric,
    Middle,
    Summary,
)
from dashboard.store.figures import load_history
from dashboard.store.groups import (
    load_benchmarks_of_area,
    load_benchmarks_of_metric,
    load_group_medians,
    load_group_summaries,
    load_group_summaries_then,
)
from pipeline.methods import change, groups, intervals
from pipeline.methods.intervals import Floats

PEERS = {"type", "programme"}
NOTHING = (None, None, None)
MULTIPLIER = {"percent": 100, "per_100": 100, "per_1000": 1000}  # of a proportion or a rate

Key = tuple[str, str]
Summaries = Mapping[Key, Summary]


def list_options(view: View) -> dict[str, str]:
    """What the chosen area can be compared with, by id."""
    if view.area is None:
        return {}
    groups_ = {name: _find_group(view, view.area, kind) for name, kind in COMPARATORS.items()}
    return {name: one.label for name, one in groups_.items() if one}


def find_chosen_group(view: View) -> Group | None:
    """The group the reader compares with: statistical neighbours where there is no such one."""
    if view.area is None or view.area.level != "local_authority":
        return None
    asked = _find_group(view, view.area, COMPARATORS[view.against])
    return asked or _find_group(view, view.area, USUAL)


def load_summaries(view: View, beside: Group, figures: Sequence[Figure]) -> Summaries:
    """The group on each of the metrics of some figures; nothing of a region and of England.

    The neighbours of the usual model are known in each figure's own period. Of other groups only
    the latest figures are known, and those stand beside a latest figure alone.
    """
    if beside.kind.is_usual:
        return {
            (f.metric, f.breakdown): _make_summary_of_figure(f)
            for f in figures
            if f.neighbours_with_value
        }
    old = {(f.metric, f.breakdown) for f in figures if not f.is_latest}
    return {
        key: one
        for key, one in _load_latest_summaries(view, beside, figures).items()
        if key not in old
    }


def _load_latest_summaries(view: View, beside: Group, figures: Sequence[Figure]) -> Summaries:
    """A group in each metric's latest period."""
    kind = beside.kind
    if kind.by == "model" and view.area:
        return load_benchmarks_of_area(view.build, kind.of, view.area.code)
    if kind.by in PEERS:
        return load_group_summaries(view.build, _name_peers(view.area, kind))
    if kind.by == "own":
        return compute_own_summaries(view, beside, figures)
    return {}


def load_summaries_then(view: View, beside: Group, figures: Sequence[Figure]) -> Summaries:
    """The same for figures of earlier periods, each beside the group in its own period."""
    if beside.kind.by in PEERS:
        by_period = load_group_summaries_then(view.build, _name_peers(view.area, beside.kind))
        periods = {(f.metric, f.breakdown): (f.metric, f.breakdown, f.time_period) for f in figures}
        return {key: by_period[when] for key, when in periods.items() if when in by_period}
    return load_summaries(view, beside, figures) if beside.kind.is_usual else {}


def build_comparator(view: View, beside: Group, figure: Figure) -> Comparator:
    """The group on one metric, with the names of who is lowest, highest and without a figure."""
    key = figure.metric, figure.breakdown
    # The others' latest figures stand beside a latest one alone.
    figures = {code: _find_latest(view, code, key) for code in beside.members if figure.is_latest}
    valued = {code: f.value for code, f in figures.items() if f and f.value is not None}
    summary = _find_summary(view, beside, figure, valued)
    names = view.build.areas
    ends = (
        (names[code].name, valued[code]) if code in valued else None
        for code in (summary.lowest, summary.highest)
    )
    return Comparator(
        beside,
        summary.mean,
        summary.median,
        {"region": figure.region, "england": figure.england}.get(beside.kind.by),
        summary.with_value,
        summary.members,
        *ends,
        missing=tuple(names[code].name for code in figures if code not in valued),
        above=summary.above if figure.area_code not in UNRANKED else None,
        below=summary.below if figure.area_code not in UNRANKED else None,
        against=figure.against_england if beside.kind.by == "england" else summary.against,
        expected=None
        if summary.against is None
        else _compute_expected(view, figures.values(), summary),
    )


def _compute_expected(
    view: View, figures: Iterable[Figure | None], summary: Summary
) -> tuple[float, float] | None:
    """What one more area like those of a group would mostly have, in the metric's unit."""
    valued = [figure for figure in figures if figure and figure.value is not None]
    if not valued or summary.median is None:
        return None
    metric = view.build.metrics[valued[0].metric]
    theirs = (_scale(each, [metric]) for each in _stack_estimates([figure] for figure in valued))
    middle = _scale(np.array([[summary.median]]), [metric])[0]
    _, low, high = (each[0] for each in groups.estimate_expected(middle, *theirs))
    if np.isnan(low):
        return None
    scale = metric.interval, MULTIPLIER.get(metric.unit, 1)
    return float(groups.unscale_figures(low, *scale)), float(groups.unscale_figures(high, *scale))


def build_comparators_of_figure(view: View, figure: Figure) -> list[Comparator]:
    """What the chosen area's figure is set beside: the reader's group, then England."""
    nation = _make_group(COMPARATORS["england"], _list_ranked(view))
    chosen = find_chosen_group(view)
    groups_ = [chosen, nation] if chosen and chosen.kind.by != "england" else [nation]
    return [build_comparator(view, each, figure) for each in groups_ if each]


def compute_own_summaries(view: View, beside: Group, figures: Sequence[Figure]) -> Summaries:
    """The reader's own group on the metrics of some figures, all at once.

    The same methods as for the groups that are published with the build.
    """
    metrics = view.build.metrics
    figures = [f for f in figures if f.is_latest and not metrics[f.metric].is_category]
    keys, kinds = [(f.metric, f.breakdown) for f in figures], [metrics[f.metric] for f in figures]
    if not beside.members or not keys:
        return {}
    newest = [view.build.newest.get(code, {}) for code in beside.members]
    theirs = _stack_estimates([of.get(key) for key in keys] for of in newest)
    own_ = _stack_estimates([figures])
    value, mine = theirs[0], own_[0][0]
    summary = groups.summarise_group(value) | groups.find_ends(value)
    middle = _scale(summary["median"][None], kinds)[0]
    expected = groups.estimate_expected(middle, *(_scale(each, kinds) for each in theirs))
    difference = intervals.compute_difference_interval(
        tuple(_scale(each, kinds)[0] for each in own_), expected
    )
    against = change.compare_with_zero(*difference)
    if view.area and view.area.code in UNRANKED:
        against = np.full_like(against, np.nan)
    with np.errstate(invalid="ignore"):
        above, below = (mine > value).sum(axis=0), (mine < value).sum(axis=0)
    named = (summary[name] for name in ("mean", "median", "number", "lowest", "highest"))
    rows = zip(keys, np.stack([*named, above, below, against], axis=1).tolist(), strict=True)
    return {key: _make_summary(beside.members, row) for key, row in rows if row[2] > 0}


def load_medians(view: View, beside: Group, history: Iterable[Figure]) -> list[Middle]:
    """The group's median over time, where it is published; else for the latest period alone."""
    figures = list(history)
    if beside.kind.is_usual:
        return [
            Middle(f.time_period, f.period_end, f.neighbour_median)
            for f in figures
            if f.neighbours_with_value is not None
        ]
    if beside.kind.by in PEERS:
        name = _name_peers(view.area, beside.kind)
        return load_group_medians(view.build, name, view.metric.id, view.breakdown)
    if beside.kind.by == "own":
        return _compute_own_medians(view, beside)
    latest = [f for f in figures if f.is_latest]
    by_key = load_summaries(view, beside, latest)
    return [
        Middle(f.time_period, f.period_end, by_key[f.metric, f.breakdown].median)
        for f in latest
        if (f.metric, f.breakdown) in by_key
    ]


def _compute_own_medians(view: View, beside: Group) -> list[Middle]:
    """The median of the reader's own group in each period."""
    history = load_history(view.build, view.metric.id, view.breakdown, beside.members)
    periods = sorted({(f.period_end, f.time_period) for f in history if f.value is not None})
    if not periods:
        return []
    valued = {(f.area_code, f.period_end): f.value for f in history}
    values = [[valued.get((code, end)) for end, _ in periods] for code in beside.members]
    medians = groups.summarise_group(np.array(values, dtype=float))["median"].tolist()
    return [Middle(name, end, mid) for (end, name), mid in zip(periods, medians, strict=True)]


def _find_group(view: View, area: Area, kind: ComparatorKind) -> Group | None:
    """One group of an area; None where it has none of that kind."""
    match kind.by:
        case "model":
            near = view.build.near.get(kind.of, {}).get(area.code, ())
            return _make_group(kind, near) if near else None
        case "region":
            region = view.build.areas.get(area.region_code or "")
            members = _list_ranked(view, region.code) if region else ()
            return _make_group(kind, members, region.name) if region else None
        case "england":
            return _make_group(kind, _list_ranked(view))
        case "own":
            return _make_group(kind, tuple(a.code for a in view.group if a.code != area.code))
    peers = view.build.peers.get(_name_peers(area, kind), ())
    _, several = TYPES.get(area.authority_type or "", ("", ""))
    return _make_group(kind, peers, several) if peers else None


def _make_group(kind: ComparatorKind, members: tuple[str, ...], name: str = "") -> Group:
    texts = (text.format(name=name) for text in (kind.label, kind.named, kind.short))
    return Group(kind.id, *texts, members)


def _list_ranked(view: View, region: str = "") -> tuple[str, ...]:
    level = view.area.level if view.area else "local_authority"
    areas = (a for a in view.build.areas.values() if a.level == level and a.is_current)
    ranked = (a for a in areas if a.code not in UNRANKED)
    return tuple(a.code for a in ranked if region in {"", a.region_code})


def _name_peers(area: Area | None, kind: ComparatorKind) -> str:
    """What the build calls a group of peers."""
    return kind.of or (area.authority_type if area else "") or ""


def _find_summary(
    view: View, beside: Group, figure: Figure, valued: Mapping[str, float]
) -> Summary:
    """The group on one figure's metric; of a region and of England who is lowest and highest."""
    number, of = len(valued), len(beside.members)
    if not beside.has_average:
        low = min(valued, key=lambda code: valued[code], default=None)
        high = max(valued, key=lambda code: valued[code], default=None)
        return Summary(None, None, number, of, low, high)
    own_ = _make_summary_of_figure(figure) if beside.kind.is_usual else Summary(None, None, 0, of)
    if not figure.is_latest:
        return own_
    key = figure.metric, figure.breakdown
    if beside.kind.by == "model":
        near = load_benchmarks_of_metric(view.build, beside.kind.of, *key)
        # The smallest areas are never ranked, and their neighbours are summed up with the figure.
        return near.get(figure.area_code, own_)
    return load_summaries(view, beside, [figure]).get(key, own_)


def _find_latest(view: View, code: str, key: Key) -> Figure | None:
    figure = view.build.newest.get(code, {}).get(key)
    return figure if figure and figure.is_latest else None


def _make_summary_of_figure(figure: Figure) -> Summary:
    number, against = figure.neighbours_with_value or 0, figure.against_neighbours
    return Summary(figure.neighbour_mean, figure.neighbour_median, number, 10, against=against)


def _stack_estimates(rows: Iterable[Sequence[Figure | None]]) -> Floats:
    """Values, lower and upper limits of rows of figures; what is not there is not a number."""
    limits = [
        [(f.value, f.low, f.high) if f and f.is_latest else NOTHING for f in row] for row in rows
    ]
    return np.moveaxis(np.array(limits, dtype=float), -1, 0)


def _scale(rows: Floats, kinds: Sequence[Metric]) -> Floats:
    """Rows of figures, a column for each metric, on the scale of each."""
    columns = [
        groups.scale_figures(column, metric.interval, MULTIPLIER.get(metric.unit, 1))
        for column, metric in zip(rows.T, kinds, strict=True)
    ]
    return np.stack(columns, axis=1)


def _make_summary(codes: Sequence[str], row: tuple[float, ...]) -> Summary:
    mean, median, *counts, against = row
    number, low, high, above, below = map(int, counts)
    tested = None if math.isnan(against) else int(against)
    return Summary(mean, median, number, len(codes), codes[low], codes[high], above, below, tested)
