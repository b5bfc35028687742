"""Ranked bars, and ranks as dots, as Plotly figures. Pure."""

from dashboard.charts.model import ChartModel, Role, Row
from dashboard.design import theme
from dashboard.draw.screen.layout import layout

MIDDLE = 0.5
BAR_STEP, BAR_LEFT, BAR_LETTERS = 26, 172, 24


POSITION_STEP, POSITION_LEFT = 38, 178


BAR = {
    Role.FOCUS: theme.FOCUS,
    Role.NEIGHBOUR: theme.NEIGHBOUR,
    Role.NEIGHBOURS: theme.NEIGHBOUR,
    Role.REGION: theme.REGION,
    Role.ENGLAND: theme.ENGLAND,
    Role.OTHER: theme.OTHERS,
}

FITS = 26  # letters of a label in the margin


def ranked_bar(model: ChartModel) -> dict[str, object]:
    """A bar for each row, in order, with its name and its value."""
    rows = model.rows
    places = list(range(len(rows)))
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": [row.value for row in rows],
                "y": places,
                "text": [row.shown for row in rows],
                "textposition": "outside",
                "textfont": {"size": theme.SMALL, "color": theme.INK},
                "constraintext": "none",
                "cliponaxis": False,
                "marker": {"color": [BAR[row.role] for row in rows]},
                "customdata": [
                    ": ".join([row.label, ", ".join(filter(None, [row.shown, row.note]))])
                    for row in rows
                ],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        ],
        "layout": layout(
            height=BAR_STEP * max(len(rows), 1) + 8,
            margin={"l": BAR_LEFT, "r": 58, "t": 4, "b": 4},
            bargap=0.3,
            xaxis={"visible": False, "fixedrange": True, "zeroline": True},
            yaxis={
                "range": [len(rows) - 0.5, -0.5],
                "tickvals": places,
                "ticktext": [_bar_name(row) for row in rows],
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
                "tickfont": {"size": theme.SMALL, "color": theme.INK},
            },
        ),
    }


def _bar_name(row: Row) -> str:
    name = row.label if len(row.label) <= BAR_LETTERS else row.label[: BAR_LETTERS - 1] + "…"
    return f"<b>{name}</b>" if row.role is Role.FOCUS else name


def positions(model: ChartModel) -> dict[str, object]:
    """A dot for each row, from best to worst."""
    rows = model.rows
    places = list(range(len(rows)))
    share = [how_far(row) for row in rows]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": share,
                "y": places,
                "text": [row.shown for row in rows],
                "textposition": ["middle left" if x > MIDDLE else "middle right" for x in share],
                "textfont": {"size": theme.SMALL, "color": theme.INK},
                "cliponaxis": False,
                "marker": {"size": 13, "color": theme.FOCUS},
                "customdata": [f"{row.label}: {row.shown}<br>{row.note}" for row in rows],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        ],
        "layout": layout(
            height=POSITION_STEP * max(len(rows), 1) + 34,
            margin={"l": POSITION_LEFT, "r": 14, "t": 26, "b": 8},
            xaxis={
                "range": [-0.03, 1.03],
                "side": "top",
                "tickvals": [0, 1],
                "ticktext": ["Best", "Worst"],
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
            },
            yaxis={
                "range": [len(rows) - 0.4, -0.6],
                "tickvals": places,
                "ticktext": ["<br>".join(_two_lines(row.label)) for row in rows],
                "gridcolor": theme.FAINT,
                "zeroline": False,
                "fixedrange": True,
                "tickfont": {"size": theme.SMALL, "color": theme.INK},
            },
            shapes=[_quarter(0, 0.25), _quarter(0.75, 1)],
        ),
    }


def how_far(row: Row) -> float:
    """How far down the ranking a rank is: 0 for the first, 1 for the last."""
    return ((row.value or 1) - 1) / max((row.high or 1) - 1, 1)


def _quarter(start: float, stop: float) -> dict[str, object]:
    return {
        "type": "rect",
        "x0": start,
        "x1": stop,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "fillcolor": theme.WASH,
        "line": {"width": 0},
    }


def _two_lines(label: str) -> list[str]:
    if len(label) <= FITS:
        return [label]
    cut = label.rfind(" ", 0, FITS + 1)
    rest = label[cut + 1 :]
    return [label[:cut], rest if len(rest) <= FITS else rest[: FITS - 1] + "…"]
