"""What every Plotly figure shares. Pure."""

from dashboard.charts.model import ChartModel
from dashboard.design import theme

HOVER = {
    "bgcolor": theme.PAPER,
    "bordercolor": theme.RULE,
    "font": {"color": theme.INK, "family": theme.FONT},
}

# The axis along the foot of a chart: a line with ticks and no grid.
BASELINE = {
    "showgrid": False,
    "zeroline": False,
    "showline": True,
    "linecolor": theme.RULE,
    "ticks": "outside",
    "tickcolor": theme.RULE,
    "tickangle": 0,
    "fixedrange": True,
}


def build_layout(**more: object) -> dict[str, object]:
    """The layout of a figure: one type, one paper, no legend, no dragging."""
    return {
        "font": {"family": theme.FONT, "size": theme.SMALL, "color": theme.QUIET},
        "paper_bgcolor": theme.PAPER,
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": HOVER,
        **more,
    }


def build_note(
    across: dict[str, object], up: dict[str, object], text: str, look: tuple[str, int]
) -> dict[str, object]:
    """Words on a plot at a place across and up, in a colour and a size."""
    colour, size = look
    font = {"color": colour, "size": size, "family": theme.FONT}
    return {**across, **up, "text": text, "showarrow": False, "font": font}


def build_number_axis(
    model: ChartModel, ends: tuple[float, float], **more: object
) -> dict[str, object]:
    """The axis of values: its ends, faint lines, and the unit beside each number."""
    return {
        "range": list(ends),
        "gridcolor": theme.FAINT,
        "zeroline": False,
        "ticksuffix": "%" if model.unit == "percent" else "",
        "tickformat": ",",
        "fixedrange": True,
        **more,
    }


def build_rows_axis(names: list[str], room: float, **more: object) -> dict[str, object]:
    """The axis of rows below one another, by their names, with some room above and below."""
    return {
        "range": [len(names) - room, room - 1],
        "tickvals": list(range(len(names))),
        "ticktext": names,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": theme.SMALL, "color": theme.INK},
        **more,
    }
