"""Bars of some figures of one area beside its comparators, as the metrics in them have it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from dashboard.charts.model import LICENCE, ChartModel, Kind, Role, Row, releases, source_line
from dashboard.domain.choices import View
from dashboard.domain.records import ENGLAND, Area, Figure, Group, Metric, Spread
from dashboard.store import comparators
from dashboard.store.figures import load_area_history
from dashboard.store.provenance import list_releases
from dashboard.words import findings
from dashboard.words.names import capitalise, join_words, make_possessive
from dashboard.words.numbers import (
    MINUS,
    NO_PUBLISHED_FIGURE,
    format_average,
    format_count,
    format_value,
    format_whole,
)
from dashboard.words.periods import describe_age, describe_period
from pipeline import shown as listed

MILLION, THOUSAND = 1_000_000, 1000
HALF = 50.0  # per cent: what is above it is most of all


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands under one heading of a chart: a figure, of the newest period if none is named."""

    label: str
    metric: str
    breakdown: str = ""
    period: str = ""
    is_apart: bool = False  # never named as the largest: it is part of another, or not comparable


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of some figures beside one another, and how its finding is worded."""

    name: str
    title: str
    entries: tuple[Entry, ...]
    finding: str = "first"
    lead: str = ""
    over_half: str = ""  # the lead where the largest share is more than half
    per: str = ""
    pair: tuple[int, ...] = ()
    pair_end: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page: its figures, its charts, and what no one publishes."""

    page: str
    id: str
    title: str
    text: str = ""
    measures: tuple[tuple[str, str], ...] = ()
    charts: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    held: str = ""  # what a council would hold itself
    note: str = ""
    outcome: int = 0  # which of the five outcomes of alternative provision it is about


class Said(NamedTuple):
    """What is written on and beside a chart, and the page it is on."""

    title: str
    subtitle: str
    note: str
    place: str


def list_sections(page: str) -> list[Section]:
    """The sections of a page, in reading order."""
    return [section for section in SECTIONS if section.page == page]


def pick_area_code(view: View) -> str:
    """The area whose figures are shown: England's where none is chosen."""
    return view.area.code if view.area else ENGLAND


def format_figure(metric: Metric, number: float | None, status: str = "ok") -> str:
    """A value as format_value has it, amounts from a million up in millions or billions."""
    if number is None or metric.unit != "pounds" or abs(number) < MILLION:
        return format_value(metric, number, status)
    return format_pounds(number)


def format_pounds(pounds: float) -> str:
    """Pounds as a finance officer writes them: £773,983, £308.4m, £10.22bn, −£4.8m."""
    sign, size = MINUS if pounds < 0 else "", abs(pounds)
    if size < MILLION:
        return f"{sign if round(size) else ''}£{size:,.0f}"
    if round(size / MILLION, 1) < THOUSAND:
        return f"{sign}£{size / MILLION:,.1f}m"
    return f"{sign}£{size / MILLION / THOUSAND:,.2f}bn"


def is_size(metric: Metric) -> bool:
    """Whether a figure says how large an area is, so that ranks and medians would mislead."""
    about = listed.load_metrics().get(metric.id)
    return about.depends_on_size if about else metric.unit in {"count", "pounds"}


def describe_parts(metric: Metric, figure: Figure) -> str:
    """The two numbers that a figure was made from: £308.4m over 333,370 people aged 2 to 18."""
    if figure.numerator is None or figure.denominator is None or metric.unit == "percent_change":
        return ""
    about = listed.load_metrics().get(metric.id)
    is_money = about.counts_money if about else metric.unit == "pounds"
    top = format_pounds(figure.numerator) if is_money else format_whole(figure.numerator)
    is_share = metric.unit == "percent" and is_money
    below = format_pounds(figure.denominator) if is_share else f"{figure.denominator:,.0f}"
    return f"{top} {(about.over if about else 'of {}').format(below)}"


def build_listed_chart(view: View, name: str) -> ChartModel | None:
    """A chart of pipeline/sections.toml for the chosen area, its group and England, or for England.

    Raises:
        KeyError: it has no chart of that name.
    """
    asked = CHARTS[name]
    metrics = view.build.metrics
    shown = [
        (entry, find_figure(view, entry)) for entry in asked.entries if entry.metric in metrics
    ]
    if not shown:
        return None
    rows = [row for entry, own in shown for row in build_bars(view, entry, own)]
    return build_bar_chart(
        view, replace(asked, note=_compose_note(asked, [own for _, own in shown if own])), rows
    )


