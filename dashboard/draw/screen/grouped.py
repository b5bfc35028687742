"""A chart of bars under headings in, HTML out: one chart, or several that share headings. Pure.

Names and values are text beside each bar, so nothing has to be read from a colour or a legend.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from dashboard.charts.model import ChartModel, Row
from dashboard.draw.axes import compute_bar_ends

NONE = '<p class="why">No figure held for this year</p>'


class Scale(NamedTuple):
    """Where the bars of a chart lie: its lowest value, nought or below, and its whole length."""

    low: float
    span: float


def render_groups(model: ChartModel) -> str:
    """The bars under each heading, with what the first of them was made from."""
    along = compute_scale(model)
    items = "".join(
        f'<li><p class="g">{escape(group)}{_render_small(rows[0].note)}</p>'
        f"{''.join(_render_bar(row, along) for row in rows)}</li>"
        for group, rows in group_by_heading(model).items()
    )
    return f'<ul class="grouped" role="list">{items}</ul>'


def render_panels(
    models: Sequence[ChartModel], titles: Sequence[str], remarks: Mapping[str, str]
) -> str:
    """Several charts of the same headings side by side, each on a scale of its own.

    A heading has a line for each chart below it, and its remark.
    """
    held = [group_by_heading(model) for model in models]
    scales = [compute_scale(model) for model in models]
    groups = dict.fromkeys(group for each in held for group in each)
    head = "".join(f"<span>{escape(title)}</span>" for title in ("", *titles))
    items = "".join(
        f'<li><p class="g">{escape(group)}{_render_small(remarks.get(group, ""))}</p>'
        + "".join(
            f'<div><b class="t">{escape(title)}</b>'
            f"{''.join(_render_bar(row, along) for row in each.get(group, ())) or NONE}</div>"
            for each, along, title in zip(held, scales, titles, strict=True)
        )
        + "</li>"
        for group in groups
    )
    return (
        f'<p class="panel-heads of{len(models)}" aria-hidden="true">{head}</p>'
        f'<ul class="panels of{len(models)}" role="list">{items}</ul>'
    )


def group_by_heading(model: ChartModel) -> dict[str, list[Row]]:
    """The rows below each heading, in order."""
    found: dict[str, list[Row]] = {}
    for row in model.rows:
        found.setdefault(row.group, []).append(row)
    return found


def compute_scale(model: ChartModel) -> Scale:
    """The scale of every bar of a chart: it always has nought on it."""
    low, high = compute_bar_ends([row.value for row in model.rows])
    return Scale(low, high - low or 1.0)


def _render_bar(row: Row, along: Scale) -> str:
    name = f"<span>{escape(row.label)}</span>"
    if row.value is None:
        return f'<div class="gb {row.role}">{name}<em>{escape(row.shown)}</em></div>'
    start = (min(row.value, 0.0) - along.low) / along.span
    width = abs(row.value) / along.span
    nought = f'<u style="left:{100 * -along.low / along.span:.3g}%"></u>' if along.low < 0 else ""
    left = f"left:{100 * start:.3g}%;" if start > 0 else ""
    return (
        f'<div class="gb {row.role}">{name}<span>{nought}<i style="{left}width:'
        f'{100 * width:.3g}%"></i></span><b>{escape(row.shown)}</b></div>'
    )


def _render_small(text: str) -> str:
    return f" <small>{escape(text)}</small>" if text else ""
