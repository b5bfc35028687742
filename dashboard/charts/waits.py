"""Waits of more than 18 weeks for community health services, by integrated care board."""

from collections.abc import Iterable

from dashboard.charts import of_topic
from dashboard.charts.model import ChartModel, Role, Row
from dashboard.charts.of_topic import Said
from dashboard.domain.choices import View
from dashboard.domain.records import ENGLAND, TOTAL, Metric

WAITS = "community_health_waits_over_18_weeks"
WAITS_NOTE = (
    "Unvalidated management information returned by providers. A board without a figure has no "
    "provider that submitted the service; a board’s figures can move for that reason alone."
)


def build_waits(view: View) -> ChartModel:
    """Waits of more than 18 weeks by service in the area's boards and England."""
    metric = view.build.metrics[WAITS]
    found = [row for service in metric.breakdowns for row in _build_service(view, metric, service)]
    title = compose_finding(view, found)
    rows, when = of_topic.add_periods(found)
    what = "Children waiting more than 18 weeks, per cent of the waiting list"
    said = Said(title, ", ".join(filter(None, [what, when])), WAITS_NOTE, "health-and-care")
    return of_topic.build_grouped_chart(view, [WAITS], rows, said)


def _build_service(view: View, metric: Metric, service: str) -> list[Row]:
    """A bar for each board and for England; without a board, England and the median board."""
    heading, key = "All services" if service == TOTAL else service, (metric.id, service)
    held, codes = view.build.newest, list_boards(view)
    nation = held.get(ENGLAND, {}).get(key)
    if not codes:
        rows = [
            of_topic.build_figure_bar(metric, heading, ("England", Role.FOCUS), nation, ENGLAND)
        ]
        return [
            *rows,
            *of_topic.build_typical_bar(metric, heading, nation, view.build.spreads.get(key)),
        ]
    named = [(code, (shorten_board(view.build.areas[code].name), Role.FOCUS)) for code in codes]
    rows = [
        of_topic.build_figure_bar(metric, heading, who, held.get(c, {}).get(key), c)
        for c, who in named
    ]
    return [*rows, of_topic.build_figure_bar(metric, heading, ("England", Role.ENGLAND), nation)]


def shorten_board(board: str) -> str:
    """A board's name without what every board's name begins with."""
    return board.removeprefix("NHS ")


def compose_finding(view: View, rows: Iterable[Row]) -> str:
    """How many waited in the board most of the area lies in, beside England; a sentence."""
    whole = [row for row in rows if row.group == "All services" and row.value is not None]
    own = next((row for row in whole if row.role is Role.FOCUS), None)
    if own is None:
        return f"{of_topic.name_area(view.area)}: no board’s waits are held"
    beside = [f"England {row.shown}" for row in whole if row.role is Role.ENGLAND]
    said = f"{own.label}: {own.shown} of children on waiting lists had waited more than 18 weeks"
    return f"{said}{f' ({beside[0]})' if beside else ''}"


def list_boards(view: View) -> list[str]:
    """The boards the chosen area lies in, the one with most of it first."""
    return [board for board, _ in view.build.boards.get(of_topic.pick_area_code(view), ())]
