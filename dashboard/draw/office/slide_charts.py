"""A plot as a chart of PowerPoint, whose numbers and look can be edited."""

from collections.abc import Sequence
from copy import deepcopy
from itertools import chain
from typing import Any, TypeAlias

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.design import theme
from dashboard.draw.looks import hexed
from dashboard.draw.series import Axis, Form, Label, Plot, Series, Shade

Part: TypeAlias = Any  # of a chart: python-pptx finds its classes only when they are asked for

LARGE, SMALL, TINY = 14, 12, 10
MOST_PERIODS = 13  # as many as can be named
DASHES = {"dash": MSO_LINE.DASH, "dot": MSO_LINE.ROUND_DOT, "longdash": MSO_LINE.LONG_DASH}
SHAPES = {"circle": XL_MARKER_STYLE.CIRCLE, "diamond": XL_MARKER_STYLE.DIAMOND}
SECOND = "9"  # begins the numbers of the axes that are not shown
GAP_WIDTH = 12  # between the columns of a range, in hundredths of one
KINDS = {
    Form.LINES: XL_CHART_TYPE.LINE_MARKERS,
    Form.LIST: XL_CHART_TYPE.BAR_CLUSTERED,
    Form.COLUMNS: XL_CHART_TYPE.COLUMN_CLUSTERED,
    Form.WAY: XL_CHART_TYPE.BAR_STACKED,
    Form.POINTS: XL_CHART_TYPE.XY_SCATTER_LINES,
}
GAPS = {Form.LIST: 40, Form.COLUMNS: 15, Form.WAY: 60}
NAME_SIZES = {Form.LIST: (15, LARGE, SMALL), Form.WAY: (13, SMALL, TINY)}  # most in the large size
LABELS = {
    Form.LINES: XL_LABEL_POSITION.RIGHT,
    Form.COLUMNS: XL_LABEL_POSITION.OUTSIDE_END,
    Form.POINTS: XL_LABEL_POSITION.ABOVE,
}


def add_slide_chart(shapes: Part, plot: Plot, place: Sequence[int]) -> Part:
    """Draw a plot on a slide at a left, top, width and height; returns its frame."""
    frame = shapes.add_chart(KINDS[plot.form], *place, _build_data(plot))
    chart = frame.chart
    chart.font.size = Pt(SMALL)
    chart.font.color.rgb = _parse_colour(theme.QUIET)
    chart.has_title = chart.has_legend = False
    _dress_series(chart, plot)
    if plot.form in {Form.LIST, Form.WAY}:
        _dress_list(chart, plot)
    else:
        _dress_axes(chart, plot)
    {Form.LINES: _dress_times, Form.POINTS: _dress_sizes}.get(plot.form, _dress_bars)(chart, plot)
    return frame


def _build_data(plot: Plot) -> Part:
    if plot.form is Form.POINTS:
        data = XyChartData(number_format=plot.number_format)
        for one in plot.series:
            series = data.add_series(one.name)
            for size, value in zip(one.sizes, one.values, strict=True):
                series.add_data_point(size, value)
        return data
    data = CategoryChartData(number_format=plot.number_format)
    data.categories = plot.categories
    for name, values in chain.from_iterable(shade.parts for shade in plot.shades):
        data.add_series(name, values)
    for one in plot.series:
        data.add_series(one.name, one.values, one.number_format)
    return data


def _dress_series(chart: Part, plot: Plot) -> None:
    behind = sum(len(shade.parts) for shade in plot.shades)
    for drawn, one in zip(list(chart.plots[0].series)[behind:], plot.series, strict=True):
        if plot.form in {Form.LINES, Form.POINTS}:
            _draw_stroke(drawn, one)
            _draw_marker(drawn, one)
        else:
            _draw_bars(drawn, one)
        is_first = one is plot.series[0]
        inside = XL_LABEL_POSITION.INSIDE_END if is_first else XL_LABEL_POSITION.INSIDE_BASE
        place = LABELS.get(plot.form, inside)
        size = SMALL if plot.form is Form.WAY else LARGE
        for number, label in one.labels.items():
            if not label.is_crowded:
                _write_label(drawn.points[number].data_label, label, size, place)


def _draw_stroke(drawn: Part, one: Series) -> None:
    line, drawn.smooth = drawn.format.line, False
    if one.stroke is None:
        line.fill.background()
        return
    line.color.rgb, line.width = _parse_colour(one.stroke.colour), Pt(one.stroke.width[0])
    if one.stroke.dash in DASHES:
        line.dash_style = DASHES[one.stroke.dash]


