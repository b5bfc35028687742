"""What the address bar says, read and written by id. Pure: no Streamlit, no SQL.

The address is the state: a page is drawn from it alone, every choice is written to it, and an id
that the build does not know is said on the page instead of raised.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote_plus

from dashboard.domain import packs
from dashboard.domain.build import Build
from dashboard.domain.recipes import RECIPES
from dashboard.domain.records import PILLARS, Area, Metric

MOST_AREAS, MOST_IN_GROUP = 12, 20
MOST_OF = {"areas": MOST_AREAS, "group": MOST_IN_GROUP}  # lists of areas in the address
FIRST_METRIC = "plans_issued_in_20_weeks"
KEYS = (
    *("area", "metric", "breakdown", "areas", "topic", "part", "against", "group"),
    *("set", "pack", "shade", "sort"),
    *("year", "brief", "order", "map"),
)
PARTS = {
    "headlines": "Headline metrics",
    **PILLARS,
    "health": "Health services",
    "all": "Every metric",
}
MODELS = {"neighbours": "2025-05", "neighbours_2021": "2021-04", "context": "context"}
AGAINST = (
    *("neighbours", "neighbours_2021", "context", "region", "england"),
    *("type", "safety_valve", "better_value", "own"),
)
SETS = ("own", "neighbours", "region", "type", "regions")
MAPS = ("boundaries",)  # squares of one size where nothing is asked for
SHADES = ("quarter", "neighbours", "england", "rank")
BY_NAME = "name"
LATEST = ""


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
    against: str = AGAINST[0]
    group: tuple[Area, ...] = ()
    rug: Rug = Rug()
    year: int | None = None  # of the scorecard: as at its end; None for the latest figures
    brief: str = ""  # a briefing's recipe, and its sections in the order asked for
    order: tuple[str, ...] = ()
    map: str = ""  # how the map is drawn: by boundaries, or nothing for squares

    def link(self, page: str, **changes: str | None) -> str:
        """The address of a page with this view's choices, some of them changed."""
        wanted = {**self.asked, **changes}
        query = "&".join(f"{key}={_quoted(asked)}" for key in KEYS if (asked := wanted.get(key)))
        return f"{page or './'}?{query}" if query else page or "./"

    def query(self, **changes: str | None) -> dict[str, str]:
        """This view's choices as the address has them, some of them changed."""
        wanted = {**self.asked, **changes}
        return {key: wanted[key] or "" for key in KEYS if wanted.get(key)}


@lru_cache(maxsize=4096)  # a page has hundreds of links, of the same few ids
def _quoted(asked: str) -> str:
    return quote_plus(asked, safe=",")


def read(build: Build, given: Mapping[str, str]) -> View:
    """The view an address asks for; what it asks for in vain becomes a note."""
    notes: list[str] = []
    area = _area(build, given.get("area", ""), notes)
    metric = _metric(build, given.get("metric", ""), notes)
    breakdown = _breakdown(metric, given.get("breakdown", ""), notes)
    areas = _areas(build, given.get("areas", ""), MOST_AREAS, notes)
    topic = _topic(build, metric, given.get("topic", ""), notes)
    part = _part(given.get("part", ""), notes)
    against = _against(build, given.get("against", ""), notes)
    group = _areas(build, given.get("group", ""), MOST_IN_GROUP, notes)
    rug = _rug(build, given, notes)
    year = _year(build, given.get("year", ""), notes)
    brief = _known(given.get("brief", ""), RECIPES, "briefing", notes)
    order = _order(brief, given.get("order", ""), notes)
    drawn = _known(given.get("map", ""), MAPS, "way to draw the map", notes)
    asked = {
        "area": area.code if area else "",
        "metric": metric.id if given.get("metric") else "",
        "breakdown": breakdown if given.get("breakdown") else "",
        "areas": ",".join(a.code for a in areas),
        "topic": topic if given.get("topic") else "",
        "part": part if given.get("part") else "",
        "against": against if given.get("against") else "",
        "group": ",".join(a.code for a in group),
        "set": rug.set,
        "pack": rug.pack,
        "shade": rug.shade,
        "sort": rug.sort,
        "year": str(year or ""),
        "brief": brief,
        "order": ",".join(order),
        "map": drawn,
    }
    return View(
        *(build, area, metric, breakdown, areas, topic, asked, tuple(notes), part, against, group),
        rug=rug,
        year=year,
        brief=brief,
        order=order,
        map=drawn,
    )


