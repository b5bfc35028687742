"""A chart as CSV, exactly what it shows; a whole metric as CSV, one figure a line."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from dashboard.charts.model import LICENCE, ChartModel, source_line
from dashboard.domain.choices import View
from dashboard.domain.records import Figure, Metric
from dashboard.draw import caption as words_of
from dashboard.draw import chart_rows, series
from dashboard.draw.caption import NAME
from dashboard.store.figures import load_metric_figures
from dashboard.words import findings
from dashboard.words.names import capitalise
from dashboard.words.numbers import UNIT_WORDS, format_value
from pipeline import formulas

BOM = "\ufeff"  # without it Excel reads UTF-8 as something older
NO_NUMBER = "Not published"
NONE_GIVES_IT = "None that gives this figure"  # its counts give another, or none are published
Value = str | float | None

OF_MARK = (
    *("label", "area_code", "marked_as", "time_period", "period_end", "value", "shown_as"),
    *("lowest", "highest", "size", "status", "note"),
)
OF_CHART = (
    *OF_MARK,
    *("finding", "measure", "unit", "source", "release", "licence", "link", "build"),
)
MAYBE_EMPTY = {"lowest", "highest", "size", "note", "period_end", "time_period"}
OF_METRIC = (
    *("metric", "title", "breakdown", "area_code", "area", "level", "time_period", "period_end"),
    *("value", "unit", "status", "numerator", "denominator", "interval_low", "interval_high"),
    *("note",),
)
WHERE_FROM = ("source", "release", "source_file", "licence", "link", "build")


def write_chart_csv(model: ChartModel, *, build: str = "") -> str:
    """The marks of a chart in their order, each with what it says and where it is from.

    A missing value is its reason in words. Columns that no mark fills are left out, so that no
    empty cell can be taken for a nought.
    """
    model = words_of.flatten_groups(model)
    end = (model.title, model.subtitle, chart_rows.name_unit(model), model.source, model.release)
    ending = (*end, model.licence, model.permalink, build)
    marks = (*chart_rows.list_records(model, OF_MARK), *_list_curves(model))
    lines = [[*line, *ending] for line in marks]
    kept = [
        at
        for at, name in enumerate(OF_CHART)
        if name not in MAYBE_EMPTY or any(line[at] not in {None, ""} for line in lines)
    ]
    return _write_lines(
        [OF_CHART[at] for at in kept], ([line[at] for at in kept] for line in lines)
    )


def write_metric_csv(view: View, *, base: str = "") -> str:
    """Every figure of a metric, in every group, area and period, with what it was made from.

    Args:
        view: whose metric is wanted.
        base: the dashboard's own address, for the link; nothing where it is not known.
    """
    metric, build = view.metric, view.build
    link = f"{base.rstrip('/')}/" if base else f"{NAME}: "
    ending = (LICENCE, f"{link}metric?metric={metric.id}", build.id)
    lines = ([*figure, *where, *ending] for figure, where in list_figures(view))
    return _write_lines([*OF_METRIC, *WHERE_FROM], lines)


def list_figures(view: View, breakdown: str = "") -> Iterator[tuple[list[Value], list[Value]]]:
    """Each figure of a metric as OF_METRIC has it, and its source, release and file."""
    areas, metric, sources = view.build.areas, view.metric, view.build.sources
    unit = UNIT_WORDS.get(metric.unit, metric.unit)
    said: dict[str, list[Value]] = {}
    for figure, path in load_metric_figures(view.build, metric.id, breakdown):
        if path not in said:
            source = sources.get(path)
            held = [source] if source else []
            said[path] = [source_line(held), source.release if source else "", path]
        area = areas[figure.area_code]
        yield (
            [
                *(metric.id, metric.title, figure.breakdown, figure.area_code, area.name),
                *(area.level, figure.time_period, figure.period_end.isoformat()),
                *_list_numbers(metric, figure, unit),
                figure.note or "",
            ],
            said[path],
        )


def _list_numbers(metric: Metric, figure: Figure, unit: str) -> list[Value]:
    """The value or its reason, its unit and status, what it was made from, and its interval."""
    if figure.value is None or figure.status != "ok":
        value = without = no_interval = format_value(metric, None, figure.status)
    else:
        value, no_interval = figure.value, capitalise(findings.explain_no_interval(metric, figure))
        without = NONE_GIVES_IT if findings.is_publishers_own(metric, figure) else NO_NUMBER
    return [
        value,
        unit,
        figure.status,
        without if figure.numerator is None else figure.numerator,
        without if figure.denominator is None else figure.denominator,
        no_interval if figure.low is None else figure.low,
        no_interval if figure.high is None else figure.high,
    ]


def _list_curves(model: ChartModel) -> Iterator[list[Value]]:
    """The lines of a funnel plot: the limits at each size."""
    if not model.kind.has_log_sizes:
        return
    for curve, name in zip(model.curves, series.name_curves(model), strict=True):
        for size, value in zip(curve.sizes, curve.values, strict=True):
            shown = f"{value:,.{model.decimals}f}"
            yield [name, "", "limit", "", "", value, shown, None, None, size, "ok", ""]


def _write_lines(heading: Sequence[str], lines: Iterable[Sequence[Value]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(heading)
    writer.writerows([_format_cell(cell) for cell in line] for line in lines)
    return BOM + out.getvalue()


def _format_cell(value: Value) -> str:
    if value is None:
        return ""
    return formulas.guard_cell(value) if isinstance(value, str) else f"{value:.15g}"
