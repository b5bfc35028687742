"""Outcomes beside spending: the two indices of each local authority, and what they are made of."""

from collections.abc import Sequence
from html import escape

from dashboard.charts import outcomes_and_spending
from dashboard.domain.choices import View
from dashboard.domain.records import Area, AreaIndex, IndexPart
from dashboard.draw import table
from dashboard.draw.table import Column
from dashboard.words import phrases as words

LEAD = (
    "What children and young people with SEND achieve, beside what is spent from the high needs "
    "budget. Each index is a mean of published figures on one scale: 0 is the mean of local "
    "authorities, and 1 is one standard deviation above it. That two things go together does not "
    "say that one causes the other."
)


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


def ranks(area: Area, found: outcomes_and_spending.Indices, parts: Sequence[IndexPart]) -> str:
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


def every_area(view: View, found: outcomes_and_spending.Indices) -> str:
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
