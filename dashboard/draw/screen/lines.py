"""Lines over time as a Plotly figure: gaps where there is none, names at their ends. Pure."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from dashboard.charts.model import MOST_BREAKS, RANGES, ChartModel, Role, Row
from dashboard.design import theme
from dashboard.draw.screen.layout import BASELINE, layout

TREND_HEIGHT, TREND_TOP, TREND_BOTTOM, TREND_RIGHT = 340, 14, 34, 138


LABEL_GAP, LABEL_LETTERS = 17, 21


LONGEST_GAP = 1.6


TICKS = {len("2024"): 6, len("2024-25"): 5, 99: 3}  # how many fit a phone, by what they say


LINE: dict[Role, dict[str, object]] = {
    Role.ENGLAND: {"color": theme.ENGLAND, "width": 1.75, "dash": "dash"},
    Role.REGION: {"color": theme.REGION, "width": 1.75, "dash": "dot"},
    Role.NEIGHBOURS: {"color": theme.NEIGHBOUR, "width": 2.25},
    Role.FOCUS: {"color": theme.FOCUS, "width": 3.5},
    Role.PREDECESSOR: {"color": theme.QUIET, "width": 1.75, "dash": "longdash"},
}


SHADED = {Role.RANGE: theme.BAND, Role.HALF: theme.RIBBON}


INK = {
    Role.ENGLAND: theme.ENGLAND,
    Role.REGION: theme.REGION,
    Role.NEIGHBOURS: theme.NEIGHBOUR_INK,
    Role.FOCUS: theme.FOCUS,
    Role.PREDECESSOR: theme.QUIET,
}


def trend(model: ChartModel) -> dict[str, object]:
    """A chart of lines over time."""
    groups = by_label(model.rows)
    low, high = span(model)
    periods = end_periods(model)
    data: list[dict[str, object]] = []
    ends: list[tuple[str, str, float]] = []
    for index, (label, rows) in enumerate(groups.items()):
        if rows[0].role in RANGES:
            data += _range(rows, model.breaks, theme.clear(SHADED[rows[0].role]))
            continue
        line, ink = style(rows[0].role, index)
        if rows[0].role is Role.ENGLAND and not model.highlights:
            line, ink = LINE[Role.FOCUS], INK[Role.FOCUS]  # alone, it is what the chart is about
        data.append(_line(label, rows, line, model.breaks))
        last = newest(rows)
        if last and last.value is not None:
            ends.append((_end_words(label, last, periods[label]), ink, last.value))
    return {
        "data": data,
        "layout": layout(
            height=TREND_HEIGHT,
            margin={"l": 48, "r": TREND_RIGHT, "t": TREND_TOP, "b": TREND_BOTTOM},
            xaxis=time_axis(model),
            yaxis=_value_axis(model, low, high),
            annotations=_end_labels(ends, low, high) + _break_labels(model),
            shapes=_break_lines(model),
            hovermode="closest",
        ),
    }


def _line(
    label: str, rows: Sequence[Row], line: dict[str, object], breaks: Sequence[str]
) -> dict[str, object]:
    xs: list[float | None] = []
    ys: list[float | None] = []
    texts: list[str] = []
    for before, row in zip([None, *rows], rows, strict=False):
        if before is not None and is_apart(before, row, breaks):
            xs.append(None)
            ys.append(None)
            texts.append("")
        xs.append(year(row.period_end))
        ys.append(row.value)
        texts.append(f"{row.time_period}: {row.shown}")
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": label,
        "x": xs,
        "y": ys,
        "text": texts,
        "line": line,
        "marker": {
            "size": 8 if line["width"] == LINE[Role.FOCUS]["width"] else 5,
            "color": line["color"],
        },
        "connectgaps": False,
        "hovertemplate": f"<b>{label}</b><br>%{{text}}<extra></extra>",
    }


def is_apart(before: Row, row: Row, breaks: Sequence[str]) -> bool:
    """Whether a line must not join two points: years between them, or a new series."""
    return row.time_period in breaks or year(row.period_end) - year(before.period_end) > LONGEST_GAP


def _range(rows: Sequence[Row], breaks: Sequence[str], colour: str) -> list[dict[str, object]]:
    """A range as one filled outline for each run of years without a gap or a new series."""
    runs: list[list[Row]] = []
    for row in rows:
        if runs and not is_apart(runs[-1][-1], row, breaks):
            runs[-1].append(row)
        else:
            runs.append([row])
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": rows[0].label,
            "x": [year(r.period_end) for r in run] + [year(r.period_end) for r in reversed(run)],
            "y": [r.high for r in run] + [r.low for r in reversed(run)],
            "fill": "toself",
            "fillcolor": colour,
            "line": {"width": 0 if len(run) > 1 else 6, "color": colour},
            "hoverinfo": "skip",
        }
        for run in runs
    ]


def newest(rows: Sequence[Row]) -> Row | None:
    """The newest row of a line that has a value."""
    return next((row for row in reversed(rows) if row.value is not None), None)


def end_periods(model: ChartModel) -> dict[str, str]:
    """What each line's newest figure says of its period, by the line's name: (2025), or nothing.

    A figure that is not of the chart's last period says its own. Where one line stops before the
    others, all of them say theirs, for they are read side by side; an abolished council's, whose
    name says that it has ended, changes nothing for the rest.
    """
    ends = [(label, newest(rows)) for label, rows in by_label(model.rows).items()]
    last = max((row.period_end for row in model.rows if row.period_end), default=None)
    early = {label for label, row in ends if row and row.period_end != last}
    is_mixed = any(
        row and label in early and row.role is not Role.PREDECESSOR for label, row in ends
    )
    return {
        label: f"({tick(row.time_period)})" if label in early or is_mixed else ""
        for label, row in ends
        if row
    }


def _end_words(label: str, last: Row, when: str) -> str:
    lines = wrapped(label)
    said = f"{last.shown} {when}".rstrip()
    shown = f"<b>{last.shown}</b> {when}".rstrip()
    if when and len(f"{lines[-1]} {said}") > LABEL_LETTERS:
        return "<br>".join([*lines, shown])
    return "<br>".join([*lines[:-1], f"{lines[-1]} {shown}"])


def wrapped(label: str) -> list[str]:
    """A long name on two lines, so that it fits beside the plot."""
    if len(label) <= LABEL_LETTERS - 6:
        return [label]
    cut = label.rfind(" ", 0, LABEL_LETTERS)
    if cut < 0:
        return [label]
    rest = label[cut + 1 :]
    return [
        label[:cut],
        rest if len(rest) <= LABEL_LETTERS - 6 else rest[: LABEL_LETTERS - 7] + "…",
    ]


def _end_labels(
    ends: Sequence[tuple[str, str, float]], low: float, high: float
) -> list[dict[str, object]]:
    """A name and value at the right end of each line, moved apart where they would touch."""
    plot = TREND_HEIGHT - TREND_TOP - TREND_BOTTOM
    ordered = sorted(ends, key=lambda end: -end[2])
    wanted = [(high - value) / (high - low) * plot for _, _, value in ordered]
    sizes = [
        LABEL_GAP * (1 + text.count("<br>")) - 2 * text.count("<br>") for text, _, _ in ordered
    ]
    places = spread_out(wanted, sizes, plot)
    return [
        {
            "xref": "paper",
            "x": 1,
            "xanchor": "left",
            "xshift": 8,
            "yref": "paper",
            "y": 1 - place / plot,
            "yanchor": "middle",
            "text": text,
            "align": "left",
            "showarrow": False,
            "font": {"color": ink, "size": theme.SMALL, "family": theme.FONT},
        }
        for (text, ink, _), place in zip(ordered, places, strict=True)
    ]


def spread_out(wanted: Sequence[float], sizes: Sequence[float], room: float) -> list[float]:
    """Middles of labels, in order and near where each wants to be, that do not overlap."""
    places: list[float] = []
    for want, size in zip(wanted, sizes, strict=True):
        least = places[-1] + (sizes[len(places) - 1] + size) / 2 if places else size / 2
        places.append(max(want, least))
    limit = room + (sizes[-1] / 2 if sizes else 0)
    for index in range(len(places) - 1, -1, -1):
        places[index] = min(places[index], limit - sizes[index] / 2)
        limit = places[index] - sizes[index] / 2
    return places


def span(model: ChartModel) -> tuple[float, float]:
    """The range of the value axis: from nought where that does not flatten the lines."""
    numbers = [n for row in model.rows for n in (row.value, row.low, row.high) if n is not None]
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    if 0 <= low < high * 0.8:
        low = 0.0
    room = (high - low or abs(high) or 1.0) * 0.08
    return (low if low == 0 else low - room), high + room


def time_axis(model: ChartModel) -> dict[str, object]:
    """The axis of time, with a few periods named from the newest backwards."""
    ordered = _periods(model)
    longest = max((len(tick(label)) for _, label in ordered), default=0)
    most = next(number for width, number in TICKS.items() if longest <= width)
    step = max(1, -(-(len(ordered) - 1) // (most - 1)))
    ticks = [item for place, item in enumerate(reversed(ordered)) if place % step == 0]
    first, last = (year(ordered[0][0]), year(ordered[-1][0])) if ordered else (0.0, 1.0)
    room = max(0.25, (last - first) * 0.03)
    return {
        "range": [first - room, last + room],
        "tickvals": [year(end) for end, _ in ticks],
        "ticktext": [tick(label) for _, label in ticks],
        **BASELINE,
    }


def _periods(model: ChartModel) -> list[tuple[date, str]]:
    """List the periods from the first in which anything is drawn, with what each is called."""
    held = {row.period_end: row.time_period for row in model.rows if row.period_end}
    drawn = [
        row.period_end
        for row in model.rows
        if row.period_end and (row.value is not None or row.low is not None)
    ]
    start = min(drawn, default=min(held, default=date.min))
    return sorted((end, label) for end, label in held.items() if end >= start)


def tick(label: str) -> str:
    """A period in few letters: Jan 2025."""
    return label.replace("January ", "Jan ").replace(" term", "")


def _value_axis(model: ChartModel, low: float, high: float) -> dict[str, object]:
    return {
        "range": [low, high],
        "nticks": 6,
        "gridcolor": theme.FAINT,
        "zeroline": low < 0,
        "zerolinecolor": theme.RULE,
        "ticksuffix": "%" if model.unit == "percent" else "",
        "tickprefix": "£" if model.unit == "pounds" else "",
        "tickformat": ",",
        "fixedrange": True,
    }


def break_places(model: ChartModel) -> list[float]:
    """Halfway between the last point of the old series and the first of the new."""
    if len(model.breaks) > MOST_BREAKS:
        return []  # a line at every point would hide the points; the note says what they are
    return [
        (year(before[0]) + year(after[0])) / 2
        for before, after in pairwise(_periods(model))
        if after[1] in model.breaks
    ]


def _break_lines(model: ChartModel) -> list[dict[str, object]]:
    return [
        {
            "type": "line",
            "x0": place,
            "x1": place,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": theme.QUIET, "width": 1, "dash": "dot"},
        }
        for place in break_places(model)
    ]


def _break_labels(model: ChartModel) -> list[dict[str, object]]:
    return [
        {
            "x": place,
            "yref": "paper",
            "y": 1,
            "yanchor": "top",
            "xanchor": "left",
            "xshift": 3,
            "text": "new series",
            "showarrow": False,
            "font": {"color": theme.QUIET, "size": theme.TINY, "family": theme.FONT},
        }
        for place in break_places(model)
    ]


def year(end: date | None) -> float:
    """A date as a year and its fraction, so that a missing year leaves its room."""
    return 0.0 if end is None else round(end.year + end.timetuple().tm_yday / 366, 3)


def style(role: Role, index: int) -> tuple[dict[str, object], str]:
    """How a line is drawn, and the colour of its words; chosen areas take theirs in order."""
    if role is Role.CHOSEN:
        place = index % len(theme.CATEGORICAL)
        return {"color": theme.CATEGORICAL[place], "width": 2.5}, theme.CATEGORICAL_INK[place]
    return LINE[role], INK[role]


def by_label(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows of each line, in the order the lines are drawn."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.label, []).append(row)
    return groups
