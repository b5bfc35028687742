"""Every chart there is, by name: each is made from one view, for a page, a picture or a document.

A page, a download and a briefing all ask here, so that they show the same rows and the same words.
"""

from collections.abc import Callable
from dataclasses import replace

from dashboard.charts import funnel as funnels
from dashboard.charts import money, of_metric, of_topic, outlines
from dashboard.charts import outcomes_and_spending as scatter
from dashboard.charts import tile_map as tilemap
from dashboard.charts import waits as waits_chart
from dashboard.charts.model import About, ChartModel, Kind
from dashboard.domain import choices
from dashboard.domain.choices import View
from dashboard.domain.records import ENGLAND, Figure
from dashboard.store import comparators
from dashboard.store.analyses import load_index_parts, load_indices
from dashboard.store.figures import (
    find_funnel,
    list_ranking,
    load_history,
    load_ranges,
    load_shown_figures,
    load_spreads,
    select_headline_figures,
    select_newest_figures,
)
from dashboard.store.groups import list_predecessors
from dashboard.store.provenance import list_releases


def build_chart(name: str, view: View) -> ChartModel | None:
    """The chart of that name for the choices of a view; nothing where it cannot be drawn.

    Raises:
        KeyError: no chart has that name (see CHARTS).
    """
    return CHARTS[name](view)


def build_trend(view: View) -> ChartModel:
    """The chosen metric over time: the chosen area beside its comparators, or England."""
    build, area = view.build, view.area
    if area is None:
        return build_england(view)
    metric, breakdown = view.metric.id, view.breakdown
    region = build.areas.get(area.region_code or "")
    group = comparators.find_chosen_group(view)
    own = load_history(build, metric, breakdown, [area.code])
    others = of_metric.Beside(
        region=region.name if region else "",
        regional=load_history(build, metric, breakdown, [region.code] if region else []),
        national=load_history(build, metric, breakdown, [ENGLAND]),
        ranges=load_ranges(build, metric, breakdown, group.marked if group else ()),
        group=group,
        middles=comparators.load_medians(view, group, own) if group else [],
        predecessors={
            old.name: load_history(build, metric, breakdown, [old.code])
            for old in list_predecessors(build, area)
        },
        spreads=load_spreads(build, metric, breakdown),
    )
    return of_metric.build_trend(about(view), area, own, others)


def build_england(view: View) -> ChartModel:
    """The chosen metric over time in England, with how widely the local authorities lie."""
    found = load_history(view.build, view.metric.id, view.breakdown, [ENGLAND])
    spreads = load_spreads(view.build, view.metric.id, view.breakdown)
    return of_metric.build_national(about(view), found, spreads)


def build_trends(view: View) -> ChartModel:
    """The chosen metric over time in the areas chosen to compare, with England."""
    codes = [*(area.code for area in view.areas), ENGLAND]
    series: dict[str, list[Figure]] = {code: [] for code in codes}
    for figure in load_history(view.build, view.metric.id, view.breakdown, codes):
        series[figure.area_code].append(figure)
    return of_metric.build_trends(about(view, "compare"), view.areas, series)


def build_ranking(view: View) -> ChartModel:
    """Every local authority, or integrated care board, in order on the chosen metric."""
    found = list_ranking(view.build, view.metric.id, view.breakdown)
    return of_metric.build_ranked(
        about(view), found, _list_names(view), view.area, comparators.find_chosen_group(view)
    )


def build_among_group(view: View) -> ChartModel | None:
    """The chosen area among the members of the group it is compared with."""
    group = comparators.find_chosen_group(view)
    if view.area is None or group is None or not group.members:
        return None
    found = [
        figure
        for figure in select_newest_figures(
            view.build, [view.metric.id], dict.fromkeys([view.area.code, *group.members])
        )
        if figure.breakdown == view.breakdown and figure.is_latest
    ]
    return of_metric.build_among_group(about(view), view.area, found, _list_names(view), group)


