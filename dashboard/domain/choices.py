"""What the address bar says, read and written by id. Pure: no Streamlit, no SQL.

The address is the state: a page is drawn from it alone, every choice is written to it, and an id
that the build does not know is said on the page instead of raised.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any
from urllib.parse import quote_plus

from dashboard.domain import packs
from dashboard.domain.build import Build
from dashboard.domain.comparators import COMPARATORS, MODELS, USUAL
from dashboard.domain.recipes import RECIPES
from dashboard.domain.records import PILLARS, Area, Metric

MOST_AREAS, MOST_IN_GROUP = 12, 20
FIRST_METRIC = "plans_issued_in_20_weeks"
PARTS = {
    "headlines": "Headline metrics",
    **PILLARS,
    "health": "Health services",
    "all": "Every metric",
}
REGIONS = "regions"
SETS = {
    "own": "Those you choose",
    "neighbours": "An area and its ten statistical neighbours",
    "region": "All in an area’s region",
    "type": "All of an area’s type",
    REGIONS: "England’s nine regions",
}
SHADES = {
    "quarter": "Quarter of all local authorities, best to worst",
    "neighbours": "Higher or lower than each one’s neighbours",
    "england": "Higher or lower than England",
    "rank": "Place among those shown",
}
MAPS = {"": "Squares of one size", "boundaries": "Their boundaries"}
BY_NAME = "name"
LATEST = ""
UNKNOWN = "There is no {what} called “{{}}”: the usual one is shown instead."


@dataclass(frozen=True, slots=True)
class Rug:
    """How the Compare page is laid out, by id; nothing where the page decides."""

    set: str = ""
    pack: str = ""
    shade: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """Everything a page is drawn from: the build and the reader's choices."""

    build: Build
    area: Area | None
    metric: Metric
    breakdown: str
    areas: tuple[Area, ...]
    topic: str
    asked: dict[str, str]
    notes: tuple[str, ...]
    part: str = "headlines"
    against: str = USUAL.id
    group: tuple[Area, ...] = ()
    rug: Rug = Rug()
    year: int | None = None  # of the scorecard: as at its end; None for the latest figures
    brief: str = ""  # a briefing's recipe, and its sections in the order asked for
    order: tuple[str, ...] = ()
    map: str = ""  # how the map is drawn: by boundaries, or nothing for squares

    def link(self, page: str, **changes: str | None) -> str:
        """The address of a page with this view's choices, some of them changed."""
        wanted = {**self.asked, **changes}
        query = "&".join(f"{key}={_quote(asked)}" for key in CHOICES if (asked := wanted.get(key)))
        return f"{page or './'}?{query}" if query else page or "./"

    def query(self, **changes: str | None) -> dict[str, str]:
        """This view's choices as the address has them, some of them changed."""
        wanted = {**self.asked, **changes}
        return {key: wanted[key] or "" for key in CHOICES if wanted.get(key)}


@lru_cache(maxsize=4096)  # a page has hundreds of links, of the same few ids
def _quote(asked: str) -> str:
    return quote_plus(asked, safe=",")


@dataclass(frozen=True, slots=True)
class Asked:
    """What one key of an address asks for, with what the keys before it have come to."""

    build: Build
    text: str
    chosen: Mapping[str, Any]
    notes: list[str]

    def note(self, text: str, asked: str = "") -> None:
        """Say on the page that something was asked for in vain."""
        self.notes.append(text.format(shorten(asked or self.text)))

    def pick(self, offered: Collection[str], usual: str, note: str) -> str:
        """What was asked for where it is offered; else the usual, and a note."""
        if self.text and self.text not in offered:
            self.note(note)
        return self.text if self.text in offered else usual


@dataclass(frozen=True, slots=True)
class Choice:
    """One key of the address: how it is read and written, and what it falls with."""

    key: str
    about: str
    parse: Callable[[Asked], Any]
    write: Callable[[Any], str] = str
    belongs_to: tuple[str, ...] = ()  # the keys that it is forgotten with, where they change
    most: int = 0  # areas in a list


def _parse_area(asked: Asked) -> Area | None:
    area = asked.build.areas.get(asked.text)
    if area and area.level == "local_authority":
        return area
    if area:
        asked.note(f"{area.name} is not a local authority: choose one above.")
    elif asked.text:
        asked.note("There is no local authority with the code “{}”: choose one above.")
    return None


