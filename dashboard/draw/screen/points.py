"""A funnel or a scatter plot as a Plotly figure: areas as points, limits as lines. Pure."""

import math

from dashboard.charts.model import ChartModel, Curve, Kind, Role, Row
from dashboard.design import theme
from dashboard.draw.screen.layout import BASELINE, layout
from dashboard.words import phrases as words

HEIGHT = 440
TICKS = (1, 2, 5)
MOST_TICKS = 7
AXIS = "Out of how many (log scale)"
POINT = {
    Role.OTHER: {"color": theme.OTHERS, "size": 7, "line": {"width": 1, "color": theme.QUIET}},
    Role.NEIGHBOUR: {
        "color": theme.NEIGHBOUR,
        "size": 10,
        "symbol": "diamond",
        "line": {"width": 1, "color": theme.PAPER},
    },
    Role.FOCUS: {"color": theme.FOCUS, "size": 14, "line": {"width": 1.5, "color": theme.PAPER}},
}


def funnel(model: ChartModel) -> dict[str, object]:
    """Every area at its size and its value, the chosen one named, between the lines."""
    is_log = model.kind is Kind.FUNNEL
    points = [
        _points([row for row in model.rows if row.role is role], role)
        for role in POINT
        if any(row.role is role for row in model.rows)
    ]
    own = [row for row in model.rows if row.role is Role.FOCUS]
    return {
        "data": [*(_line(curve) for curve in model.curves), *points],
        "layout": layout(
            height=HEIGHT,
            margin={"l": 70, "r": 64, "t": 14, "b": 58},
            xaxis=sizes_axis(model) if is_log else across_axis(model),
            yaxis=values_axis(model),
            annotations=[_name(row, is_log=is_log) for row in own]
            + [_label(curve, is_log=is_log) for curve in model.curves if curve.label],
            hovermode="closest",
        ),
    }


def _line(curve: Curve) -> dict[str, object]:
    dash = "solid" if curve.is_middle or not curve.is_outer else "dash"
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(curve.sizes),
        "y": list(curve.values),
        "line": {
            "color": theme.ENGLAND if curve.is_middle else theme.QUIET,
            "width": 1.75 if curve.is_middle else 1.25,
            "dash": dash,
        },
        "hoverinfo": "skip",
    }


def _points(rows: list[Row], role: Role) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": str(role),
        "x": [row.size for row in rows],
        "y": [row.value for row in rows],
        "text": [f"<b>{row.label}</b>: {row.shown}<br>{row.note}" for row in rows],
        "marker": POINT[role],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _name(row: Row, *, is_log: bool) -> dict[str, object]:
    return {
        "x": math.log10(row.size or 1) if is_log else row.size,
        "y": row.value,
        "text": f"<b>{row.label} {row.shown}</b>",
        "showarrow": False,
        "yshift": 16,
        "bgcolor": "rgba(255,255,255,0.8)",
        "font": {"color": theme.FOCUS, "size": theme.TEXT, "family": theme.FONT},
    }


def _label(curve: Curve, *, is_log: bool) -> dict[str, object]:
    return {
        "x": math.log10(curve.sizes[-1]) if is_log else curve.sizes[-1],
        "y": curve.values[-1],
        "xanchor": "left",
        "xshift": 4,
        "text": "<b>all</b>" if curve.is_middle else curve.label,
        "showarrow": False,
        "font": {"color": theme.QUIET, "size": theme.TINY, "family": theme.FONT},
    }


def sizes_axis(model: ChartModel) -> dict[str, object]:
    """The axis of a funnel plot's sizes, in powers of ten."""
    sizes = [row.size for row in model.rows if row.size] or [1.0]
    low, high = math.log10(min(sizes)), math.log10(max(sizes))
    room = max((high - low) * 0.03, 0.02)
    ticks = [
        step * 10.0**power
        for power in range(math.floor(low), math.ceil(high) + 1)
        for step in TICKS
        if low - room <= math.log10(step * 10.0**power) <= high + room
    ]
    if len(ticks) > MOST_TICKS:
        ticks = [tick for tick in ticks if f"{tick:g}"[0] == "1"]
    return {
        "type": "log",
        "range": [low - room, high + room],
        "tickvals": ticks,
        "ticktext": [f"{tick:,.0f}" for tick in ticks],
        "title": {"text": AXIS, "standoff": 10, "font": {"size": theme.SMALL}},
        **BASELINE,
    }


def across_axis(model: ChartModel) -> dict[str, object]:
    """The axis along the foot of a scatter plot."""
    return {
        "title": {"text": model.across, "standoff": 10, "font": {"size": theme.SMALL}},
        "nticks": MOST_TICKS,
        "gridcolor": theme.FAINT,
        "zeroline": False,
        "showline": True,
        "linecolor": theme.RULE,
        "fixedrange": True,
    }


def up(model: ChartModel) -> str:
    """What the axis of the values is called: what it measures, else its unit."""
    return model.up or words.capital(words.UNIT_WORDS.get(model.unit, model.unit))


def values_axis(model: ChartModel) -> dict[str, object]:
    """The axis of the values, with room around the points and the lines."""
    values = [row.value for row in model.rows if row.value is not None] or [0.0]
    limits = [value for curve in model.curves for value in curve.values]
    high = max(*values, *limits) if limits else max(values)
    low = min(*values, *limits) if limits else min(values)
    room = (high - low or 1.0) * 0.05
    return {
        "range": [low - room, high + room],
        "title": {"text": up(model), "standoff": 6, "font": {"size": theme.SMALL}},
        "nticks": 7,
        "gridcolor": theme.FAINT,
        "zeroline": False,
        "ticksuffix": "%" if model.unit == "percent" else "",
        "tickformat": ",",
        "fixedrange": True,
    }
