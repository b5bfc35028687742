"""What pages on one topic share: sections of figures, and bars beside comparators.

Which figures and charts a page has is in sections.toml. Pure: no Streamlit, no SQL.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from dashboard.bodies import areas
from dashboard.charts import of_topic
from dashboard.charts.model import LICENCE, source_line
from dashboard.domain import choices
from dashboard.domain.choices import View
from dashboard.domain.records import ENGLAND, Figure, Group, Metric, Spread, Summary
from dashboard.draw import sparklines, table, table_cells
from dashboard.draw.table import Column
from dashboard.store import comparators, data
from dashboard.words import findings
from dashboard.words import phrases as words

NOTHING = '<span class="none">–<b class="hide">not compared: it depends on size</b></span>'
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


def notices(view: View) -> list[str]:
    """What to know of the chosen area before its figures are read; HTML."""
    return areas.notices(view, view.area) if view.area else []


# --- tables -------------------------------------------------------------------------------------


class Held(NamedTuple):
    """What a table of figures is written from."""

    view: View
    figures: Mapping[tuple[str, str], Figure]
    group: Group | None
    summaries: Mapping[tuple[str, str], Summary]
    shared: Mapping[str, list[str]]  # notes on more than one figure, with the measures they are on


def measures(view: View, section: of_topic.Section) -> str:
    """The figures of a section beside their comparators, with their sources; HTML."""
    keys = known(view, section.measures)
    if not keys:
        return ""
    held = _held(view, keys)
    columns = _columns(held) if view.area else NATIONAL
    make = _row if view.area else _national_row
    rows = [make(held, key) for key in keys]
    shown = table.table(section.title, columns, rows, "topic cards", caption_is_seen=False)
    said = [f"{note} On: {words.joined(on)}." for note, on in held.shared.items()]
    notes = f'<p class="source">{escape(" ".join(said))}</p>' if said else ""
    return shown + notes + source(view, [metric for metric, _ in keys])


def known(view: View, keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Metrics of the build with their groups: the first group where none is written."""
    held = view.build.metrics
    return [(m, group or held[m].breakdowns[0]) for m, group in keys if m in held]


def _held(view: View, keys: Sequence[tuple[str, str]]) -> Held:
    newest, group = view.build.newest.get(of_topic.code(view), {}), comparators.group(view)
    figures = {key: newest[key] for key in keys if key in newest}
    found = comparators.summaries(view, group, list(figures.values())) if group else {}
    notes: dict[str, list[str]] = {}
    for key, figure in figures.items():
        if figure.note:
            title = words.short_title(view.build.metrics[key[0]], key[1])
            notes.setdefault(figure.note, []).append(title)
    shared = {note: on for note, on in notes.items() if len(on) > 1}
    return Held(view, figures, group, found, shared)


def _columns(held: Held) -> list[Column]:
    name, shown = of_topic.title(held.view.area), _group_column(held.group)
    return [
        Column("Measure", style="what"),
        Column(name, "and period", numeric=True),
        *([Column(shown[0], shown[1], numeric=True)] if shown else []),
        Column("England", numeric=True),
        Column("Rank", "and quarter"),
        Column("Trend", style="pic"),
    ]


def _group_column(group: Group | None) -> tuple[str, str] | None:
    if group is None or group.id == "england":
        return None
    if not group.has_average:
        return words.capital(group.short), ""
    return f"{words.capital(words.possessive(group.short))} median", "mean; how many have a figure"


def _row(held: Held, key: tuple[str, str]) -> list[str]:
    view, metric, figure = held.view, held.view.build.metrics[key[0]], held.figures.get(key)
    has_group = _group_column(held.group) is not None
    if figure is None:
        why = f'<span class="none">{words.NO_PUBLISHED_FIGURE}</span>'
        middle = [table_cells.beside(metric, None)] if has_group else []
        return [_name(held, key), why, *middle, _england_of(view, metric, key), "", ""]
    middle = [_group_cell(held, metric, figure)] if has_group else []
    return [
        _name(held, key),
        _value(view, metric, figure),
        *middle,
        _england_cell(metric, figure),
        NOTHING if of_topic.is_size(metric) else table_cells.rank(metric, figure),
        _spark(view, key),
    ]


def _spark(view: View, key: tuple[str, str]) -> str:
    series = data.sparks(view.build, of_topic.code(view)).get(key)
    return sparklines.spark(series) if series else ""


def _name(held: Held, key: tuple[str, str]) -> str:
    """A measure leading to its page, whether it is a budget or an outturn, and its own note."""
    metric, figure = held.view.build.metrics[key[0]], held.figures.get(key)
    basis = of_topic.BASIS.get(metric.id) or UNITS.get(metric.unit)
    said = f"<small>{escape(basis)}</small>" if basis else ""
    is_own = figure is not None and figure.note not in held.shared
    mark = table.note_mark(figure) if figure and is_own else ""
    return table_cells.name(held.view, metric, key[1]) + said + mark


def _value(view: View, metric: Metric, figure: Figure) -> str:
    shown = escape(of_topic.written(metric, figure.value, figure.status))
    when = words.say_period(figure, view.build.newest_day)
    if figure.value is None:
        return f'<span class="none">{shown}</span><small>{escape(when)}</small>'
    parts = [when, findings.small_numbers(metric, figure) or of_topic.made_of(metric, figure)]
    return f"<strong>{shown}</strong>" + "".join(f"<small>{escape(x)}</small>" for x in parts if x)


def _group_cell(held: Held, metric: Metric, figure: Figure) -> str:
    if of_topic.is_size(metric):
        return NOTHING
    if held.group is None or not held.group.has_average:
        return table_cells.beside(metric, figure.region)
    return table_cells.group(metric, held.summaries.get((metric.id, figure.breakdown)), held.group)