def _parse_metric(asked: Asked) -> Metric:
    metrics = asked.build.metrics
    first = metrics.get(FIRST_METRIC) or next(iter(metrics.values()))
    note = f"There is no metric called “{{}}”: {first.title} is shown instead."
    return metrics[asked.pick(metrics, first.id, note)]


def _parse_breakdown(asked: Asked) -> str:
    metric = asked.chosen["metric"]
    first = metric.breakdowns[0]
    note = f"{metric.title} has no group called “{{}}”: {first} is shown instead."
    return asked.pick(metric.breakdowns, first, note)


def _parse_areas(asked: Asked, most: int) -> tuple[Area, ...]:
    areas = asked.build.areas
    wanted = _split(asked.text)
    chosen = [areas[code] for code in wanted if code in areas]
    chosen = [area for area in chosen if area.level == "local_authority"]
    if lost := [code for code in wanted if areas.get(code) not in chosen]:
        note = "There is no local authority with the code “{}”: the others are shown."
        asked.note(note, ", ".join(lost))
    if len(chosen) > most:
        asked.note(f"The first {most} of {len(chosen)} local authorities are shown.")
    return tuple(chosen[:most])


def _parse_topic(asked: Asked) -> str:
    titles_, usual = list_topics(asked.build), asked.chosen["metric"].topic
    note = f"There is no topic called “{{}}”: {titles_[usual]} is shown instead."
    return asked.pick(titles_, usual, note)


def _parse_part(asked: Asked) -> str:
    first = next(iter(PARTS))
    note = "There is no part of the scorecard called “{}”: "
    return asked.pick(PARTS, first, f"{note}{PARTS[first].lower()} are shown instead.")


def _parse_against(asked: Asked) -> str:
    """What to compare with: a model of neighbours that the build does not hold is not known."""
    offered = [name for name in COMPARATORS if MODELS.get(name, USUAL.of) in asked.build.near]
    note = "There is no comparison with “{}”: statistical neighbours are shown instead."
    return asked.pick(offered, USUAL.id, note)


def _parse_set(asked: Asked) -> str:
    """A ready-made set of areas; a region's code names that of its local authorities."""
    regions = {area.code for area in asked.build.areas.values() if area.level == "region"}
    return asked.pick({*SETS, *regions}, "", UNKNOWN.format(what="set of areas"))


def _parse_sort(asked: Asked) -> str:
    name, breakdown = packs.split_name(asked.text)
    metric = asked.build.metrics.get(name)
    can_sort = asked.text == BY_NAME or (metric and breakdown in {"", *metric.breakdowns})
    return asked.pick({asked.text} if can_sort else (), "", UNKNOWN.format(what="order of areas"))


def _parse_year(asked: Asked) -> int | None:
    note = "There is no scorecard for the year “{}”: the latest figures are shown."
    year = asked.pick(list_years(asked.build), LATEST, note)
    return int(year) if year else None


def _parse_order(asked: Asked) -> tuple[str, ...]:
    """The sections of a briefing that were asked for, in that order, each once."""
    wanted = _split(asked.text)
    offered = RECIPES[asked.chosen["brief"] or next(iter(RECIPES))].order
    if lost := [name for name in wanted if name not in offered]:
        note = "This briefing has no section called “{}”: the others are shown."
        asked.note(note, ", ".join(lost))
    return tuple(name for name in wanted if name in offered)


def _parse_one_of(offered: Collection[str], what: str) -> Callable[[Asked], str]:
    return lambda asked: asked.pick(offered, "", UNKNOWN.format(what=what))


def _split(text: str) -> list[str]:
    """What stands between commas, each once."""
    return list(dict.fromkeys(name for name in text.split(",") if name))


def _write_areas(areas: Sequence[Area]) -> str:
    return ",".join(area.code for area in areas)


def _make_list(key: str, about: str, most: int) -> Choice:
    return Choice(key, about, lambda asked: _parse_areas(asked, most), _write_areas, most=most)


