"""Ranked bars, and ranks as dots, as Plotly figures. Pure."""

from dashboard.charts.model import ChartModel, Role, Row
from dashboard.design import theme
from dashboard.draw import looks
from dashboard.draw.lettering import split_label
from dashboard.draw.screen.layout import build_layout, build_rows_axis
from dashboard.draw.series import MIDDLE, compute_share_down

BAR_STEP, BAR_LEFT, BAR_LETTERS = 26, 172, 24
RANK_STEP, RANK_LEFT, RANK_LETTERS = 38, 178, 26


def draw_ranked_bars(model: ChartModel) -> dict[str, object]:
    """A bar for each row, in order, with its name and its value."""
    rows = model.rows
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [row.value for row in rows],
        "text": [row.shown for row in rows],
        "textposition": "outside",
        "constraintext": "none",
        "marker": {"color": [looks.BAR[row.role] for row in rows]},
        "customdata": [
            f"{row.label}: {', '.join(filter(None, [row.shown, row.note]))}" for row in rows
        ],
    }
    return {
        "data": [bars | _build_shared(model)],
        "layout": build_layout(
            height=BAR_STEP * max(len(rows), 1) + 8,
            margin={"l": BAR_LEFT, "r": 58, "t": 4, "b": 4},
            bargap=0.3,
            xaxis={"visible": False, "fixedrange": True, "zeroline": True},
            yaxis=build_rows_axis([_render_bar_name(row) for row in rows], 0.5, showgrid=False),
        ),
    }


def _build_shared(model: ChartModel) -> dict[str, object]:
    """What bars and dots share: their places, their words and what a pointer is told."""
    return {
        "y": list(range(len(model.rows))),
        "textfont": {"size": theme.SMALL, "color": theme.INK},
        "cliponaxis": False,
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _render_bar_name(row: Row) -> str:
    name = row.label if len(row.label) <= BAR_LETTERS else row.label[: BAR_LETTERS - 1] + "…"
    return f"<b>{name}</b>" if row.role is Role.FOCUS else name


def draw_positions(model: ChartModel) -> dict[str, object]:
    """A dot for each row, from best to worst."""
    rows = model.rows
    shares = [compute_share_down(row) for row in rows]
    dots = {
        "type": "scatter",
        "mode": "markers+text",
        "x": shares,
        "text": [row.shown for row in rows],
        "textposition": ["middle left" if x > MIDDLE else "middle right" for x in shares],
        "marker": {"size": 13, "color": theme.FOCUS},
        "customdata": [f"{row.label}: {row.shown}<br>{row.note}" for row in rows],
    }
    names = ["<br>".join(split_label(row.label, RANK_LETTERS, RANK_LETTERS)) for row in rows]
    return {
        "data": [dots | _build_shared(model)],
        "layout": build_layout(
            height=RANK_STEP * max(len(rows), 1) + 34,
            margin={"l": RANK_LEFT, "r": 14, "t": 26, "b": 8},
            xaxis={
                "range": [-0.03, 1.03],
                "side": "top",
                "tickvals": [0, 1],
                "ticktext": ["Best", "Worst"],
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
            },
            yaxis=build_rows_axis(names, 0.4, gridcolor=theme.FAINT),
            shapes=[_draw_quarter(0, 0.25), _draw_quarter(0.75, 1)],
        ),
    }


def _draw_quarter(start: float, stop: float) -> dict[str, object]:
    place = {"x0": start, "x1": stop, "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    return {"type": "rect", **place, "fillcolor": theme.WASH, "line": {"width": 0}}
