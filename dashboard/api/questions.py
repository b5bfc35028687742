"""What is asked of a build, as the API answers it. Pure: values in, typed answers out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from dashboard.api import answers
from dashboard.api.answers import Comparison, Extreme, Group, Value, fill
from dashboard.charts.model import LICENCE, releases, source_line
from dashboard.domain import choices
from dashboard.domain.build import Build
from dashboard.domain.records import Area, Comparator, Figure, Metric, Source
from dashboard.store import comparators, served
from dashboard.store.figures import Wanted, list_newest_figures, list_periods, load_wanted_figures
from dashboard.store.groups import load_neighbours
from dashboard.store.provenance import list_files_used, list_releases, load_files_of_figures
from dashboard.words.changes import describe_standing, describe_verdict
from dashboard.words.names import join_words, name_licence, name_metric
from dashboard.words.numbers import STATUS_LABEL, STATUS_MEANING, UNIT_WORDS, format_value
from dashboard.words.ranks import describe_polarity, is_placed
from pipeline.package import LICENCE as LICENSED

HERE = "/api"
MOST_NEAREST, MOST_SHORT = 5, 12
ALIKE = 0.5
WORDS_ALONE: dict[str, Any] = dict.fromkeys(
    (
        *("mean", "median", "published", "lowest", "highest"),
        *("above", "below", "against", "expected"),
    )
)


class RefusedError(Exception):
    """A question without an answer, and why in plain words."""

    def __init__(self, status: int, title: str, asked: str = "", near: Sequence[str] = ()) -> None:
        """Keep the HTTP status, what is wrong, what was asked for, and what is most like it."""
        super().__init__(title)
        self.status, self.title, self.asked, self.nearest = status, title, asked, list(near)


class UnknownError(RefusedError):
    """What was asked for is not there."""

    def __init__(self, title: str, asked: str, near: Mapping[str, str] | None = None) -> None:
        """Name what is most like what was asked for: titles by id."""
        near = near or {}
        titles = [name if name == text else f"{name} ({text})" for name, text in near.items()]
        there = f": nearest is {join_words(titles)}" if titles else ""
        super().__init__(404, f"{title}{there}.", asked, list(near))


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of rows, and how many there are in all."""

    total: int
    rows: Sequence[object]


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list is wanted."""

    limit: int
    offset: int

    def of(self, rows: Sequence[object]) -> Rows:
        """That part of all the rows."""
        return Rows(len(rows), rows[self.offset : self.offset + self.limit])


def build_about(build: Build) -> answers.About:
    """The build: what it holds, and where its files are."""
    files = [
        answers.File(name, path.stat().st_size, f"{HERE}/files/{name}")
        for name, path in served.list_published_files(build).items()
    ]
    return answers.About(
        metrics=len(build.metrics),
        areas=len(build.areas),
        local_authorities=len(build.local_authorities),
        sources=len(build.sources),
        licence=LICENCE,
        licence_url=LICENSED["path"],
        files=files,
        documentation=HERE,
    )


def list_metrics(build: Build, topic: str | None, *, headline: bool | None) -> list[answers.Metric]:
    """The metrics, of one topic or all, in the order of the catalogue.

    Raises:
        UnknownError: there is no such topic.
    """
    topics = choices.list_topics(build)
    if topic is not None:
        check_is_there("topic", topic, topics)
    return [
        _build_metric(build, metric)
        for metric in build.metrics.values()
        if topic in {None, metric.topic} and headline in {None, metric.headline}
    ]


def get_metric(build: Build, asked: str) -> answers.Metric:
    """One metric; raises UnknownError where there is none of that id."""
    return _build_metric(build, find_metric(build, asked))


def list_values(build: Build, asked: str, wanted: Wanted) -> Rows:
    """A page of a metric's figures.

    Raises:
        UnknownError: there is no such metric, group, area or period.
    """
    asked_for = find_metric(build, asked)
    if wanted.breakdown is not None:
        check_is_there("group", wanted.breakdown, {name: name for name in asked_for.breakdowns})
    for code in wanted.areas or ():
        find_area(build, code)
    total, rows = load_wanted_figures(build, asked_for.id, wanted)
    if total == 0 and wanted.period is not None:
        periods = {name: name for name in list_periods(build, asked_for.id)}
        check_is_there("period", wanted.period, periods)
    return Rows(total, [_build_value(build, figure, file) for figure, file in rows])


def list_areas(build: Build, level: str | None, *, current: bool | None) -> list[answers.Area]:
    """The areas, of one level or all, by name; raises UnknownError where there is no such level."""
    if level is not None:
        check_is_there("level", level, {area.level: area.level for area in build.areas.values()})
    return [
        _build_area(build, area)
        for area in build.areas.values()
        if level in {None, area.level} and current in {None, area.is_current}
    ]


def get_area(build: Build, code: str) -> answers.Area:
    """One area; raises UnknownError where there is none of that code."""
    return _build_area(build, find_area(build, code))


def list_scorecard(build: Build, code: str, *, headline: bool | None) -> list[Value]:
    """The newest figure of every metric in one area, in the order of the catalogue."""
    figures = [
        figure
        for figure in list_newest_figures(build, find_area(build, code).code)
        if headline in {None, build.metrics[figure.metric].headline}
    ]
    figures.sort(key=lambda figure: build.metrics[figure.metric].position)
    return _build_values(build, figures)


def list_neighbours(build: Build, code: str, model: str | None) -> list[answers.Neighbour]:
    """An area's neighbours, in one model or in all."""
    place = find_area(build, code)
    if model is not None:
        check_is_there("model of neighbours", model, {name: name for name in build.near})
    return [
        fill(
            answers.Neighbour,
            near,
            neighbour_code=near.code,
            neighbour=build.areas[near.code].name,
        )
        for near in load_neighbours(build, place.code)
        if model in {None, near.model}
    ]


