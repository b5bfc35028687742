"""What pages on one topic share: sections of figures, and bars beside comparators.

Which figures and charts a page has is in sections.toml. Pure: no Streamlit, no SQL.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from dashboard.bodies import areas
from dashboard.charts import of_topic
from dashboard.charts.model import LICENCE, source_line
from dashboard.domain import choices
from dashboard.domain.choices import View
from dashboard.domain.records import ENGLAND, Figure, Group, Metric, Source, Summary
from dashboard.draw import sparklines, table_cells
from dashboard.draw.table import Column, render_table
from dashboard.draw.templates import mark_html, render_macro
from dashboard.store import comparators
from dashboard.store.figures import load_series
from dashboard.store.provenance import list_releases
from dashboard.words import findings
from dashboard.words.names import capitalise, make_possessive, name_metric_briefly
from dashboard.words.numbers import NO_PUBLISHED_FIGURE
from dashboard.words.periods import describe_period
from dashboard.words.signs import describe_direction

NOT_COMPARED = "not compared: it depends on size"
UNITS = {
    "per_100": "for every 100 pupils",
    "per_1000": "per 1,000",
    "score": "points",
    "weeks": "weeks",
    "goals": "goals",
}
NATIONAL = (
    Column("Measure", style="what"),
    Column("England", "and period", numeric=True),
    Column("Change", "on the period before", numeric=True),
    Column("Areas", "lowest to highest", style="pic"),
    Column("Trend", style="pic"),
)


_render = partial(render_macro, "bodies/templates/topic.html.j2")


def list_topic_notices(view: View) -> list[str]:
    """What to know of the chosen area before its figures are read; HTML."""
    return areas.list_notices(view, view.area) if view.area else []


class Held(NamedTuple):
    """What a table of figures is written from."""

    view: View
    figures: Mapping[tuple[str, str], Figure]
    group: Group | None
    summaries: Mapping[tuple[str, str], Summary]
    shared: Mapping[str, list[str]]  # notes on more than one figure, with the measures they are on


def render_measures(view: View, section: of_topic.Section) -> str:
    """The figures of a section beside their comparators, with their sources; HTML."""
    keys = select_measures(view, section.measures)
    if not keys:
        return ""
    held = _load_held(view, keys)
    columns, list_cells = (
        (_list_columns(held), _list_cells) if view.area else (NATIONAL, _list_national_cells)
    )
    rows = [list_cells(held, key) for key in keys]
    drawn = render_table(section.title, columns, rows, "topic cards", caption_is_seen=False)
    sources = render_source(view, [metric for metric, _ in keys])
    return _render("measures", mark_html(drawn), held.shared) + sources


def select_measures(view: View, keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Metrics of the build with their groups: the first group where none is written."""
    held = view.build.metrics
    return [(m, group or held[m].breakdowns[0]) for m, group in keys if m in held]


def _load_held(view: View, keys: Sequence[tuple[str, str]]) -> Held:
    newest, group = (
        view.build.newest.get(of_topic.pick_area_code(view), {}),
        comparators.find_chosen_group(view),
    )
    figures = {key: newest[key] for key in keys if key in newest}
    found = comparators.load_summaries(view, group, list(figures.values())) if group else {}
    notes: dict[str, list[str]] = {}
    for key, figure in figures.items():
        if figure.note:
            title = name_metric_briefly(view.build.metrics[key[0]], key[1])
            notes.setdefault(figure.note, []).append(title)
    shared = {note: on for note, on in notes.items() if len(on) > 1}
    return Held(view, figures, group, found, shared)


def _list_columns(held: Held) -> list[Column]:
    name, shown = of_topic.name_area(held.view.area), _name_group_column(held.group)
    return [
        Column("Measure", style="what"),
        Column(name, "and period", numeric=True),
        *([Column(shown[0], shown[1], numeric=True)] if shown else []),
        Column("England", numeric=True),
        Column("Rank", "and quarter"),
        Column("Trend", style="pic"),
    ]


def _name_group_column(group: Group | None) -> tuple[str, str] | None:
    if group is None or group.id == "england":
        return None
    if not group.has_average:
        return capitalise(group.short), ""
    return f"{capitalise(make_possessive(group.short))} median", "mean; how many have a figure"


def _list_cells(held: Held, key: tuple[str, str]) -> list[str]:
    """The cells of a measure in an area."""
    view, metric, figure = held.view, held.view.build.metrics[key[0]], held.figures.get(key)
    group = [_draw_group(held, metric, figure)] if _name_group_column(held.group) else []
    cells = [_draw_name(held, key), _draw_value(view, metric, figure), *group]
    if figure is None:
        return [*cells, _draw_newest_england(view, metric, key), "", ""]
    if of_topic.is_size(metric):
        england = table_cells.add_lines(of_topic.format_figure(metric, figure.england))
        england = (
            england if figure.england is not None else table_cells.render_england(metric, figure)
        )
        return [*cells, england, table_cells.no_figure("–", NOT_COMPARED), _draw_spark(view, key)]
    cells += [table_cells.render_england(metric, figure), table_cells.render_rank(metric, figure)]
    return [*cells, _draw_spark(view, key)]


def _draw_spark(view: View, key: tuple[str, str]) -> str:
    series = load_series(view.build, of_topic.pick_area_code(view)).get(key)
    return sparklines.render_spark(series) if series else ""


def _draw_name(held: Held, key: tuple[str, str]) -> str:
    """A measure leading to its page, whether it is a budget or an outturn, and its own note."""
    metric, figure = held.view.build.metrics[key[0]], held.figures.get(key)
    basis = of_topic.BASIS.get(metric.id) or UNITS.get(metric.unit)
    note = figure.note if figure and figure.note not in held.shared else ""
    return table_cells.render_name(held.view, metric, key[1]) + table_cells.draw_small_lines(
        basis, note
    )


