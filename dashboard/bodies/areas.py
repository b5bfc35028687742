"""What pages say of local authorities themselves: kind, neighbours, history, lists. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from dashboard.charts.model import LICENCE
from dashboard.domain.build import Build
from dashboard.domain.choices import MOST_IN_GROUP, View
from dashboard.domain.comparators import PROGRAMMES, TYPES
from dashboard.domain.records import (
    TOTAL,
    UNRANKED,
    Area,
    Figure,
    Membership,
    Metric,
    Source,
)
from dashboard.draw import table
from dashboard.draw.templates import mark_html, render_macro
from dashboard.store import comparators
from dashboard.store.memory import per_build
from dashboard.store.provenance import list_releases
from pipeline.facts import FACTS, ONE_COUNCIL_SINCE
from pipeline.shown import list_shown

INSPECTIONS = tuple(metric.id for metric, _ in list_shown("inspections"))
SURROUNDINGS = tuple(metric.id for metric, _ in list_shown("surroundings"))
LAST = " Its last published figures are shown, each with its own period and its rank in it."

_render = partial(render_macro, "bodies/templates/areas.html.j2")


def render_invitation(view: View) -> str:
    """The way to one's own area, from the England page."""
    return _render("invitation", view)


def render_directory(view: View) -> str:
    """Every local authority of today by region, each a link to its page."""
    by_region: dict[str | None, list[str]] = {}
    for area in view.build.local_authorities:
        link = table.render_link(view.link("local-area", area=area.code), area.name)
        by_region.setdefault(area.region_code, []).append(mark_html(link))
    regions = [area for area in view.build.areas.values() if area.level == "region"]
    return _render("directory", [(each.name, by_region.get(each.code, [])) for each in regions])


def render_compared_with(view: View) -> str:
    """Who an area is compared with, by name where they are few."""
    group = comparators.find_chosen_group(view)
    if group is None:
        return ""
    areas = _select_areas(view, group.members)
    is_named = group.has_average and len(areas) <= MOST_IN_GROUP
    return _render("compared_with", view, group, areas, is_named)


def render_history(view: View, area: Area, predecessors: Sequence[Area]) -> str:
    """Which councils an area has replaced, or has become one of, and where their figures are."""
    if area.code in ONE_COUNCIL_SINCE:
        return _render("one_council", area.name, ONE_COUNCIL_SINCE[area.code])
    if not predecessors:
        return ""
    divided = [(old, rest) for old in predecessors if (rest := _select_rest(view, area, old))]
    since = _compute_day_after(predecessors[0].end)
    return _render("replaced", view, area.name, predecessors, since, divided)


def _select_rest(view: View, area: Area, old: Area) -> list[Area]:
    """Who else has a part of a council that was divided."""
    return _select_areas(view, [code for code in old.successor_codes if code != area.code])


def _select_areas(view: View, codes: Iterable[str]) -> list[Area]:
    """The areas of some codes that the build has."""
    return [view.build.areas[code] for code in codes if code in view.build.areas]


def render_context(
    view: View, area: Area, figures: Iterable[Figure], programmes: Sequence[Membership]
) -> str:
    """What surrounds the figures: inspection, programmes, health boards, population; with sources.

    All of it as the figures given: those of an earlier year have the inspection known by then.
    """
    by_metric = {figure.metric: figure for figure in figures if figure.breakdown == TOTAL}
    # The outcome under the newest framework the area has one of.
    outcomes = _list_figures(view, by_metric, INSPECTIONS)
    return _render(
        "context",
        view,
        area,
        next((each for each in outcomes if each[1].value is not None), None),
        [(each, _list_programme_sources(view, each)) for each in programmes],
        _list_boards(view, area),
        _list_figures(view, by_metric, SURROUNDINGS),
        [FACTS[f"inspections_{framework}_end"].value for framework in (2016, 2023)],
    )


def _list_figures(
    view: View, by_metric: Mapping[str, Figure], names: Iterable[str]
) -> list[tuple[Metric, Figure, str]]:
    """The figures that are there of some metrics, with the publications they are from."""
    metrics = view.build.metrics
    return [
        (metrics[name], by_metric[name], _list_publications(view, metrics[name]))
        for name in names
        if name in metrics and name in by_metric
    ]


def _list_programme_sources(view: View, one: Membership) -> list[Source]:
    """What says who is in a programme; its file is known by its name."""
    programme = PROGRAMMES.get(one.programme)
    sources = view.build.sources.values()
    return [each for each in sources if programme and each.path.startswith(programme.file)]


def _list_boards(view: View, area: Area) -> list[tuple[str, float]]:
    """The integrated care boards an area lies in, with the share of it in each."""
    areas = view.build.areas
    return [(areas[code].name, share) for code, share in view.build.boards.get(area.code, ())]


def _list_publications(view: View, metric: Metric) -> str:
    """The publications of a metric, each once with its publisher."""
    sources = list_releases(view.build, [metric])
    return "; ".join(dict.fromkeys(f"{s.publisher}, {s.publication_title}" for s in sources))


def render_year_notice(view: View) -> str:
    """What a scorecard of an earlier year holds, and what it does not."""
    if view.year is None:
        return ""
    group = comparators.find_chosen_group(view)
    is_later = group is not None and not group.kind.is_held_then
    return _render("then", view.year, group.named if group and is_later else "")


def render_boards_of_area(view: View, area: Area) -> str:
    """Which integrated care boards an area lies in, and that their figures are not its own."""
    boards = _list_boards(view, area)
    return _render("health", area.name, boards) if boards else ""


def render_abolished(view: View, area: Area, last: str = "") -> str:
    """That a local authority is no more, and who has taken over; then what is shown of it."""
    successors = _select_areas(view, area.successor_codes)
    return _render("abolished", view, area, _compute_day_after(area.end), successors, last)


def list_notices(view: View, area: Area, predecessors: Sequence[Area] = ()) -> list[str]:
    """What to know of a local authority before its figures are read."""
    texts = [
        "" if area.is_current else render_abolished(view, area, LAST),
        render_history(view, area, predecessors),
        _render("small_numbers") if area.code in UNRANKED else "",
        render_year_notice(view),
    ]
    return [text for text in texts if text]


def describe_kind(area: Area, region: Area | None) -> str:
    """The type of local authority and its region."""
    named, _ = TYPES.get(area.authority_type or "", ("Local authority", ""))
    return f"{named} · {region.name}" if region else named


def render_sources_note(view: View) -> str:
    """The publications behind a page of many metrics, and their licence."""
    return _render_note_of_build(view.build)


@per_build()  # many pages end with it
def _render_note_of_build(build: Build) -> str:
    sources = list_releases(build, build.metrics.values())
    return _render("sources_note", dict.fromkeys(s.publication_title for s in sources), LICENCE)


def _compute_day_after(end: date | None) -> date:
    """The day a local authority was no more: the one after its last."""
    return (end or date.today()) + timedelta(days=1)
