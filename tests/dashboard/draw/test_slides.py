"""A slide is opened again: a native chart with the model's numbers, its words and its notes."""

import io
from itertools import pairwise

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Inches

from dashboard.charts.model import RANGES, Kind, Role
from dashboard.design import theme
from dashboard.draw import axes, caption, looks, series, times
from dashboard.draw.office import slides, template
from tests.dashboard.draw.conftest import provenance


def opened(model, build, **more):
    made = Presentation(io.BytesIO(slides.write_slides(model, build=build.id, **more)))
    return made, made.slides[0]


def chart_of(slide):
    return next(shape.chart for shape in slide.shapes if shape.has_chart)


def text_of(slide):
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


@pytest.mark.sample(4)
def test_a_slide_says_the_finding_and_where_it_is_from(model, build):
    made, slide = opened(model, build, definition=[("What it measures", "Plans in time")])
    assert slide.shapes.title.text == model.title
    assert (made.slide_width, made.slide_height) == (Inches(13.333), Inches(7.5))
    assert made.core_properties.title == model.title
    assert made.core_properties.language == "en-GB"
    for part in [model.subtitle, *provenance(model, build)]:
        assert part in text_of(slide)
    notes = slide.notes_slide.notes_text_frame.text
    assert "What it measures: Plans in time" in notes
    assert model.licence in notes


@pytest.mark.sample(4)
def test_the_chart_has_alternative_text_and_is_read_before_its_source(model, build):
    _, slide = opened(model, build)
    names = [shape.name for shape in slide.shapes]
    assert names == ["Title 1", "Text Placeholder 2", "Chart", "Text Placeholder 3"]
    about = slide.shapes[2].element.xpath(".//p:cNvPr")[0]
    assert about.get("descr") == model.alt
    inside = [shape for shape in slide.shapes if shape.left + shape.width > made_width()]
    assert not inside
    tops = [(shape.top, shape.top + shape.height) for shape in slide.shapes]
    assert all(before[1] <= after[0] + 9525 for before, after in pairwise(tops))
    assert tops[-1][1] <= Inches(7.5)


def made_width():
    return Inches(13.333)


LINES = ["trend", "england", "trends", "trend with gaps"]


def drawn(slide):
    """Of each series by name: its value in each period."""
    chart = chart_of(slide)
    named = list(chart.plots[0].categories)
    return {
        series.name: dict(zip(named, series.values, strict=True))
        for plot in chart.plots
        for series in plot.series
    }


@pytest.mark.parametrize("name", LINES)
def test_lines_have_the_values_of_the_rows(models, build, name):
    found = drawn(opened(models[name], build)[1])
    for row in models[name].rows:
        if row.role not in RANGES:
            assert found[row.label][row.time_period] == row.value


def test_a_missing_year_and_a_new_series_are_gaps(models, build):
    _, slide = opened(models["trend"], build)
    chart = chart_of(slide)
    at = list(chart.plots[0].categories).index(times.NEW_SERIES)
    assert all(series.values[at] is None for plot in chart.plots for series in plot.series)
    assert chart.element.xpath(".//c:dispBlanksAs")[0].get("val") == "gap"
    _, slide = opened(models["trend with gaps"], build)
    assert "No figure: " in text_of(slide)


@pytest.mark.parametrize("name", ["ranking", "beside", "ranking of boards"])
def test_bars_have_the_values_in_order_and_the_colours_of_the_screen(models, build, name):
    model = models[name]
    _, slide = opened(model, build)
    plot = chart_of(slide).plots[0]
    assert list(plot.categories) == [row.label for row in model.rows]
    assert list(plot.series[0].values) == [row.value for row in model.rows]
    for number, row in enumerate(model.rows):
        if row.role is not Role.OTHER:
            colour = plot.series[0].points[number].format.fill.fore_color.rgb
            assert f"#{colour}" == looks.BAR[row.role]
    own = [number for number, row in enumerate(model.rows) if row.role is Role.FOCUS]
    if len(model.rows) > series.MOST_NAMED and own:
        assert plot.series[0].points[own[0]].data_label.text_frame.text == "Kent 56.9%"