def _draw_marker(drawn: Part, one: Series) -> None:
    if one.marker is None:
        drawn.marker.style = XL_MARKER_STYLE.NONE
        return
    drawn.marker.style, drawn.marker.size = SHAPES[one.marker.shape], one.marker.size[0]
    _paint(drawn.marker.format, one.marker.colour)
    drawn.marker.format.line.color.rgb = _parse_colour(one.marker.rim)
    if one.sizes:
        drawn.marker.format.line.width = Pt(0.75)


def _draw_bars(drawn: Part, one: Series) -> None:
    if one.fills:
        drawn.invert_if_negative = False
    if one.fill:
        _paint(drawn.format, one.fill)
    else:
        drawn.format.fill.background()
    for number, colour in one.fills.items():
        _paint(drawn.points[number].format, colour)


def _dress_axes(chart: Part, plot: Plot) -> None:
    axis = chart.value_axis
    _set_ends(axis, plot.up)
    _draw_grid(axis)
    axis.major_tick_mark = XL_TICK_MARK.NONE
    # Columns stand on nought, wherever the axis begins.
    is_on_nought = plot.shades or plot.form is Form.COLUMNS
    axis.crosses = XL_AXIS_CROSSES.AUTOMATIC if is_on_nought else XL_AXIS_CROSSES.MINIMUM
    chart.category_axis.crosses = XL_AXIS_CROSSES.MINIMUM
    chart.category_axis.format.line.color.rgb = _parse_colour(theme.RULE)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def _set_ends(axis: Part, wanted: Axis) -> None:
    axis.minimum_scale, axis.maximum_scale = wanted.low, wanted.high
    if wanted.step:
        axis.major_unit = wanted.step
    if wanted.number_format:
        axis.tick_labels.number_format = wanted.number_format
        axis.tick_labels.number_format_is_linked = False


def _draw_grid(axis: Part) -> None:
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = _parse_colour(theme.FAINT)
    axis.format.line.fill.background()


# Over time ---------------------------------------------------------------------------------------


