"""Outcomes beside spending: every local authority at its two indices."""

from collections.abc import Mapping, Sequence

from dashboard.charts.model import ChartModel, Curve, Kind, Role, Row, describe_origin
from dashboard.domain.choices import View
from dashboard.domain.records import Area, AreaIndex, Source
from dashboard.words.names import join_words

NOTE = (
    "A point to the right spends more, one higher up has better outcomes. Areas differ in the "
    "needs of their children, which neither index takes into account."
)
ACROSS = "Spending index (more to the right)"
UP = "Outcomes index (better further up)"
INDEX = {"outcomes": "an outcomes index", "spend": "a spending index"}
Indices = Mapping[str, Mapping[str, AreaIndex]]  # by name of the index, then by area


def title(area: Area | None, found: Indices) -> str:
    """Where an area lies of the four quarters; without one, how many lie in each."""
    own = {name: rows[area.code] for name, rows in found.items() if area and area.code in rows}
    missing = [name for name in found if name not in own or own[name].value is None]
    if area and missing:
        lacking = join_words([INDEX[name] for name in missing])
        return f"{area.name} has too few published figures for {lacking}"
    if area:
        return f"{area.name}: {describe_quadrant(own['outcomes'], own['spend'])}"
    both = [
        (row, found["spend"][code])
        for code, row in found["outcomes"].items()
        if row.value is not None and found["spend"][code].value is not None
    ]
    better = sum((o.value or 0) > 0 and (s.value or 0) <= 0 for o, s in both)
    worse = sum((o.value or 0) <= 0 and (s.value or 0) > 0 for o, s in both)
    return (
        f"{better} of {len(both)} local authorities have outcomes above the mean with spending "
        f"below it, {worse} the opposite"
    )


def describe_quadrant(outcomes: AreaIndex, spend: AreaIndex) -> str:
    """Outcomes above or below the mean of local authorities, and spending likewise."""
    ways = ["above" if (row.value or 0) > 0 else "below" for row in (outcomes, spend)]
    if ways[0] == ways[1]:
        return f"outcomes and spending both {ways[0]} the mean of local authorities"
    return f"outcomes {ways[0]} the mean of local authorities, spending {ways[1]} it"


def build_scatter(view: View, found: Indices, sources: Sequence[Source]) -> ChartModel:
    """Every local authority at its spending and its outcomes."""
    area, build = view.area, view.build
    near = build.neighbours.get(area.code, ()) if area else ()
    roles = dict.fromkeys(near, Role.NEIGHBOUR) | ({area.code: Role.FOCUS} if area else {})
    rows = tuple(
        Row(
            *(build.areas[code].name, roles.get(code, Role.OTHER), row.value),
            shown=f"outcomes {row.value:+.2f}".replace("-", "−"),
            area_code=code,
            note=f"Spending {spend.value:+.2f}".replace("-", "−"),
            size=spend.value,
        )
        for code, row in found["outcomes"].items()
        if row.value is not None
        and (spend := found["spend"].get(code)) is not None
        and spend.value is not None
    )
    said = title(area, found)
    sizes = [row.size or 0 for row in rows] or [0.0]
    values = [row.value or 0 for row in rows] or [0.0]
    return ChartModel(
        kind=Kind.SCATTER,
        rows=rows,
        highlights=tuple(roles),
        title=said,
        subtitle="Outcomes index (up) and spending index (across), latest figures",
        unit="score",
        decimals=2,
        note=NOTE,
        alt=f"Scatter chart of the outcomes index of {len(rows)} local authorities against their "
        f"spending index. {said}. The table below has every value.",
        permalink=view.link("outcomes-and-spending"),
        curves=(
            Curve("", (min(sizes), max(sizes)), (0.0, 0.0), is_middle=True),
            Curve("", (0.0, 0.0), (min(values), max(values)), is_middle=True),
        ),
        across=ACROSS,
        up=UP,
        **describe_origin(sources),
    )