def _compose_note(asked: Chart, figures: Iterable[Figure]) -> str:
    """The note of a chart, and the notes on its figures, each once."""
    notes = dict.fromkeys(figure.note for figure in figures if figure.note)
    return " ".join([asked.note, *(note if note.endswith(".") else f"{note}." for note in notes)])


def build_bar_chart(view: View, asked: Chart, bars_shown: Sequence[Row]) -> ChartModel:
    """A chart of a list; it says its own period where every bar has the same."""
    rows, when = add_periods(bars_shown)
    subtitle = f"{asked.title}{f', {when}' if when else ''}"
    texts = Said(compose_finding(view, asked, bars_shown), subtitle, asked.note, PLACES[asked.name])
    return build_grouped_chart(view, [entry.metric for entry in asked.entries], rows, texts)


def build_grouped_chart(
    view: View, metrics: Iterable[str], rows: Sequence[Row], texts: Said
) -> ChartModel:
    """A chart of bars under headings, with what is said of it and where it is from."""
    metrics_shown = [view.build.metrics[metric] for metric in dict.fromkeys(metrics)]
    sources = list_releases(view.build, metrics_shown)
    names = join_words(list(dict.fromkeys(row.label for row in rows)))
    number = len(dict.fromkeys(row.group for row in rows))
    return ChartModel(
        kind=Kind.GROUPED_BAR,
        rows=tuple(rows),
        highlights=tuple(dict.fromkeys(r.area_code for r in rows if r.role is Role.FOCUS)),
        title=texts.title,
        subtitle=texts.subtitle,
        unit=metrics_shown[0].unit,
        decimals=metrics_shown[0].decimals,
        source=source_line(sources),
        source_url="",
        release=releases(sources),
        licence=LICENCE,
        note=texts.note,
        alt=f"Bar chart of {texts.subtitle}: {format_count(number, 'heading')} with {names}. "
        f"{texts.title}. The table below has every value.",
        permalink=view.link(texts.place),
    )


def find_figure(view: View, entry: Entry, area: str = "") -> Figure | None:
    """The figure of an entry in an area: the newest, or that of the period it names."""
    metric = view.build.metrics[entry.metric]
    group = entry.breakdown or metric.breakdowns[0]
    if not entry.period:
        return view.build.newest.get(area or pick_area_code(view), {}).get((metric.id, group))
    history = load_area_history(view.build, metric.id, group, area or pick_area_code(view))
    return next((figure for figure in history if figure.time_period == entry.period), None)


def build_bars(view: View, entry: Entry, own: Figure | None) -> list[Row]:
    """The bars under one heading: the chosen area, its group and England, or England alone."""
    metric = view.build.metrics[entry.metric]
    if view.area is None:
        return _build_england_bars(view, metric, entry, own)
    rows = [
        build_figure_bar(metric, entry.label, (view.area.name, Role.FOCUS), own, view.area.code)
    ]
    nation = "England", Role.ENGLAND
    if own is None:
        return [
            *rows,
            build_figure_bar(metric, entry.label, nation, find_figure(view, entry, ENGLAND)),
        ]
    middle = build_group_bar(view, entry.label, own)
    return [*rows, *middle, build_number_bar(metric, entry.label, nation, own.england, own)]


def _build_england_bars(view: View, metric: Metric, entry: Entry, own: Figure | None) -> list[Row]:
    spread = view.build.spreads.get((metric.id, entry.breakdown or metric.breakdowns[0]))
    rows = [build_figure_bar(metric, entry.label, ("England", Role.FOCUS), own, ENGLAND)]
    return [*rows, *build_typical_bar(metric, entry.label, own, spread)]


def build_typical_bar(
    metric: Metric, heading: str, own: Figure | None, spread: Spread | None
) -> list[Row]:
    """The median of all areas beside England's figure, where it is of the same period."""
    if own is None or spread is None or spread.time_period != own.time_period:
        return []
    who = "Median board" if metric.is_nhs else "Median local authority", Role.OTHER
    return [build_number_bar(metric, heading, who, spread.median, own)]


def build_group_bar(view: View, heading: str, own: Figure) -> list[Row]:
    """The group's bar: its median, or the published figure of a region."""
    group, metric = comparators.find_chosen_group(view), view.build.metrics[own.metric]
    if group is None or group.id == "england":
        return []
    if not group.has_average:
        return [
            build_number_bar(
                metric, heading, (capitalise(group.short), Role.REGION), own.region, own
            )
        ]
    who = f"{capitalise(make_possessive(group.short))} median", Role.NEIGHBOURS
    return [build_number_bar(metric, heading, who, find_median(view, group, own), own)]


