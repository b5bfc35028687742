"""Outcomes beside spending, in words and as a chart."""

import pytest

from dashboard.bodies import indices as value
from dashboard.charts import outcomes_and_spending
from dashboard.domain import choices
from dashboard.domain.records import AreaIndex
from dashboard.draw.screen import figure as screen
from dashboard.store import served
from dashboard.store.analyses import load_index_parts, load_indices
from dashboard.store.figures import list_ranking

BUILD = served.find_current_build()
PARTS = load_index_parts(BUILD)
KENT, MEDWAY, NEWHAM, SCILLY = "E10000016", "E06000035", "E09000025", "E06000053"


def one(code, name, number, **changes):
    given = {"held": 1.0, "rank": 3, "number_ranked": 9, "rank_best": 2, "rank_worst": 5}
    missing = dict.fromkeys(given) if number is None else given
    return AreaIndex(area_code=code, name=name, value=number, **(missing | changes))


def indices(outcomes, spend):
    return {
        "outcomes": {KENT: one(KENT, "outcomes", outcomes)},
        "spend": {KENT: one(KENT, "spend", spend)},
    }


@pytest.mark.parametrize(
    ("outcomes", "spend", "said"),
    [
        (0.2, 0.3, "outcomes and spending both above the mean of local authorities"),
        (-0.2, -0.3, "outcomes and spending both below the mean of local authorities"),
        (0.2, -0.3, "outcomes above the mean of local authorities, spending below it"),
        (-0.2, 0.3, "outcomes below the mean of local authorities, spending above it"),
    ],
)
def test_the_title_says_the_quarter_an_area_lies_in(outcomes, spend, said):
    found = indices(outcomes, spend)
    assert outcomes_and_spending.title(BUILD.areas[KENT], found) == f"Kent: {said}"


def test_an_area_without_an_index_says_so():
    assert outcomes_and_spending.title(BUILD.areas[KENT], indices(None, 0.1)) == (
        "Kent has too few published figures for an outcomes index"
    )
    assert outcomes_and_spending.title(BUILD.areas[SCILLY], load_indices(BUILD)) == (
        "Isles of Scilly has too few published figures for an outcomes index and a spending index"
    )


def test_without_an_area_the_title_counts_the_quarters():
    found = load_indices(BUILD)
    better = [
        code
        for code, row in found["outcomes"].items()
        if row.value is not None
        and row.value > 0
        and found["spend"][code].value is not None
        and found["spend"][code].value <= 0
    ]
    assert outcomes_and_spending.title(None, found).startswith(
        f"{len(better)} of 150 local authorities have"
    )


def test_a_return_that_cannot_be_right_gives_no_index():
    found = load_indices(BUILD)
    assert [c for c, row in found["spend"].items() if row.value is None] == [NEWHAM]
    assert outcomes_and_spending.title(BUILD.areas[NEWHAM], found) == (
        "Newham has too few published figures for a spending index"
    )


def test_the_draws_are_said_to_move_what_the_build_has_an_interval_for():
    outcomes = [part for part in PARTS if part.name == "outcomes"]
    varied = [part for part in outcomes if part.varied]
    assert 0 < len(varied) < len(outcomes)
    assert value.describe_draws("outcomes", PARTS) == (
        f"the weights and of {len(varied)} of its {len(outcomes)} figures "
        f"(the other {len(outcomes) - len(varied)} have no interval)"
    )
    assert value.describe_draws("spend", PARTS) == (
        "the weights alone (none of its 2 figures has an interval)"
    )
    moved = [part._replace(varied=150) for part in outcomes]
    assert value.describe_draws("outcomes", moved).endswith("figures within their intervals")


def test_a_figure_is_said_to_be_moved_only_where_areas_have_its_interval():
    for part in PARTS:
        found = list_ranking(BUILD, part.metric, part.breakdown)
        with_interval = sum(
            f.low is not None and f.high is not None and f.high > f.low
            for f in found
            if f.rank is not None
        )
        assert (part.varied > 0) is (with_interval > 0), part


def test_a_rank_is_said_with_its_range():
    said = value.render_ranks(BUILD.areas[KENT], indices(0.2, 0.3), PARTS)
    assert "<strong>3rd of 9</strong>: between 2nd and 5th in 90 of 100 draws" in said
    partly = indices(0.2, 0.3) | {"spend": {KENT: one(KENT, "spend", 0.1, held=0.75)}}
    assert "75% of the weight has a figure" in value.render_ranks(BUILD.areas[KENT], partly, PARTS)


def test_the_chart_has_every_area_once_and_marks_the_chosen_one_and_its_neighbours():
    view = choices.read_view(BUILD, {"area": KENT})
    model = outcomes_and_spending.build_scatter(
        view, load_indices(BUILD), list(BUILD.sources.values())[:1]
    )
    assert len({row.area_code for row in model.rows}) == len(model.rows) == 150
    assert [row.area_code for row in model.rows if row.role == "focus"] == [KENT]
    assert sum(row.role == "neighbour" for row in model.rows) == 10
    drawn = screen.draw_figure(model)
    points = [trace for trace in drawn["data"] if trace["mode"] == "markers"]
    assert sum(len(trace["x"]) for trace in points) == 150
    assert drawn["layout"]["xaxis"]["title"]["text"] == outcomes_and_spending.ACROSS
    assert "Scatter chart of the outcomes index of 150 local authorities" in model.alt


def test_the_parts_are_listed_with_weights_that_add_up():
    parts = load_index_parts(BUILD)
    listed = value.render_made_of(choices.read_view(BUILD, {}), parts)
    assert listed.count("<tr>") == len(parts) + 1
    for name in ("outcomes", "spend"):
        own = [part.weight for part in parts if part.name == name]
        assert sum(own) == pytest.approx(len({p.theme for p in parts if p.name == name}))
