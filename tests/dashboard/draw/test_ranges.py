"""The ranges behind lines lie where their lowest and highest are, in every form of a chart."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import of_metric, registry
from dashboard.charts.model import RANGES, Kind, Role
from dashboard.design import theme
from dashboard.domain import choices
from dashboard.draw import looks, series
from dashboard.draw.screen import figure as screen
from tests.dashboard.briefing.make import briefing, rendered
from tests.dashboard.charts.test_charts import beside_it
from tests.dashboard.draw import drawn
from tests.dashboard.make import about, area, over_time

RUTLAND, KENT, NORFOLK, NEWHAM, SCILLY = (
    *("E06000017", "E10000016", "E10000020", "E09000025", "E06000053"),
)
ODD = [
    (RUTLAND, "requests_refused"),
    (KENT, "plans_issued_in_20_weeks"),
    (KENT, "progress_8"),
    (RUTLAND, "ks2_reading_progress"),
    (KENT, "dsg_balance_per_cent"),
    (NORFOLK, "dsg_balance_per_cent"),
    (NEWHAM, "plans_issued_in_20_weeks"),
    (SCILLY, "plans_issued_in_20_weeks"),
    ("", "dsg_balance_per_cent"),
    ("", "progress_8"),
]
SHADE = {Role.RANGE: theme.NEIGHBOUR, Role.HALF: theme.QUIET}


def trend(build, code, metric):
    view = choices.read_view(
        build, {"area": code, "metric": metric} if code else {"metric": metric}
    )
    return registry.build_trend(view)


def near(number, axis):
    """A number to within a thousandth of the axis: nobody could see less."""
    return pytest.approx(number, abs=(axis[1] - axis[0]) / 1000)


def as_said(model, chart):
    """Every range, and every line, of a chart is drawn where its row says, inside the axis."""
    boxes, points = drawn.boxes(chart), drawn.points(chart)
    axes = {box.axis for box in boxes.values()} | {axis for _, axis in points.values()}
    assert len(axes) <= 1  # a range and the lines before it are measured alike
    wanted = 0
    for row in model.rows:
        at = (row.label, row.time_period)
        if row.role in RANGES and row.low is not None and row.high > row.low:
            wanted += 1
            box = boxes[at]
            assert (box.low, box.high) == (near(row.low, box.axis), near(row.high, box.axis))
            assert f"#{box.fill}" == SHADE[row.role]
            assert box.axis[0] <= row.low <= row.high <= box.axis[1]
        if row.role not in RANGES and row.value is not None:
            value, axis = points[at]
            assert value == near(row.value, axis)
            assert axis[0] <= value <= axis[1]
    assert len(boxes) == wanted  # and nothing else is filled


@pytest.mark.parametrize("form", drawn.FILES)
@pytest.mark.parametrize(("code", "metric"), ODD)
def test_a_range_is_drawn_from_its_lowest_to_its_highest(build, form, code, metric):
    model = trend(build, code, metric)
    assert any(row.role in RANGES for row in model.rows) or code == SCILLY
    as_said(model, drawn.chart_of(model, form))


@pytest.mark.parametrize("form", drawn.FILES)
def test_so_is_every_chart_over_time_of_a_pack(form):
    sections = briefing(RUTLAND, "board").sections
    models = [one.chart for one in sections if one.chart and one.chart.kind is Kind.TREND]
    found = [
        chart
        for chart in drawn.charts_in(rendered(form, RUTLAND, "board"), form)
        if chart.find(".//c:lineChart", drawn.NS) is not None
    ]
    assert models
    for model, chart in zip(models, found, strict=True):
        as_said(model, chart)


@pytest.mark.exhaustive
def test_so_is_that_of_other_metrics_and_areas(build):
    codes = itertools.cycle(area.code for area in build.local_authorities[::7])
    numbers = [metric for metric in build.metrics.values() if not metric.is_category]
    for metric, code in zip(numbers[::9], codes, strict=False):
        if not metric.is_nhs:
            model = trend(build, code, metric.id)
            as_said(model, drawn.chart_of(model, "pptx"))


NUMBERS = st.floats(-200, 200, allow_nan=False)


def piled(parts):
    """The ends of what is filled of a stack, piled up as an office program does."""
    heights, ends = {True: 0.0, False: 0.0}, []
    for number, part in enumerate(parts):
        base = heights[part > 0]
        heights[part > 0] = base + part
        ends += [base, base + part] if number and part else []
    return [min(ends), max(ends)] if ends else []


@given(st.tuples(NUMBERS, NUMBERS).map(sorted))
def test_any_range_is_stacked_to_its_ends(ends):
    assert piled(series.stack_range(*ends)) == pytest.approx(ends if ends[0] < ends[1] else [])


def test_a_missing_year_has_no_column():
    assert series.stack_range(None, 3.0) == series.stack_range(3.0, None) == (None, None, None)


@pytest.mark.parametrize("shown", [1, 2])
def test_on_screen_the_middle_half_is_grey_and_the_group_is_not(build, shown):
    model = trend(build, RUTLAND if shown == 2 else "", "requests_refused")
    fills = {
        trace["name"]: trace["fillcolor"]
        for trace in screen.draw_figure(model)["data"]
        if trace.get("fill")
    }
    roles = {row.label: row.role for row in model.rows if row.role in RANGES}
    assert fills == {label: theme.clear(SHADE[role]) for label, role in roles.items()}
    assert len(fills) == shown
    assert ("in grey, the middle half" in model.subtitle) is (shown == 2)


def test_the_line_of_an_area_lies_before_every_range():
    own = over_time([5.0])
    model = of_metric.build_trend(about(), area(), own, beside_it(own, (4, 40)))
    chart = drawn.chart_of(model, "pptx")
    groups = [child.tag.rpartition("}")[2] for child in chart.find(".//c:plotArea", drawn.NS)]
    kinds = [name for name in groups if name.endswith("Chart")]
    assert kinds[-1] == "lineChart"
    assert kinds[:-1] == ["barChart"]
    assert looks.SHADED[Role.HALF] == theme.QUIET