def topics(build: Build) -> dict[str, str]:
    """The topics that metrics are grouped in, in order, with their titles."""
    return {metric.topic: metric.topic_title for metric in build.metrics.values()}


def headlines(build: Build) -> list[Metric]:
    """The headline metrics, in order."""
    return [metric for metric in build.metrics.values() if metric.headline]


def in_pillars(metrics: Iterable[Metric]) -> list[Metric]:
    """Metrics in the order of the pillars, then in their own."""
    order = list(PILLARS)
    return sorted(metrics, key=lambda metric: (order.index(metric.pillar), metric.position))


def titles(build: Build) -> dict[str, str]:
    """Every metric's title by id, in order."""
    return {metric.id: metric.title for metric in build.metrics.values()}


def names(build: Build, also: Sequence[Area] = ()) -> dict[str, str]:
    """The local authorities of today by code, and those asked for that are no more."""
    known = {area.code: area.name for area in build.local_authorities}
    return known | {a.code: f"{a.name} (abolished)" for a in also if not a.is_current}


def groups(metric: Metric) -> dict[str, str]:
    """The groups of a metric, in the order they are shown."""
    return {name: name for name in metric.breakdowns}


def of_topic(build: Build, topic: str) -> list[Metric]:
    """The metrics of one topic, in order."""
    return [metric for metric in build.metrics.values() if metric.topic == topic]


def within(view: View, metrics: Sequence[Metric]) -> View:
    """The same view with its metric among these: the first of them where it is another."""
    if not metrics or view.metric in metrics:
        return view
    return replace(view, metric=metrics[0], breakdown=metrics[0].breakdowns[0])


def at_level(view: View) -> View:
    """The same view of an NHS metric with, as its area, the board most of the area lies in."""
    boards = view.build.boards.get(view.area.code, ()) if view.area else ()
    if not view.metric.is_nhs or not view.area:
        return view
    return replace(view, area=view.build.areas[boards[0][0]] if boards else None)


def in_part(view: View) -> list[Metric]:
    """The metrics of the chosen part of the scorecard, in the order of the pillars."""
    known = in_pillars(view.build.metrics.values())
    return [
        metric
        for metric in known
        if view.part in {"all", metric.pillar} or (view.part == "headlines" and metric.headline)
    ]


def years(build: Build) -> dict[str, str]:
    """What a scorecard can be shown as at, by what the address says: the latest figures first."""
    ends = {str(year): f"At the end of {year}" for year in build.years}
    return {LATEST: "Latest figures"} | ends


def _year(build: Build, name: str, notes: list[str]) -> int | None:
    if name in years(build):
        return int(name) if name else None
    notes.append(
        f"There is no scorecard for the year “{shortened(name)}”: the latest figures are shown."
    )
    return None


def _part(name: str, notes: list[str]) -> str:
    first = next(iter(PARTS))
    if name and name not in PARTS:
        notes.append(
            f"There is no part of the scorecard called “{shortened(name)}”: "
            f"{PARTS[first].lower()} are shown instead."
        )
    return name if name in PARTS else first


def _against(build: Build, name: str, notes: list[str]) -> str:
    """What to compare with: a model of neighbours that the build does not hold is not known."""
    known = [each for each in AGAINST if MODELS.get(each, "2025-05") in build.near]
    if name and name not in known:
        notes.append(
            f"There is no comparison with “{shortened(name)}”: statistical neighbours are shown "
            "instead."
        )
    return name if name in known else AGAINST[0]


