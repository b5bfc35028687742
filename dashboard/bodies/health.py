"""Health and care: waits by integrated care board, designated officers. Pure."""

from collections.abc import Iterable
from functools import partial

from dashboard.bodies import areas, topic_sections
from dashboard.charts import of_topic, waits
from dashboard.charts.of_topic import Section
from dashboard.domain.choices import View
from dashboard.domain.records import TOTAL, Area, Figure
from dashboard.draw.templates import mark_html, render_macro
from dashboard.store import comparators
from dashboard.store.figures import load_area_history
from pipeline.shown import list_shown

PAGE = "health_and_care"
OFFICERS = tuple(metric.id for metric, _ in list_shown("designated officers"))
FIRST = {"waits": "Waits and access by integrated care board"}
NATIONAL = tuple(metric.id for metric, _ in list_shown("board waits"))


_render = partial(render_macro, "bodies/templates/health.html.j2")


def render_lead(area: Area | None) -> str:
    """What the page answers; HTML."""
    return _render("lead", of_topic.name_area(area))


def render_boards(view: View) -> str:
    """The boards the area lies in, and which other local authorities each of them covers; HTML."""
    told = areas.render_boards_of_area(view, view.area) if view.area else ""
    codes = [code for code, _ in view.build.boards.get(view.area.code, ())] if view.area else []
    covers = [(view.build.areas[code].name, _list_others(view, code)) for code in codes]
    return _render("boards", view, mark_html(told), covers)


def _list_others(view: View, board: str) -> list[tuple[Area, str]]:
    """The other local authorities of a board, each with how much of it lies there."""
    return [
        (view.build.areas[code], format_share(share))
        for code, share in list_covered(view, board)
        if view.area is None or code != view.area.code
    ]


def list_covered(view: View, board: str) -> list[tuple[str, float]]:
    """The local authorities that lie in a board, with the share of each, by name."""
    shares = [
        (code, share)
        for code, boards_of in view.build.boards.items()
        for each, share in boards_of
        if each == board and view.build.areas[code].is_current
    ]
    return sorted(shares, key=lambda pair: view.build.areas[pair[0]].name)


def format_share(share: float) -> str:
    """All of it, or how much of it: less than 1% where that is so."""
    if share >= 1:
        return "all of it"
    return f"{share:.0%} of it" if share >= 0.01 else "less than 1% of it"  # noqa: PLR2004


def render_source(view: View) -> str:
    """Where the boards' figures are from; HTML; nothing without a board."""
    return (
        topic_sections.render_source(view, list_nhs_metrics(view))
        if waits.list_boards(view)
        else ""
    )


def list_nhs_metrics(view: View) -> list[str]:
    """The metrics of the NHS, in order."""
    return [metric.id for metric in view.build.metrics.values() if metric.is_nhs]


def list_other_metrics(view: View) -> list[str]:
    """The metrics the page shows beside those of its sections."""
    return [*list_nhs_metrics(view), *(name for name in OFFICERS if name in view.build.metrics)]


def build_national_section() -> Section:
    """What England's table shows of the NHS where no area is chosen."""
    keys = tuple((metric, "") for metric in NATIONAL)
    return Section(PAGE, "nhs", "Waits and access in England", measures=keys)


def render_officers(view: View) -> str:
    """Whether each officer was in post, January by January, and among the others; HTML."""
    keys = [name for name in OFFICERS if name in view.build.metrics]
    shown = _render_answers(view, view.area, keys) if view.area else _count_answers(view, keys)
    return shown + topic_sections.render_source(view, keys)


def _render_answers(view: View, area: Area, keys: list[str]) -> str:
    group, metrics = comparators.find_chosen_group(view), view.build.metrics
    histories = [load_area_history(view.build, key, TOTAL, area.code) for key in keys]
    periods = {f.time_period: f.period_end for history in histories for f in history}
    rows = [
        (
            metrics[key],
            {f.time_period: f for f in history},
            count_yes(view, key, group.members) if group else "",
        )
        for key, history in zip(keys, histories, strict=True)
    ]
    return _render("answers", view, sorted(periods, key=lambda when: periods[when]), group, rows)


def count_yes(view: View, key: str, codes: Iterable[str]) -> str:
    """How many of some areas answered yes, of those that answered, if any."""
    latest = _list_latest(view, key, codes)
    answers = [figure.value for figure in latest if figure.value is not None]
    return f"{sum(answer == 1 for answer in answers)} of {len(answers)}" if answers else ""


def _list_latest(view: View, key: str, codes: Iterable[str]) -> list[Figure]:
    """What some areas answered in the newest return."""
    newest = [view.build.newest.get(code, {}).get((key, TOTAL)) for code in codes]
    return [figure for figure in newest if figure and figure.is_latest]


def _count_answers(view: View, keys: list[str]) -> str:
    """For England: how many local authorities gave each answer in the newest return."""
    codes = [area.code for area in view.build.local_authorities]
    metrics = [view.build.metrics[key] for key in keys]
    rows = []
    for metric in metrics:
        values = [figure.value for figure in _list_latest(view, metric.id, codes)]
        answers = [*(float(label.split(": ")[0]) for label in metric.labels), None]
        rows.append((metric, [values.count(answer) for answer in answers]))
    return _render(
        "answers_counted", view, [text.split(": ", 1)[1] for text in metrics[0].labels], rows
    )
