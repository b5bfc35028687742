"""Outcomes beside spending: the two indices of each local authority, and what they are made of."""

from collections.abc import Sequence
from functools import partial

from dashboard.charts import outcomes_and_spending
from dashboard.domain.choices import View
from dashboard.domain.records import Area, AreaIndex, IndexPart
from dashboard.draw import table, table_cells
from dashboard.draw.table import Column
from dashboard.draw.templates import render_macro
from dashboard.words.names import name_metric
from dashboard.words.numbers import MINUS, format_ordinal

LEAD = (
    "What children and young people with SEND achieve, beside what is spent from the high needs "
    "budget. Each index is a mean of published figures on one scale: 0 is the mean of local "
    "authorities, and 1 is one standard deviation above it. That two things go together does not "
    "say that one causes the other."
)

_render = partial(render_macro, "bodies/templates/indices.html.j2")
TITLES = {"outcomes": "Outcomes, best first", "spend": "Spending, highest first"}
RANGE = Column("Range of rank", "90 of 100 draws", numeric=True)
COLUMNS = (
    Column("Local authority"),
    Column("Outcomes index", numeric=True),
    Column("Rank", "best first", numeric=True),
    RANGE,
    Column("Spending index", numeric=True),
    Column("Rank", "highest first", numeric=True),
    RANGE,
)


def describe_draws(name: str, parts: Sequence[IndexPart]) -> str:
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


def render_ranks(
    area: Area, indices: outcomes_and_spending.Indices, parts: Sequence[IndexPart]
) -> str:
    """Both ranks with the range that 90% of draws give, and what is drawn; HTML."""
    rows = [(name, indices[name].get(area.code)) for name in TITLES]
    told = [
        (TITLES[name], row, format_place(row), describe_draws(name, parts))
        for name, row in rows
        if row and row.value is not None
    ]
    return _render("ranks", told)


def format_place(row: AreaIndex) -> str:
    """60th of 151."""
    return f"{format_ordinal(row.rank or 0)} of {row.number_ranked}"


def render_every_area(view: View, indices: outcomes_and_spending.Indices) -> str:
    """Both indices of every local authority with their ranks and ranges; HTML."""
    order = sorted(indices["outcomes"].values(), key=lambda row: (row.rank or 999, row.area_code))
    rows = [
        [
            table.render_link(
                view.link("outcomes-and-spending", area=row.area_code),
                view.build.areas[row.area_code].name,
            ),
            *_list_cells(row),
            *_list_cells(indices["spend"].get(row.area_code)),
        ]
        for row in order
    ]
    listed = table.render_table("Both indices by local authority", COLUMNS, rows)
    return table.render_details("Every local authority", listed)


def _list_cells(row: AreaIndex | None) -> list[str]:
    if row is None or row.value is None:
        return [table_cells.no_figure("Too few figures"), "", ""]
    shown = f"{row.value:+.2f}".replace("-", MINUS)
    return [shown, format_place(row), f"{row.rank_best} to {row.rank_worst}"]


def render_made_of(view: View, parts: Sequence[IndexPart]) -> str:
    """What each index is made of, with its weight; HTML."""
    metrics = view.build.metrics
    whole = {name: sum(p.weight for p in parts if p.name == name) for name in TITLES}
    rows = [
        (
            part,
            name_metric(metrics[part.metric], part.breakdown),
            100 * part.weight / whole[part.name],
        )
        for part in parts
    ]
    return _render("made_of", view, rows)
