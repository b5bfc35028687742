"""The sentences on and beside a chart, written from its numbers alone. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.charts.model import MOST_BREAKS, RANGES, About, Row
from dashboard.domain.comparators import USUAL
from dashboard.domain.records import UNRANKED, Area, Figure, Group, Metric
from dashboard.words import findings
from dashboard.words.changes import pick_joint
from dashboard.words.names import describe_no_figure, join_words
from dashboard.words.numbers import EACH, describe_side, format_average, format_count, format_value
from dashboard.words.periods import describe_period, format_period
from dashboard.words.ranks import format_rank, is_placed, name_areas, name_one_area
from dashboard.words.signs import (
    describe_beside,
    describe_beside_several,
    describe_change,
    describe_extreme,
)

TEN = 10
MOST_NAMED = 12  # areas with small numbers that a note names
BELOW = "The table below gives every value."


def say_when(figure: Figure, newest: date) -> str:
    """The period of a figure inside a sentence, with its age where it is over two years old."""
    return format_period(describe_period(figure, newest))


def _add_unit(metric: Metric, number: float | None) -> str:
    """A value with what a bare number would leave open: 8.2 per 100, 21.4 weeks."""
    shown = format_value(metric, number)
    if metric.unit == "weeks":
        return f"{shown} {'week' if shown == '1' else 'weeks'}"
    return f"{shown} {EACH[metric.unit]}" if metric.unit in EACH else shown


def _describe_level(metric: Metric, name: str, number: float | None, when: str) -> str:
    return f"{name}: {_add_unit(metric, number)} in {when}"


def trend_title(
    metric: Metric,
    area: Area,
    figures: Sequence[Figure],
    middle: tuple[str, float] | None,
    newest: date = date.min,
) -> str:
    """The latest value of the area beside its group's median and England, as a sentence."""
    valued = [figure for figure in figures if figure.value is not None]
    if not valued:
        return describe_no_figure(area.name, figures)
    last = valued[-1]
    start = _describe_level(metric, area.name, last.value, say_when(last, newest))
    few = findings.describe_small_numbers(metric, last)
    start += f" ({few})" if few else ""
    if not is_placed(last):
        return start if few else f"{start} (very small numbers)"
    beside = [
        f"{describe_beside(metric, last.value or 0, other)} {name} ({shown(metric, other)})"
        for name, other, shown in (
            (*(middle or ("", None)), format_average),
            ("England", None if metric.unit == "count" else last.england, format_value),
        )
        if other is not None
    ]
    return f"{start}, {join_words(beside)}" if beside else start


def england_title(metric: Metric, figures: Sequence[Figure], newest: date = date.min) -> str:
    """England's latest value and its change, as a sentence."""
    valued = [figure for figure in figures if figure.england is not None]
    if not valued:
        return "No figure is held for England"
    last = valued[-1]
    start = _describe_level(metric, "England", last.england, say_when(last, newest))
    before = next((f for f in figures if f.time_period == last.previous_time_period), None)
    if before is None or before.england is None or last.time_period in metric.breaks:
        return start
    moved = describe_change(metric, last.england or 0, before.england)
    return f"{start}, {moved} {pick_joint(metric, moved)} {format_period(before.time_period)}"


def trends_title(
    metric: Metric,
    areas: Sequence[Area],
    series: dict[str, list[Figure]],
    newest: date = date.min,
) -> str:
    """Which of the chosen areas is highest and which lowest in the latest period they share."""
    names = {area.code: area.name for area in areas}
    latest = max(
        (
            f.period_end
            for fs in series.values()
            for f in fs
            if f.value is not None and is_placed(f)
        ),
        default=None,
    )
    now = [
        f
        for code in names
        for f in series.get(code, [])
        if f.period_end == latest and f.value is not None and is_placed(f)
    ]
    if not now:
        return _describe_unplaced(metric, names, series, newest)
    high, low = max(now, key=lambda f: f.value or 0), min(now, key=lambda f: f.value or 0)
    when = say_when(high, newest)
    if format_value(metric, high.value) == format_value(metric, low.value):
        return _describe_level(metric, names[high.area_code], high.value, when)
    ends = [describe_extreme(metric, each.value or 0, is_high=each is high) for each in (high, low)]
    return (
        f"In {when}, {names[high.area_code]} {'has' if metric.signed else 'is'} {ends[0]} of those "
        f"chosen ({format_value(metric, high.value)}) and {names[low.area_code]} {ends[1]} "
        f"({format_value(metric, low.value)})"
    )


