"""Lines over time as a Plotly figure: gaps where there is none, names at their ends. Pure."""

from collections.abc import Sequence

from dashboard.charts.model import ChartModel, Row
from dashboard.design import theme
from dashboard.draw import axes, times
from dashboard.draw.lettering import split_label
from dashboard.draw.screen.layout import BASELINE, build_layout, build_note, build_number_axis

HEIGHT, TOP, BOTTOM, RIGHT = 340, 14, 34, 138
LABEL_GAP, LABEL_LETTERS = 17, 21
LAST_LETTERS = 15  # of a name, before its figure


def draw_trend(model: ChartModel) -> dict[str, object]:
    """A chart of lines over time."""
    drawn, breaks = times.build_times(model), times.break_places(model)
    low, high = ends = axes.compute_span(model)
    data = [run for band in drawn.ranges for run in _draw_range(band, model.breaks)]
    data += [_draw_line(line, model.breaks) for line in drawn.lines]
    dots = {"color": theme.QUIET, "width": 1, "dash": "dot"}
    zero = {"zeroline": low < 0, "zerolinecolor": theme.RULE}
    return {
        "data": data,
        "layout": build_layout(
            height=HEIGHT,
            margin={"l": 48, "r": RIGHT, "t": TOP, "b": BOTTOM},
            xaxis=build_time_axis(model),
            yaxis=build_number_axis(
                model, ends, nticks=6, tickprefix=axes.BEFORE.get(model.unit, ""), **zero
            ),
            annotations=_label_ends(drawn.lines, low, high)
            + [_label_break(place) for place in breaks],
            shapes=[
                {"type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": dots}
                for x in breaks
            ],
            hovermode="closest",
        ),
    }


def _draw_line(line: times.Line, breaks: Sequence[str]) -> dict[str, object]:
    points: list[tuple[float | None, float | None, str]] = []
    rows = list(line.rows.values())
    for before, row in zip([None, *rows], rows, strict=False):
        if before is not None and times.is_apart(before, row, breaks):
            points.append((None, None, ""))
        points.append((times.year(row.period_end), row.value, f"{row.time_period}: {row.shown}"))
    xs, ys, texts = (list(each) for each in zip(*points, strict=True))
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.label,
        "x": xs,
        "y": ys,
        "text": texts,
        "line": line.style,
        "marker": {"size": 8 if line.is_main else 5, "color": line.style["color"]},
        "connectgaps": False,
        "hovertemplate": f"<b>{line.label}</b><br>%{{text}}<extra></extra>",
    }


def _draw_range(band: times.Line, breaks: Sequence[str]) -> list[dict[str, object]]:
    """A range as one filled outline for each run of years without a gap or a new series."""
    colour = theme.clear(str(band.style["color"]))
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": band.label,
            "x": [times.year(row.period_end) for row in (*run, *reversed(run))],
            "y": [row.high for row in run] + [row.low for row in reversed(run)],
            "fill": "toself",
            "fillcolor": colour,
            "line": {"width": 0 if len(run) > 1 else 6, "color": colour},
            "hoverinfo": "skip",
        }
        for run in times.split_runs(list(band.rows.values()), breaks)
    ]


def _label_end(line: times.Line, last: Row) -> list[str]:
    """The name of a line, its newest figure and where needed the period, on their lines."""
    name = split_label(line.label, LABEL_LETTERS - 1, LAST_LETTERS)
    shown = f"<b>{last.shown}</b> {line.when}".rstrip()
    if line.when and len(f"{name[-1]} {line.end_words(last)}") > LABEL_LETTERS:
        return [*name, shown]
    return [*name[:-1], f"{name[-1]} {shown}"]


def _label_ends(lines: Sequence[times.Line], low: float, high: float) -> list[dict[str, object]]:
    """A name and value at the right end of each line, moved apart where they would touch."""
    plot = HEIGHT - TOP - BOTTOM
    ends = [(line, line.end) for line in lines if line.end]
    ordered = sorted(ends, key=lambda end: -(end[1].value or 0.0))
    texts = [_label_end(*end) for end in ordered]
    wanted = [(high - (row.value or 0.0)) / (high - low) * plot for _, row in ordered]
    sizes = [LABEL_GAP * len(text) - 2 * (len(text) - 1) for text in texts]
    return [
        build_note(
            {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 8},
            {"yref": "paper", "y": 1 - place / plot, "yanchor": "middle", "align": "left"},
            "<br>".join(text),
            (line.ink, theme.SMALL),
        )
        for text, (line, _), place in zip(
            texts, ordered, axes.spread_labels(wanted, sizes, plot), strict=True
        )
    ]


def build_time_axis(model: ChartModel) -> dict[str, object]:
    """The axis of time, with a few periods named from the newest backwards."""
    ends, ticks = times.time_ticks(model)
    return {
        "range": list(ends),
        "tickvals": list(ticks),
        "ticktext": list(ticks.values()),
        **BASELINE,
    }


def _label_break(place: float) -> dict[str, object]:
    return build_note(
        {"x": place, "xanchor": "left", "xshift": 3},
        {"yref": "paper", "y": 1, "yanchor": "top"},
        times.NEW_SERIES,
        (theme.QUIET, theme.TINY),
    )
