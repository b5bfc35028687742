"""Figures of metrics and areas: the newest, those of earlier years, and how all areas lie."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from dashboard.domain.build import Build
from dashboard.domain.choices import View, list_headlines, sort_by_pillar
from dashboard.domain.records import Figure, Funnel, Range, Series, Spread
from dashboard.store.ask import group_by, load_records, load_rows
from dashboard.store.memory import per_build

Key = tuple[str, str]  # a metric and its breakdown


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures of a metric are wanted; nothing means all."""

    areas: list[str] | None = None
    breakdown: str | None = None
    period: str | None = None
    latest: bool = False
    limit: int = 1000
    offset: int = 0


def list_newest_figures(build: Build, area: str) -> list[Figure]:
    """The newest figure of every metric and breakdown for one area."""
    return list(build.newest.get(area, {}).values())


def select_newest_figures(
    build: Build, metrics: Iterable[str], areas: Iterable[str]
) -> list[Figure]:
    """The newest figures of some metrics in some areas."""
    keys = [(metric, group) for metric in metrics for group in build.metrics[metric].breakdowns]
    newest = (build.newest.get(area, {}).get(key) for area in areas for key in keys)
    return [figure for figure in newest if figure]


@per_build(most=64)
def load_figures_then(build: Build, area: str, year: int) -> list[Figure]:
    """The figure of every metric for one area as at the end of a year, with what it was beside."""
    given = {"day": date(year, 12, 31), "area": area}
    return load_records(build, Figure._make, "figures_then", given)


def load_shown_figures(view: View, code: str) -> list[Figure]:
    """The figures of one area that a page shows: the newest, or those of the year asked for."""
    if view.year is None:
        return list_newest_figures(view.build, code)
    return load_figures_then(view.build, code, view.year)


def select_headline_figures(view: View, figures: Iterable[Figure]) -> list[Figure]:
    """The figures of headline metrics, in order."""
    by_key = {(f.metric, f.breakdown): f for f in figures}
    return [
        by_key[metric.id, breakdown]
        for metric in sort_by_pillar(list_headlines(view.build))
        for breakdown in metric.breakdowns
        if (metric.id, breakdown) in by_key
    ]


@per_build(most=16)  # readers change areas more than metrics
def _load_metric_over_time(build: Build, metric: str, breakdown: str) -> dict[str, list[Figure]]:
    figures = load_records(build, Figure._make, "figures_over_time", [metric, breakdown])
    return group_by(lambda figure: figure.area_code, figures)


@per_build(most=32)  # a page asks for several metrics of a topic
def _load_topic_over_time(build: Build, area: str, topic: str) -> dict[Key, list[Figure]]:
    figures = load_records(build, Figure._make, "figures_of_topic", [area, topic])
    return group_by(lambda figure: (figure.metric, figure.breakdown), figures)


def load_history(build: Build, metric: str, breakdown: str, areas: Iterable[str]) -> list[Figure]:
    """One metric's figures over time in some areas."""
    by_area = _load_metric_over_time(build, metric, breakdown)
    return [figure for area in areas for figure in by_area.get(area, ())]


def load_area_history(build: Build, metric: str, breakdown: str, area: str) -> list[Figure]:
    """One metric's figures over time in one area, for pages that show several metrics of a topic.

    A chart that has other areas too takes `load_history`: it then reads the metric once for all.
    """
    topic = build.metrics[metric].topic
    return _load_topic_over_time(build, area, topic).get((metric, breakdown), [])


def load_ranges(build: Build, metric: str, breakdown: str, areas: Iterable[str]) -> list[Range]:
    """The lowest and the highest value among some areas, for each period with a value."""
    valued: dict[tuple[date, str], list[float]] = {}
    for figure in load_history(build, metric, breakdown, areas):
        if figure.value is not None:
            valued.setdefault((figure.period_end, figure.time_period), []).append(figure.value)
    return [Range(when, end, min(vs), max(vs)) for (end, when), vs in sorted(valued.items())]


def list_ranking(build: Build, metric: str, breakdown: str) -> list[Figure]:
    """Every figure of the latest period at the metric's level: ranked ones first."""
    level = build.metrics[metric].level
    areas = (area.code for area in build.areas.values() if area.level == level)
    newest = (build.newest.get(code, {}).get((metric, breakdown)) for code in areas)
    latest = [figure for figure in newest if figure and figure.is_latest]
    return sorted(latest, key=lambda figure: figure.rank or len(build.areas))


@per_build(most=64)
def find_funnel(build: Build, metric: str, breakdown: str) -> Funnel | None:
    """The limits of one metric's funnel plot; None where its figures have none."""
    return next(iter(load_records(build, Funnel._make, "funnel", [metric, breakdown])), None)


@per_build(most=32)  # readers change areas more than metrics
def load_spreads(build: Build, metric: str, breakdown: str) -> list[Spread]:
    """How the ranked local authorities lie in each period of one metric."""
    return load_records(build, Spread._make, "spreads", [metric, breakdown])


@per_build(most=8)
def load_spreads_then(build: Build, year: int) -> dict[Key, Spread]:
    """How the ranked areas lay in the newest period of each metric at the end of a year."""
    spreads = load_records(build, Spread._make, "spreads_then", [date(year, 12, 31)])
    return {(spread.metric, spread.breakdown): spread for spread in spreads}


@per_build(most=64)
def load_series(build: Build, area: str) -> dict[Key, Series]:
    """For every metric and breakdown of an area: its series, missing values left out."""
    return {row[:2]: Series(*map(tuple, row[2:])) for row in load_rows(build, "series", [area])}


def load_metric_figures(build: Build, metric: str, breakdown: str = "") -> list[tuple[Figure, str]]:
    """Every figure of a metric, or of one of its groups, each with the file it is from."""
    given = {"metric": metric, "breakdown": breakdown}
    return load_records(build, _make_sourced, "figures_of_metric", given)


def count_figures(build: Build, metric: str) -> int:
    """How many figures there are of a metric, in all its groups."""
    return load_rows(build, "number_of_figures", [metric])[0][0]


def load_wanted_figures(
    build: Build, metric: str, wanted: Wanted
) -> tuple[int, list[tuple[Figure, str]]]:
    """How many figures of a metric are wanted, and a page of them with the file of each."""
    given = {"metric": metric, **asdict(wanted)}
    figures = load_records(build, _make_sourced, "figures_wanted", given)
    del given["limit"], given["offset"]
    return load_rows(build, "number_wanted", given)[0][0], figures


def list_periods(build: Build, metric: str) -> list[str]:
    """The periods of a metric, the newest first."""
    return [period for (period,) in load_rows(build, "periods", [metric])]


def _make_sourced(row: tuple) -> tuple[Figure, str]:
    return Figure._make(row[:-1]), row[-1] or ""
