"""The SQL that makes values from observations, against plain Python, for any statuses."""

import datetime as dt
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.build import HERE, connect

STATUS = st.sampled_from(["ok", "ok", "ok", "suppressed", "not_available", "low"])
NUMBER = st.integers(0, 1_000_000).map(float)
CELL = st.tuples(STATUS, NUMBER)


@pytest.fixture(scope="module")
def db():
    """The empty tables; each example leaves them empty."""
    with connect() as db:
        db.execute((HERE / "schema.sql").read_text())
        yield db


@contextmanager
def anew(db):
    """Forget in the end what was written, tables included."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("ROLLBACK")


def metric(db, **given):
    row = {
        "id": "m",
        "multiplier": 100,
        "numerator_indicator": "top",
        "breakdowns": ["Total"],
        "denominator_indicator": "bottom",
        "denominator_period": "same",
        "is_published_ratio": False,
        "breaks": [],
    }
    row |= given
    db.execute(
        f"INSERT INTO metric ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
        list(row.values()),
    )


def observe(db, indicator, cell, year=2024, breakdown="Total"):
    status, value = cell
    db.execute(
        "INSERT INTO observation VALUES ('s', 'f', ?, ?, 'a', 'A', 'E1', ?, ?, '', ?, ?, NULL)",
        [
            indicator,
            breakdown,
            str(year),
            dt.date(year, 12, 31),
            value if status == "ok" else None,
            status,
        ],
    )


def calculated(db, *steps):
    for step in ("calculate", *steps):
        db.execute((HERE / f"{step}.sql").read_text())
    return db.execute(
        "SELECT time_period, value, status, denominator_period FROM metric_value "
        "WHERE metric = 'm' ORDER BY period_end"
    ).fetchall()


@given(CELL, st.none() | CELL)
def test_a_ratio_is_a_number_only_when_both_parts_are(db, top, bottom):
    with anew(db):
        metric(db)
        observe(db, "top", top)
        if bottom:
            observe(db, "bottom", bottom)
        [(_, value, status, _)] = calculated(db)
    if top[0] != "ok":
        expected = (None, top[0])
    elif not bottom:
        expected = (None, "no_denominator")
    elif bottom[0] != "ok":
        expected = (None, bottom[0])
    elif bottom[1] == 0:
        expected = (None, "not_applicable")
    else:
        expected = (100 * top[1] / bottom[1], "ok")
    assert (value, status) == expected


@given(CELL, st.none() | CELL)
def test_a_published_ratio_stays_as_it_is_whatever_its_base(db, top, bottom):
    with anew(db):
        metric(db, is_published_ratio=True)
        observe(db, "top", top)
        if bottom:
            observe(db, "bottom", bottom)
        [(_, value, status, _)] = calculated(db)
        parts = db.execute("SELECT numerator, denominator FROM metric_value").fetchall()
    assert (value, status) == (top[1] if top[0] == "ok" else None, top[0])
    assert parts == [(None, bottom[1] if bottom and bottom[0] == "ok" else None)]


@given(st.sets(st.integers(2015, 2025), max_size=5), st.integers(2015, 2025))
def test_a_population_is_the_newest_not_later_and_under_three_years_old(db, years, year):
    with anew(db):
        metric(db, denominator_period="latest")
        observe(db, "top", ("ok", 1), year)
        for each in years:
            observe(db, "bottom", ("ok", each), each)
        [(_, _, _, used)] = calculated(db)
    fitting = [each for each in years if year - 3 < each <= year]
    assert used == (str(max(fitting)) if fitting else None)


def test_a_group_is_set_against_its_own_denominator_where_there_is_one(db):
    with anew(db):
        metric(db, breakdowns=["A", "B"])
        db.execute("INSERT INTO indicator VALUES ('s', 'l', 'bottom', 'A', '', 'calendar', NULL)")
        for group, value in (("A", 1), ("B", 2)):
            observe(db, "top", ("ok", value), breakdown=group)
        observe(db, "bottom", ("ok", 10), breakdown="A")
        observe(db, "bottom", ("ok", 100))
        values = {row[1] for row in calculated(db)}
    assert values == {10.0, 2.0}


def test_growth_is_on_the_year_before_and_never_across_a_break_or_a_gap(db):
    with anew(db):
        metric(db, id="o", denominator_indicator=None, breaks=["2022"])
        metric(db, numerator_indicator=None, denominator_indicator=None, of_metric="o")
        for year, value in ((2019, 50), (2021, 100), (2022, 200), (2023, 250), (2025, 300)):
            observe(db, "top", ("ok", value), year)
        assert calculated(db, "differ") == [("2023", 25.0, "ok", "2022")]


def test_a_gap_is_one_group_less_another_and_missing_where_either_is(db):
    with anew(db):
        metric(db, id="o", denominator_indicator=None, breakdowns=["A", "B"])
        metric(
            db, numerator_indicator=None, denominator_indicator=None, of_metric="o", gap=["A", "B"]
        )
        for year, (mine, other) in {2023: ("ok", "ok"), 2024: ("ok", "suppressed")}.items():
            observe(db, "top", (mine, 60), year, "A")
            observe(db, "top", (other, 12.5), year, "B")
        assert calculated(db, "differ") == [
            ("2023", 47.5, "ok", None),
            ("2024", None, "suppressed", None),
        ]


@given(st.lists(CELL, min_size=2, max_size=2))
def test_a_total_is_a_number_only_when_every_part_is(db, cells):
    with anew(db):
        for name, cell in zip(("x", "y"), cells, strict=True):
            observe(db, name, cell)
            db.execute("INSERT INTO total VALUES ('x + y', ?)", [name])
        db.execute((HERE / "add_up.sql").read_text())
        [(value, status)] = db.execute(
            "SELECT value, status FROM observation WHERE indicator = 'x + y'"
        ).fetchall()
    statuses = [status for status, _ in cells]
    if statuses == ["ok", "ok"]:
        assert (value, status) == (sum(number for _, number in cells), "ok")
    else:
        assert value is None
        assert status in set(statuses) - {"ok"}
