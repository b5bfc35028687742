"""What every Plotly figure shares. Pure."""

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


def layout(**more: object) -> dict[str, object]:
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
