"""Boards and what they cover, waits by service, officers."""

import pytest

from dashboard.bodies import health
from dashboard.charts import waits as waits_chart
from dashboard.charts.model import Role
from dashboard.domain import choices
from dashboard.store import served
from tests.dashboard.make import ENGLAND, KENT, MEDWAY, build, figure, metric, view

BUILD = served.find_current_build()
BOARD, OTHER = "E54000099", "E54000098"
WAITS = metric(
    id=waits_chart.WAITS,
    level="nhs",
    polarity="low_is_good",
    breakdowns=("Total", "Kite flying"),
    short_title="Waits",
)


def waiting(code, value, breakdown="Total"):
    return figure(
        metric=waits_chart.WAITS,
        breakdown=breakdown,
        area_code=code,
        value=value,
        status="ok" if value is not None else "not_returned",
        time_period="May 2031",
        numerator=3.0 if value else None,
        denominator=4.0 if value else None,
    )


def test_a_board_is_named_with_the_other_local_authorities_it_covers():
    shown = health.render_boards(view(build([WAITS]), KENT))
    assert "Kent lies in NHS Invented (75% of its neighbourhoods) and NHS Made Up (25%" in shown
    assert '<strong>NHS Invented</strong> also covers <a href="health-and-care?area=' in shown
    assert "Medway</a> (all of it)." in shown
    assert "<strong>NHS Made Up</strong> covers no other." in shown
    assert "A board’s figure is not a local authority’s" in shown


def test_without_an_area_or_a_board_that_is_said():
    assert "not for local authorities" in health.render_boards(view(build([WAITS])))
    nowhere = build([WAITS], boards={})
    assert "No integrated care board is known" in health.render_boards(view(nowhere, KENT))


def test_the_shares_of_a_board_are_of_each_local_authority():
    found = health.list_covered(view(build([WAITS]), KENT), BOARD)
    assert found == [(KENT, 0.75), (MEDWAY, 1.0)]
    assert health.list_covered(choices.read_view(BUILD, {}), "E54000032")[0][0] == KENT


@pytest.mark.parametrize(
    ("share", "said"),
    [(1.0, "all of it"), (0.746, "75% of it"), (0.01, "1% of it"), (0.002, "less than 1% of it")],
)
def test_a_small_share_is_never_said_to_be_none(share, said):
    assert health.format_share(share) == said


def test_waits_stand_by_service_for_each_board_and_england():
    figures = [waiting(BOARD, 75.0), waiting(OTHER, None), waiting(ENGLAND, 50.0)]
    made = waits_chart.build_waits(view(build([WAITS], figures), KENT))
    assert made.title == (
        "Invented: 75.0% of children on waiting lists had waited more than 18 weeks (England 50.0%)"
    )
    assert [(r.group, r.label, r.shown) for r in made.rows[:3]] == [
        ("All services", "Invented", "75.0%"),
        ("All services", "Made Up", "Not returned"),
        ("All services", "England", "50.0%"),
    ]
    assert made.rows[0].note == "3 of 4"
    assert "May 2031" in made.subtitle
    assert made.highlights == (BOARD, OTHER)


def test_england_stands_alone_where_no_area_is_chosen():
    made = waits_chart.build_waits(view(build([WAITS], [waiting(ENGLAND, 50.0)])))
    assert made.title.startswith("England: 50.0% of children")
    assert {row.role for row in made.rows} == {Role.FOCUS}


def test_where_nothing_is_returned_the_finding_says_so():
    made = waits_chart.build_waits(view(build([WAITS], [waiting(BOARD, None)]), KENT))
    assert made.title == "Kent: no board’s waits are held"


def test_officers_stand_january_by_january_beside_the_group():
    shown = health.render_officers(choices.read_view(BUILD, {"area": KENT}))
    assert "Designated clinical officer" in shown
    assert ">January 2019</th>" in shown
    assert "9 of 10" in shown  # designated clinical officers, January 2026
    assert "Neighbours<small>how many answered “Yes”</small>" in shown
    peers = health.render_officers(choices.read_view(BUILD, {"area": KENT, "against": "type"}))
    assert "County councils<small>how many" in peers


def test_in_england_the_answers_are_counted():
    shown = health.render_officers(choices.read_view(BUILD, {}))
    for heading in ("Yes", "Recruiting", "No", "No answer"):
        assert f">{heading}<small>local authorities</small>" in shown


def test_an_area_that_is_no_more_has_no_answers_of_today():
    shown = health.render_officers(choices.read_view(BUILD, {"area": "E10000006"}))
    assert "January 2025" not in shown
    assert health.render_source(choices.read_view(BUILD, {"area": "E10000006"})) == ""


def test_without_a_group_or_an_answer_nothing_is_counted(monkeypatch):
    officer = metric(
        id="designated_medical_officer", unit="category", labels=("1: Yes", "3: No"), decimals=0
    )
    answer = figure(metric=officer.id, value=3.0, time_period="January 2031")
    monkeypatch.setattr(health, "load_area_history", lambda *_: [answer])
    alone = view(build([officer], [answer], near={"2025-05": {}}), KENT)
    shown = health.render_officers(alone)
    assert "<td>No</td>" in shown
    assert "how many answered" not in shown
    assert health.count_yes(alone, officer.id, [MEDWAY]) == ""