def find_median(view: View, group: Group, own: Figure) -> float | None:
    """The median of a group beside one figure of the area, in the same period."""
    if group.id == "neighbours":
        return own.neighbour_median
    if own.is_latest:
        summary = comparators.load_summaries(view, group, [own]).get((own.metric, own.breakdown))
        return summary.median if summary else None
    one = replace(view, metric=view.build.metrics[own.metric], breakdown=own.breakdown)
    middles = comparators.load_medians(one, group, [own])
    return next((m.median for m in middles if m.time_period == own.time_period), None)


def build_figure_bar(
    metric: Metric, heading: str, who: tuple[str, Role], figure: Figure | None, area: str = ""
) -> Row:
    """A published figure as a bar, or why there is none."""
    label, role = who
    if figure is None:
        shown, status = NO_PUBLISHED_FIGURE, "not_available"
        return Row(label, role, None, shown, area_code=area, status=status, group=heading)
    return Row(
        label=label,
        role=role,
        value=figure.value,
        shown=format_figure(metric, figure.value, figure.status),
        time_period=figure.time_period,
        period_end=figure.period_end,
        area_code=area,
        status=figure.status,
        note=describe_parts(metric, figure) if figure.value is not None else "",
        group=heading,
    )


def build_number_bar(
    metric: Metric, heading: str, who: tuple[str, Role], value: float | None, own: Figure
) -> Row:
    """A comparator's number as a bar, in the period of the figure it stands beside."""
    label, role = who
    is_average = role in {Role.NEIGHBOURS, Role.OTHER}
    shown = format_average(metric, value) if is_average else format_figure(metric, value)
    return Row(
        label=label,
        role=role,
        value=value,
        shown=shown,
        time_period=own.time_period,
        period_end=own.period_end,
        status="ok" if value is not None else "not_available",
        group=heading,
    )


def add_periods(rows: Sequence[Row]) -> tuple[tuple[Row, ...], str]:
    """The rows, and the one period of them all; else each heading says its own."""
    named = {row.time_period for row in rows if row.time_period}
    if len(named) <= 1:
        return tuple(rows), next(iter(named), "")
    return tuple(
        replace(row, group=row.group if _has_its_period(row) else f"{row.group}, {row.time_period}")
        for row in rows
    ), ""


def _has_its_period(row: Row) -> bool:
    return not row.time_period or row.time_period in row.group


def compose_finding(view: View, asked: Chart, rows: Sequence[Row]) -> str:
    """What a chart shows, in one sentence without its full stop."""
    name = view.area.name if view.area else "England"
    own = _pick_own_bars(rows)
    if all(row.value is None for row in own.values()):
        return f"{name}: {_describe_absence(list(own.values()))}"
    say = {"pair": _describe_pair, "most": _describe_largest}.get(asked.finding, _describe_first)
    return f"{name}: {say(view, asked, rows)}"


def _pick_own_bars(rows: Sequence[Row]) -> dict[str, Row]:
    """The bar of the area that the chart is about, under each heading."""
    return {row.group: row for row in rows if row.role is Role.FOCUS}


def _describe_first(view: View, asked: Chart, rows: Sequence[Row]) -> str:
    own = _pick_own_bars(rows)
    first = next(iter(own.values()))
    lead, per = asked.lead, asked.per
    if first.value is None or not lead:
        first = next(row for row in own.values() if row.value is not None)
        lead, per = format_lowered(first.group), ""
    return f"{lead} {first.shown}{per}{_format_brackets(view, asked, rows, first.group)}"


def _describe_absence(own: Sequence[Row]) -> str:
    reasons = list(dict.fromkeys(row.shown for row in own))
    if reasons == [NO_PUBLISHED_FIGURE]:
        return format_lowered(NO_PUBLISHED_FIGURE)
    return f"no figure to show ({join_words([format_lowered(reason) for reason in reasons])})"


def _describe_largest(view: View, asked: Chart, rows: Sequence[Row]) -> str:
    """The largest of the headings that may be compared, or those that are equal at the top."""
    own, apart = _pick_own_bars(rows), {entry.label for entry in asked.entries if entry.is_apart}
    numbered = [row for row in own.values() if row.value is not None and row.group not in apart]
    if not numbered:
        return _describe_absence([row for row in own.values() if row.group not in apart])
    top = max(row.value or 0 for row in numbered)
    most, *equal = (row for row in numbered if row.value == top)
    if equal:
        return _describe_equal(view, asked, [most, *equal])
    sentence = (
        f"{_pick_lead(view, asked, most)} {format_lowered(most.group)}, {most.shown}{asked.per}"
    )
    return f"{sentence}{_format_brackets(view, asked, rows, most.group)}"