def list_sources(build: Build) -> list[answers.Source]:
    """Every published file behind the figures."""
    return [fill(answers.Source, source) for source in list_files_used(build)]


def build_comparison(build: Build, code: str, asked: str, chosen: Mapping[str, str]) -> Comparison:
    """An area's newest figure of a metric beside a group; chosen are the address's own choices.

    Raises:
        UnknownError: there is no such area, metric or group of areas, or no figure.
    """
    place, beside = find_area(build, code), find_metric(build, asked)
    if place.level != "local_authority":
        raise UnknownError(f"{place.name} is not a local authority", code)
    breakdown = chosen.get("breakdown") or beside.breakdowns[0]
    check_is_there("group", breakdown, {name: name for name in beside.breakdowns})
    for other in filter(None, chosen.get("group", "").split(",")):
        find_area(build, other)
    view = choices.read_view(
        build, {"area": code, "metric": beside.id, **chosen, "breakdown": breakdown}
    )
    check_is_there("comparison", chosen["against"], comparators.list_options(view))
    figure = build.newest.get(code, {}).get((beside.id, breakdown))
    group = comparators.find_chosen_group(view)
    if figure is None or group is None:
        raise UnknownError(f"{place.name} has no figure of {beside.title}", asked)
    return _build_comparison(build, figure, comparators.build_comparator(view, group, figure))


def _build_comparison(build: Build, figure: Figure, beside_group: Comparator) -> Comparison:
    metric_ = build.metrics[figure.metric]
    key = figure.metric, figure.breakdown
    others = [
        other
        for code in beside_group.group.members
        if (other := build.newest.get(code, {}).get(key)) and other.is_latest and figure.is_latest
    ]
    if metric_.is_category:  # words are listed, never averaged or put in order
        valued = sum(other.value is not None for other in others)
        beside_group = replace(beside_group, **WORDS_ALONE, with_value=valued)
    own, *beside = _build_values(build, [figure, *others])
    low, high = beside_group.expected or (None, None)
    return fill(
        Comparison,
        beside_group,
        figure=own,
        group=fill(Group, beside_group.group),
        lowest=Extreme(*beside_group.lowest) if beside_group.lowest else None,
        highest=Extreme(*beside_group.highest) if beside_group.highest else None,
        expected_low=low,
        expected_high=high,
        against_words=_describe_test(figure, metric_, beside_group),
        figures=beside,
    )


