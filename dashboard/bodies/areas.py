"""What pages say of local authorities themselves: kind, neighbours, history, lists. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from html import escape

from dashboard.charts.model import LICENCE
from dashboard.domain.choices import MOST_IN_GROUP, View
from dashboard.domain.records import (
    TOTAL,
    UNRANKED,
    Area,
    Figure,
    Group,
    Membership,
    Metric,
    Source,
)
from dashboard.draw import table
from dashboard.store import comparators
from dashboard.store.data import releases
from dashboard.words import phrases as words
from pipeline.facts import FACTS, ONE_COUNCIL_SINCE
from pipeline.shown import list_shown

SMALL = (
    "The numbers here are very small, and one child more or less changes them: figures are shown "
    "where they are published, and are never ranked, judged or called higher or lower than others’."
)
INSPECTIONS = tuple(metric.id for metric, _ in list_shown("inspections"))
SURROUNDINGS = tuple(metric.id for metric, _ in list_shown("surroundings"))
LISTS = {"Safety Valve": "programmes/safety_valve", "Delivering": "programmes/delivering_better"}
LAST = "Its last published figures are shown, each with its own period and its rank in it."


def invitation(view: View) -> str:
    """The way to one's own area, from the England page."""
    if view.area is None:
        return "Choose your local authority to see where it stands."
    return f"See {table.link(view.link('local-area'), f'every metric for {view.area.name}')}."


def directory(view: View) -> str:
    """Every local authority of today by region, each a link to its page."""
    build = view.build
    regions = [area for area in build.areas.values() if area.level == "region"]
    sections_ = "".join(
        f"<section><h2>{escape(region.name)}</h2><ul>"
        + "".join(
            f"<li>{table.link(view.link('local-area', area=area.code), area.name)}</li>"
            for area in build.local_authorities
            if area.region_code == region.code
        )
        + "</ul></section>"
        for region in regions
    )
    return f'<div class="regions">{sections_}</div>'


def about_area(view: View) -> str:
    """Who an area is compared with, by name where they are few."""
    return " ".join(_compared_with(view))


def history(view: View, area: Area, predecessors: Sequence[Area]) -> str:
    """Which councils an area has replaced, or has become one of, and where their figures are."""
    name = escape(area.name)
    if area.code in ONE_COUNCIL_SINCE:
        return (
            f"{name} became one council for county and districts on "
            f"{ONE_COUNCIL_SINCE[area.code]}. Its boundary for these figures did not change, so "
            "earlier ones are the county council’s and stand in one line with its own."
        )
    if not predecessors:
        return ""
    old = [_replaced(view, each) for each in predecessors]
    rest = [text for each in predecessors if (text := _divided(view, area, each))]
    return (
        f"{name} replaced {words.joined(old)} on {_day(predecessors[0].end)}"
        f"{f' ({words.joined(rest)})' if rest else ''}. Figures from before are shown under the "
        "name they were published for, and are never joined to its own."
    )


def _replaced(view: View, old: Area) -> str:
    link = table.link(view.link("local-area", area=old.code), old.name)
    return f"part of the former {link}" if len(old.successor_codes) > 1 else link


def _divided(view: View, area: Area, old: Area) -> str:
    """Who has the rest of a council that was divided."""
    others = [
        table.link(view.link("local-area", area=code), view.build.areas[code].name)
        for code in old.successor_codes
        if code != area.code and code in view.build.areas
    ]
    if not others:
        return ""
    return f"the rest of the former {escape(old.name)} is now in {words.joined(others)}"


def _compared_with(view: View) -> list[str]:
    """The group that is compared with: each by name where they are few."""
    group = comparators.group(view)
    if group is None:
        return []
    codes = [code for code in group.members if code in view.build.areas]
    if group.id == "own" and not codes:
        near = ",".join(view.build.neighbours.get(view.area.code, ())) if view.area else ""
        start = table.link(view.link("local-area", group=near), "start from its ten neighbours")
        return [f"Your own group is empty: choose local authorities above, or {start}."]
    if not group.has_average or len(codes) > MOST_IN_GROUP:
        return [f"Compared with {escape(group.label)}: {len(codes)} local authorities."]
    named = [
        table.link(view.link("local-area", area=code), view.build.areas[code].name)
        for code in codes
    ]
    return [f"{escape(group.label)}: {words.joined(named)}."]


def context(
    view: View, area: Area, figures: Iterable[Figure], programmes: Sequence[Membership]
) -> str:
    """What surrounds the figures: inspection, programmes, health boards, population; with sources.

    All of it as the figures given: those of an earlier year have the inspection known by then.
    """
    found = {figure.metric: figure for figure in figures if figure.breakdown == TOTAL}
    facts = [
        ("Inspection", _inspection(view, found)),
        *(("National programme", _programme(view, each)) for each in programmes),
        ("Integrated care boards", _boards(view, area)),
        *((m.short_title, _surrounding(view, m, found[m.id])) for m in _around(view, found)),
    ]
    listed = "".join(
        f"<div><dt>{escape(title)}</dt><dd>{text}</dd></div>" for title, text in facts if text
    )
    title = f"About {escape(area.name)}"
    return f'<h2 class="pillar" id="about">{title}</h2><dl class="around">{listed}</dl>'


def _around(view: View, found: Mapping[str, Figure]) -> list[Metric]:
    known = (view.build.metrics.get(name) for name in SURROUNDINGS)
    return [metric for metric in known if metric and metric.id in found]