def _describe_equal(view: View, asked: Chart, most: Sequence[Row]) -> str:
    named = join_words([format_lowered(row.group) for row in most])
    remark = _format_brackets(view, asked, (), most[0].group)
    return f"{named} are equal and the largest, {most[0].shown} each{remark}"


def _pick_lead(view: View, asked: Chart, most: Row) -> str:
    """The words before the largest share: it is "most" only if it is shown as above a half."""
    entry = next(entry for entry in asked.entries if entry.label == most.group)
    decimals = view.build.metrics[entry.metric].decimals
    is_over = round(most.value or 0, decimals) > HALF
    return asked.over_half if asked.over_half and is_over else asked.lead


def _describe_pair(view: View, asked: Chart, rows: Sequence[Row]) -> str:
    own = _pick_own_bars(rows)
    first, second = (own.get(asked.entries[number].label) for number in asked.pair)
    if first is None or second is None or first.value is None or second.value is None:
        first_shown = next(row for row in own.values() if row.value is not None)
        remark = _list_remarks(view, asked).get(first_shown.group) or first_shown.time_period
        return f"{format_lowered(first_shown.group)} {first_shown.shown} ({remark})"
    one, other = (_format_brackets(view, asked, (), row.group) for row in (first, second))
    return f"{first.shown}{one} {asked.lead} {second.shown}{other} {asked.pair_end}"


def _format_brackets(view: View, asked: Chart, rows: Sequence[Row], group: str) -> str:
    """What is to be known of a bar, and what stands beside it, after a space; or nothing."""
    parts = [_list_remarks(view, asked).get(group), _describe_others(rows, group)]
    remarks = "; ".join(part for part in parts if part)
    return f" ({remarks})" if remarks else ""


def _list_remarks(view: View, asked: Chart) -> dict[str, str]:
    """Of each heading: its period if it is old or one of several, and that its numbers are small.

    As it is put in brackets: 2021-22, four years old; small numbers: 13 of 24.
    """
    metrics = view.build.metrics
    figures = [(e, find_figure(view, e)) for e in asked.entries if e.metric in metrics]
    return {
        entry.label: _compose_remark(view, entry, figure) for entry, figure in figures if figure
    }


def _compose_remark(view: View, entry: Entry, figure: Figure) -> str:
    newest = view.build.newest_day
    is_dated = entry.period or describe_age(figure.period_end, newest)
    when = describe_period(figure, newest) if is_dated else ""
    few = findings.describe_small_numbers(view.build.metrics[figure.metric], figure)
    return "; ".join(part for part in (when, few) if part)


def _describe_others(rows: Sequence[Row], group: str) -> str:
    """What stands beside a bar: neighbours’ median £288.08, England £326.99."""
    names = {Role.ENGLAND, Role.REGION}
    return ", ".join(
        f"{row.label if row.role in names else format_lowered(row.label)} {row.shown}"
        for row in rows
        if row.group == group and row.role is not Role.FOCUS and row.value is not None
    )


def format_lowered(text: str) -> str:
    """A heading inside a sentence; abbreviations stay as they are."""
    return text if text[:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def _list_entries(chart_name: str) -> tuple[Entry, ...]:
    """The bars of a chart, as the metrics in it have them in their own files."""
    return tuple(
        Entry(one.label or one.group, metric.id, one.group, one.period, is_apart=one.is_apart)
        for metric, one in listed.list_shown(chart_name)
    )


def _list_measures(section: str) -> tuple[tuple[str, str], ...]:
    return tuple((metric.id, one.group) for metric, one in listed.list_shown(section))


def _freeze(given: dict[str, Any]) -> dict[str, Any]:
    """The same with tuples in place of lists."""
    return {key: tuple(each) if isinstance(each, list) else each for key, each in given.items()}


SECTIONS = tuple(
    Section(**_freeze(given), measures=_list_measures(f"{given['page']}/{given['id']}"))
    for given in listed.load_sections()["section"]
)
CHARTS = {
    given["name"]: Chart(**_freeze(given), entries=_list_entries(given["name"]))
    for given in listed.load_sections()["chart"]
}
# Whether an amount is a budget, an outturn, an allocation or a count, by metric.
BASIS = {m.id: m.basis for m in listed.load_metrics().values() if m.basis}
PLACES = {name: section.page.replace("_", "-") for section in SECTIONS for name in section.charts}


def describe_basis(metric: Metric) -> str:
    """The basis of a metric's figures inside a sentence: outturn, section 251; or nothing."""
    return format_lowered(BASIS.get(metric.id, ""))


def name_area(area: Area | None) -> str:
    """The area a page is about."""
    return area.name if area else "England"