def _describe_test(figure: Figure, metric_: Metric, beside: Comparator) -> str:
    """Lower than its statistical neighbours (worse); not tested."""
    if not is_placed(figure):
        return "not compared: very small numbers"
    standing = describe_standing(metric_, beside.against, beside.group.named)
    judged = describe_verdict(metric_, beside.against)
    return f"{standing} ({judged})" if judged else standing or "not tested"


def check_is_there(what: str, asked: str, there: Mapping[str, str]) -> None:
    """Nothing where what was asked for is there.

    Raises:
        UnknownError: it is not there, with those whose id or title is most like it.
    """
    if asked not in there:
        title = f"There is no {what} called “{choices.shorten(asked)}”"
        names = find_nearest(asked, there) or (there if len(there) <= MOST_SHORT else ())
        raise UnknownError(title, asked, {name: there[name] for name in names})


def find_nearest(asked: str, there: Mapping[str, str]) -> list[str]:
    """The ids that are most like what was asked for, by id or by title."""
    texts = {text.lower(): name for name, title in there.items() for text in (title, name)}
    close = get_close_matches(asked.lower()[:100], texts, MOST_NEAREST, ALIKE)
    within = [text for text in texts if len(asked) > 2 and asked.lower() in text]  # noqa: PLR2004 - a word
    return list(dict.fromkeys(texts[text] for text in [*close, *within]))[:MOST_NEAREST]


def find_metric(build: Build, asked: str) -> Metric:
    """The metric of that id; raises UnknownError."""
    check_is_there("metric", asked, choices.list_titles(build))
    return build.metrics[asked]


def find_area(build: Build, code: str) -> Area:
    """The area of that code; raises UnknownError."""
    check_is_there("area", code, {area.code: area.name for area in build.areas.values()})
    return build.areas[code]


def _build_metric(build: Build, metric_: Metric) -> answers.Metric:
    return fill(
        answers.Metric,
        metric_,
        unit_words=UNIT_WORDS.get(metric_.unit, metric_.unit),
        polarity_words=describe_polarity(metric_),
        cited=[source_line([source]) for source in list_releases(build, [metric_])],
        values=f"{HERE}/metrics/{metric_.id}/values",
    )


def _build_area(build: Build, place: Area) -> answers.Area:
    return fill(answers.Area, place, programmes=tuple(build.programmes.get(place.code, ())))


def _build_values(build: Build, figures: Sequence[Figure]) -> list[Value]:
    files = load_files_of_figures(build, figures)
    return [
        _build_value(build, f, files[f.metric, f.breakdown, f.area_code, f.time_period])
        for f in figures
    ]


def _build_value(build: Build, figure: Figure, file: str) -> Value:
    metric_, source = build.metrics[figure.metric], build.sources[file]
    return fill(
        Value,
        figure,
        title=name_metric(metric_, figure.breakdown),
        area=build.areas[figure.area_code].name,
        unit=metric_.unit,
        shown=format_value(metric_, figure.value, figure.status),
        status_words=describe_status(figure),
        source=cite_source(source),
        release=releases([source]),
        licence=name_licence(source.licence),
        source_file=file,
    )


def cite_source(source: Source) -> str:
    """Publisher and publication of one file."""
    return f"{source.publisher}, {source.publication_title}"


def describe_status(figure: Figure) -> str:
    """Published, or why there is no figure."""
    if figure.status == "ok":
        return "Published, or worked out from published figures"
    return f"{STATUS_LABEL[figure.status]}: {STATUS_MEANING[figure.status]}"


def find_file(build: Build, name: str) -> Path:
    """One file of the build, just now found to be as it was written.

    Raises:
        UnknownError: there is none of that name.
        DamagedError: it is not as it was written.
    """
    check_is_there("file", name, {name: name for name in build.hashes})
    return served.check_published_file(build, name)
