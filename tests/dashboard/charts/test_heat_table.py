"""Which areas the heat table shows, in which order, how it is shaded and what it finds."""

import re

import pytest

from dashboard.charts import heat_table
from dashboard.charts.heat_table import Mark, Row
from dashboard.domain import choices
from dashboard.domain.records import UNRANKED
from dashboard.draw import heat_table_html
from tests.dashboard.make import KENT, MEDWAY, area, figure, metric

DEVON = "E10000008"
AREAS = (area(), area(MEDWAY, "Medway"), area(DEVON, "Devon"))


def row(*figures, **changes):
    known = metric(**changes)
    codes = [each.area_code for each in figures]
    given = dict(zip(codes, figures, strict=True))
    return Row("", known, known.breakdowns[0], "2024", 151, 46.4, given)


def quarters(*numbers, **changes):
    """One row with the quarter of Kent, of Medway and of Devon; None is not ranked."""
    return row(
        *(
            figure(area_code=each.code, quartile=number, rank=number and 10 * number)
            for each, number in zip(AREAS, numbers, strict=True)
        ),
        **changes,
    )


def seen(build, **asked):
    view = choices.read_view(build, asked)
    return view, heat_table.select_areas(view)


# Sets


def test_neighbours_follow_the_area_they_are_of(build):
    _, shown = seen(build, area=MEDWAY, set="neighbours")
    assert [a.code for a in shown] == [MEDWAY, *build.neighbours[MEDWAY]]


@pytest.mark.parametrize(("name", "field"), [("region", "region_code"), ("type", "authority_type")])
def test_a_set_holds_all_that_are_alike_and_the_area_first(build, name, field):
    _, shown = seen(build, area=KENT, set=name)
    alike = getattr(build.areas[KENT], field)
    assert shown[0].code == KENT
    assert {a.code for a in shown} == {
        a.code for a in build.local_authorities if getattr(a, field) == alike
    }
    assert len({a.code for a in shown}) == len(shown)


def test_the_nine_regions_are_a_set_and_each_regions_local_authorities_are_one(build):
    _, shown = seen(build, set="regions")
    assert len(shown) == 9
    assert {a.level for a in shown} == {"region"}
    _, london = seen(build, set="E12000007")
    assert len(london) == 33
    assert {a.region_code for a in london} == {"E12000007"}


def test_what_is_shown_without_a_set_follows_from_the_other_choices(build):
    assert heat_table.chosen_set(choices.read_view(build, {})) == "regions"
    assert heat_table.chosen_set(choices.read_view(build, {"area": KENT})) == "neighbours"
    assert heat_table.chosen_set(choices.read_view(build, {"area": KENT, "areas": MEDWAY})) == "own"
    assert heat_table.select_areas(choices.read_view(build, {"set": "neighbours"})) == ()


@pytest.mark.parametrize("key", ["set", "pack", "shade", "sort"])
def test_what_nobody_knows_is_said_and_left_out(build, key):
    view = choices.read_view(build, {key: "<b>"})
    assert getattr(view.rug, key) == ""
    assert len(view.notes) == 1
    assert "“<b>”" in view.notes[0]
    assert key not in view.query()


# Shading


@pytest.mark.parametrize(
    ("polarity", "quarter", "mark"),
    [
        ("high_is_good", 1, Mark("q1", "10th", "best quarter")),
        ("low_is_good", 4, Mark("q4", "40th", "worst quarter")),
        ("no_judgement", 1, Mark("g1", "10th", "highest quarter")),
        ("no_judgement", 4, Mark("g4", "40th", "lowest quarter")),
    ],
)
def test_a_quarter_is_called_best_or_worst_only_where_one_end_is_better(polarity, quarter, mark):
    found = heat_table.mark_cells(quarters(quarter, 2, 3, polarity=polarity), "quarter")
    assert found[KENT] == mark


def test_who_is_not_ranked_has_no_shade():
    assert heat_table.mark_cells(quarters(None, 2, 3), "quarter")[KENT] == Mark(
        "", "not ranked", ""
    )
    assert heat_table.mark_cells(row(figure(value=None, rank=None)), "quarter")[KENT] == Mark()


def test_a_rank_of_another_number_says_of_how_many():
    old = figure(rank=3, number_ranked=149, quartile=1, tied=True)
    assert heat_table.mark_cells(row(old), "quarter")[KENT].seen == "=3rd of 149"


@pytest.mark.parametrize(
    ("way", "polarity", "mark"),
    [
        (1, "high_is_good", Mark("q1", "higher, better", "than England")),
        (1, "low_is_good", Mark("q4", "higher, worse", "than England")),
        (-1, "no_judgement", Mark("g3", "lower", "than England")),
        (0, "low_is_good", Mark("same", "no different", "from England")),
        (None, "low_is_good", Mark("none", "not tested", "")),
    ],
)
def test_higher_and_lower_are_as_tested_and_better_only_where_polarity_says_so(way, polarity, mark):
    tested = row(figure(against_england=way), polarity=polarity)
    assert heat_table.mark_cells(tested, "england")[KENT] == mark


