"""Every recipe asks for charts, metrics and rows that there are."""

from dashboard.briefing import tables
from dashboard.charts import registry
from dashboard.domain import choices, recipes
from dashboard.domain.recipes import BASELINES, RECIPES
from tests.dashboard.briefing.make import BUILD, KENT

CHARTED = [s for recipe in RECIPES.values() for s in recipe.sections if s.chart]


def test_the_recipes_are_those_that_were_asked_for():
    assert list(RECIPES) == [
        *("board", "schools_forum", "inspection", "scrutiny", "adulthood"),
        *("alternative_provision", "reform_plan"),
    ]


def test_each_recipe_has_an_audience_and_sections_with_ids_of_their_own():
    for recipe in RECIPES.values():
        assert recipe.audience.endswith(".")
        assert 8 <= len(recipe.sections) <= 12, recipe.id
        assert len(set(recipe.order)) == len(recipe.order)
        assert all(name.replace("_", "").isalnum() for name in recipe.order)


def test_each_section_says_why_in_a_sentence_and_shows_one_kind_of_thing():
    for recipe in RECIPES.values():
        for section in recipe.sections:
            assert section.why.endswith(".")
            assert sum(map(bool, (section.chart, section.parts, section.baseline))) == 1


def test_charts_are_of_the_book_and_metrics_of_the_build_with_their_groups():
    for section in CHARTED:
        assert section.chart in registry.CHARTS
    for recipe in RECIPES.values():
        for name, breakdown in recipe.metrics:
            known = BUILD.metrics[name].breakdowns
            assert breakdown in known if breakdown else len(known) == 1, name


def test_the_rows_of_the_reform_plan_take_figures_that_there_are():
    for table in BASELINES.values():
        for line in table.lines:
            assert bool(line.metric) is not bool(line.blank), line.label
            assert not line.metric or line.published
            if line.metric:
                metric, breakdown = tables.pick_metric(BUILD, line.metric)
                assert breakdown in metric.breakdowns
        if table.crossed:
            for _, metric in table.crossed.columns:
                assert set(table.crossed.needs) <= set(BUILD.metrics[metric].breakdowns)


def test_the_reform_plan_has_the_rows_of_its_template_in_order():
    rows = {
        name: [line.label for line in table.lines if not line.is_extra]
        for name, table in BASELINES.items()
    }
    assert rows["age"] == ["Under 5", "5 to 10", "11 to 15", "16 to 19", "20 to 25"]
    assert len(rows["provision"]) == 14
    assert rows["provision"][0].startswith("Early years")
    assert rows["provision"][-1] == "Other, including hospital schools"
    assert len(rows["need"]) == 13
    assert not any("Down" in label for label in rows["need"])
    assert [label.split()[0] for label in rows["assessments"]] == ["10", "10", "11", "11", "12"]
    asked = RECIPES["reform_plan"].order
    assert asked[:6] == ("age", "provision", "need", "need_by_provision", "assessments", "council")


def test_the_order_asked_for_is_kept_and_nothing_asked_is_everything():
    recipe = RECIPES["board"]
    assert [s.id for s in recipes.select_sections(recipe, ("plans", "on_time"))] == [
        "plans",
        "on_time",
    ]
    assert recipes.select_sections(recipe, ()) == recipe.sections


def test_the_address_keeps_recipe_and_order_and_says_what_it_does_not_know():
    view = choices.read_view(
        BUILD, {"area": KENT, "brief": "board", "order": "plans,plans,nothing"}
    )
    assert (view.brief, view.order) == ("board", ("plans",))
    assert "“nothing”" in view.notes[0]
    assert "order=plans" in view.link("briefing")
    lost = choices.read_view(BUILD, {"brief": "<x>"})
    assert lost.brief == ""
    assert "There is no briefing called “<x>”" in lost.notes[0]