def _england_cell(metric: Metric, figure: Figure) -> str:
    if of_topic.is_size(metric) and figure.england is not None:
        return escape(of_topic.written(metric, figure.england))
    return table_cells.england(metric, figure)


def _england_of(view: View, metric: Metric, key: tuple[str, str]) -> str:
    """England's own newest figure with its period, where the area has none to stand beside."""
    figure = view.build.newest.get(ENGLAND, {}).get(key)
    if figure is None or figure.value is None:
        return table_cells.beside(metric, None)
    when = words.say_period(figure, view.build.newest_day)
    return f"{escape(of_topic.written(metric, figure.value))}<small>{escape(when)}</small>"


def _national_row(held: Held, key: tuple[str, str]) -> list[str]:
    """England's figure, with where the local authorities or boards lie."""
    view, metric, figure = held.view, held.view.build.metrics[key[0]], held.figures.get(key)
    if figure is None:
        why = f'<span class="none">{words.NO_PUBLISHED_FIGURE}</span>'
        return [_name(held, key), why, "", _strip(view, key, None), ""]
    return [
        _name(held, key),
        _value(view, metric, figure),
        _change(metric, figure),
        _strip(view, key, figure),
        _spark(view, key),
    ]


def _strip(view: View, key: tuple[str, str], figure: Figure | None) -> str:
    metric, spread = view.build.metrics[key[0]], view.build.spreads.get(key)
    return (
        ""
        if of_topic.is_size(metric)
        else sparklines.strip(metric, spread, _inside(figure, spread), None)
    )


def _inside(figure: Figure | None, spread: Spread | None) -> float | None:
    """England's value on the strip of local authorities, where both are of the same period."""
    if figure is None or spread is None or figure.time_period != spread.time_period:
        return None
    return figure.value


def _change(metric: Metric, figure: Figure) -> str:
    if of_topic.is_size(metric) and metric.unit == "pounds" and figure.change is not None:
        return f"{words.direction(metric, figure.change)} {of_topic.amount(abs(figure.change))}"
    return table_cells.change(metric, figure)


def source(view: View, metrics: Iterable[str]) -> str:
    """Where some figures are from, with their releases and their licence; HTML."""
    known = [view.build.metrics[metric] for metric in dict.fromkeys(metrics)]
    named = source_line(data.releases(view.build, known))
    return f'<p class="source">Source: {escape(named)}. {LICENCE}.</p>'


def keys(view: View, page: str) -> list[str]:
    """Every metric a page shows, in reading order."""
    listed = [metric for section in of_topic.sections(page) for metric, _ in section.measures]
    drawn = [entry.metric for name in charts(page) for entry in of_topic.CHARTS[name].entries]
    found = dict.fromkeys([*listed, *drawn])
    return [metric for metric in found if metric in view.build.metrics]


def charts(page: str) -> list[str]:
    """The names of the lists of figures that a page draws."""
    return [
        name
        for section in of_topic.sections(page)
        for name in section.charts
        if name in of_topic.CHARTS
    ]


def caveats(view: View, metrics: Iterable[str]) -> str:
    """What each figure counts, what it is made from, its release and its caveat; HTML."""
    facts = "".join(
        f"<dt>{escape(metric.title)}</dt><dd>{escape(metric.description)}"
        f"{_said('Basis', of_topic.BASIS.get(metric.id))}"
        f"{_said('Who is counted', metric.population)}"
        f"{_said('Caveat', metric.caveat)}"
        f"{_said('Source', source_line(data.releases(view.build, [metric])))}</dd>"
        for metric in (view.build.metrics[name] for name in dict.fromkeys(metrics))
    )
    return f'<dl class="facts">{facts}</dl>'


def contents(page: str, first: Mapping[str, str]) -> str:
    """The way to each section of a page: those named by their anchors, then its own; HTML."""
    titles = dict(first) | {section.id: section.title for section in of_topic.sections(page)}
    links = "".join(f'<li><a href="#{anchor}">{escape(x)}</a></li>' for anchor, x in titles.items())
    return f'<nav class="jump" aria-label="On this page"><ul>{links}</ul></nav>'


def followed(view: View, metrics: Iterable[str]) -> View:
    """The same view with its metric among these that have numbers, at the metric's own level."""
    found = [view.build.metrics[name] for name in metrics]
    return choices.at_level(choices.within(view, [m for m in found if not m.is_category]))


def _said(name: str, text: str | None) -> str:
    return f"<div><strong>{name}:</strong> {escape(text)}</div>" if text else ""


def words_of(section: of_topic.Section) -> str:
    """A section's heading, its text, and what no one publishes; HTML."""
    number = (
        f'<small class="over">Outcome {section.outcome} of 5</small>' if section.outcome else ""
    )
    text = f"<p>{escape(section.text)}</p>" if section.text else ""
    return f'<h2 class="pillar" id="{section.id}">{number}{escape(section.title)}</h2>{text}'


def silence(section: of_topic.Section) -> str:
    """What no one publishes, said plainly, and what a council would hold itself; HTML."""
    note = f'<p class="source">{escape(section.note)}</p>' if section.note else ""
    if not section.silent:
        return note
    held = (
        f"<p><strong>What a council would hold itself:</strong> {escape(section.held)}.</p>"
        if section.held
        else ""
    )
    if len(section.silent) == 1:
        label = "Not in the figures held" if section.measures else "Not published"
        said = f"<p><strong>{label}:</strong> {escape(section.silent[0])}</p>"
    else:
        said = f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in section.silent)}</ul>"
    return f'{note}<div class="silent">{said}{held}</div>'


# --- charts -------------------------------------------------------------------------------------


# --- findings -----------------------------------------------------------------------------------