def test_neighbours_are_each_areas_own():
    tested = row(figure(against_neighbours=-1, against_england=1))
    found = heat_table.mark_cells(tested, "neighbours")[KENT]
    assert found == Mark("q4", "lower, worse", "than neighbours")


def test_places_are_counted_among_those_shown_and_ties_share_one():
    shown = row(
        figure(value=10.0),
        figure(area_code=MEDWAY, value=10.0),
        figure(area_code=DEVON, value=30.0),
        figure(area_code=next(iter(UNRANKED)), value=99.0),
    )
    found = heat_table.mark_cells(shown, "rank")
    assert found[DEVON] == Mark("q1", "1st", "of 3 shown")
    assert found[KENT] == found[MEDWAY] == Mark("q3", "=2nd", "of 3 shown")
    assert len(found) == 3


def test_where_all_are_level_nobody_is_shaded():
    level = row(figure(value=5.0), figure(area_code=MEDWAY, value=5.0))
    assert {mark.style for mark in heat_table.mark_cells(level, "rank").values()} == {""}


def test_words_are_never_shaded():
    assert heat_table.mark_cells(row(figure(value=1.0), unit="category"), "quarter") == {}


def test_regions_are_shaded_by_place_or_beside_england(build):
    view = choices.read_view(build, {"set": "regions", "shade": "quarter"})
    assert heat_table.shade(view) == "rank"
    assert list(heat_table.shades(view)) == ["rank", "england"]


# The sentence


def finding(build, *found, shown=AREAS, **asked):
    return heat_table.compose_finding(
        choices.read_view(build, {"set": "own"} | asked), shown, found
    )


def test_the_sentence_names_who_is_most_often_in_the_worst_quarter(build):
    found = [quarters(4, 1, 2), quarters(4, 4, 1), quarters(1, 2, None)]
    assert finding(build, *found) == (
        "Of the 3 metrics with a better end, Kent is in the worst quarter on 2, the most of those "
        "shown."
    )


def test_the_sentence_counts_only_what_has_a_better_end(build):
    found = [quarters(4, 1, 1), quarters(1, 4, 4, polarity="no_judgement")]
    assert finding(build, *found) == (
        "On the only metric with a better end, Kent is in the worst quarter."
    )
    assert "None of these metrics has a better end" in finding(build, found[1])
    assert "No area shown is ranked" in finding(build, quarters(None, None, None))
    boards = quarters(1, 4, 4, level="nhs")
    assert "are of integrated care boards" in finding(build, boards)


def test_the_sentence_says_ties(build):
    found = [quarters(4, 4, 1), quarters(1, 1, 2)]
    assert finding(build, *found) == (
        "Of the 2 metrics with a better end, Kent and Medway are in the worst quarter on 1 each, "
        "the most of those shown."
    )


def test_the_sentence_says_that_nobody_is_in_the_worst_quarter(build):
    found = [quarters(1, 1, 1), quarters(2, 3, None)]
    assert finding(build, *found) == (
        "No area shown is in the worst quarter on any of the 2 metrics with a better end."
    )
    assert finding(build, *found, shown=AREAS[:1]).startswith("Kent is not in the worst quarter")


def test_one_area_is_not_set_beside_others(build):
    found = [quarters(4, 1, 1), quarters(2, 1, 1)]
    assert finding(build, *found, shown=AREAS[:1]) == (
        "Of the 2 metrics with a better end, Kent is in the worst quarter on 1."
    )


def test_many_that_are_level_are_counted(build):
    shown = tuple(area(f"E{n}", f"Area {n}") for n in range(6))
    found = [row(*(figure(area_code=a.code, quartile=4) for a in shown))]
    assert "Area 0, Area 1, Area 2 and 3 others are in" in finding(build, *found, shown=shown)


def test_of_regions_the_last_are_named(build):
    shown = (area("E1", "North East", level="region"), area("E2", "London", level="region"))
    found = [
        row(figure(area_code="E1", value=low), figure(area_code="E2", value=9.0))
        for low in (1.0, 2.0)
    ]
    assert finding(build, *found, shown=shown, set="regions") == (
        "Of the 2 metrics with a better end, the North East is last of the regions on 2, the most "
        "of those shown."
    )


def test_the_sentence_agrees_with_the_table(build):
    view, shown = seen(build, area=MEDWAY, pack="board")
    found = heat_table.build_rows(view, shown)
    said = heat_table.compose_finding(view, shown, heat_table.split_by_figures(found)[0])
    of, most = (int(number) for number in re.findall(r"\d+", said))
    rows = [r for r in found if r.is_judged]
    assert of == len(rows)
    worst = [sum(r.figures[a.code].quartile == 4 for r in rows) for a in shown]
    assert most == max(worst)
    for each, number in zip(shown, worst, strict=True):
        assert (each.name in said) is (number == most)