def funnel(view: View) -> ChartModel | None:
    """Where every area lies given its numbers; None where that would not tell them apart."""
    build, metric = view.build, view.metric
    limits = find_funnel(build, metric.id, view.breakdown)
    if limits is None or not limits.is_drawn:
        return None
    found = list_ranking(build, metric.id, view.breakdown)
    shown = funnels.Funnelled(
        limits, found, _list_names(view), view.area, comparators.find_chosen_group(view)
    )
    return funnels.build_funnel(about(view), shown)


def describe_no_funnel(view: View) -> str:
    """Why no funnel plot is drawn of the chosen metric, and where the chosen area stands."""
    key = view.metric.id, view.breakdown
    own = view.build.newest.get(view.area.code, {}).get(key) if view.area else None
    return funnels.describe_absence(view.metric, find_funnel(view.build, *key), own)


def build_tile_map(view: View) -> ChartModel | None:
    """Every local authority where it lies, shaded by the chosen metric, as the view asks for it."""
    if view.metric.is_nhs or view.metric.is_category:
        return None
    build, group = view.build, comparators.find_chosen_group(view)
    found = list_ranking(build, view.metric.id, view.breakdown)
    shown = tilemap.Mapped(found, build.local_authorities, build.areas, view.area, group)
    model = tilemap.build_map(about(view), shown)
    return tilemap.use_boundaries(model) if view.map else model


def build_outlined_map(view: View) -> ChartModel | None:
    """The same for a file: with the boundaries themselves, which a browser asks for apart."""
    model = build_tile_map(view)
    if model is None or model.kind is not Kind.BOUNDARY_MAP:
        return model
    return replace(model, outlines=outlines.read_outlines())


def build_positions(view: View) -> ChartModel | None:
    """Where the chosen area ranks on each headline metric, unless it is never ranked."""
    if view.area is None:
        return None
    build = view.build
    held = load_shown_figures(view, view.area.code)
    headlines = select_headline_figures(view, held)
    if not any(figure.rank for figure in headlines):
        return None
    sources = list_releases(build, choices.list_headlines(build))
    return of_metric.build_positions(
        headlines, build.metrics, view.area, view.link("local-area"), sources
    )


def outcomes_and_spending(view: View) -> ChartModel | None:
    """The two indices of every local authority beside one another."""
    made = load_index_parts(view.build)
    if not made:
        return None
    sources = list_releases(view.build, [view.build.metrics[part.metric] for part in made])
    return scatter.build_scatter(view, load_indices(view.build), sources)


def listed(name: str) -> Callable[[View], ChartModel | None]:
    """A chart of pipeline/sections.toml: some figures of one area beside its group and England."""
    return lambda view: of_topic.build_listed_chart(view, name)


# Charts of an area and not of the chosen metric, from the pages on one topic.
OF_TOPICS: dict[str, Callable[[View], ChartModel | None]] = {
    "money-block": money.build_block_and_spending,
    "money-balance": money.build_balance,
    "health-waits": waits_chart.build_waits,
    **{name: listed(name) for name in of_topic.CHARTS},
}

# What is not of the chosen metric, and so can be had whatever metric that is.
OF_MANY = {"positions", "outcomes-and-spending", "trends", *OF_TOPICS}

CHARTS: dict[str, Callable[[View], ChartModel | None]] = {
    "trend": build_trend,
    "england": build_england,
    "trends": build_trends,
    "ranking": build_ranking,
    "beside": build_among_group,
    "funnel": funnel,
    "map": build_outlined_map,
    "positions": build_positions,
    "outcomes-and-spending": outcomes_and_spending,
    **OF_TOPICS,
}


def about(view: View, page: str = "metric") -> About:
    """What the chosen metric's charts are about, with their sources and their link."""
    return About(
        metric=view.metric,
        breakdown=view.breakdown,
        sources=list_releases(view.build, [view.metric]),
        permalink=view.link(page, metric=view.metric.id, breakdown=view.breakdown),
        newest=view.build.newest_day,
    )


def _list_names(view: View) -> dict[str, str]:
    return {code: area.name for code, area in view.build.areas.items()}