def _rug(build: Build, given: Mapping[str, str], notes: list[str]) -> Rug:
    """The layout of the Compare page; a region's code names the set of its local authorities."""
    regions = {area.code for area in build.areas.values() if area.level == "region"}
    wanted = Rug(*(given.get(key, "") for key in ("set", "pack", "shade", "sort")))
    metric, breakdown = packs.split(wanted.sort)
    known = build.metrics.get(metric)
    can_sort = wanted.sort == BY_NAME or (known and breakdown in {"", *known.breakdowns})
    return Rug(
        _known(wanted.set, {*SETS, *regions}, "set of areas", notes),
        _known(wanted.pack, packs.PACKS, "pack of metrics", notes),
        _known(wanted.shade, SHADES, "way to shade the table", notes),
        _known(wanted.sort, {wanted.sort} if can_sort else (), "order of areas", notes),
    )


def _order(brief: str, text: str, notes: list[str]) -> tuple[str, ...]:
    """The sections of a briefing that were asked for, in that order, each once."""
    wanted = list(dict.fromkeys(name for name in text.split(",") if name))
    known = RECIPES[brief or next(iter(RECIPES))].order
    if lost := [name for name in wanted if name not in known]:
        notes.append(
            f"This briefing has no section called “{shortened(', '.join(lost))}”: "
            "the others are shown."
        )
    return tuple(name for name in wanted if name in known)


def _known(name: str, known: Container[str], what: str, notes: list[str]) -> str:
    """What was asked for where it is known; else nothing, and a note."""
    if not name or name in known:
        return name
    notes.append(f"There is no {what} called “{shortened(name)}”: the usual one is shown instead.")
    return ""


def _area(build: Build, code: str, notes: list[str]) -> Area | None:
    if not code:
        return None
    area = build.areas.get(code)
    if area and area.level == "local_authority":
        return area
    notes.append(
        f"{area.name} is not a local authority: choose one above."
        if area
        else f"There is no local authority with the code “{shortened(code)}”: choose one above."
    )
    return None


def _metric(build: Build, name: str, notes: list[str]) -> Metric:
    first = build.metrics.get(FIRST_METRIC) or next(iter(build.metrics.values()))
    if not name:
        return first
    if name not in build.metrics:
        notes.append(
            f"There is no metric called “{shortened(name)}”: {first.title} is shown instead."
        )
    return build.metrics.get(name, first)


def _breakdown(metric: Metric, name: str, notes: list[str]) -> str:
    first = metric.breakdowns[0]
    if not name:
        return first
    if name not in metric.breakdowns:
        notes.append(
            f"{metric.title} has no group called “{shortened(name)}”: {first} is shown instead."
        )
        return first
    return name


def _areas(build: Build, codes: str, most: int, notes: list[str]) -> tuple[Area, ...]:
    wanted = list(dict.fromkeys(code for code in codes.split(",") if code))
    known = [
        build.areas[code]
        for code in wanted
        if code in build.areas and build.areas[code].level == "local_authority"
    ]
    if len(known) < len(wanted):
        lost = [code for code in wanted if build.areas.get(code) not in known]
        notes.append(
            f"There is no local authority with the code “{shortened(', '.join(lost))}”: "
            "the others are shown."
        )
    if len(known) > most:
        notes.append(f"The first {most} of {len(known)} local authorities are shown.")
    return tuple(known[:most])


def _topic(build: Build, metric: Metric, name: str, notes: list[str]) -> str:
    known = topics(build)
    if not name:
        return metric.topic
    if name not in known:
        first = metric.topic
        notes.append(
            f"There is no topic called “{shortened(name)}”: {known[first]} is shown instead."
        )
        return first
    return name


def shortened(text: str) -> str:
    """What a reader typed, short enough to repeat to them."""
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004
