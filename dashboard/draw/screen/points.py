"""A funnel or a scatter plot as a Plotly figure: areas as points, limits as lines. Pure."""

import math

from dashboard.charts.model import ChartModel, Curve, Role, Row
from dashboard.design import theme
from dashboard.draw import axes, looks
from dashboard.draw.screen.layout import BASELINE, build_layout, build_note, build_number_axis

HEIGHT = 440
AXIS = "Out of how many (log scale)"


def draw_points_by_size(model: ChartModel) -> dict[str, object]:
    """Every area at its size and its value, the chosen one named, between the lines."""
    is_log = model.kind.has_log_sizes
    by_role = [(role, [row for row in model.rows if row.role is role]) for role in looks.POINT]
    return {
        "data": [
            *(_draw_curve(curve) for curve in model.curves),
            *(_draw_points(rows, role) for role, rows in by_role if rows),
        ],
        "layout": build_layout(
            height=HEIGHT,
            margin={"l": 70, "r": 64, "t": 14, "b": 58},
            xaxis=build_sizes_axis(model) if is_log else build_across_axis(model),
            yaxis=build_number_axis(
                model,
                axes.compute_value_ends(model),
                title=_build_title(axes.value_title(model), standoff=6),
                nticks=axes.MOST_SIZES,
            ),
            annotations=[
                _draw_name(row, is_log=is_log) for row in model.rows if row.role is Role.FOCUS
            ]
            + [_draw_label(curve, is_log=is_log) for curve in model.curves if curve.label],
            hovermode="closest",
        ),
    }


def _draw_curve(curve: Curve) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(curve.sizes),
        "y": list(curve.values),
        "line": {
            "color": theme.ENGLAND if curve.is_middle else theme.QUIET,
            "width": 1.75 if curve.is_middle else 1.25,
            "dash": "dash" if curve.is_outer and not curve.is_middle else "solid",
        },
        "hoverinfo": "skip",
    }


def _draw_points(rows: list[Row], role: Role) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": str(role),
        "x": [row.size for row in rows],
        "y": [row.value for row in rows],
        "text": [f"<b>{row.label}</b>: {row.shown}<br>{row.note}" for row in rows],
        "marker": looks.POINT[role],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _draw_name(row: Row, *, is_log: bool) -> dict[str, object]:
    place = math.log10(row.size or 1) if is_log else row.size
    up = {"y": row.value, "yshift": 16, "bgcolor": "rgba(255,255,255,0.8)"}
    return build_note(
        {"x": place}, up, f"<b>{row.label} {row.shown}</b>", (theme.FOCUS, theme.TEXT)
    )


def _draw_label(curve: Curve, *, is_log: bool) -> dict[str, object]:
    size, value = curve.sizes[-1], curve.values[-1]
    across = {"x": math.log10(size) if is_log else size, "xanchor": "left", "xshift": 4}
    text = "<b>all</b>" if curve.is_middle else curve.label
    return build_note(across, {"y": value}, text, (theme.QUIET, theme.TINY))


def build_sizes_axis(model: ChartModel) -> dict[str, object]:
    """The axis of a funnel plot's sizes, in powers of ten."""
    ends, ticks = axes.compute_size_ticks(model)
    return {
        "type": "log",
        "range": list(ends),
        "tickvals": ticks,
        "ticktext": [f"{tick:,.0f}" for tick in ticks],
        "title": _build_title(AXIS),
        **BASELINE,
    }


def build_across_axis(model: ChartModel) -> dict[str, object]:
    """The axis along the foot of a scatter plot."""
    return {
        "title": _build_title(model.across),
        "nticks": axes.MOST_SIZES,
        "gridcolor": theme.FAINT,
        "zeroline": False,
        "showline": True,
        "linecolor": theme.RULE,
        "fixedrange": True,
    }


def _build_title(text: str, standoff: int = 10) -> dict[str, object]:
    return {"text": text, "standoff": standoff, "font": {"size": theme.SMALL}}
