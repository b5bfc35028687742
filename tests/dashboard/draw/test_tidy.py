"""CSV says exactly what a chart shows, and the whole of a metric."""

import csv
import io

import pytest

from dashboard.charts.model import LICENCE, RANGES
from dashboard.domain import choices
from dashboard.draw import tidy
from dashboard.store.figures import count_figures, load_metric_figures
from tests.dashboard.draw.conftest import provenance


def rows(text):
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def unsafe(text):
    """As a cell is read back: the apostrophe that marks a text is no part of it."""
    return text.removeprefix("'")


def test_every_mark_of_a_chart_is_a_line_in_its_order(model, build):
    found = rows(tidy.write_chart_csv(model, build=build.id))
    marks = [line for line in found if line["marked_as"] != "limit"]
    assert [unsafe(line["label"]) for line in marks] == [row.label for row in model.rows]
    assert [unsafe(line["shown_as"]) for line in marks] == [row.shown for row in model.rows]
    for line, row in zip(marks, model.rows, strict=True):
        if row.value is None:
            assert unsafe(line["value"]) == row.shown
        else:
            assert float(line["value"]) == pytest.approx(row.value)
    for line in found:
        assert line["finding"] == model.title
        assert line["measure"] == model.subtitle
        assert [line["source"], line["licence"]] == [model.source, LICENCE]
        assert [line["link"], line["build"]] == [model.permalink, build.id]
    assert len(provenance(model, build)) == 5


def test_the_limits_of_a_funnel_are_lines_of_their_own(models):
    model = models["funnel"]
    limits = [line for line in rows(tidy.write_chart_csv(model)) if line["marked_as"] == "limit"]
    assert len(limits) == sum(len(curve.sizes) for curve in model.curves)
    assert {line["label"] for line in limits} == {
        *("All together", "95% limit, lower", "95% limit, upper"),
        *("99.8% limit, lower", "99.8% limit, upper"),
    }


def test_a_missing_value_is_its_reason_and_never_nought(models):
    model = models["trend with gaps"]
    missing = [row for row in model.rows if row.value is None and row.role not in RANGES]
    assert missing
    found = [line for line in rows(tidy.write_chart_csv(model)) if line["status"] != "ok"]
    assert [line["value"] for line in found] == [row.shown for row in missing]
    assert not {"", "0"} & {line["value"] for line in found}


@pytest.mark.parametrize("metric", ["plans_issued_in_20_weeks", "attainment_8", "dsg_balance"])
def test_a_whole_metric_has_every_figure(build, metric):
    if metric not in build.metrics:
        metric = next(name for name in build.metrics if name.startswith("dsg"))
    view = choices.read_view(build, {"metric": metric})
    found = rows(tidy.write_metric_csv(view, base="https://dashboard.test/"))
    assert len(found) == count_figures(build, metric)
    for line, (figure, path) in zip(found, load_metric_figures(build, metric), strict=True):
        assert (line["area_code"], line["time_period"]) == (figure.area_code, figure.time_period)
        if figure.value is None:
            assert line["status"] == figure.status != "ok"
            assert line["value"].isprintable()
            assert not line["value"].replace(".", "").isdigit()
        else:
            assert float(line["value"]) == pytest.approx(figure.value)
        assert line["source_file"] == path
        assert build.sources[path].publication_title in line["source"]
    assert {line["licence"] for line in found} == {LICENCE}
    assert {line["link"] for line in found} == {f"https://dashboard.test/metric?metric={metric}"}
    assert {line["build"] for line in found} == {build.id}
    assert all(all(line[name] for name in line if name != "note") for line in found)


def test_a_figure_whose_published_counts_give_another_does_not_say_that_none_are_published(build):
    view = choices.read_view(build, {"metric": "requests_decided_in_6_weeks"})
    made = [
        row
        for row in rows(tidy.write_metric_csv(view))
        if "The published counts give" in row["note"]
    ]
    assert made
    for row in made:
        assert row["numerator"] == row["denominator"] == tidy.NONE_GIVES_IT
        assert "do not give it" in row["interval_low"]
        assert row["interval_low"] == row["interval_high"]


def test_numbers_stay_numbers_when_they_are_negative(build):
    view = choices.read_view(build, {"metric": "ks2_reading_progress"})
    values = [line["value"] for line in rows(tidy.write_metric_csv(view))]
    assert any(value.startswith("-") and float(value) < 0 for value in values)
