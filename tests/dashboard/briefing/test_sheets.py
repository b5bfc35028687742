"""Workbooks are opened again by openpyxl: numbers are numbers, text is never a formula."""

import io
import zipfile
from xml.sax.saxutils import escape

import openpyxl
import pytest

from dashboard.charts.model import LICENCE
from dashboard.domain.recipes import RECIPES
from tests.dashboard.briefing.make import HOSTILE, KENT, SCILLY, briefing, rendered

RISKY = "=1+1\n+1\n-1\n@SUM(A1)\n\t=2\n\r=3"
WRITTEN = (("opening", RISKY), ("plans", HOSTILE), ("scorecard", RISKY))


def workbook(*args, **more):
    return openpyxl.load_workbook(io.BytesIO(rendered("xlsx", *args, **more)))


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.sample(2)
@pytest.mark.parametrize("recipe", RECIPES)
def test_each_section_has_a_sheet_with_its_message_in_order(recipe):
    made, said = workbook(KENT, recipe), briefing(KENT, recipe)
    sheets = made.worksheets
    assert [sheets[0].title, sheets[1].title] == ["Contents", "Key messages"]
    for sheet, section in zip(sheets[2:], said.sections, strict=False):
        assert sheet["A1"].value == section.title
        text = str(values(sheet))
        assert LICENCE in text
        assert said.build in text
    assert [sheet.title for sheet in sheets[-3:]] == ["Definitions", "How to read", "Sources"]


def test_contents_lead_to_every_sheet():
    made = workbook()
    links = [
        cell.hyperlink.location
        for row in made["Contents"].iter_rows()
        for cell in row
        if cell.hyperlink
    ]
    assert [link.split("!")[0].strip("'") for link in links] == made.sheetnames[1:]


@pytest.mark.parametrize(("area", "recipe"), [(KENT, "reform_plan"), (SCILLY, "adulthood")])
def test_cells_are_those_of_the_tables_numbers_as_numbers(area, recipe):
    made = workbook(area, recipe)
    for section in briefing(area, recipe).sections:
        sheet = next(s for s in made.worksheets if s["A1"].value == section.title)
        held = values(sheet)
        for table in section.tables:
            width = len(table.columns)
            rows = [row[:width] for row in held]
            at = next(n for n, row in enumerate(rows) if row[0] == table.caption) + 1
            assert rows[at] == [column.title for column in table.columns]
            for given, row in zip(rows[at + 1 :], table.rows, strict=False):
                for value, cell in zip(given, row, strict=True):
                    if cell.number is None:
                        assert (value or "") == cell.text
                    else:
                        assert value == pytest.approx(cell.number)
                        assert isinstance(value, int | float)


def test_nothing_that_was_written_is_a_formula():
    made = workbook(written=WRITTEN)
    found = [cell for sheet in made.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in found if cell.data_type == "f"]
    texts = [cell.value for cell in found if isinstance(cell.value, str)]
    for risky in ("=1+1", "+1", "-1", "@SUM(A1)"):
        assert any(text.endswith(risky) for text in texts)
    assert any('=HYPERLINK("http://example.org","x")' in text for text in texts)
    outside = [cell.hyperlink for cell in found if cell.hyperlink and cell.hyperlink.target]
    assert not outside


def test_charts_have_a_native_chart_with_its_text():
    with zipfile.ZipFile(io.BytesIO(rendered("xlsx"))) as made:
        names = made.namelist()
        said = "".join(made.read(n).decode() for n in names if n.startswith("xl/drawings/drawing"))
    charted = [section.chart for section in briefing().sections if section.chart]
    assert sum(name.startswith("xl/charts/chart") for name in names) == len(charted)
    for chart in charted:
        assert escape(chart.alt[:60]) in said
