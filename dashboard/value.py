"""Outcomes beside spending: the two indices of each local authority, and what they are made of."""

from collections.abc import Mapping, Sequence
from html import escape

from dashboard import format as words
from dashboard import table
from dashboard.chartmodel import LICENCE, ChartModel, Curve, Kind, Role, Row, releases, source_line
from dashboard.model import Area, AreaIndex, IndexPart, Source
from dashboard.state import View
from dashboard.table import Column

LEAD = (
    "What children and young people with SEND achieve, beside what is spent from the high needs "
    "budget. Each index is a mean of published figures on one scale: 0 is the mean of local "
    "authorities, and 1 is one standard deviation above it. That two things go together does not "
    "say that one causes the other."
)
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
        lacking = words.joined([INDEX[name] for name in missing])
        return f"{area.name} has too few published figures for {lacking}"
    if area:
        return f"{area.name}: {quadrant(own['outcomes'], own['spend'])}"
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


def quadrant(outcomes: AreaIndex, spend: AreaIndex) -> str:
    """Outcomes above or below the mean of local authorities, and spending likewise."""
    ways = ["above" if (row.value or 0) > 0 else "below" for row in (outcomes, spend)]
    if ways[0] == ways[1]:
        return f"outcomes and spending both {ways[0]} the mean of local authorities"
    return f"outcomes {ways[0]} the mean of local authorities, spending {ways[1]} it"


def say_moved(name: str, parts: Sequence[IndexPart]) -> str:
    """What the draws move in one index: the weights, and the figures that have an interval."""
    own = [part for part in parts if part.name == name]
    varied = sum(part.varied > 0 for part in own)
    if not varied:
        return f"the weights alone (none of its {len(own)} figures has an interval)"
    if varied == len(own):
        return f"the weights and of its {len(own)} figures within their intervals"
    rest = len(own) - varied
    return (
        f"the weights and of {varied} of its {len(own)} figures (the other {rest} have no interval)"
    )


def ranks(area: Area, found: Indices, parts: Sequence[IndexPart]) -> str:
    """Both ranks with the range that 90% of draws give, and what is drawn; HTML."""
    lines = []
    for name, said in (("outcomes", "Outcomes, best first"), ("spend", "Spending, highest first")):
        row = found[name].get(area.code)
        if row and row.value is not None:
            lines.append(
                f"<dt>{said}</dt><dd><strong>{place(row)}</strong>: between "
                f"{words.ordinal(row.rank_best or 0)} and {words.ordinal(row.rank_worst or 0)} in "
                f"90 of 100 draws of {say_moved(name, parts)}{_partly(row)}</dd>"
            )
    return f'<dl class="facts">{"".join(lines)}</dl>' if lines else ""


def place(row: AreaIndex) -> str:
    """60th of 151."""
    return f"{words.ordinal(row.rank or 0)} of {row.number_ranked}"


def _partly(row: AreaIndex) -> str:
    share = round(100 * (row.held or 0))
    return "" if share == 100 else f". {share}% of the weight has a figure"  # noqa: PLR2004


def model(view: View, found: Indices, sources: Sequence[Source]) -> ChartModel:
    """Every local authority at its spending and its outcomes."""
    area, build = view.area, view.build
    near = build.neighbours.get(area.code, ()) if area else ()
    roles = dict.fromkeys(near, Role.NEIGHBOUR) | ({area.code: Role.FOCUS} if area else {})
    rows = tuple(
        Row(
            label=build.areas[code].name,
            role=roles.get(code, Role.OTHER),
            value=row.value,
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
        source=source_line(sources),
        source_url="",
        release=releases(sources),
        licence=LICENCE,
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
    )


def every_area(view: View, found: Indices) -> str:
    """Both indices of every local authority with their ranks and ranges; HTML."""
    columns = [
        Column("Local authority"),
        Column("Outcomes index", numeric=True),
        Column("Rank", "best first", numeric=True),
        Column("Range of rank", "90 of 100 draws", numeric=True),
        Column("Spending index", numeric=True),
        Column("Rank", "highest first", numeric=True),
        Column("Range of rank", "90 of 100 draws", numeric=True),
    ]
    order = sorted(found["outcomes"].values(), key=lambda row: (row.rank or 999, row.area_code))
    rows = [
        [
            table.link(
                view.link("outcomes-and-spending", area=row.area_code),
                view.build.areas[row.area_code].name,
            ),
            *_cells(row),
            *_cells(found["spend"].get(row.area_code)),
        ]
        for row in order
    ]
    listed = table.table("Both indices by local authority", columns, rows)
    return table.details("Every local authority", listed)


def _cells(row: AreaIndex | None) -> list[str]:
    if row is None or row.value is None:
        return ['<span class="none">Too few figures</span>', "", ""]
    shown = f"{row.value:+.2f}".replace("-", "−")
    return [shown, place(row), f"{row.rank_best} to {row.rank_worst}"]


def made_of(view: View, parts: Sequence[IndexPart]) -> str:
    """What each index is made of, with its weight; HTML."""
    metrics = view.build.metrics
    columns = [
        Column("Index"),
        Column("Theme"),
        Column("Metric"),
        Column("Period"),
        Column("Counts", style="say"),
        Column("Weight within its index", numeric=True),
        Column("Moved in the draws", style="say"),
    ]
    whole = {name: sum(p.weight for p in parts if p.name == name) for name in ("outcomes", "spend")}
    rows = [
        [
            "Outcomes" if part.name == "outcomes" else "Spending",
            escape(part.theme),
            table.link(
                view.link("metric", metric=part.metric, breakdown=part.breakdown, topic=None),
                words.title(metrics[part.metric], part.breakdown),
            ),
            escape(part.time_period),
            "more counts up" if part.sign > 0 else "more counts down",
            f"{100 * part.weight / whole[part.name]:.1f}%",
            "weight and figure" if part.varied else "weight only: no interval",
        ]
        for part in parts
    ]
    listed = table.table("What the indices are made of", columns, rows)
    return table.details("What the indices are made of", listed)
