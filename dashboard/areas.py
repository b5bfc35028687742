"""What pages say of local authorities themselves: kind, neighbours, history, lists. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from dashboard import comparators, table
from dashboard import format as words
from dashboard.chartmodel import LICENCE
from dashboard.data import releases
from dashboard.model import UNRANKED, Area
from dashboard.state import MOST_IN_GROUP, View

SMALL = (
    "The numbers here are very small: figures are shown where they are published, "
    "and are never ranked."
)
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


def about_area(view: View, area: Area, predecessors: Sequence[Area]) -> str:
    """What kind of local authority it is, its neighbours by name, and what it has replaced."""
    build = view.build
    lines = _compared_with(view)
    if predecessors:
        old = [table.link(view.link("local-area", area=a.code), a.name) for a in predecessors]
        lines.append(
            f"{escape(area.name)} replaced {words.joined(old)} on {_day(predecessors[0].end)}; "
            "earlier figures are shown under the name they were published for."
        )
    if programmes := build.programmes.get(area.code):
        lines.append(f"In the lists held of national programmes: {escape('; '.join(programmes))}.")
    return " ".join(lines)


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


def notices(view: View, area: Area) -> list[str]:
    """What to know of a local authority before its figures are read."""
    found = [] if area.is_current else [f"{abolished(view, area)} {LAST}"]
    return [*found, SMALL] if area.code in UNRANKED else found


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