def _dress_times(chart: Part, plot: Plot) -> None:
    chart.category_axis.tick_labels.font.size = Pt(SMALL)
    _skip_names(chart, max(1, -(-len(plot.categories) // MOST_PERIODS)))
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(SMALL)
    if plot.shades:
        _draw_shades(chart, plot.shades)


def _draw_shades(chart: Part, shades: Sequence[Shade]) -> None:
    """Turn the first series into stacked columns behind the lines: nothing, then the range.

    In one stack a second range would stand on the first. Of two, the one that lies behind has axes
    of its own, with the same ends, which are not shown: the lines and the range that is compared
    with share those that are.
    """
    lines = chart._chartSpace.find(f".//{qn('c:lineChart')}")  # noqa: SLF001
    pool = iter(lines.findall(qn("c:ser")))
    hidden = _add_second_axes(chart) if len(shades) > 1 else []
    number = 0
    for at, shade in enumerate(shades):
        series = [next(pool) for _ in shade.parts]
        own = [axis.find(qn("c:axId")) for axis in hidden] if hidden and not at else []
        lines.addprevious(_draw_columns(series, shade.colour, own or lines.findall(qn("c:axId"))))
        for part in range(len(series)):
            if part != 1:
                _hide_from_legend(chart, number + part)
        number += len(series)


def _add_second_axes(chart: Part) -> list[Part]:
    """A copy of both axes, not shown: the same ends, so that a range lies where the lines do."""
    area = chart._chartSpace.find(f".//{qn('c:plotArea')}")  # noqa: SLF001
    axes = [area.find(qn("c:catAx")), area.find(qn("c:valAx"))]
    copies = [deepcopy(axis) for axis in axes]
    for copy in copies:
        copy.find(qn("c:delete")).set("val", "1")
        for name in ("c:axId", "c:crossAx"):
            copy.find(qn(name)).set("val", f"{SECOND}{copy.find(qn(name)).get('val')[-6:]}")
        axes[0].addprevious(copy)
    return copies


def _draw_columns(series: Sequence[Part], colour: str, axes: Sequence[Part]) -> Part:
    """Series as one stack of columns, the first without a fill."""
    kind = '<c:barDir val="col"/><c:grouping val="stacked"/><c:varyColors val="0"/>'
    area = _parse_element("barChart", kind)
    for number, one in enumerate(series):
        for name in ("c:marker", "c:smooth", "c:spPr", "c:dPt"):
            for old in one.findall(qn(name)):
                one.remove(old)
        one.find(qn("c:tx")).addnext(_build_fill(colour if number else ""))
        area.append(one)
    numbers = [("gapWidth", GAP_WIDTH), ("overlap", 100)]
    for name, amount in (*numbers, *(("axId", axis.get("val")) for axis in axes)):
        area.append(_parse_element(name, val=amount))
    return area


def _build_fill(colour: str) -> Part:
    inside = (
        f'<a:solidFill><a:srgbClr val="{_parse_colour(colour)}">'
        f'<a:alpha val="{round(100_000 * theme.SHADE)}"/></a:srgbClr></a:solidFill>'
        if colour
        else "<a:noFill/>"
    )
    return _parse_element("spPr", f"{inside}<a:ln><a:noFill/></a:ln>")


def _hide_from_legend(chart: Part, number: int) -> None:
    legend = chart._chartSpace.find(f".//{qn('c:legend')}")  # noqa: SLF001
    entry = _parse_element("legendEntry", f'<c:idx val="{number}"/><c:delete val="1"/>')
    before = legend.findall(qn("c:legendEntry"))
    (before[-1] if before else legend.find(qn("c:legendPos"))).addnext(entry)


def _skip_names(chart: Part, step: int) -> None:
    """Name every so manieth category: left to itself a program skips names where there are many."""
    axis = chart._chartSpace.find(f".//{qn('c:catAx')}")  # noqa: SLF001
    axis.find(qn("c:noMultiLvlLbl")).addprevious(_parse_element("tickLblSkip", val=step))


# In order and by size ----------------------------------------------------------------------------


def _dress_bars(chart: Part, plot: Plot) -> None:
    group = chart.plots[0]
    group.gap_width = GAPS[plot.form]
    if plot.form is Form.COLUMNS:
        chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        return
    if plot.form is Form.WAY:
        group.overlap = 100
        return
    group.has_data_labels = True
    labels = group.data_labels
    labels.show_value, labels.number_format_is_linked = True, True
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.color.rgb = Pt(LARGE), _parse_colour(theme.INK)


def _dress_list(chart: Part, plot: Plot) -> None:
    """The first category at the top, with names in ink; an axis of values only of ranks."""
    value, names = chart.value_axis, chart.category_axis
    value.visible = plot.form is Form.WAY
    value.has_major_gridlines = False
    if value.visible:
        _draw_grid(value)
    _set_ends(value, plot.up)
    names.format.line.color.rgb = _parse_colour(theme.RULE)
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.reverse_order = True
    _skip_names(chart, 1)
    most, large, small = NAME_SIZES[plot.form]
    font = names.tick_labels.font
    font.size = Pt(large if len(plot.categories) <= most else small)
    font.color.rgb = _parse_colour(theme.INK)


def _dress_sizes(chart: Part, plot: Plot) -> None:
    axis = chart.category_axis
    axis.has_major_gridlines = False
    _write_title(chart.value_axis, plot.up.title)
    _write_title(axis, plot.across.title)
    _set_ends(axis, plot.across)
    if plot.across.is_log:
        scaling = axis._element.find(qn("c:scaling"))  # noqa: SLF001
        scaling.insert(0, _parse_element("logBase", val=10))


# Shared ------------------------------------------------------------------------------------------


def _write_title(axis: Part, text: str) -> None:
    axis.has_title = True
    axis.axis_title.text_frame.text = text
    font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
    font.size, font.bold, font.color.rgb = Pt(SMALL), False, _parse_colour(theme.QUIET)


def _write_label(drawn: Part, label: Label, size: int, place: XL_LABEL_POSITION) -> None:
    drawn.text_frame.text = label.text
    drawn.text_frame.word_wrap = False
    font = drawn.text_frame.paragraphs[0].runs[0].font
    font.size, font.bold, font.color.rgb = Pt(size), label.is_bold, _parse_colour(label.colour)
    drawn.position = place


def _parse_element(name: str, inside: str = "", **attributes: object) -> Part:
    """An element of a chart."""
    given = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return parse_xml(f"<c:{name} {nsdecls('c', 'a')}{given}>{inside}</c:{name}>")


def _paint(look: Part, colour: str) -> None:
    look.fill.solid()
    look.fill.fore_color.rgb = _parse_colour(colour)


def _parse_colour(name: str) -> RGBColor:
    return RGBColor.from_string(hexed(name))
