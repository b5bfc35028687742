"""One metric in figures: the key ones, every local authority, chosen ones side by side. Pure."""

from collections.abc import Iterable, Sequence
from functools import partial

from dashboard.charts import sentences
from dashboard.domain.choices import View
from dashboard.domain.records import ENGLAND, TOTAL, Area, Comparator, Figure, Group, Metric, Spread
from dashboard.draw import area_rows, table, table_cells
from dashboard.draw.table import Column
from dashboard.draw.templates import mark_html, render_macro
from dashboard.store.figures import find_funnel
from dashboard.words import findings, multiplicity
from dashboard.words.changes import describe_tested_change
from dashboard.words.names import capitalise, make_possessive, name_metric
from dashboard.words.numbers import format_average, format_value
from dashboard.words.periods import describe_period, format_period
from dashboard.words.ranks import explain_no_rank, format_quarter, format_rank, name_one_area

Fact = tuple[str, str, str]  # a name, a number, what stands below it

COLUMNS = (
    Column("Value", "95% interval", numeric=True),
    Column("Numerator", numeric=True),
    Column("Denominator", numeric=True),
    Column("Rank"),
    Column("Change", numeric=True),
)

_render = partial(render_macro, "bodies/templates/figures.html.j2")


def list_key_areas(view: View) -> list[str]:
    """The areas whose newest figures head a metric's page."""
    return [ENGLAND, *([view.area.code] if view.area else [])]


def describe_group(view: View) -> str:
    """The chosen group of the metric, after its topic."""
    return "" if view.breakdown == TOTAL else f" · {view.breakdown}"


def render_key_figures(view: View, figures: Iterable[Figure], other: Comparator | None) -> str:
    """The chosen area's value, rank and comparators, or England's and the spread."""
    by_area = {f.area_code: f for f in figures if f.breakdown == view.breakdown}
    area, england = view.area, by_area.get(ENGLAND)
    own = by_area.get(area.code) if area else None
    facts: list[Fact] = []
    if area:
        facts += _list_own_facts(view, area, own, other)
    if england:
        facts.append(("England", *_describe_england(view, england, own)))
    spread = view.build.spreads.get((view.metric.id, view.breakdown))
    if spread:
        facts.append(_describe_median(view.metric, spread, own or england))
    # Above all why a figure is withheld.
    note = f"{area.name}, {format_period(own.time_period)}: {own.note}" if area and own else ""
    return _render("key_figures", facts, note if own and own.note else "")


def _render_number(metric: Metric, value: float | None, status: str = "ok") -> str:
    return mark_html(table_cells.render_number(metric, value, status))


def _describe_england(view: View, england: Figure, own: Figure | None) -> tuple[str, str]:
    """England's figure in the area's own period, and its newest where that is another."""
    metric = view.metric
    newest = _render_number(metric, england.value, england.status)
    when = describe_period(england, view.build.newest_day)
    if own is None:
        return newest, "; ".join(filter(None, [when, describe_tested_change(metric, england)]))
    if own.time_period == england.time_period or own.england is None:
        return newest, when
    later = format_value(metric, england.value, england.status)
    below = f"{own.time_period}; {later} in {format_period(england.time_period)}"
    return _render_number(metric, own.england), below


def _describe_median(metric: Metric, spread: Spread, beside: Figure | None) -> Fact:
    """The median and the ends, with their period where the figure beside has another."""
    ends = f"from {format_value(metric, spread.minimum)} to {format_value(metric, spread.maximum)}"
    if beside and beside.time_period != spread.time_period:
        ends = f"{ends}, in {format_period(spread.time_period)}"
    return f"Median {name_one_area(metric)}", format_average(metric, spread.median), ends


def _list_own_facts(
    view: View, area: Area, own: Figure | None, other: Comparator | None
) -> list[Fact]:
    """The chosen area's value and rank, its group's median and its region's figure."""
    if own is None:
        return [(area.name, "No figure", "none is held for it")]
    metric = view.metric
    sure = findings.describe_interval(metric, own) if own.low is not None else ""
    below = [
        describe_period(own, view.build.newest_day),
        sure,
        findings.describe_small_numbers(metric, own),
    ]
    quarter = format_quarter(metric, own) or explain_no_rank(own)
    facts: list[Fact] = [
        (area.name, _render_number(metric, own.value, own.status), "; ".join(filter(None, below))),
        ("Rank", format_rank(metric, own), quarter),
    ]
    if other and other.median is not None:
        mean = format_average(metric, other.mean)
        named = f"{capitalise(make_possessive(other.group.short))} median"
        members = f"mean {mean}; {other.with_value} of {other.members} have a figure"
        facts.append((named, format_average(metric, other.median), members))
    if own.region is not None:
        region = view.build.areas.get(area.region_code or "")
        named, what = (region.name, "region") if region else ("Region", "")
        facts.append((named, format_value(metric, own.region), what))
    return facts


def render_standing(view: View, figure: Figure, others: Sequence[Comparator]) -> str:
    """How sure the figure is, how it stands to England and to its group, how it has changed."""
    metric = view.metric
    funnel = find_funnel(view.build, metric.id, view.breakdown)
    facts = [
        ("How sure it is", findings.describe_certainty(metric, figure)),
        *(
            (_label_group(other), findings.compose_standing(metric, figure, other))
            for other in others
        ),
        ("Change", findings.compose_change(metric, figure)),
        ("Five years", findings.compose_trend(metric, figure)),
        ("Funnel plot", findings.compose_outlying(metric, figure, funnel)),
    ]
    told = [(name, texts) for name, each in facts if (texts := [text for text in each if text])]
    return _render("standing", told) if told and figure.value is not None else ""


def _label_group(other: Comparator) -> str:
    return other.group.label if other.group.has_average else f"Beside {other.group.named}"


def render_meaning(findings_html: str, definition_html: str) -> str:
    """What a figure says beside what it counts; either alone where there is no other."""
    return _render(
        "meaning", [mark_html(part) for part in (findings_html, definition_html) if part]
    )


def render_every_area(view: View, figures: Sequence[Figure], group: Group | None) -> str:
    """Every local authority's figure with what it was made from, as a table to open."""
    if not figures:
        return ""
    marks = dict.fromkeys(group.marked if group else (), sentences.member(group))
    if view.area:
        marks[view.area.code] = "chosen"
    title, one = name_metric(view.metric, view.breakdown), name_one_area(view.metric)
    columns = [Column(one.capitalize()), *COLUMNS]
    rows = area_rows.build_figure_rows(view, figures, marks)
    listed = table.render_table(f"{title}: every {one}", columns, rows, caption_is_seen=False)
    tests = sum(figure.against_before is not None for figure in figures)
    return _render("every_area", one, multiplicity.compose_warning(tests), mark_html(listed))


def render_by_label(view: View, figures: Sequence[Figure]) -> str:
    """Which areas have which value of a category, with the notes on each: nothing is ranked."""
    areas = view.build.areas
    ordered = sorted(figures, key=lambda f: areas[f.area_code].name)
    labels = [label.split(": ", 1) for label in view.metric.labels]
    named = [(f.value, _link_area(view, areas[f.area_code]), f.note) for f in ordered]
    groups = [
        (meaning, [(link, note) for number, link, note in named if number == float(value)])
        for value, meaning in labels
    ]
    return _render("by_label", view.metric.title, groups)


def _link_area(view: View, area: Area) -> str:
    """An area's name, leading to its own figures where it is a local authority."""
    if area.level != "local_authority":
        return area.name
    return mark_html(table.render_link(view.link("metric", area=area.code), area.name))