def _draw_value(view: View, metric: Metric, figure: Figure | None) -> str:
    if figure is None:
        return table_cells.no_figure(NO_PUBLISHED_FIGURE)
    shown = of_topic.format_figure(metric, figure.value, figure.status)
    when = describe_period(figure, view.build.newest_day)
    if figure.value is None:
        return table_cells.no_figure(shown) + table_cells.draw_small_lines(when)
    behind = findings.describe_small_numbers(metric, figure) or of_topic.describe_parts(
        metric, figure
    )
    return table_cells.draw_strong(shown, when, behind)


def _draw_group(held: Held, metric: Metric, figure: Figure | None) -> str:
    if figure is None:
        return table_cells.render_comparator(metric, None)
    if of_topic.is_size(metric):
        return table_cells.no_figure("–", NOT_COMPARED)
    if held.group is None or not held.group.has_average:
        return table_cells.render_comparator(metric, figure.region)
    return table_cells.render_group(
        metric, held.summaries.get((metric.id, figure.breakdown)), held.group
    )


def _draw_newest_england(view: View, metric: Metric, key: tuple[str, str]) -> str:
    """England's own newest figure with its period, where the area has none to stand beside."""
    figure = view.build.newest.get(ENGLAND, {}).get(key)
    if figure is None or figure.value is None:
        return table_cells.render_comparator(metric, None)
    when = describe_period(figure, view.build.newest_day)
    return table_cells.add_lines(of_topic.format_figure(metric, figure.value), when)


def _list_national_cells(held: Held, key: tuple[str, str]) -> list[str]:
    """England's figure, with where the local authorities or boards lie."""
    view, metric, figure = held.view, held.view.build.metrics[key[0]], held.figures.get(key)
    cells = [_draw_name(held, key), _draw_value(view, metric, figure)]
    cells.append(_draw_change(metric, figure) if figure else "")
    return [*cells, _draw_strip(view, key, figure), _draw_spark(view, key) if figure else ""]


def _draw_strip(view: View, key: tuple[str, str], figure: Figure | None) -> str:
    """Where the areas lie, with England's value where it is of the same period."""
    metric, spread = view.build.metrics[key[0]], view.build.spreads.get(key)
    if of_topic.is_size(metric):
        return ""
    is_beside = figure and spread and figure.time_period == spread.time_period
    inside = figure.value if figure and is_beside else None
    return sparklines.render_strip(metric, spread, inside, None)


def _draw_change(metric: Metric, figure: Figure) -> str:
    if of_topic.is_size(metric) and metric.unit == "pounds" and figure.change is not None:
        amount = of_topic.format_pounds(abs(figure.change))
        return f"{describe_direction(metric, figure.change)} {amount}"
    return table_cells.render_change(metric, figure)


def render_source(view: View, metrics: Iterable[str]) -> str:
    """Where some figures are from, with their releases and their licence; HTML."""
    known = [view.build.metrics[metric] for metric in dict.fromkeys(metrics)]
    return render_source_note(list_releases(view.build, known))


def render_source_note(sources: Sequence[Source]) -> str:
    """The publications of some sources, with their releases and their licence; HTML."""
    return render_macro(
        "bodies/templates/_pieces.html.j2", "source_note", source_line(sources), LICENCE
    )


def list_topic_metrics(view: View, page: str) -> list[str]:
    """Every metric a page shows, in reading order."""
    listed = [metric for section in of_topic.list_sections(page) for metric, _ in section.measures]
    drawn = [
        entry.metric for name in list_topic_charts(page) for entry in of_topic.CHARTS[name].entries
    ]
    found = dict.fromkeys([*listed, *drawn])
    return [metric for metric in found if metric in view.build.metrics]


def list_topic_charts(page: str) -> list[str]:
    """The names of the lists of figures that a page draws."""
    return [
        name
        for section in of_topic.list_sections(page)
        for name in section.charts
        if name in of_topic.CHARTS
    ]


def render_caveats(view: View, metrics: Iterable[str]) -> str:
    """What each figure counts, what it is made from, its release and its caveat; HTML."""
    found = [view.build.metrics[name] for name in dict.fromkeys(metrics)]
    return _render("caveats", [(metric, _list_facts(view, metric)) for metric in found])


def _list_facts(view: View, metric: Metric) -> list[tuple[str, str | None]]:
    return [
        ("Basis", of_topic.BASIS.get(metric.id)),
        ("Who is counted", metric.population),
        ("Caveat", metric.caveat),
        ("Source", source_line(list_releases(view.build, [metric]))),
    ]


def render_topic_contents(page: str, first: Mapping[str, str]) -> str:
    """The way to each section of a page: those named by their anchors, then its own; HTML."""
    titles = dict(first) | {section.id: section.title for section in of_topic.list_sections(page)}
    return _render("contents", titles)


def select_followed(view: View, metrics: Iterable[str]) -> View:
    """The same view with its metric among these that have numbers, at the metric's own level."""
    found = [view.build.metrics[name] for name in metrics]
    return choices.put_area_at_level(
        choices.put_metric_within(view, [m for m in found if not m.is_category])
    )


def render_section_words(section: of_topic.Section) -> str:
    """A section's heading, its text, and what no one publishes; HTML."""
    return _render("words_of", section)


def render_silence(section: of_topic.Section) -> str:
    """What no one publishes, said plainly, and what a council would hold itself; HTML."""
    return _render("silence", section)
