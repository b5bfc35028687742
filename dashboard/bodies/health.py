"""Health and care: waits by integrated care board, designated officers. Pure."""

from collections.abc import Iterable
from html import escape

from dashboard.bodies import areas, topic_sections
from dashboard.charts import of_topic, waits
from dashboard.charts.of_topic import Section
from dashboard.domain.choices import View
from dashboard.domain.records import TOTAL, Area, Figure, Metric
from dashboard.draw import table, table_cells
from dashboard.draw.table import Column
from dashboard.store import comparators, data
from dashboard.words import phrases as words
from pipeline.shown import list_shown

PAGE = "health_and_care"
OFFICERS = tuple(metric.id for metric, _ in list_shown("designated officers"))
NOT_ITS_OWN = (
    "<strong>A board’s figure is not a local authority’s.</strong> A board covers one or more "
    "local authorities, its patients may live elsewhere, and a provider may report to another "
    "board. The share is of the area’s neighbourhoods (lower layer super output areas), not of "
    "its children."
)
HEAD = '<h2 class="pillar" id="waits">Waits and access by integrated care board</h2>'
FIRST = {"waits": "Waits and access by integrated care board"}
NATIONAL = tuple(metric.id for metric, _ in list_shown("board waits"))


def lead(area: Area | None) -> str:
    """What the page answers; HTML."""
    return (
        f"What health and social care publish of children and young people with SEND in "
        f"{escape(of_topic.title(area))}: waits and access by integrated care board, "
        "designated officers, and children known to social care."
    )


def boards(view: View) -> str:
    """The boards the area lies in, and which other local authorities each of them covers; HTML."""
    if view.area is None:
        return (
            "<p>Figures of NHS services are published for integrated care boards, not for local "
            f'authorities.</p><p class="notice">{NOT_ITS_OWN}</p>'
        )
    said = areas.health(view, view.area)
    if not said:
        return "<p>No integrated care board is known for this area.</p>"
    listed = "".join(
        f"<li>{_covers(view, board)}</li>" for board, _ in view.build.boards[view.area.code]
    )
    return f'<p>{said}</p><ul>{listed}</ul><p class="notice">{NOT_ITS_OWN}</p>'


def _covers(view: View, board: str) -> str:
    """The other local authorities of a board, each with how much of it lies there."""
    others = covered(view, board)
    named = [
        f"{table.link(view.link('health-and-care', area=code), view.build.areas[code].name)}"
        f" ({part(share)})"
        for code, share in others
        if view.area is None or code != view.area.code
    ]
    name = f"<strong>{escape(view.build.areas[board].name)}</strong>"
    return f"{name} also covers {words.joined(named)}." if named else f"{name} covers no other."


def covered(view: View, board: str) -> list[tuple[str, float]]:
    """The local authorities that lie in a board, with the share of each, by name."""
    found = [
        (code, share)
        for code, held in view.build.boards.items()
        for each, share in held
        if each == board and view.build.areas[code].is_current
    ]
    return sorted(found, key=lambda pair: view.build.areas[pair[0]].name)


def part(share: float) -> str:
    """All of it, or how much of it: less than 1% where that is so."""
    if share >= 1:
        return "all of it"
    return f"{share:.0%} of it" if share >= 0.01 else "less than 1% of it"  # noqa: PLR2004


def source(view: View) -> str:
    """Where the boards' figures are from; HTML; nothing without a board."""
    return topic_sections.source(view, nhs(view)) if waits.boards_of(view) else ""


def nhs(view: View) -> list[str]:
    """The metrics of the NHS, in order."""
    return [metric.id for metric in view.build.metrics.values() if metric.is_nhs]


def also(view: View) -> list[str]:
    """The metrics the page shows beside those of its sections."""
    return [*nhs(view), *(name for name in OFFICERS if name in view.build.metrics)]


def national() -> Section:
    """What England's table shows of the NHS where no area is chosen."""
    keys = tuple((metric, "") for metric in NATIONAL)
    return Section(PAGE, "nhs", "Waits and access in England", measures=keys)


def officers(view: View) -> str:
    """Whether each officer was in post, January by January, and among the others; HTML."""
    keys = [name for name in OFFICERS if name in view.build.metrics]
    shown = _officers_of(view, view.area, keys) if view.area else _officers_counted(view, keys)
    return shown + topic_sections.source(view, keys)


def _officers_of(view: View, area: Area, keys: list[str]) -> str:
    group = comparators.group(view)
    held = {key: data.area_history(view.build, key, TOTAL, area.code) for key in keys}
    periods = {f.time_period: f.period_end for each in held.values() for f in each}
    ends = sorted(periods, key=lambda period: periods[period])
    columns = [Column("Officer", style="what"), *(Column(when) for when in ends)]
    if group:
        columns.append(Column(words.capital(group.short), "how many answered “Yes”"))
    rows = [
        [
            table_cells.name(view, view.build.metrics[key], TOTAL),
            *(_answer(view.build.metrics[key], held[key], when) for when in ends),
            *([yes(view, key, group.members)] if group else []),
        ]
        for key in keys
    ]
    caption = "Designated officers in post"
    return table.table(caption, columns, rows, "topic cards", caption_is_seen=False)


def _answer(metric: Metric, found: list[Figure], when: str) -> str:
    figure = next((f for f in found if f.time_period == when), None)
    if figure is None:
        return '<span class="none">–<b class="hide">not asked or not published</b></span>'
    return table_cells.number(metric, figure.value, figure.status) + table.note_mark(figure)


def yes(view: View, key: str, codes: Iterable[str]) -> str:
    """How many of some areas answered yes, of those that answered."""
    known = [view.build.newest.get(code, {}).get((key, TOTAL)) for code in codes]
    answers = [f.value for f in known if f and f.value is not None and f.is_latest]
    if not answers:
        return '<span class="none">–<b class="hide">none</b></span>'
    return f"{sum(answer == 1 for answer in answers)} of {len(answers)}"


def _officers_counted(view: View, keys: list[str]) -> str:
    """For England: how many local authorities gave each answer in the newest return."""
    codes = [area.code for area in view.build.local_authorities]
    rows = []
    for key in keys:
        metric = view.build.metrics[key]
        known = [view.build.newest.get(code, {}).get((key, TOTAL)) for code in codes]
        latest = [f for f in known if f and f.is_latest]
        counts = [sum(f.value == float(n.split(": ")[0]) for f in latest) for n in metric.labels]
        blank = sum(f.value is None for f in latest)
        rows.append([table_cells.name(view, metric, TOTAL), *map(str, counts), str(blank)])
    labels = [text.split(": ", 1)[1] for text in view.build.metrics[keys[0]].labels]
    columns = [
        Column("Officer", style="what"),
        *(Column(label, "local authorities", numeric=True) for label in labels),
        Column("No answer", "local authorities", numeric=True),
    ]
    title = "Designated officers in post, by answer"
    return table.table(title, columns, rows, "topic cards", caption_is_seen=False)