def _describe_unplaced(
    metric: Metric, names: dict[str, str], series: dict[str, list[Figure]], newest: date
) -> str:
    """The last figures of areas that are never set against others; or that there are none."""
    last = [f for code in names for f in series.get(code, []) if f.value is not None][-1:]
    said = [_describe_level(metric, names[f.area_code], f.value, say_when(f, newest)) for f in last]
    return f"{said[0]}, very small numbers" if said else "No figure is held for the chosen areas"


def ranked_title(
    metric: Metric, figures: Sequence[Figure], names: dict[str, str], area: Area | None
) -> str:
    """Where the area stands; without an area, what the values run from and to."""
    placed = [figure for figure in figures if figure.rank is not None]
    if not placed:
        return f"No {name_one_area(metric)} is ranked on this metric"
    own = next((f for f in placed if area and f.area_code == area.code), None)
    if area and own:
        return f"{area.name} is {format_rank(metric, own)} {name_areas(metric)}"
    low = min(placed, key=lambda f: f.value or 0)
    high = max(placed, key=lambda f: f.value or 0)
    return (
        f"Values run from {format_value(metric, low.value)} ({names[low.area_code]}) to "
        f"{format_value(metric, high.value)} ({names[high.area_code]})"
    )


def member(group: Group | None) -> str:
    """What an area is that belongs to the group that is compared with, in a word or two."""
    return (group.kind if group else USUAL).member


def beside_title(
    metric: Metric, area: Area, own: Figure | None, others: Sequence[Figure], group: Group
) -> str:
    """How many members of its group the area is above or below, whichever are more."""
    valued = [f.value for f in others if f.value is not None]
    if own is None or own.value is None:
        return describe_no_figure(area.name, [own])
    few = findings.describe_small_numbers(metric, own)
    shown = f"{format_value(metric, own.value)}{f'; {few}' if few else ''}"
    if not is_placed(own):
        few_ = "" if few else "; very small numbers"
        return f"{area.name} ({shown}{few_}) beside its {member(group)}s: not compared"
    if not valued:
        return f"{area.name} has no {member(group)} with a figure"
    ways = [describe_side(metric, own.value, other) for other in valued]
    way = max(("above", "below", "level with"), key=ways.count)
    is_whole = len(valued) == len(set(group.members) - {area.code})
    of = _describe_share(group, ways.count(way), len(valued), is_whole=is_whole)
    stands = describe_beside_several(metric, way, own.value, valued)
    return f"{area.name} ({shown}){stands} {of}"


def _describe_share(group: Group, count: int, valued: int, *, is_whole: bool) -> str:
    """How many of a group's members: all of its ten, 8 of its 9 with a figure."""
    number = "ten" if valued == TEN else str(valued)
    its = group.kind.members
    whose, kind = ("its", its) if its else ("the", f"in {group.short}")
    some = "" if is_whole else " with a figure"
    if valued == 1:
        others = f"its {kind}" if whose == "its" else f"those {kind}"
        return f"the only one of {others}{some}"
    # A bare "its 9 statistical neighbours" would deny the tenth, which has no figure.
    every = "both" if valued == 2 else "all"  # noqa: PLR2004 - two are both
    if count == valued and not is_whole and whose == "its":
        return f"{'both' if every == 'both' else f'all {valued}'} of its {kind}{some}"
    return f"{every if count == valued else count} of {whose} {number} {kind}{some}"


def positions_title(area: Area, placed: Sequence[Figure]) -> str:
    """How often the area is in the best and in the worst quarter."""
    if not placed:
        return f"{area.name} is not ranked"
    best = sum(figure.quartile == 1 for figure in placed)
    worst = sum(figure.quartile == 4 for figure in placed)  # noqa: PLR2004 - the fourth quarter
    return (
        f"{area.name} is in the best quarter of local authorities on {best} of "
        f"{format_count(len(placed), 'headline metric')}, in the worst quarter on {worst}"
    )


