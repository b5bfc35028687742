"""Names, periods, numbers and headers as published, brought to one form."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.build import HERE, connect
from pipeline.readers import name_columns, write_as_text


@pytest.fixture(scope="module")
def db():
    with connect() as db:
        db.execute((HERE / "schema.sql").read_text())
        yield db


def ask(db, expression, *values):
    return db.execute(f"SELECT {expression}", list(values)).fetchall()[0][0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Helens", "St Helens"),
        ("Kingston Upon Hull, City of", "Kingston upon Hull"),
        ("Bristol, City of", "Bristol"),
        ("Herefordshire, County of", "Herefordshire"),
        ("Dorset6", "Dorset"),
        ("Bournemouth, Christchurch and Poole5", "Bournemouth, Christchurch & Poole"),
        ("Dorset (Pre LG)", "Dorset"),
        ("EAST SUSSEX", "East Sussex"),
    ],
)
def test_one_area_written_two_ways_is_one_name(db, one, other):
    assert ask(db, "plain_name(?)", one) == ask(db, "plain_name(?)", other)


@pytest.mark.parametrize(
    ("one", "other"), [("City of London", "London"), ("North Yorkshire", "North East Yorkshire")]
)
def test_two_areas_stay_two_names(db, one, other):
    assert ask(db, "plain_name(?)", one) != ask(db, "plain_name(?)", other)


@pytest.mark.parametrize(
    ("kind", "published", "label", "end"),
    [
        ("calendar", "2024", "2024", dt.date(2024, 12, 31)),
        ("academic", "202425", "2024/25", dt.date(2025, 8, 31)),
        ("academic", "2025", "2024/25", dt.date(2025, 8, 31)),
        ("academic", "2025 (prov)", "2024/25", dt.date(2025, 8, 31)),
        ("academic", "2023/24", "2023/24", dt.date(2024, 8, 31)),
        ("academic", "199900", None, None),
        ("financial", "2024-25 (OT)", "2024-25", dt.date(2025, 3, 31)),
        ("financial", "202425", "2024-25", dt.date(2025, 3, 31)),
        ("january", "202425", "January 2025", dt.date(2025, 1, 31)),
        ("january", "2025", "January 2025", dt.date(2025, 1, 31)),
        ("mid_year", "2023", "Mid-2023", dt.date(2023, 6, 30)),
        ("term", "Spring term 202425", "Spring term 2024/25", dt.date(2025, 4, 30)),
        ("term", "Autumn term 202526", "Autumn term 2025/26", dt.date(2025, 12, 31)),
        ("month", "2025-10", "October 2025", dt.date(2025, 10, 31)),
        ("calendar", "202425", None, None),
        ("academic", "202426", None, None),
        ("academic", "2014-16", None, None),
        ("calendar", "0", None, None),
        ("january", "x", None, None),
    ],
)
def test_a_period_has_one_form_and_an_end(db, kind, published, label, end):
    assert ask(db, "period_label(?, ?)", kind, published) == label
    assert ask(db, "period_end(?)", label) == end


@given(st.text(max_size=12))
def test_a_period_is_one_of_the_forms_or_nothing(text):
    with connect() as db:
        db.execute((HERE / "schema.sql").read_text())
        for kind in ("calendar", "academic", "financial", "january"):
            label = ask(db, "period_label(?, ?)", kind, text)
            assert label is None or re.fullmatch(r"(January )?20\d\d([/-]\d\d)?", label)


@pytest.mark.parametrize(
    ("rows", "header_rows", "names"),
    [
        ([["a", " b ", "c"]], (1,), ["a", "b", "c"]),
        ([["SN1", "SNP", "SN2", "SNP"]], (1,), ["SN1", "SNP", "SN2", "SNP (2)"]),
        (
            [["x"], ["LA", "", "2014", ""], ["", "code", "Appeals", "Rate"]],
            (2, 3),
            ["LA", "LA | code", "2014 | Appeals", "2014 | Rate"],
        ),
        ([["too", "short"]], (2,), []),
    ],
)
def test_header_names(rows, header_rows, names):
    assert name_columns(rows, header_rows) == names


@given(st.lists(st.text(alphabet="ab ", max_size=3), min_size=1, max_size=12))
def test_header_names_are_unique(cells):
    names = name_columns([cells], (1,))
    assert len(names) == len(cells) == len(set(names))


@pytest.mark.parametrize(
    ("cell", "text"),
    [(301.0, "301"), (30.5, "30.5"), ("", None), (" x ", "x"), (True, "True"), (0.0, "0")],
)
def test_a_cell_is_written_as_a_person_would_type_it(cell, text):
    assert write_as_text(cell) == text