_CHOICES = (
    Choice("area", "a local authority, by its code", _parse_area, attrgetter("code")),
    Choice("metric", "a metric, by its id", _parse_metric, attrgetter("id"), ("pack", "topic")),
    Choice("breakdown", "a group of it", _parse_breakdown, str, ("pack", "topic", "metric")),
    _make_list("areas", "local authorities, by their codes", MOST_AREAS),
    Choice("topic", "a topic, by its id", _parse_topic),
    Choice("part", "a part of the scorecard", _parse_part),
    Choice("against", "what to compare with", _parse_against),
    _make_list("group", "the areas of a group of your own, by their codes", MOST_IN_GROUP),
    Choice("set", "a set of areas to compare", _parse_set),
    Choice("pack", "a pack of metrics", _parse_one_of(packs.PACKS, "pack of metrics")),
    Choice("shade", "how the table is shaded", _parse_one_of(SHADES, "way to shade the table")),
    Choice("sort", "what the areas are in order of", _parse_sort, str, ("pack", "topic")),
    Choice("year", "the year at whose end a scorecard stands", _parse_year),
    Choice("brief", "a briefing, by its id", _parse_one_of(RECIPES, "briefing")),
    Choice("order", "the sections of a briefing", _parse_order, ",".join, ("brief",)),
    Choice("map", "how the map is drawn", _parse_one_of(MAPS, "way to draw the map")),
)
# By key, in the order the address has them; each is read after those that it depends on.
CHOICES = {choice.key: choice for choice in _CHOICES}


def read_view(build: Build, given: Mapping[str, str]) -> View:
    """The view an address asks for; what it asks for in vain becomes a note."""
    notes: list[str] = []
    chosen: dict[str, Any] = {}
    for key, choice in CHOICES.items():
        chosen[key] = choice.parse(Asked(build, given.get(key, ""), chosen, notes))
    asked = {
        key: choice.write(chosen[key]) if given.get(key) and chosen[key] is not None else ""
        for key, choice in CHOICES.items()
    }
    rug = Rug(*(chosen.pop(key) for key in ("set", "pack", "shade", "sort")))
    return View(build=build, asked=asked, notes=tuple(notes), rug=rug, **chosen)


def list_belonging(param: str) -> list[str]:
    """The keys that are forgotten when one of the address changes."""
    return [key for key, choice in CHOICES.items() if param in choice.belongs_to]


def list_topics(build: Build) -> dict[str, str]:
    """The topics that metrics are grouped in, in order, with their titles."""
    return {metric.topic: metric.topic_title for metric in build.metrics.values()}


def list_headlines(build: Build) -> list[Metric]:
    """The headline metrics, in order."""
    return [metric for metric in build.metrics.values() if metric.headline]


def sort_by_pillar(metrics: Iterable[Metric]) -> list[Metric]:
    """Metrics in the order of the pillars, then in their own."""
    order = list(PILLARS)
    return sorted(metrics, key=lambda metric: (order.index(metric.pillar), metric.position))


def list_titles(build: Build) -> dict[str, str]:
    """Every metric's title by id, in order."""
    return {metric.id: metric.title for metric in build.metrics.values()}


def list_area_names(build: Build, also: Sequence[Area] = ()) -> dict[str, str]:
    """The local authorities of today by code, and those asked for that are no more."""
    current = {area.code: area.name for area in build.local_authorities}
    return current | {a.code: f"{a.name} (abolished)" for a in also if not a.is_current}


def list_groups(metric: Metric) -> dict[str, str]:
    """The groups of a metric, in the order they are shown."""
    return {name: name for name in metric.breakdowns}


def select_of_topic(build: Build, topic: str) -> list[Metric]:
    """The metrics of one topic, in order."""
    return [metric for metric in build.metrics.values() if metric.topic == topic]


def put_metric_within(view: View, metrics: Sequence[Metric]) -> View:
    """The same view with its metric among these: the first of them where it is another."""
    if not metrics or view.metric in metrics:
        return view
    return replace(view, metric=metrics[0], breakdown=metrics[0].breakdowns[0])


def put_area_at_level(view: View) -> View:
    """The same view of an NHS metric with, as its area, the board most of the area lies in."""
    boards = view.build.boards.get(view.area.code, ()) if view.area else ()
    if not view.metric.is_nhs or not view.area:
        return view
    return replace(view, area=view.build.areas[boards[0][0]] if boards else None)


def select_in_part(view: View) -> list[Metric]:
    """The metrics of the chosen part of the scorecard, in the order of the pillars."""
    metrics = sort_by_pillar(view.build.metrics.values())
    return [
        metric
        for metric in metrics
        if view.part in {"all", metric.pillar} or (view.part == "headlines" and metric.headline)
    ]


def list_years(build: Build) -> dict[str, str]:
    """What a scorecard can be shown as at, by what the address says: the latest figures first."""
    ends = {str(year): f"At the end of {year}" for year in build.years}
    return {LATEST: "Latest figures"} | ends


def shorten(text: str) -> str:
    """What a reader typed, short enough to repeat to them."""
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004
