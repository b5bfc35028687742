"""A plot as a chart of Excel, its numbers written beside the table that people read.

A chart must not read cells that hold a reason instead of a number, for Excel draws text as nought.
Charts therefore read a block of their own, far to the right, where what is missing is left out.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.design import theme
from dashboard.draw.series import Axis, Form, Label, Plot, Series, Shade

WIDTH, HEIGHT, ROW = 860, 430, 24
WIDEST = 40  # columns of numbers, which are hidden
GAP_WIDTH = 12  # between the columns of a range, in hundredths of one
DASHES = {"dash": "dash", "dot": "round_dot", "longdash": "long_dash"}
QUIET = {"name": "Arial", "size": 9, "color": theme.QUIET, "bold": False}
INK = {**QUIET, "color": theme.INK}
NONE = {"none": True}
KINDS = {
    Form.LINES: ("line", None),
    Form.LIST: ("bar", None),
    Form.COLUMNS: ("column", None),
    Form.WAY: ("bar", "stacked"),
    Form.POINTS: ("scatter", "straight"),
}
GAPS = {Form.LIST: 40, Form.COLUMNS: 15, Form.WAY: 60}
Options = dict[str, Any]
Columns = Sequence[tuple[str, Sequence[str | float | None]]]


class Place(NamedTuple):
    """Where the numbers behind a chart are written: a sheet, a row and a column."""

    sheet: Worksheet
    row: int
    column: int

    def refer(self, name: int, categories: int, values: int, count: int) -> Options:
        """Where a series has its name, its categories and its values, by the number of a column."""
        return {
            "name": self._cells(name, 0, 0),
            "categories": self._cells(categories, 1, count),
            "values": self._cells(values, 1, count),
        }

    def _cells(self, at: int, first: int, last: int) -> list[Any]:
        column = self.column + at
        return [self.sheet.get_name(), self.row + first, column, self.row + last, column]

    def write(self, columns: Columns) -> None:
        """Columns with their headings; what is missing is left out."""
        for at, (name, values) in enumerate(columns, start=self.column):
            self.sheet.write_string(self.row, at, name)
            for number, value in enumerate(values, start=self.row + 1):
                if isinstance(value, str):
                    self.sheet.write_string(number, at, value)
                elif value is not None:
                    self.sheet.write_number(number, at, value)


def add_sheet_chart(
    book: Workbook, sheet: Worksheet, plot: Plot, corner: tuple[int, int], title: str
) -> Chart:
    """Excel's own chart of a plot, its numbers written from a row and a column of the sheet on."""
    place = Place(sheet, *corner)
    chart = (
        _draw_points(book, place, plot)
        if plot.form is Form.POINTS
        else _draw_categories(book, place, plot)
    )
    chart.set_title({"name": escape_title(title), "overlay": False, "name_font": {
        "name": "Arial", "size": 12, "bold": True, "color": theme.INK}})  # fmt: skip
    is_list = plot.form in {Form.LIST, Form.WAY}
    tall = max(260, 110 + ROW * len(plot.categories)) if is_list else HEIGHT
    chart.set_size({"width": WIDTH, "height": tall})
    chart.set_chartarea({"border": NONE, "fill": {"color": theme.PAPER}})
    chart.show_blanks_as("gap")
    chart.show_hidden_data()
    sheet.set_column(place.column, place.column + WIDEST, None, None, {"hidden": True})
    return chart


def escape_title(title: str) -> str:
    """A title that Excel does not read as the address of a cell."""
    return f"\u200b{title}" if title.startswith("=") else title


def _add_chart(book: Workbook, kind: str, subtype: str | None) -> Chart:
    return cast("Chart", book.add_chart({"type": kind, "subtype": subtype}))


def _draw_categories(book: Workbook, place: Place, plot: Plot) -> Chart:
    """Lines or bars over categories."""
    count = len(plot.categories)
    parts = [(shade, *part) for shade in plot.shades for part in shade.parts]
    place.write(
        [
            (plot.heading, plot.categories),
            *((name, values) for _, name, values in parts),
            *((one.heading or one.name, one.values) for one in plot.series),
        ]
    )
    chart = _add_chart(book, *KINDS[plot.form])
    has_two = len(plot.shades) > 1
    for at, one in enumerate(plot.series, start=1 + len(parts)):
        look = (
            _describe_line(one) | {"y2_axis": has_two}
            if plot.form is Form.LINES
            else _describe_bars(plot, one)
        )
        chart.add_series(place.refer(at, 0, at, count) | look)
    if plot.form is not Form.LINES:
        chart.set_legend(NONE)
        (_set_columns if plot.form is Form.COLUMNS else _set_list)(chart, plot)
        return chart
    if plot.shades:
        chart = _draw_shades(_add_chart(book, "column", "stacked"), chart, place, plot.shades)
    _set_times(chart, plot, has_two=has_two)
    return chart


def _describe_line(one: Series) -> Options:
    """How a line with its points, or points alone, or a line alone are drawn."""
    line: Options = NONE
    if one.stroke:
        line = {"color": one.stroke.colour, "width": one.stroke.width[1]}
        line |= {"dash_type": DASHES[one.stroke.dash]} if one.stroke.dash in DASHES else {}
    if one.marker is None:
        return {"line": line, "marker": {"type": "none"}}
    fill, border = {"color": one.marker.colour}, {"color": one.marker.rim}
    point = {"type": one.marker.shape, "size": one.marker.size[1], "fill": fill, "border": border}
    return {"line": line, "marker": point}


