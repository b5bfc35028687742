"""What each kind of chart is in Excel: the same series, colours and axes as on a slide.

A chart must not read cells that hold a reason instead of a number, for Excel draws text as nought.
Charts therefore read a block of their own, far to the right, where what is missing is left out; the
table that people read is beside the chart.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.charts.model import ChartModel, Kind, Role, Row
from dashboard.design import theme
from dashboard.draw.office import marks
from dashboard.draw.screen import lines, points, ranks

WIDTH, HEIGHT = 860, 430
DASHES = {"dash": "dash", "dot": "round_dot", "longdash": "long_dash"}
QUIET = {"name": "Arial", "size": 9, "color": theme.QUIET, "bold": False}
MARK = 0.02


class Place(NamedTuple):
    """Where the numbers behind a chart are written: a sheet, a row and a column."""

    sheet: Worksheet
    row: int
    column: int

    def column_of(self, at: int, count: int) -> list[Any]:
        """The cells of one column below its heading, as xlsxwriter names them."""
        column = self.column + at
        return [self.sheet.get_name(), self.row + 1, column, self.row + count, column]

    def heading_of(self, at: int) -> list[Any]:
        """The heading of one column."""
        column = self.column + at
        return [self.sheet.get_name(), self.row, column, self.row, column]

    def write(self, columns: Sequence[tuple[str, Sequence[str | float | None]]]) -> None:
        """Columns with their headings; what is missing is left out."""
        for at, (name, values) in enumerate(columns, start=self.column):
            self.sheet.write_string(self.row, at, name)
            for number, value in enumerate(values, start=self.row + 1):
                if isinstance(value, str):
                    self.sheet.write_string(number, at, value)
                elif value is not None:
                    self.sheet.write_number(number, at, value)


def made(book: Workbook, sheet: Worksheet, model: ChartModel, corner: tuple[int, int]) -> Chart:
    """Excel's own chart of a model, its numbers written at a corner of the sheet.

    Args:
        book: the workbook.
        sheet: the sheet the numbers are written to.
        model: what the chart says; of any kind but the tile map.
        corner: the row and the column of the first heading.
    """
    place = Place(sheet, *corner)
    chart = MADE[model.kind](book, place, model)
    chart.set_title({"name": safe_title(model.title), "overlay": False, "name_font": {
        "name": "Arial", "size": 12, "bold": True, "color": theme.INK}})  # fmt: skip
    chart.set_size({"width": WIDTH, "height": _height(model)})
    chart.set_chartarea({"border": {"none": True}, "fill": {"color": theme.PAPER}})
    chart.show_blanks_as("gap")
    chart.show_hidden_data()
    last = place.column + 40
    sheet.set_column(place.column, last, None, None, {"hidden": True})
    return chart


def _new(book: Workbook, kind: str, subtype: str = "") -> Chart:
    return cast("Chart", book.add_chart({"type": kind, "subtype": subtype or None}))


def safe_title(title: str) -> str:
    """A title that Excel does not read as the address of a cell."""
    return f"\u200b{title}" if title.startswith("=") else title


def _height(model: ChartModel) -> int:
    is_list = model.kind is Kind.POSITIONS or (
        model.kind is Kind.RANKED_BAR and len(model.rows) <= marks.MOST_NAMED
    )
    return max(260, 110 + 24 * len(model.rows)) if is_list else HEIGHT


def _over_time(book: Workbook, place: Place, model: ChartModel) -> Chart:
    found, shades = marks.times(model), marks.floating(model)
    count = len(found.periods)
    columns: list[tuple[str, Sequence[str | float | None]]] = [("Period", found.periods)]
    columns += [column for shade in shades for column in shade.columns()]
    first = len(columns)
    for line in found.lines:
        rows = [line.rows.get(period) for period in found.periods]
        columns.append((line.label, [row.value if row else None for row in rows]))
    place.write(columns)
    drawn = _new(book, "line")
    has_two = len(shades) == marks.MOST_RANGES
    for at, line in enumerate(found.lines, start=first):
        look = _line(place, at, count, line, is_joined=not marks.has_forest(model))
        drawn.add_series(look | {"y2_axis": has_two})
    if not shades:
        _times_axes(drawn, model)
        return drawn
    return _shaded(_new(book, "column", "stacked"), drawn, place, (model, shades))


def _shaded(
    chart: Chart, drawn: Chart, place: Place, given: tuple[ChartModel, list[marks.Floating]]
) -> Chart:
    """Lines with the ranges behind them, as stacked columns.

    In one stack a second range would stand on the first. Of two, the one that lies behind has axes
    of its own, with the same ends, which are not shown: the lines and the range that is compared
    with share those that are.
    """
    model, shades = given
    has_two = len(shades) == marks.MOST_RANGES
    hidden, at = [], 1
    for number, shade in enumerate(shades):
        for part, (_, values) in enumerate(shade.columns()):
            look = _band(place, (at, len(values)), shade.colour if part else "")
            chart.add_series(look | {"y2_axis": has_two and number > 0})
            hidden += [at - 1] if part != 1 else []
            at += 1
    if has_two:
        # xlsxwriter numbers axes by how many there are: the lines are on the second pair too.
        drawn.axis_ids, drawn.is_secondary = ["", ""], False
    chart.combine(drawn)
    _times_axes(chart, model, has_two=has_two, is_shaded=True)
    chart.set_legend({"position": "bottom", "font": QUIET, "delete_series": hidden})
    return chart


def _line(
    place: Place, at: int, count: int, line: marks.Line, *, is_joined: bool
) -> dict[str, Any]:
    style: dict[str, Any] = line.style
    colour, width = style["color"], style["width"]
    stroke: dict[str, Any] = {"color": colour, "width": width * 0.75}
    if style.get("dash") in DASHES:
        stroke["dash_type"] = DASHES[style["dash"]]
    is_main = width == lines.LINE[Role.FOCUS]["width"]
    return {
        "name": place.heading_of(at),
        "categories": place.column_of(0, count),
        "values": place.column_of(at, count),
        "line": stroke if is_joined else {"none": True},
        "marker": {
            "type": "circle",
            "size": 8 if is_main else 5,
            "fill": {"color": colour},
            "border": {"color": colour},
        },
    }


def _band(place: Place, where: tuple[int, int], colour: str) -> dict[str, Any]:
    at, count = where
    fill = {"color": colour, "transparency": round(100 - 100 * theme.SHADE)}
    return {
        "name": place.heading_of(at),
        "categories": place.column_of(0, count),
        "values": place.column_of(at, count),
        "fill": fill if colour else {"none": True},
        "border": {"none": True},
        "gap": marks.GAP_WIDTH,
        "overlap": 100,
    }


def _times_axes(
    chart: Chart, model: ChartModel, *, has_two: bool = False, is_shaded: bool = False
) -> None:
    low, high, step = marks.steps(*marks.extent(model))
    # The columns of a range stand on nought, wherever the axis begins.
    values = _values(model, low, high, step) | ({"crossing": None} if is_shaded else {})
    chart.set_x_axis({"num_font": QUIET, "line": {"color": theme.RULE}, "label_position": "low"})
    if has_two:
        chart.set_y_axis({**values, "visible": False})
        chart.set_y2_axis(values)
        chart.set_x2_axis({"crossing": "min", "visible": False})
    else:
        chart.set_y_axis(values)
    chart.set_legend({"position": "bottom", "font": QUIET})


def _values(model: ChartModel, low: float, high: float, step: float) -> dict[str, Any]:
    return {
        "min": low,
        "max": high,
        "major_unit": step,
        "num_font": QUIET,
        "num_format": marks.step_format(model.unit, step),
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": theme.FAINT}},
        "crossing": "min",
    }


def _in_order(book: Workbook, place: Place, model: ChartModel) -> Chart:
    rows, named = model.rows, len(model.rows) <= marks.MOST_NAMED
    place.write([("Area", [r.label for r in rows]), ("Value", [r.value for r in rows])])
    chart = _new(book, "bar" if named else "column")
    usual = marks.shown_format(model, rows)
    chart.add_series(
        {
            "name": place.heading_of(1),
            "categories": place.column_of(0, len(rows)),
            "values": place.column_of(1, len(rows)),
            "fill": {"color": theme.OTHERS},
            "gap": 40 if named else 15,
            "points": [
                {"fill": {"color": ranks.BAR[r.role]}} if r.role is not Role.OTHER else None
                for r in rows
            ],
            "data_labels": {
                "value": True,
                "num_format": usual,
                "custom": [_label(row, is_named=named) for row in rows],
                "font": {**QUIET, "color": theme.INK},
            },
        }
    )
    chart.set_legend({"none": True})
    low, high, step = marks.steps(*_from_nought(marks.extent(model)))
    if named:
        chart.set_y_axis({"reverse": True, "num_font": QUIET, "label_position": "low"})
        # Left to itself Excel may begin an axis near the lowest value.
        ends = {"min": 0} if low >= 0 else {"max": 0} if high <= 0 else {}
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, **ends})
    else:
        chart.set_x_axis({"label_position": "none", "major_tick_mark": "none"})
        chart.set_y_axis({**_values(model, low, high, step), "crossing": None})
    return chart


def _from_nought(ends: tuple[float, float]) -> tuple[float, float]:
    return min(ends[0], 0.0), max(ends[1], 0.0)


def _label(row: Row, *, is_named: bool) -> dict[str, Any]:
    """Every named bar has its value; of many columns, only those marked have their name."""
    if is_named:
        return {}
    if row.role in {Role.FOCUS, Role.ENGLAND}:
        return {"value": f"{row.label} {row.shown}"}
    return {"delete": True}


def _positions(book: Workbook, place: Place, model: ChartModel) -> Chart:
    rows = model.rows
    shares = [ranks.how_far(row) for row in rows]
    place.write(
        [
            ("Metric", [row.label for row in rows]),
            ("From best (0) to worst (1)", [max(share - MARK / 2, 0) for share in shares]),
            ("Rank", [MARK] * len(rows)),
            ("The rest of the way", [1 + MARK / 2 - share for share in shares]),
        ]
    )
    chart = _new(book, "bar", "stacked")
    for at in (1, 2, 3):
        chart.add_series(
            {
                "name": place.heading_of(at),
                "categories": place.column_of(0, len(rows)),
                "values": place.column_of(at, len(rows)),
                "fill": {"color": theme.FOCUS} if at == 2 else {"none": True},  # noqa: PLR2004
                "gap": 60,
                **({} if at == 2 else {"data_labels": _ranks(model, is_right=at == 1)}),  # noqa: PLR2004
            }
        )
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": QUIET})
    chart.set_x_axis(
        {
            "min": 0,
            "max": 1 + MARK,
            "major_unit": 0.25,
            "num_format": '[=0]"Best";[=1]"Worst";;',
            "num_font": QUIET,
            "major_gridlines": {"visible": True, "line": {"color": theme.FAINT}},
        }
    )
    return chart


def _ranks(model: ChartModel, *, is_right: bool) -> dict[str, Any]:
    custom = [
        {"value": safe_title(row.shown)}
        if (ranks.how_far(row) > ranks.MIDDLE) is is_right
        else {"delete": True}
        for row in model.rows
    ]
    where = "inside_end" if is_right else "inside_base"
    font = {**QUIET, "color": theme.INK}
    return {"value": True, "custom": custom, "position": where, "font": font}


def _by_size(book: Workbook, place: Place, model: ChartModel) -> Chart:
    chart = _new(book, "scatter", "straight")
    columns: list[tuple[str, Sequence[str | float | None]]] = []
    series: list[dict[str, Any]] = []
    for role, drawn in points.POINT.items():
        rows = [row for row in model.rows if row.role is role]
        if rows:
            series.append(_points(role, drawn, rows))
            name = marks.role_name(model, role)
            columns += [("Size", [r.size for r in rows]), (name, [r.value for r in rows])]
    for curve, name in zip(model.curves, marks.curve_names(model), strict=True):
        series.append(_curve(is_middle=curve.is_middle, is_outer=curve.is_outer))
        columns += [("Size", curve.sizes), (name, curve.values)]
    place.write(columns)
    for at, look in enumerate(series):
        count = len(columns[2 * at][1])
        where = {
            "name": place.heading_of(2 * at + 1),
            "categories": place.column_of(2 * at, count),
            "values": place.column_of(2 * at + 1, count),
        }
        chart.add_series({**where, **look})
    chart.set_legend({"none": True})
    _size_axes(chart, model)
    return chart


def _curve(*, is_middle: bool, is_outer: bool) -> dict[str, Any]:
    colour = theme.ENGLAND if is_middle else theme.QUIET
    dash = {"dash_type": "dash"} if is_outer else {}
    line = {"color": colour, "width": 1.5 if is_middle else 1, **dash}
    return {"line": line, "marker": {"type": "none"}}


def _points(role: Role, drawn: Mapping[str, Any], rows: Sequence[Row]) -> dict[str, Any]:
    look = {
        "line": {"none": True},
        "marker": {
            "type": "diamond" if role is Role.NEIGHBOUR else "circle",
            "size": drawn["size"],
            "fill": {"color": drawn["color"]},
            "border": {"color": drawn["line"]["color"]},
        },
    }
    if role is Role.FOCUS:
        named = {"value": f"{rows[0].label} {rows[0].shown}"}
        font = {**QUIET, "size": 11, "bold": True, "color": theme.FOCUS}
        label = {"value": True, "custom": [named], "position": "above", "font": font}
        return {**look, "data_labels": label}
    return look


def _size_axes(chart: Chart, model: ChartModel) -> None:
    low, high, step = marks.steps(*marks.extent(model))
    named = {"name": points.up(model), "name_font": QUIET}
    chart.set_y_axis({**_values(model, low, high, step), **named, "label_position": "low"})
    across: dict[str, Any] = {
        "name": model.across,
        "name_font": QUIET,
        "num_font": QUIET,
        "label_position": "low",
        "major_gridlines": {"visible": False},
        "line": {"color": theme.RULE},
        "crossing": "min",
    }
    if model.kind is Kind.FUNNEL:
        sizes = [row.size for row in model.rows if row.size] or [1.0]
        least, most = marks.powers(min(sizes), max(sizes))
        across |= {"log_base": 10, "min": least, "max": most, "num_format": "#,##0"}
        across["name"] = f"{model.across} (log scale)"
    chart.set_x_axis(across)


MADE: dict[Kind, Callable[[Workbook, Place, ChartModel], Chart]] = {
    Kind.TREND: _over_time,
    Kind.RANKED_BAR: _in_order,
    Kind.POSITIONS: _positions,
    Kind.FUNNEL: _by_size,
    Kind.SCATTER: _by_size,
}
