"""What each kind of chart is in PowerPoint: its data, and its look by role."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any, NamedTuple, TypeAlias

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

from dashboard.charts.model import ChartModel, Kind, Role, Row
from dashboard.design import theme
from dashboard.draw.office import marks
from dashboard.draw.screen import lines, ranks
from dashboard.draw.screen import points as funnels

Part: TypeAlias = Any  # of a chart: python-pptx finds its classes only when they are asked for

SIZE, SMALL, TINY = 14, 12, 10
MOST_LARGE, MOST_SMALL = 15, 13  # names on an axis in the large and in the small size
POINT = 0.75
DASHES = {"dash": MSO_LINE.DASH, "dot": MSO_LINE.ROUND_DOT, "longdash": MSO_LINE.LONG_DASH}
SECOND = "9"  # begins the numbers of the axes that are not shown
MARK = 0.02  # how wide a rank's mark is, of the whole way from best to worst
TOUCH = 0.07  # names at the ends of lines closer than this share of the axis would touch
BEST_TO_WORST = '[=0]"Best";[=1]"Worst";;'
COLUMN_NAMES = {Role.FOCUS, Role.ENGLAND}


class Way(NamedTuple):
    """How one kind of chart is made and dressed."""

    kind: Callable[[ChartModel], Part]
    data: Callable[[ChartModel], Part]
    dress: Callable[[Part, ChartModel], None]


def kind_and_data(model: ChartModel, place: Sequence[int]) -> tuple[Part, ...]:
    """What python-pptx is asked for: the kind, left, top, width, height and the data."""
    way = WAYS[model.kind]
    return (way.kind(model), *place, way.data(model))


def dress(chart: Part, model: ChartModel) -> None:
    """Colours, axes and labels, as on screen."""
    chart.font.size = Pt(SMALL)
    chart.font.color.rgb = _colour(theme.QUIET)
    chart.has_title = False
    chart.has_legend = False
    WAYS[model.kind].dress(chart, model)


# Over time ---------------------------------------------------------------------------------------


def _times_data(model: ChartModel) -> Part:
    found = marks.times(model)
    data = CategoryChartData(number_format=marks.number_format(model.unit, model.decimals))
    data.categories = found.periods
    for shade in marks.floating(model):
        for name, values in shade.columns():
            data.add_series(name, values)
    for line in found.lines:
        values = [_value(line.rows.get(period)) for period in found.periods]
        data.add_series(line.label, values, _format(model, list(line.rows.values())))
    return data


def _dress_times(chart: Part, model: ChartModel) -> None:
    found, shades = marks.times(model), marks.floating(model)
    count = sum(len(shade.columns()) for shade in shades)
    plotted = list(chart.plots[0].series)[count:]
    for series, line in zip(plotted, found.lines, strict=True):
        _draw_line(series, line)
        if marks.has_forest(model):
            series.format.line.fill.background()
    _name_ends(plotted, found, model)
    _axes(chart, model)
    chart.category_axis.tick_labels.font.size = Pt(SMALL)
    _skip_names(chart, len(found.periods))
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(SMALL)
    if shades:
        _shade(chart, shades)


def _draw_line(series: Part, line: marks.Line) -> None:
    style: dict[str, Any] = line.style
    colour = _colour(style["color"])
    series.smooth = False
    series.format.line.color.rgb = colour
    series.format.line.width = Pt(style["width"] * 0.9)
    if style.get("dash") in DASHES:
        series.format.line.dash_style = DASHES[style["dash"]]
    series.marker.style = XL_MARKER_STYLE.CIRCLE
    series.marker.size = 9 if line.role is Role.FOCUS else 5
    for part in (series.marker.format.fill,):
        part.solid()
        part.fore_color.rgb = colour
    series.marker.format.line.color.rgb = colour


def _name_ends(plotted: Sequence[Part], found: marks.Times, model: ChartModel) -> None:
    """The newest value at the end of each line, left out where two would touch."""
    low, high = lines.span(model)
    taken: list[float] = []
    order = sorted(
        zip(plotted, found.lines, strict=True),
        key=lambda pair: pair[1].role not in {Role.FOCUS, Role.CHOSEN},
    )
    for series, line in order:
        end = marks.last(line)
        if end is None or end.value is None:
            continue
        place = (end.value - low) / (high - low)
        if any(abs(place - other) < TOUCH for other in taken):
            continue
        taken.append(place)
        label = series.points[found.periods.index(end.time_period)].data_label
        _label(label, marks.end_words(line, end), line.ink, bold=line.role is Role.FOCUS)
        label.position = XL_LABEL_POSITION.RIGHT


def _shade(chart: Part, shades: Sequence[marks.Floating]) -> None:
    """Turn the first series into stacked columns behind the lines: nothing, then the range.

    In one stack a second range would stand on the first. Of two, the one that lies behind has axes
    of its own, with the same ends, which are not shown: the lines and the range that is compared
    with share those that are.
    """
    lines_ = chart._chartSpace.find(f".//{qn('c:lineChart')}")  # noqa: SLF001
    pool = iter(lines_.findall(qn("c:ser")))
    # The columns of a range stand on nought, wherever the axis begins.
    chart.value_axis.crosses = XL_AXIS_CROSSES.AUTOMATIC
    hidden = _second_axes(chart) if len(shades) == marks.MOST_RANGES else []
    number = 0
    for at, shade in enumerate(shades):
        series = [next(pool) for _ in shade.columns()]
        own = [axis.find(qn("c:axId")) for axis in hidden] if hidden and not at else []
        lines_.addprevious(_columns(series, shade.colour, own or lines_.findall(qn("c:axId"))))
        for part in range(len(series)):
            if part != 1:
                _hide_from_legend(chart, number + part)
        number += len(series)


def _second_axes(chart: Part) -> list[Part]:
    """A copy of both axes, not shown: the same ends, so that a range lies where the lines do."""
    area = chart._chartSpace.find(f".//{qn('c:plotArea')}")  # noqa: SLF001
    axes = [area.find(qn("c:catAx")), area.find(qn("c:valAx"))]
    copies = [deepcopy(axis) for axis in axes]
    for copy in copies:
        copy.find(qn("c:delete")).set("val", "1")
        for name in ("c:axId", "c:crossAx"):
            copy.find(qn(name)).set("val", f"{SECOND}{copy.find(qn(name)).get('val')[-6:]}")
    axes[0].addprevious(copies[0])
    axes[0].addprevious(copies[1])
    return copies


def _columns(series: Sequence[Part], colour: str, axes: Sequence[Part]) -> Part:
    """Series as one stack of columns, the first without a fill."""
    area = parse_xml(
        f'<c:barChart {nsdecls("c")}><c:barDir val="col"/><c:grouping val="stacked"/>'
        '<c:varyColors val="0"/></c:barChart>'
    )
    for number, one in enumerate(series):
        for name in ("c:marker", "c:smooth", "c:spPr", "c:dPt"):
            for old in one.findall(qn(name)):
                one.remove(old)
        one.find(qn("c:tx")).addnext(_fill(colour if number else ""))
        area.append(one)
    for name, amount in (("gapWidth", marks.GAP_WIDTH), ("overlap", 100)):
        area.append(parse_xml(f'<c:{name} {nsdecls("c")} val="{amount}"/>'))
    for axis in axes:
        area.append(parse_xml(f'<c:axId {nsdecls("c")} val="{axis.get("val")}"/>'))
    return area


def _fill(colour: str) -> Part:
    inside = (
        f'<a:solidFill><a:srgbClr val="{marks.hexed(colour)}">'
        f'<a:alpha val="{round(100_000 * theme.SHADE)}"/></a:srgbClr></a:solidFill>'
        if colour
        else "<a:noFill/>"
    )
    return parse_xml(f"<c:spPr {nsdecls('c', 'a')}>{inside}<a:ln><a:noFill/></a:ln></c:spPr>")


def _hide_from_legend(chart: Part, number: int) -> None:
    legend = chart._chartSpace.find(f".//{qn('c:legend')}")  # noqa: SLF001
    entry = parse_xml(
        f'<c:legendEntry {nsdecls("c")}><c:idx val="{number}"/><c:delete val="1"/></c:legendEntry>'
    )
    held = legend.findall(qn("c:legendEntry"))
    (held[-1] if held else legend.find(qn("c:legendPos"))).addnext(entry)


def _skip_names(chart: Part, count: int) -> None:
    """Name so many periods as fit."""
    axis = chart._chartSpace.find(f".//{qn('c:catAx')}")  # noqa: SLF001
    step = max(1, -(-count // 13))
    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="{step}"/>')
    axis.find(qn("c:noMultiLvlLbl")).addprevious(skip)


# In order ----------------------------------------------------------------------------------------


def _is_named(model: ChartModel) -> bool:
    return len(model.rows) <= marks.MOST_NAMED


def _bar_kind(model: ChartModel) -> Part:
    return XL_CHART_TYPE.BAR_CLUSTERED if _is_named(model) else XL_CHART_TYPE.COLUMN_CLUSTERED


def _bar_data(model: ChartModel) -> Part:
    data = CategoryChartData(number_format=_format(model, model.rows))
    data.categories = [row.label for row in model.rows]
    data.add_series(model.subtitle, [row.value for row in model.rows])
    return data


def _dress_bars(chart: Part, model: ChartModel) -> None:
    series = chart.plots[0].series[0]
    series.invert_if_negative = False
    _paint(series.format, theme.OTHERS)
    for number, row in enumerate(model.rows):
        if row.role is not Role.OTHER:
            _paint(series.points[number].format, ranks.BAR[row.role])
    _plain_axes(chart)
    if _is_named(model):
        _dress_list(chart, model)
        return
    chart.plots[0].gap_width = 15
    _columns_axis(chart, model)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    _name_columns(series, model)


def _dress_list(chart: Part, model: ChartModel) -> None:
    """Bars below one another, each with its name and its value."""
    # Left to itself a program may begin an axis near the lowest value, and bars then say nothing.
    low, high = marks.extent(model)
    chart.value_axis.minimum_scale = 0 if low >= 0 else None
    chart.value_axis.maximum_scale = 0 if high <= 0 else None
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 40, True
    labels = plot.data_labels
    labels.show_value, labels.number_format_is_linked = True, True
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.color.rgb = Pt(SIZE), _colour(theme.INK)
    _downwards(chart, SIZE if len(model.rows) <= MOST_LARGE else SMALL)


def _downwards(chart: Part, size: int) -> None:
    """The first category at the top, with names in ink."""
    axis = chart.category_axis
    axis.reverse_order = True
    # Every name: left to itself a program skips names where there are many.
    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)  # noqa: SLF001
    axis.tick_labels.font.size, axis.tick_labels.font.color.rgb = Pt(size), _colour(theme.INK)


def _columns_axis(chart: Part, model: ChartModel) -> None:
    """An axis for columns, which start at nought."""
    low, high = marks.extent(model)
    _axes(chart, model)
    axis = chart.value_axis
    axis.visible = True
    low, high, axis.major_unit = marks.steps(min(low, 0.0), max(high, 0.0))
    axis.minimum_scale, axis.maximum_scale = low, high
    axis.crosses = XL_AXIS_CROSSES.AUTOMATIC


def _name_columns(series: Part, model: ChartModel) -> None:
    """Names over the chosen area and over England, unless the two would touch."""
    held = {row.role: at for at, row in enumerate(model.rows) if row.role in COLUMN_NAMES}
    own = held.get(Role.FOCUS)
    for role, number in held.items():
        is_near = own is not None and abs(number - own) < len(model.rows) * 0.12
        if role is Role.ENGLAND and is_near:
            continue
        row, label = model.rows[number], series.points[number].data_label
        _label(label, f"{row.label} {row.shown}", ranks.BAR[role], bold=role is Role.FOCUS)
        label.position = XL_LABEL_POSITION.OUTSIDE_END


# Ranks -------------------------------------------------------------------------------------------


def _positions_data(model: ChartModel) -> Part:
    data = CategoryChartData(number_format="0.00")
    data.categories = [row.label for row in model.rows]
    shares = [ranks.how_far(row) for row in model.rows]
    data.add_series("From best (0) to worst (1)", [max(share - MARK / 2, 0) for share in shares])
    data.add_series("Rank", [MARK] * len(shares))
    data.add_series("The rest of the way", [1 + MARK / 2 - share for share in shares])
    return data


def _dress_positions(chart: Part, model: ChartModel) -> None:
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 100
    way, mark, rest = plot.series
    for series in (way, rest):
        series.format.fill.background()
    _paint(mark.format, theme.FOCUS)
    for number, row in enumerate(model.rows):
        is_right = ranks.how_far(row) > ranks.MIDDLE
        label = (way if is_right else rest).points[number].data_label
        _label(label, row.shown, theme.INK, size=SMALL)
        label.position = XL_LABEL_POSITION.INSIDE_END if is_right else XL_LABEL_POSITION.INSIDE_BASE
    _plain_axes(chart)
    _best_to_worst(chart.value_axis)
    _downwards(chart, SMALL if len(model.rows) <= MOST_SMALL else TINY)


def _best_to_worst(axis: Part) -> None:
    axis.visible, axis.has_major_gridlines = True, True
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 1 + MARK, 0.25
    axis.major_gridlines.format.line.color.rgb = _colour(theme.FAINT)
    axis.format.line.fill.background()
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = BEST_TO_WORST, False


# By size -----------------------------------------------------------------------------------------


def _points_data(model: ChartModel) -> Part:
    data = XyChartData(number_format=marks.number_format(model.unit, model.decimals))
    for role, rows in _by_role(model):
        series = data.add_series(marks.role_name(model, role))
        for row in rows:
            series.add_data_point(row.size, row.value)
    # Lines last: LibreOffice draws none at all where the last series is points.
    for curve, name in zip(model.curves, marks.curve_names(model), strict=True):
        series = data.add_series(name)
        for size, value in zip(curve.sizes, curve.values, strict=True):
            series.add_data_point(size, value)
    return data


def _by_role(model: ChartModel) -> list[tuple[Role, list[Row]]]:
    found = [(role, [row for row in model.rows if row.role is role]) for role in funnels.POINT]
    return [(role, rows) for role, rows in found if rows]


def _dress_points(chart: Part, model: ChartModel) -> None:
    plotted = list(chart.plots[0].series)
    count = len(plotted) - len(model.curves)
    for series, curve in zip(plotted[count:], model.curves, strict=True):
        series.marker.style = XL_MARKER_STYLE.NONE
        series.smooth = False
        line = series.format.line
        line.width = Pt(1.75 if curve.is_middle else 1)
        line.color.rgb = _colour(theme.ENGLAND if curve.is_middle else theme.QUIET)
        if curve.is_outer:
            line.dash_style = MSO_LINE.DASH
    for series, (role, rows) in zip(plotted[:count], _by_role(model), strict=True):
        _draw_points(series, role)
        if role is Role.FOCUS:
            label = series.points[0].data_label
            _label(label, f"{rows[0].label} {rows[0].shown}", theme.FOCUS, bold=True)
            label.position = XL_LABEL_POSITION.ABOVE
    _axes(chart, model)
    _across(chart, model)


def _draw_points(series: Part, role: Role) -> None:
    drawn: dict[str, Any] = funnels.POINT[role]
    series.format.line.fill.background()
    series.marker.style = (
        XL_MARKER_STYLE.DIAMOND if role is Role.NEIGHBOUR else XL_MARKER_STYLE.CIRCLE
    )
    series.marker.size = drawn["size"]
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = _colour(drawn["color"])
    series.marker.format.line.color.rgb = _colour(drawn["line"]["color"])
    series.marker.format.line.width = Pt(0.75)


def _across(chart: Part, model: ChartModel) -> None:
    axis = chart.category_axis
    axis.has_major_gridlines = False
    _entitle(chart.value_axis, funnels.up(model))
    run = _entitle(axis, model.across)
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    sizes = [row.size for row in model.rows if row.size is not None] or [1.0]
    if model.kind is Kind.FUNNEL:
        axis.tick_labels.number_format = "#,##0"
        axis.minimum_scale, axis.maximum_scale = marks.powers(min(sizes), max(sizes))
        scaling = axis._element.find(qn("c:scaling"))  # noqa: SLF001
        scaling.insert(0, parse_xml(f'<c:logBase {nsdecls("c")} val="10"/>'))
        run.text = f"{model.across} (log scale)"
    else:
        axis.tick_labels.number_format = "0.0;\N{MINUS SIGN}0.0;0.0"
    axis.tick_labels.number_format_is_linked = False


def _entitle(axis: Part, said: str) -> Part:
    """Give an axis its title, and give the words of it."""
    axis.has_title = True
    axis.axis_title.text_frame.text = said
    run = axis.axis_title.text_frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold, run.font.color.rgb = Pt(SMALL), False, _colour(theme.QUIET)
    return run


# Shared ------------------------------------------------------------------------------------------


def _axes(chart: Part, model: ChartModel) -> None:
    axis = chart.value_axis
    low, high, step = marks.steps(*marks.extent(model))
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = low, high, step
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = _colour(theme.FAINT)
    axis.format.line.fill.background()
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.number_format = marks.step_format(model.unit, step)
    axis.tick_labels.number_format_is_linked = False
    axis.crosses = XL_AXIS_CROSSES.MINIMUM
    chart.category_axis.crosses = XL_AXIS_CROSSES.MINIMUM
    chart.category_axis.format.line.color.rgb = _colour(theme.RULE)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def _plain_axes(chart: Part) -> None:
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.category_axis.format.line.color.rgb = _colour(theme.RULE)
    chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def _label(label: Part, said: str, colour: str, *, bold: bool = False, size: int = SIZE) -> None:
    label.text_frame.text = said
    label.text_frame.word_wrap = False
    font = label.text_frame.paragraphs[0].runs[0].font
    font.size, font.bold, font.color.rgb = Pt(size), bold, _colour(colour)


def _format(model: ChartModel, rows: Sequence[Row]) -> str:
    return marks.shown_format(model, rows)


def _value(row: Row | None) -> float | None:
    return row.value if row else None


def _paint(look: Part, colour: str) -> None:
    look.fill.solid()
    look.fill.fore_color.rgb = _colour(colour)


def _colour(name: str) -> RGBColor:
    return RGBColor.from_string(marks.hexed(name))


def _always(kind: Part) -> Callable[[ChartModel], Part]:
    return lambda _model: kind


WAYS = {
    Kind.TREND: Way(_always(XL_CHART_TYPE.LINE_MARKERS), _times_data, _dress_times),
    Kind.RANKED_BAR: Way(_bar_kind, _bar_data, _dress_bars),
    Kind.POSITIONS: Way(_always(XL_CHART_TYPE.BAR_STACKED), _positions_data, _dress_positions),
    Kind.FUNNEL: Way(_always(XL_CHART_TYPE.XY_SCATTER_LINES), _points_data, _dress_points),
    Kind.SCATTER: Way(_always(XL_CHART_TYPE.XY_SCATTER_LINES), _points_data, _dress_points),
}