def _inspection(view: View, found: Mapping[str, Figure]) -> str:
    """The outcome under the newest framework the area has one of; each with when it was."""
    for name in INSPECTIONS:
        metric, figure = view.build.metrics.get(name), found.get(name)
        if metric and figure and figure.value is not None:
            framework = metric.title.rpartition(", ")[2]
            when = escape(figure.note or f"As at {figure.time_period}.")
            said = escape(words.value(metric, figure.value))
            link = table.link(view.link("metric", metric=name), framework)
            return f"<strong>{said}</strong><small>{link}. {when} {_source(view, metric)}</small>"
    return (
        "No outcome of an area SEND inspection is held.<small>The lists held end in "
        f"{FACTS['inspections_2016_end'].value} (2016 framework) and "
        f"{FACTS['inspections_2023_end'].value} (2023 framework).</small>"
    )


def _programme(view: View, one: Membership) -> str:
    """A programme, since when, and what says so; its file is known by its name."""
    start = next((path for name, path in LISTS.items() if one.programme.startswith(name)), None)
    sources = view.build.sources.values()
    named = "".join(
        f" Source: {_publication(source)}."
        for source in sources
        if start and source.path.startswith(start)
    )
    return (
        f"<strong>{escape(one.programme)}</strong>, {escape(one.joined)}"
        f"<small>Evidence: {escape(one.evidence)}.{named}</small>"
    )


def _publication(source: Source) -> str:
    text = f"{source.publisher}, {source.publication_title}"
    return table.outside(source.official_url, text) if source.official_url else escape(text)


def _boards(view: View, area: Area) -> str:
    boards = [
        f"<strong>{escape(view.build.areas[code].name)}</strong> ({share:.0%} of neighbourhoods)"
        for code, share in view.build.boards.get(area.code, ())
    ]
    if not boards:
        return ""
    return f"{words.joined(boards)}<small>Share of its small neighbourhoods (LSOAs), 2021.</small>"


def _surrounding(view: View, metric: Metric, figure: Figure) -> str:
    value = escape(words.value(metric, figure.value, figure.status))
    link = table.link(view.link("metric", metric=metric.id), value)
    place = words.rank(metric, figure) if figure.rank else ""
    said = ", ".join(part for part in (place, words.period(figure.time_period)) if part)
    return f"<strong>{link}</strong><small>{said}. {_source(view, metric)}</small>"


def _source(view: View, metric: Metric) -> str:
    named = dict.fromkeys(
        f"{s.publisher}, {s.publication_title}" for s in releases(view.build, [metric])
    )
    return f"Source: {escape('; '.join(named))}."


def then(view: View) -> str:
    """What a scorecard of an earlier year holds, and what it does not."""
    if view.year is None:
        return ""
    group = comparators.group(view)
    beside = (
        ""
        if group is None or is_held_then(group)
        else f" {words.capital(group.named)} are compared for the latest figures alone."
    )
    return (
        f"<strong>At the end of {view.year}.</strong> Each metric at the newest period that had "
        "ended by then, beside the neighbours, region, England, rank and change of that period. "
        "Statistical neighbours are those of the May 2025 model throughout. Figures are as "
        f"published since, with later revisions.{beside} What stands out is worked out for the "
        "latest figures alone, and health services are shown as they are now."
    )


def is_held_then(group: Group) -> bool:
    """Whether a group is summed up for earlier years too."""
    return group.id in {"neighbours", "region", "england", "type", *comparators.PROGRAMMES}


def health(view: View, area: Area) -> str:
    """Which integrated care boards an area lies in, and that their figures are not its own."""
    boards = [
        f"{escape(view.build.areas[code].name)} ({share:.0%} of its neighbourhoods)"
        for code, share in view.build.boards.get(area.code, ())
    ]
    if not boards:
        return ""
    return (
        f"Figures of NHS services are published for integrated care boards, not for local "
        f"authorities. {escape(area.name)} lies in {words.joined(boards)}."
    )


def abolished(view: View, area: Area) -> str:
    """That a local authority is no more, and who has taken over."""
    new = [
        table.link(view.link("local-area", area=code), view.build.areas[code].name)
        for code in area.successor_codes
        if code in view.build.areas
    ]
    by = f" and replaced by {words.joined(new)}" if new else ""
    return f"{escape(area.name)} was abolished on {_day(area.end)}{by}."


def notices(view: View, area: Area, predecessors: Sequence[Area] = ()) -> list[str]:
    """What to know of a local authority before its figures are read."""
    found = [
        "" if area.is_current else f"{abolished(view, area)} {LAST}",
        history(view, area, predecessors),
        SMALL if area.code in UNRANKED else "",
        then(view),
    ]
    return [text for text in found if text]


def kind(area: Area, region: Area | None) -> str:
    """The type of local authority and its region."""
    named = {
        "county": "County council",
        "unitary": "Unitary authority",
        "metropolitan": "Metropolitan borough",
        "inner_london": "Inner London borough",
        "outer_london": "Outer London borough",
    }.get(area.authority_type or "", "Local authority")
    return f"{named} · {region.name}" if region else named


def sources_note(view: View) -> str:
    """The publications behind a page of many metrics, and their licence."""
    named = dict.fromkeys(
        s.publication_title for s in releases(view.build, view.build.metrics.values())
    )
    return (
        f'<p class="source">Sources: {escape("; ".join(named))}. Each metric’s page names its own. '
        f"{LICENCE}.</p>"
    )


def _day(end: date | None) -> str:
    """The day a local authority was no more: the one after its last."""
    gone = (end or date.today()) + timedelta(days=1)
    return f"{gone.day} {gone:%B %Y}"
