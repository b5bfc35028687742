"""A workbook is opened again: the numbers as shown, reasons, a native chart and no formula."""

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from dashboard.charts.model import RANGES, Kind
from dashboard.domain import choices
from dashboard.draw.office import workbook
from dashboard.store.figures import count_figures, load_metric_figures
from tests.dashboard.draw.conftest import KENT, provenance

NS = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}


def cells(sheet):
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def table_of(sheet):
    """The heading and the rows of the sheet's one table."""
    (table,) = sheet.tables.values()
    heading, *rows = [[cell.value for cell in row] for row in sheet[table.ref]]
    assert [column.name for column in table.tableColumns] == heading
    return heading, rows


def parts(body, start):
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        names = [name for name in file.namelist() if name.startswith(start)]
        return [ET.fromstring(file.read(name)) for name in names]  # noqa: S314 - of our own making


@pytest.mark.sample(4)
def test_a_sheet_says_what_it_shows_and_where_it_is_from(model, build):
    body = workbook.write_chart(model, build=build.id)
    sheet = load_workbook(io.BytesIO(body))["Chart"]
    said = " ".join(str(cell.value) for cell in cells(sheet) if cell.column == 1)
    assert sheet["A1"].value == model.title
    for part in [model.subtitle, *provenance(model, build)]:
        assert part in said
    assert not [cell for cell in cells(sheet) if cell.data_type == "f"]


@pytest.mark.sample(4)
def test_the_table_has_the_rows_in_their_order(native, build):
    sheet = load_workbook(io.BytesIO(workbook.write_chart(native, build=build.id)))["Chart"]
    heading, rows = table_of(sheet)
    if native.kind is Kind.TREND:
        by_period = {str(row[0]).removesuffix(" (new series)"): row for row in rows}
        for row in native.rows:
            line = dict(zip(heading, by_period[row.time_period], strict=True))
            if row.role in RANGES:
                assert line[f"{row.label}: lowest"] == pytest.approx(row.low)
                assert line[f"{row.label}: highest"] == pytest.approx(row.high)
            else:
                wanted = row.shown if row.value is None else pytest.approx(row.value)
                assert line[row.label] == wanted
        return
    assert [row[0] for row in rows] == [row.label for row in native.rows]
    at = 1 if native.kind is Kind.POSITIONS else 2
    assert [row[at] for row in rows] == pytest.approx([row.value for row in native.rows])


def test_a_map_has_a_reason_for_each_area_without_a_figure(models, build):
    model = models["map"]
    _, rows = table_of(
        load_workbook(io.BytesIO(workbook.write_chart(model, build=build.id)))["Chart"]
    )
    held = {row[0]: row[2] for row in rows}
    for row in model.rows:
        assert held[row.label] == (row.shown if row.value is None else pytest.approx(row.value))
    assert any(isinstance(value, str) for value in held.values())


@pytest.mark.sample(4)
def test_a_native_chart_with_alternative_text_reads_only_numbers(native, build):
    body = workbook.write_chart(native, build=build.id)
    (chart,) = parts(body, "xl/charts/chart")
    assert native.title in "".join(chart.itertext())
    (drawing,) = parts(body, "xl/drawings/drawing")
    described = [element.get("descr") for element in drawing.iter() if element.get("descr")]
    assert described == [native.alt]
    blanks = chart.find(".//c:dispBlanksAs", NS)
    assert blanks is None or blanks.get("val") == "gap"
    book = load_workbook(io.BytesIO(body))
    for reference in chart.findall(".//c:val//c:f", NS) + chart.findall(".//c:yVal//c:f", NS):
        name, _, area = reference.text.partition("!")
        first, _, last = area.replace("$", "").partition(":")
        read = book[name.strip("'")][f"{first}:{last or first}"]
        values = [cell.value for row in read for cell in row]
        assert any(value is not None for value in values) or native.kind is Kind.TREND
        assert not [value for value in values if isinstance(value, str)]


def test_a_map_is_a_picture_with_alternative_text(models, build):
    body = workbook.write_chart(models["map"], build=build.id)
    (drawing,) = parts(body, "xl/drawings/drawing")
    assert models["map"].alt in [element.get("descr") for element in drawing.iter()]


def test_a_whole_metric_has_every_figure_and_its_definition(build):
    view = choices.read_view(build, {"metric": "plans_issued_in_20_weeks", "area": KENT})
    body = workbook.write_metric(view, build.id, base="https://dashboard.test")
    book = load_workbook(io.BytesIO(body))
    assert book.sheetnames == ["Chart", "Figures", "Notes"]
    heading, rows = table_of(book["Figures"])
    found = load_metric_figures(build, view.metric.id)
    assert len(rows) == len(found)
    value, status = heading.index("value"), heading.index("status")
    for row, (figure, _) in zip(rows, found, strict=True):
        assert row[status] == figure.status
        if figure.value is None:
            assert isinstance(row[value], str)
        else:
            assert row[value] == pytest.approx(figure.value)
    notes = "\n".join(str(cell.value) for cell in cells(book["Notes"]))
    for part in (view.metric.description, "Open Government Licence v3.0", build.id):
        assert part in notes
    assert "https://dashboard.test/metric?metric=plans_issued_in_20_weeks" in notes
    assert not [cell for sheet in book for cell in cells(sheet) if cell.data_type == "f"]


def test_a_long_metric_has_the_chosen_group_and_says_so(build):
    metric = max(build.metrics, key=lambda name: count_figures(build, name))
    assert count_figures(build, metric) > workbook.MOST_ROWS
    view = choices.read_view(build, {"metric": metric})
    book = load_workbook(io.BytesIO(workbook.write_metric(view, build.id)))
    heading, rows = table_of(book["Figures"])
    assert {row[heading.index("breakdown")] for row in rows} == {view.breakdown}
    assert f"the group {view.breakdown} only" in "".join(
        str(cell.value) for cell in cells(book["Notes"])
    )
