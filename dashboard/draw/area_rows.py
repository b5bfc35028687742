"""The rows of tables with every local authority, which are too many for a template. Pure."""

from collections.abc import Iterable, Mapping
from html import escape

from dashboard.domain.choices import View
from dashboard.domain.records import Figure, Metric
from dashboard.draw import table, table_cells
from dashboard.words.numbers import format_value
from dashboard.words.ranks import format_rank


def build_figure_rows(
    view: View, figures: Iterable[Figure], marks: Mapping[str, str]
) -> list[list[str]]:
    """Each area's figure with what it was made from; what an area is stands below its name."""
    metric = view.metric
    return [
        [
            _name_area(view, f.area_code, marks.get(f.area_code, "")) + table.render_note(f),
            table_cells.render_number(metric, f.value, f.status) + _limits(metric, f),
            table_cells.render_whole(f.numerator),
            table_cells.render_whole(f.denominator),
            escape(format_rank(metric, f)),
            table_cells.render_change(metric, f),
        ]
        for f in figures
    ]


def _name_area(view: View, code: str, mark: str) -> str:
    """An area's name, leading to its own figures where it is a local authority."""
    area, below = view.build.areas[code], f"<small>{escape(mark)}</small>" if mark else ""
    if area.level != "local_authority":
        return escape(area.name) + below
    return table.render_link(view.link("metric", area=code), area.name) + below


def _limits(metric: Metric, figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    low, high = format_value(metric, figure.low), format_value(metric, figure.high)
    return f"<small>{low} to {high}</small>"
