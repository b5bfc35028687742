"""The finding as text, the link and the reasons for what is missing."""

from dataclasses import replace

from dashboard.charts.model import Role, Row
from dashboard.draw import caption
from tests.dashboard.draw.conftest import BASE, provenance


def test_the_finding_says_what_when_and_where_from(model, build):
    said = caption.compose_finding(model, build=build.id)
    assert said.startswith(f"{model.title}.\n{model.subtitle}")
    for part in provenance(model, build):
        assert part in said
    when = caption.period(model)
    assert when in said


def test_a_link_is_whole_or_says_that_the_address_is_not_known(models):
    model = replace(models["trend"], permalink="metric?area=E10000016")
    assert "is not given" in caption.link(model)
    assert caption.make_absolute(model, "").permalink == "metric?area=E10000016"
    whole = caption.make_absolute(model, f"{BASE}/")
    assert whole.permalink == f"{BASE}/metric?area=E10000016"
    assert "is not given" not in caption.link(whole)
    assert caption.make_absolute(whole, "https://other.test") == whole
    assert (
        caption.make_absolute(replace(model, permalink="./?area=x"), BASE).permalink
        == f"{BASE}/?area=x"
    )


def test_what_is_missing_is_said_with_its_reason():
    def row(label, when, value, shown):
        return Row(label, Role.FOCUS, value, shown, time_period=when)

    rows = [
        row("Kent", "2019/20", None, "Not available"),
        row("Kent", "2020/21", None, "Not available"),
        row("Kent", "2021/22", 1.0, "1.0"),
        row("England", "2019/20", None, "Not available"),
        row("England", "2020/21", None, "Not available"),
        row("Medway", "2019/20", None, "Suppressed"),
    ]
    assert caption.describe_gaps(rows) == (
        "No figure: Kent and England in 2019/20 and 2020/21 (not available); "
        "Medway in 2019/20 (suppressed)."
    )
    assert caption.describe_gaps(rows[2:3]) == ""


def test_many_periods_without_a_figure_are_counted():
    rows = [
        Row("Kent", Role.FOCUS, None, "Suppressed", time_period=str(year))
        for year in range(2010, 2020)
    ]
    assert "and 5 more (suppressed)" in caption.describe_gaps(rows)


def test_colours_are_named_where_marks_have_no_names(models):
    said = caption.describe_colours(models["ranking"])
    assert said == (
        "Kent dark blue, statistical neighbours turquoise, region dark pink, England dark grey, "
        "others light grey."
    )
    assert caption.describe_colours(models["trend"]) == ""


def test_a_definition_has_only_what_is_known(build):
    found = dict(caption.list_definition(build.metrics["plans_issued_in_20_weeks"]))
    assert found["Unit"] == "per cent"
    assert all(found.values())
