"""No text becomes a formula, and no file's name offends a system."""

import re
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.cell import TYPE_FORMULA

from dashboard.api import reply
from dashboard.draw import safe
from dashboard.draw.office import workbook
from pipeline import formulas
from tests.dashboard.charts.test_charts import beside_it
from tests.dashboard.make import about, area, over_time

RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
STARTS = ("=", "+", "-", "@", "\t", "\r")


@given(st.text())
@example("=1+1")
@example("+1")
@example("-1")
@example("@SUM(A1)")
@example("\t=1")
@example("\r=1")
@example(" =1")
@example("\ufeff=1")
@example("\uff1d1")
def test_no_cell_of_text_begins_a_formula(text):
    made = formulas.guard_cell(text)
    assert not made.lstrip(" \u00a0\u200b\u2060\ufeff").startswith(STARTS)
    assert made in {text, f"'{text}"}


EVERY = [chr(i) for i in range(sys.maxunicode + 1)]
# What a program that trims a cell, or reads it without what does not show, takes away.
TRIMMED = [c for c in EVERY if c.isspace() or not c.isprintable() or not c.strip()]
# What a program that folds the forms of a sign takes for one that begins a formula.
FOLDED = [c for c in EVERY if unicodedata.normalize("NFKC", c).startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("guard", [formulas.guard_cell, reply.format_cell], ids=["exports", "api"])
def test_no_sign_of_unicode_hides_a_formula(guard):
    """Every sign there is: alone it may begin a formula, or stand unseen before one."""
    assert len(TRIMMED) > 100
    assert {"\uff1d", "\ufe63", "\u207a", "@"} < {*FOLDED}
    assert [c for c in TRIMMED if guard(f"{c}=1") != f"'{c}=1"] == []
    assert [c for c in FOLDED if guard(f"{c}1") != f"'{c}1"] == []
    assert [c for c in FOLDED if guard(f"\u00a0\u200b{c}1") != f"'\u00a0\u200b{c}1"] == []


@given(st.text())
def test_the_two_ways_out_have_one_guard(text):
    assert reply.format_cell(text) == formulas.guard_cell(text)


@given(st.text())
def test_what_begins_with_a_letter_or_a_figure_stays_as_it_is(text):
    for first in ("K", "\u00e9", "7", "(", "\N{MINUS SIGN}", "\u2013"):
        assert formulas.guard_cell(f"{first}{text}") == f"{first}{text}"


def named(label, subtitle):
    figures = over_time([1.0, 2.0])
    from dashboard.charts import of_metric  # noqa: PLC0415

    model = of_metric.build_trend(about(title=subtitle), area(name=label), figures, beside_it())
    return safe.make_filename(model, "png")


@given(st.text(), st.text())
@example("CON", "NUL")
@example("../../etc/passwd", "C:\\Windows")
@example("Kent.", " ")
def test_a_file_name_is_safe_on_windows(label, subtitle):
    name = named(label, subtitle)
    assert re.fullmatch(r"[a-z0-9-]+\.png", name)
    assert not RESERVED.match(name)
    assert len(name) < 110
    assert not name.startswith("-")


@given(st.text())
@example("'quoted'")
@example("a/b:c*d?e[f]g\\h")
def test_excel_takes_a_name_of_a_sheet(name):
    made = safe.make_sheet_name(name)
    assert 0 < len(made) <= 31
    assert not set(made) & set("[]:*?/\\")
    assert made.strip("'") == made


def test_a_hostile_name_of_an_area_is_text_in_a_workbook(tmp_path):
    from dashboard.charts import of_metric  # noqa: PLC0415

    hostile = '=HYPERLINK("https://bad.test","x")'
    model = of_metric.build_trend(about(), area(name=hostile), over_time([1.0, 2.0]), beside_it())
    file = tmp_path / "made.xlsx"
    file.write_bytes(workbook.write_chart(model, build="b"))
    cells = [cell for row in load_workbook(file)["Chart"].iter_rows() for cell in row]
    assert hostile in {cell.value for cell in cells if cell.data_type == "s"}
    assert not [cell for cell in cells if cell.data_type == TYPE_FORMULA]