def _draw_shades(chart: Chart, lines: Chart, place: Place, shades: Sequence[Shade]) -> Chart:
    """Lines with the ranges behind them, as stacked columns.

    In one stack a second range would stand on the first. Of two, the one that lies behind has axes
    of its own, with the same ends, which are not shown: the lines and the range that is compared
    with share those that are.
    """
    has_two, at = len(shades) > 1, 1
    for number, shade in enumerate(shades):
        for part, (_, values) in enumerate(shade.parts):
            fill = {"color": shade.colour, "transparency": round(100 - 100 * theme.SHADE)}
            look = {
                "fill": fill if part else NONE,
                "border": NONE,
                "gap": GAP_WIDTH,
                "overlap": 100,
            }
            where = place.refer(at, 0, at, len(values))
            chart.add_series(where | look | {"y2_axis": has_two and number > 0})
            at += 1
    if has_two:
        # xlsxwriter numbers axes by how many there are: the lines are on the second pair too.
        lines.axis_ids, lines.is_secondary = ["", ""], False
    chart.combine(lines)
    return chart


def _set_times(chart: Chart, plot: Plot, *, has_two: bool) -> None:
    # The columns of a range stand on nought, wherever the axis begins.
    values = _describe_axis(plot.up) | ({"crossing": None} if plot.shades else {})
    chart.set_x_axis({"num_font": QUIET, "line": {"color": theme.RULE}, "label_position": "low"})
    chart.set_y_axis({**values, "visible": False} if has_two else values)
    if has_two:
        chart.set_y2_axis(values)
        chart.set_x2_axis({"crossing": "min", "visible": False})
    parts = [part for shade in plot.shades for part in range(len(shade.parts))]
    unnamed = [at for at, part in enumerate(parts) if part != 1]
    legend = {"position": "bottom", "font": QUIET}
    chart.set_legend(legend | ({"delete_series": unnamed} if unnamed else {}))


def _describe_axis(axis: Axis) -> Options:
    return {
        "min": axis.low,
        "max": axis.high,
        "major_unit": axis.step,
        "num_font": QUIET,
        "num_format": axis.number_format,
        "line": NONE,
        "major_gridlines": {"visible": True, "line": {"color": theme.FAINT}},
        "crossing": "min",
    }


def _describe_bars(plot: Plot, one: Series) -> Options:
    count = range(len(one.values))
    look: Options = {"fill": {"color": one.fill} if one.fill else NONE, "gap": GAPS[plot.form]}
    if one.fills:
        fills = [one.fills.get(number) for number in count]
        look["points"] = [{"fill": {"color": colour}} if colour else None for colour in fills]
    if plot.form is Form.WAY and not one.labels:
        return look
    labels = [_describe_label(one.labels.get(number)) for number in count]
    custom = [{} for _ in count] if plot.form is Form.LIST else labels
    shown: Options = {"value": True, "custom": custom, "font": INK}
    if plot.form is Form.WAY:
        shown["position"] = "inside_end" if one is plot.series[0] else "inside_base"
    else:
        shown["num_format"] = one.number_format
    look["data_labels"] = shown
    return look


def _describe_label(label: Label | None) -> Options:
    return {"value": escape_title(label.text)} if label else {"delete": True}


def _set_list(chart: Chart, plot: Plot) -> None:
    """Bars below one another, the first at the top."""
    names: Options = {"reverse": True, "num_font": QUIET}
    values: Options = {"visible": False, "major_gridlines": {"visible": False}}
    if plot.form is Form.WAY:
        kept = ("num_format", "num_font", "major_gridlines", "major_unit")
        values = {key: value for key, value in _describe_axis(plot.up).items() if key in kept}
    else:
        names["label_position"] = "low"
    ends = {"min": plot.up.low, "max": plot.up.high}
    chart.set_y_axis(names)
    chart.set_x_axis(values | {key: end for key, end in ends.items() if end is not None})


def _set_columns(chart: Chart, plot: Plot) -> None:
    chart.set_x_axis({"label_position": "none", "major_tick_mark": "none"})
    chart.set_y_axis({**_describe_axis(plot.up), "crossing": None})


def _draw_points(book: Workbook, place: Place, plot: Plot) -> Chart:
    """Points and lines, each series with its own sizes."""
    place.write(
        [
            column
            for one in plot.series
            for column in ((plot.heading, one.sizes), (one.name, one.values))
        ]
    )
    chart = _add_chart(book, *KINDS[plot.form])
    for at, one in enumerate(plot.series):
        where = place.refer(2 * at + 1, 2 * at, 2 * at + 1, len(one.values))
        chart.add_series({**where, **_describe_line(one), **_name_point(one)})
    chart.set_legend(NONE)
    title = {"name_font": QUIET, "label_position": "low"}
    chart.set_y_axis({**_describe_axis(plot.up), **title, "name": plot.up.title})
    across = {
        key: value
        for key, value in _describe_axis(plot.across).items()
        if value is not None and (plot.across.is_log or key != "num_format")
    }
    look = {"major_gridlines": {"visible": False}, "line": {"color": theme.RULE}}
    log = {"log_base": 10} if plot.across.is_log else {}
    chart.set_x_axis({**across, **title, **look, **log, "name": plot.across.title})
    return chart


def _name_point(one: Series) -> Options:
    if not one.labels:
        return {}
    custom = [_describe_label(label) for label in one.labels.values()]
    font = {**QUIET, "size": 11, "bold": True, "color": theme.FOCUS}
    return {"data_labels": {"value": True, "custom": custom, "position": "above", "font": font}}
