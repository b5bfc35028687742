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
from dashboard.store import comparators, data
from dashboard.words import phrases as words
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
        there = f": nearest is {words.joined(titles)}" if titles else ""
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


def about(build: Build) -> answers.About:
    """The build: what it holds, and where its files are."""
    files = [
        answers.File(name, path.stat().st_size, f"{HERE}/files/{name}")
        for name, path in data.published_files(build).items()
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


def metrics(build: Build, topic: str | None, *, headline: bool | None) -> list[answers.Metric]:
    """The metrics, of one topic or all, in the order of the catalogue.

    Raises:
        UnknownError: there is no such topic.
    """
    topics = choices.topics(build)
    if topic is not None:
        known("topic", topic, topics)
    return [
        _metric(build, metric)
        for metric in build.metrics.values()
        if topic in {None, metric.topic} and headline in {None, metric.headline}
    ]


def metric(build: Build, asked: str) -> answers.Metric:
    """One metric; raises UnknownError where there is none of that id."""
    return _metric(build, find_metric(build, asked))


def values(build: Build, asked: str, wanted: data.Wanted) -> Rows:
    """A page of a metric's figures.

    Raises:
        UnknownError: there is no such metric, group, area or period.
    """
    found = find_metric(build, asked)
    if wanted.breakdown is not None:
        known("group", wanted.breakdown, {name: name for name in found.breakdowns})
    for code in wanted.areas or ():
        find_area(build, code)
    total, rows = data.values(build, found.id, wanted)
    if total == 0 and wanted.period is not None:
        periods = {name: name for name in data.periods(build, found.id)}
        known("period", wanted.period, periods)
    return Rows(total, [_value(build, figure, file) for figure, file in rows])


def areas(build: Build, level: str | None, *, current: bool | None) -> list[answers.Area]:
    """The areas, of one level or all, by name; raises UnknownError where there is no such level."""
    if level is not None:
        known("level", level, {area.level: area.level for area in build.areas.values()})
    return [
        _area(build, area)
        for area in build.areas.values()
        if level in {None, area.level} and current in {None, area.is_current}
    ]


def area(build: Build, code: str) -> answers.Area:
    """One area; raises UnknownError where there is none of that code."""
    return _area(build, find_area(build, code))


def scorecard(build: Build, code: str, *, headline: bool | None) -> list[Value]:
    """The newest figure of every metric in one area, in the order of the catalogue."""
    found = [
        figure
        for figure in data.scorecard(build, find_area(build, code).code)
        if headline in {None, build.metrics[figure.metric].headline}
    ]
    found.sort(key=lambda figure: build.metrics[figure.metric].position)
    return _values(build, found)


def neighbours(build: Build, code: str, model: str | None) -> list[answers.Neighbour]:
    """An area's neighbours, in one model or in all."""
    found = find_area(build, code)
    if model is not None:
        known("model of neighbours", model, {name: name for name in build.near})
    return [
        fill(
            answers.Neighbour,
            near,
            neighbour_code=near.code,
            neighbour=build.areas[near.code].name,
        )
        for near in data.neighbours(build, found.code)
        if model in {None, near.model}
    ]


def sources(build: Build) -> list[answers.Source]:
    """Every published file behind the figures."""
    return [fill(answers.Source, source) for source in data.files_used(build)]


def comparison(build: Build, code: str, asked: str, chosen: Mapping[str, str]) -> Comparison:
    """An area's newest figure of a metric beside a group; chosen are the address's own choices.

    Raises:
        UnknownError: there is no such area, metric or group of areas, or no figure.
    """
    found, beside = find_area(build, code), find_metric(build, asked)
    if found.level != "local_authority":
        raise UnknownError(f"{found.name} is not a local authority", code)
    breakdown = chosen.get("breakdown") or beside.breakdowns[0]
    known("group", breakdown, {name: name for name in beside.breakdowns})
    for other in filter(None, chosen.get("group", "").split(",")):
        find_area(build, other)
    view = choices.read(
        build, {"area": code, "metric": beside.id, **chosen, "breakdown": breakdown}
    )
    known("comparison", chosen["against"], comparators.options(view))
    figure = build.newest.get(code, {}).get((beside.id, breakdown))
    group = comparators.group(view)
    if figure is None or group is None:
        raise UnknownError(f"{found.name} has no figure of {beside.title}", asked)
    return _comparison(build, figure, comparators.comparator(view, group, figure))


def _comparison(build: Build, figure: Figure, found: Comparator) -> Comparison:
    metric_ = build.metrics[figure.metric]
    key = figure.metric, figure.breakdown
    others = [
        other
        for code in found.group.members
        if (other := build.newest.get(code, {}).get(key)) and other.is_latest and figure.is_latest
    ]
    if metric_.is_category:  # words are listed, never averaged or put in order
        valued = sum(other.value is not None for other in others)
        found = replace(found, **WORDS_ALONE, with_value=valued)
    own, *beside = _values(build, [figure, *others])
    low, high = found.expected or (None, None)
    return fill(
        Comparison,
        found,
        figure=own,
        group=fill(Group, found.group),
        lowest=Extreme(*found.lowest) if found.lowest else None,
        highest=Extreme(*found.highest) if found.highest else None,
        expected_low=low,
        expected_high=high,
        against_words=_against(figure, metric_, found),
        figures=beside,
    )


def _against(figure: Figure, found: Metric, beside: Comparator) -> str:
    """Lower than its statistical neighbours (worse); not tested."""
    if not words.is_placed(figure):
        return "not compared: very small numbers"
    said = words.standing(found, beside.against, beside.group.named)
    judged = words.verdict(found, beside.against)
    return f"{said} ({judged})" if judged else said or "not tested"


def known(what: str, asked: str, there: Mapping[str, str]) -> None:
    """Nothing where what was asked for is there.

    Raises:
        UnknownError: it is not there, with those whose id or title is most like it.
    """
    if asked not in there:
        said = f"There is no {what} called “{choices.shortened(asked)}”"
        names = nearest(asked, there) or (there if len(there) <= MOST_SHORT else ())
        raise UnknownError(said, asked, {name: there[name] for name in names})


def nearest(asked: str, there: Mapping[str, str]) -> list[str]:
    """The ids that are most like what was asked for, by id or by title."""
    texts = {text.lower(): name for name, title in there.items() for text in (title, name)}
    close = get_close_matches(asked.lower()[:100], texts, MOST_NEAREST, ALIKE)
    within = [text for text in texts if len(asked) > 2 and asked.lower() in text]  # noqa: PLR2004 - a word
    return list(dict.fromkeys(texts[text] for text in [*close, *within]))[:MOST_NEAREST]


def find_metric(build: Build, asked: str) -> Metric:
    """The metric of that id; raises UnknownError."""
    known("metric", asked, choices.titles(build))
    return build.metrics[asked]


def find_area(build: Build, code: str) -> Area:
    """The area of that code; raises UnknownError."""
    known("area", code, {area.code: area.name for area in build.areas.values()})
    return build.areas[code]


def _metric(build: Build, found: Metric) -> answers.Metric:
    return fill(
        answers.Metric,
        found,
        unit_words=words.UNIT_WORDS.get(found.unit, found.unit),
        polarity_words=words.polarity(found),
        cited=[source_line([source]) for source in data.releases(build, [found])],
        values=f"{HERE}/metrics/{found.id}/values",
    )


def _area(build: Build, found: Area) -> answers.Area:
    return fill(answers.Area, found, programmes=tuple(build.programmes.get(found.code, ())))


def _values(build: Build, figures: Sequence[Figure]) -> list[Value]:
    files = data.files_of(build, figures)
    return [
        _value(build, f, files[f.metric, f.breakdown, f.area_code, f.time_period]) for f in figures
    ]


def _value(build: Build, figure: Figure, file: str) -> Value:
    found, source = build.metrics[figure.metric], build.sources[file]
    return fill(
        Value,
        figure,
        title=words.title(found, figure.breakdown),
        area=build.areas[figure.area_code].name,
        unit=found.unit,
        shown=words.value(found, figure.value, figure.status),
        status_words=status(figure),
        source=cited(source),
        release=releases([source]),
        licence=words.licence(source.licence),
        source_file=file,
    )


def cited(source: Source) -> str:
    """Publisher and publication of one file."""
    return f"{source.publisher}, {source.publication_title}"


def status(figure: Figure) -> str:
    """Published, or why there is no figure."""
    if figure.status == "ok":
        return "Published, or worked out from published figures"
    return f"{words.STATUS_LABEL[figure.status]}: {words.STATUS_MEANING[figure.status]}"


def file(build: Build, name: str) -> Path:
    """One file of the build, just now found to be as it was written.

    Raises:
        UnknownError: there is none of that name.
        DamagedError: it is not as it was written.
    """
    known("file", name, {name: name for name in build.hashes})
    return data.sound_file(build, name)
