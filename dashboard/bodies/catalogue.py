"""The catalogue of the build in words: definitions, sources, methods. Pure."""

from functools import lru_cache, partial
from itertools import groupby
from typing import NamedTuple

from dashboard.charts.model import LICENCE
from dashboard.domain.build import Build
from dashboard.domain.choices import View
from dashboard.domain.records import PILLARS, Metric, Source
from dashboard.draw.templates import mark_html, render_macro
from dashboard.store.memory import per_build
from dashboard.store.provenance import list_files_used, list_releases
from dashboard.words.numbers import STATUS_LABEL, STATUS_MEANING, UNIT_WORDS
from dashboard.words.ranks import describe_polarity, explain_rank

YEARS = {
    "january": "January census",
    "academic": "Academic year",
    "calendar": "Calendar year",
    "financial": "Financial year",
    "mid_year": "Mid-year",
    "month": "Month",
    "term": "School term",
}

_render = partial(render_macro, "bodies/templates/catalogue.html.j2")


class Entry(NamedTuple):
    """One metric of the catalogue with what is said of it."""

    metric: Metric
    unit: str
    year: str
    polarity: str
    publications: list[str]


def render_lead(view: View) -> str:
    """What the metric is and why it matters."""
    return _render("lead", view.metric)


def render_definition(view: View) -> str:
    """Everything the catalogue says of one metric, with its sources."""
    rank = explain_rank(view.metric)
    return _render("definition", _build_entry(view.build, view.metric), rank, LICENCE)


def render_methods(view: View) -> str:
    """How ranks, quarters, comparisons, changes and missing figures are dealt with."""
    meanings = STATUS_MEANING.items()
    statuses = [(STATUS_LABEL[status], meaning) for status, meaning in meanings]
    return _render("methods", view, statuses, LICENCE)


def render_sources(view: View) -> str:
    """Every published file of the build."""
    return _render_sources_of_build(view.build)


@per_build()  # it is the same for every reader
def _render_sources_of_build(build: Build) -> str:
    return _render("sources", list_files_used(build))


def render_metrics(view: View) -> str:
    """Every metric of the catalogue, by pillar."""
    return _render("metrics", view, len(view.build.metrics), _group_entries(view.build))


@per_build()
def _group_entries(build: Build) -> list[tuple[str, list[Entry]]]:
    """Every metric in the order of the page, under its pillar."""
    order = list(PILLARS)
    every = sorted(build.metrics.values(), key=lambda m: (order.index(m.pillar), m.position))
    return [
        (PILLARS[pillar], [_build_entry(build, metric) for metric in group])
        for pillar, group in groupby(every, key=lambda m: m.pillar)
    ]


def _build_entry(build: Build, metric: Metric) -> Entry:
    return Entry(
        metric,
        UNIT_WORDS.get(metric.unit, metric.unit),
        YEARS.get(metric.year_type, metric.year_type),
        describe_polarity(metric),
        _cite_publications(build, metric),
    )


def _cite_publications(build: Build, metric: Metric) -> list[str]:
    """Each publication once, with the releases that were read."""
    groups: dict[tuple[str, str], list[Source]] = {}
    for source in list_releases(build, [metric]):
        groups.setdefault((source.publisher, source.publication), []).append(source)
    return [_cite_publication(tuple(group)) for group in groups.values()]


@lru_cache(maxsize=512)  # a publication stands behind many metrics
def _cite_publication(sources: tuple[Source, ...]) -> str:
    named = [source.release for source in sources if source.release]
    return mark_html(_render("publication", sources[0], named))