def breaks_note(metric: Metric) -> str:
    """What series breaks mean for the reader; nothing where there is none."""
    if not metric.breaks:
        return ""
    if len(metric.breaks) > MOST_BREAKS:
        return "Points that are not joined belong to different series: they do not compare."
    when = join_words(list(metric.breaks))
    return f"A new series starts in {when}: values before and after do not compare."


def trend_note(metric: Metric) -> str:
    """What a reader of lines over time should know."""
    count = (
        "The region and England are left out: their numbers would flatten the lines."
        if metric.unit == "count"
        else ""
    )
    return " ".join(part for part in (breaks_note(metric), count) if part)


def ranked_note(metric: Metric, figures: Sequence[Figure], names: dict[str, str]) -> str:
    """Who is not ranked, and why."""
    small = [
        f"{names[f.area_code]} ({format_value(metric, f.value, f.status)})"
        for f in figures
        if f.area_code in UNRANKED
    ]
    blank = [
        f"{names[f.area_code]} ({format_value(metric, f.value, f.status).lower()})"
        for f in figures
        if f.rank is None and f.area_code not in UNRANKED
    ]
    parts = [few_note(metric, [f for f in figures if f.rank is not None], names)]
    if small:
        parts.append(f"Not ranked, very small numbers: {join_words(small)}.")
    if blank:
        parts.append(f"Not ranked, no figure: {join_words(blank)}.")
    return " ".join(filter(None, parts))


def few_note(metric: Metric, figures: Sequence[Figure], names: Mapping[str, str]) -> str:
    """Whose figures rest on few children or events: by name, or how many where they are many."""
    few = [(f, said) for f in figures if (said := findings.describe_small_numbers(metric, f))]
    if len(few) > MOST_NAMED:
        return f"Small numbers behind {len(few)} of the {len(figures)} figures."
    listed = [f"{names[f.area_code]} ({said.partition(': ')[2]})" for f, said in few]
    return f"Small numbers: {join_words(listed)}." if listed else ""


def trend_alt(about: About, rows: Sequence[Row]) -> str:
    """The first and last value of each line, for a reader who cannot see them."""
    lines = []
    for label in dict.fromkeys(row.label for row in rows if row.role not in RANGES):
        valued = [row for row in rows if row.label == label and row.value is not None]
        if valued:
            lines.append(
                f"{label}: {valued[0].shown} in {format_period(valued[0].time_period)}"
                + (
                    f", {valued[-1].shown} in {format_period(valued[-1].time_period)}"
                    if len(valued) > 1
                    else ""
                )
            )
    return f"Line chart of {about.subtitle}. {'; '.join(lines) or 'No values'}. {BELOW}"


def ranked_alt(about: About, rows: Sequence[Row], area: Area | None) -> str:
    """The ends of a ranking and the place of one area, for a reader who cannot see it."""
    rows = [row for row in rows if row.area_code]
    if not rows:
        return f"Bar chart of {about.subtitle}, with no {name_one_area(about.metric)} to rank."
    own = next((row for row in rows if area and row.area_code == area.code), None)
    return (
        f"Bar chart of {about.subtitle} in {len(rows)} {name_areas(about.metric)}, in order from "
        f"{rows[0].label} ({rows[0].shown}) to {rows[-1].label} ({rows[-1].shown})."
        + (f" {own.label}: {own.shown}, {own.note}." if own else "")
        + f" {BELOW}"
    )


def positions_alt(area: Area, rows: Sequence[Row]) -> str:
    """The ranks of one area, for a reader who cannot see them."""
    listed = "; ".join(f"{row.label}: {row.shown}" for row in rows)
    chart = f"Dot chart of the rank of {area.name} on each headline metric"
    return f"{chart}. {listed or 'No ranks'}. {BELOW}"


def beside_alt(about: About, rows: Sequence[Row]) -> str:
    """What the bars of one area and its neighbours show, for a reader who cannot see them."""
    listed = "; ".join(f"{row.label} {row.shown}" for row in rows)
    return f"Bar chart of {about.subtitle}: {listed or 'no values'}. {BELOW}"
