"""The tables of a briefing hold the figures of the build, and a reason where there is none."""

from dashboard.briefing import compose, tables
from dashboard.domain import choices
from dashboard.domain.packs import Part
from dashboard.domain.recipes import BASELINES, RECIPES, Baseline, Line
from tests.dashboard.briefing.make import BUILD, CUMBRIA, KENT, SCILLY, briefing

CAMBRIDGESHIRE = "E10000003"


def rows(area, name):
    return {
        row[0].text: row
        for row in tables.build_baseline_table(BUILD, BUILD.areas[area], BASELINES[name]).rows
    }


def test_plans_by_age_are_the_counted_plans_and_add_up():
    found = rows(KENT, "age")
    counted = [found[age][1].number for age in list(found)[1:]]
    whole = BUILD.newest[KENT]["plans_by_age_group", "Under 5"]
    assert sum(counted) == whole.denominator
    assert found["Under 5"][1].number == whole.numerator
    assert found["Under 5"][1].text == f"{whole.numerator:,.0f}"
    assert found["Under 5"][2].text == "January 2025"
    assert found["All EHC plans"][2].text == "January 2026"


def test_provision_and_need_take_their_figures_by_name():
    found = rows(KENT, "provision")
    for label, count in (  # SEN2 2026: maintained, academies and free schools
        ("Mainstream schools or academies", 1849 + 206 + 3704 + 455),
        ("Support bases in mainstream", 599 + 603 + 29),
        ("Specialist bases in mainstream", 63 + 238 + 0),
        ("Maintained special schools or special academies", 5564 + 547 + 618),
    ):
        assert (found[label][1].number, found[label][2].text) == (count, "January 2026")
    units = BUILD.newest[KENT]["plans_in_units_and_resourced_provision", "Total"]
    together = found["The two kinds of base, together"][1].number
    assert together == units.numerator == 599 + 603 + 29 + 63 + 238
    councils = (
        "NMSS or independent, LA funded",
        "NMSS or independent, other suitable arrangements",
    )
    for label in (*councils, "Mainstream post-16, specialist"):
        assert found[label][1].text == "No figure"
        assert found[label][3].text.endswith(".")
        assert ("Only the council" in found[label][3].text) is (label in councils)
    need = rows(KENT, "need")
    autism = BUILD.newest[KENT]["plans_by_primary_need", "Autistic spectrum disorder"]
    assert need["Autistic spectrum disorder"][1].number == autism.numerator


def test_what_was_not_returned_keeps_its_reason():
    crossed = tables.build_baseline_table(
        BUILD, BUILD.areas[CAMBRIDGESHIRE], BASELINES["need_by_provision"]
    )
    assert {cell.text for row in crossed.rows for cell in row[1:]} == {"Not returned"}
    line = Line("A row", "count", ("plans_by_need_in_state_special", "Total"), "Special")
    asked = Baseline("one", "A caption", "", (line,))
    (row,) = tables.build_baseline_table(BUILD, BUILD.areas[CAMBRIDGESHIRE], asked).rows
    assert row[1].number is None
    assert row[1].text == "Not returned"
    assert row[3].text.startswith("The local authority made no return.")


def test_an_area_without_the_figure_says_so():
    found = rows(CUMBRIA, "assessments")["10 EHC needs assessment requests, all ages"]
    assert found[1].number is None or found[2].text
    crossed = tables.build_baseline_table(
        BUILD, BUILD.areas[CAMBRIDGESHIRE], BASELINES["need_by_provision"]
    )
    assert all(cell.number is None for row in crossed.rows for cell in row)
    assert all(cell.text for row in crossed.rows for cell in row)


def test_filled_rows_are_those_of_the_template_with_a_figure():
    made = tables.build_baseline_table(BUILD, BUILD.areas[KENT], BASELINES["provision"])
    assert tables.count_filled_rows(BASELINES["provision"], made) == (10, 14)
    need = tables.build_baseline_table(BUILD, BUILD.areas[KENT], BASELINES["need"])
    assert tables.count_filled_rows(BASELINES["need"], need) == (12, 13)


def test_nothing_of_the_baseline_is_of_a_year_that_has_not_been():
    for section in briefing(KENT, "reform_plan").sections:
        for table in section.tables:
            heads = [column.title for column in table.columns]
            if "Period" in heads:
                at = heads.index("Period")
                assert {row[at].text for row in table.rows} <= {
                    *("No period", "2024", "2025", "January 2025", "January 2026"),
                }


def test_a_metric_has_its_value_change_median_england_and_rank():
    view = _view(KENT)
    part = Part(
        "Some", (("plans_issued_in_20_weeks", ""), ("area_send_inspection_outcome_2016", ""))
    )
    (made,) = tables.build_metric_tables(view, view.area, (part,))
    figure = BUILD.newest[KENT]["plans_issued_in_20_weeks", "Total"]
    on_time, outcome = made.rows
    assert (on_time[1].number, on_time[1].unit) == (figure.value, "percent")
    assert on_time[4].number == figure.neighbour_median
    assert on_time[5].number == figure.england
    assert on_time[6].text.startswith("72nd of 147")
    assert outcome[1].number is None
    assert outcome[1].text
    assert [cell.text for cell in outcome[4:]] == ["Not averaged", "Not averaged", "Not ranked"]


def test_an_area_that_is_never_ranked_has_its_reason():
    view = _view(SCILLY)
    (made,) = tables.build_metric_tables(
        view, view.area, (Part("Some", (("plans_in_mainstream", ""),)),)
    )
    assert made.rows[0][-1].text == "Not ranked: very small numbers"


def test_fewer_than_three_measures_have_no_headline_of_best_and_worst():
    figure = BUILD.newest[KENT]["plans_issued_in_20_weeks", "Total"]._replace(quartile=4)
    kent = BUILD.areas[KENT]
    assert tables.compose_message(kent, []) == tables.compose_message(kent, [figure] * 2) == ""
    assert tables.compose_message(kent, [figure] * 3) == (
        "Kent is in the best quarter on 0 of 3 ranked measures and in the worst on 3"
    )


def test_a_section_of_fewer_than_three_ranked_measures_is_headed_by_its_name():
    view = _view(KENT)
    few = 0
    for asked in (one for recipe in RECIPES.values() for one in recipe.sections if one.parts):
        rows = [row for part in asked.parts for row in part.rows]
        has_headline = (
            len(tables.list_judged_figures(view, view.area, rows)) >= tables.FEWEST_JUDGED
        )
        made = compose.build_section(view, view.area, asked)
        assert ("in the best quarter on" in made.title) == has_headline
        assert has_headline or made.title == f"{asked.heading}: Kent"
        few += not has_headline
    assert few


def _view(area):
    return choices.read_view(BUILD, {"area": area})


def test_england_without_a_row_in_the_file_held_is_not_said_to_be_unpublished():
    view = _view(KENT)
    without = [
        (name, breakdown)
        for (name, breakdown), own in BUILD.newest[KENT].items()
        if own.england is None and not BUILD.metrics[name].is_category and own.value is not None
    ]
    assert without
    (made,) = tables.build_metric_tables(view, view.area, (Part("Some", tuple(without)),))
    at = [column.title for column in made.columns].index("England")
    assert {row[at].text for row in made.rows} == {"No figure held"}