# Order


def test_areas_are_in_order_of_a_figure_best_first_and_no_figure_last():
    found = [
        row(
            figure(value=2.0),
            figure(area_code=MEDWAY, value=None, status="suppressed"),
            figure(area_code=DEVON, value=1.0),
            polarity="low_is_good",
        )
    ]
    by = found[0].name
    assert [a.code for a in heat_table.sort_areas(AREAS, found, by)] == [DEVON, KENT, MEDWAY]
    assert [a.name for a in heat_table.sort_areas(AREAS, found, "name")] == [
        "Devon",
        "Kent",
        "Medway",
    ]
    assert heat_table.sort_areas(AREAS, found, "") == list(AREAS)


def test_the_order_is_said_in_words(build):
    def said(**asked):
        view, shown = seen(build, **asked)
        found = heat_table.build_rows(view, shown)
        return heat_table.describe_order(view, found, heat_table.order(view, found))

    assert said(areas=KENT) == "Areas are in the order they were chosen."
    assert said(area=KENT, sort="name") == "Areas are in order of name."
    assert said(area=KENT) == "Kent is first, then the others, the most alike first."
    assert said(area=KENT, set="type") == "Kent is first, then the others, in order of name."
    in_time = said(area=KENT, sort="plans_issued_in_20_weeks")
    assert "“Plans issued in 20 weeks”, best first" in in_time
    by_group = said(area=KENT, pack="board", sort="attainment_8: SEN support")
    assert "“Attainment 8: SEN support”, best first" in by_group
    assert said(areas=KENT, sort="attainment_8") == "Areas are in the order they were chosen."


# Figures of the NHS


def test_an_area_has_the_figure_of_its_board_only_where_it_lies_in_one(build):
    one = next(code for code, boards in build.boards.items() if len(boards) == 1)
    more = next(code for code, boards in build.boards.items() if len(boards) > 1)
    known = build.metrics["community_health_waits_over_18_weeks"]
    assert (
        heat_table.find_publishing_area(build, known, build.areas[one]) == build.boards[one][0][0]
    )
    assert heat_table.find_publishing_area(build, known, build.areas[more]) == ""
    view, shown = seen(build, areas=f"{one},{more}", pack="health")
    html = heat_table_html.render_section(view, shown, heat_table.build_rows(view, shown), "")
    assert f"In {len(build.boards[more])} boards" in html


# The table


def test_the_table_has_scopes_and_says_each_shade_in_words(build):
    view, shown = seen(build, area=MEDWAY, pack="board")
    html = heat_table_html.render_section(view, shown, heat_table.build_rows(view, shown), "")
    assert html.count('<th scope="col"') == len(shown) + 2
    assert html.count('<th scope="row"') == 20
    assert html.count('<th scope="rowgroup"') == 4
    for style, word in (("q1", "best"), ("q4", "worst"), ("g1", "highest"), ("g4", "lowest")):
        shaded = re.findall(rf"<td class={style}>(.*?)</td>", html)
        assert shaded
        assert all(f", {word} quarter</b>" in cell for cell in shaded)


def test_a_note_is_numbered_and_written_once(build):
    noted = row(figure(note="Provisional."), figure(area_code=MEDWAY, note="Provisional."))
    view = choices.read_view(build, {"areas": f"{KENT},{MEDWAY}"})
    html = heat_table_html.render_table(view, AREAS[:2], [noted], "")
    assert html.count("<li>Provisional.</li>") == 1
    assert html.count("</b>1</sup>") == 2


def test_more_than_there_is_room_for_is_said(build):
    view, shown = seen(build, area=MEDWAY, set="type", topic="need_by_placement")
    html = heat_table_html.render_section(view, shown, heat_table.build_rows(view, shown), "")
    assert "choose fewer areas" in html


def test_what_has_no_figure_is_named_below(build):
    view, shown = seen(build, set="regions", pack="health")
    html = heat_table_html.render_section(view, shown, heat_table.build_rows(view, shown), "")
    assert "Left out, with no figure for any of the areas shown" in html


def test_the_chart_draws_a_metric_of_the_table_in_twelve_areas_at_most(build):
    view, shown = seen(build, area=MEDWAY, set="region", pack="health")
    drawn = heat_table.select_charted(view, shown, heat_table.build_rows(view, shown))
    assert drawn.metric.id == "high_needs_spend_by_line_per_head_2_18"
    assert drawn.breakdown == "Therapies and other health related services"
    assert len(drawn.areas) == 12
    view, shown = seen(build, area=MEDWAY, pack="board", metric="attainment_8")
    assert (
        heat_table.select_charted(view, shown, heat_table.build_rows(view, shown)).metric.id
        == "attainment_8"
    )