def test_ranks_are_marks_with_their_words(models, build):
    model = models["positions"]
    _, slide = opened(model, build)
    way, mark, rest = chart_of(slide).plots[0].series
    said = []
    for number, row in enumerate(model.rows):
        share = series.compute_share_down(row)
        assert way.values[number] + mark.values[number] / 2 == pytest.approx(share, abs=0.011)
        side = way if share > series.MIDDLE else rest
        said.append(side.points[number].data_label.text_frame.text)
    assert said == [row.shown for row in model.rows]


@pytest.mark.parametrize("name", ["funnel", "scatter"])
def test_points_lie_at_their_size_and_value(models, build, name):
    model = models[name]
    _, slide = opened(model, build)
    drawn = {series.name: series for series in chart_of(slide).plots[0].series}
    own = next(row for row in model.rows if row.role is Role.FOCUS)
    assert list(drawn["Kent"].values) == [own.value]
    assert drawn["Kent"].points[0].data_label.text_frame.text == f"Kent {own.shown}"
    assert f"#{drawn['Kent'].marker.format.fill.fore_color.rgb}" == theme.FOCUS
    others = [row.value for row in model.rows if row.role is Role.OTHER]
    assert list(drawn["Others"].values) == others
    assert len(drawn["Statistical neighbours"].values) == sum(
        row.role is Role.NEIGHBOUR for row in model.rows
    )
    for curve, label in zip(model.curves, series.name_curves(model), strict=True):
        assert tuple(drawn[label].values) == curve.values or label == "Mean of local authorities"


@pytest.mark.sample(4)
def test_the_numbers_can_be_edited_and_hold_no_formula(native, build):
    _, slide = opened(native, build)
    book = load_workbook(io.BytesIO(chart_of(slide).part.chart_workbook.xlsx_part.blob))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    values = {round(cell.value, 9) for cell in cells if isinstance(cell.value, int | float)}
    if native.kind is not Kind.POSITIONS:
        assert {round(row.value, 9) for row in native.rows if row.value is not None} <= values


@pytest.mark.parametrize("name", ["map", "map by boundaries"])
def test_a_map_is_a_picture_with_every_figure_in_the_notes(models, build, name):
    _, slide = opened(models[name], build)
    assert not any(shape.has_chart for shape in slide.shapes)
    assert slide.shapes[2].image.ext == "png"
    notes = slide.notes_slide.notes_text_frame.text
    assert all(f"{row.label}: {row.shown}" in notes for row in models[name].rows)


def test_each_layout_of_the_template_has_real_placeholders():
    made = template.open_template("A pack")
    layouts = made.slide_layouts
    assert [layout.name for layout in layouts] == [
        "Title, chart and source",
        "Title and text",
    ]
    slide = template.add_slide(made)
    assert [holder.placeholder_format.idx for holder in slide.placeholders] == [
        *(template.TITLE, template.SUBTITLE, template.SOURCE),
    ]


def test_the_words_below_a_chart_never_run_off_the_slide(models, build):
    made = template.open_template("A pack")
    lines = ["A long line about a source. " * 30] * 3
    tall = template.write_source(template.add_slide(made), lines)
    assert template.BOTTOM - tall > template.TOP
    assert caption.compose_finding(models["trend"], build=build.id)


def test_number_formats_write_as_the_screen_does():
    assert axes.number_format("percent", 1).startswith('#,##0.0"%";')
    assert axes.number_format("pounds", 0).startswith('"£"#,##0;')
    assert axes.number_format("percent_change", 1).startswith('+#,##0.0"%";')


@pytest.mark.parametrize(
    ("ends", "wanted"),
    [((0, 100), (0, 100, 20)), ((-6.9, -2.4), (-7, -2, 1)), ((0, 0.4), (0, 0.4, 0.1))],
)
def test_axes_end_at_whole_steps(ends, wanted):
    assert axes.compute_steps(*ends) == pytest.approx(wanted)
