"""A ranked chart of every area in, a list of bars with readable names out. Pure.

Some 150 names do not fit one Plotly axis on any screen. As a list in columns they stay readable
from a phone to a wide screen, each name is a link, and the figures are text.
"""

from collections.abc import Callable
from html import escape

from dashboard.charts.model import ChartModel, Role, Row
from dashboard.draw.axes import compute_bar_ends


def render_bars(model: ChartModel, link: Callable[[str], str]) -> str:
    """The rows in order: place, name, bar and value; an area without a link is only named.

    The bars start where nought is.
    """
    low, high = compute_bar_ends([row.value for row in model.rows])
    span = high - low or 1.0
    marks = {Role.FOCUS: "chosen", Role.NEIGHBOUR: model.member}
    items = "".join(
        _render_item(row, (low, span), _render_name(row, marks.get(row.role, ""), link))
        for row in model.rows
        if row.value is not None
    )
    return f'<ol class="bars" role="list">{items}</ol>'


def _render_item(row: Row, scale: tuple[float, float], name: str) -> str:
    value, (low, span) = row.value or 0.0, scale
    left, width = (min(value, 0.0) - low) / span, abs(value) / span
    start = f"margin-left:{100 * left:.3g}%;" if left > 0 else ""
    return (
        f'<li class="{row.role}"><span class="p">{escape(row.note.split(" ")[0])}</span>'
        f'<span class="a">{name}</span>'
        f'<span class="b" aria-hidden="true"><i style="{start}width:{100 * width:.3g}%"></i></span>'
        f'<span class="v">{escape(row.shown)}</span></li>'
    )


def _render_name(row: Row, marked: str, link: Callable[[str], str]) -> str:
    if not row.area_code:
        return escape(row.label)
    mark = f'<b class="hide"> ({marked})</b>' if marked else ""
    href = link(row.area_code)
    if not href:
        return f"{escape(row.label)}{mark}"
    return f'<a href="{escape(href)}">{escape(row.label)}</a>{mark}'
