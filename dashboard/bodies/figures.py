"""One metric in figures: the key ones, every local authority, chosen ones side by side. Pure."""

from collections.abc import Iterable, Sequence
from html import escape

from dashboard.charts import sentences
from dashboard.domain.choices import View
from dashboard.domain.records import ENGLAND, TOTAL, Area, Comparator, Figure, Group, Metric, Spread
from dashboard.draw import table, table_cells
from dashboard.draw.table import Column
from dashboard.store import data
from dashboard.words import findings, multiplicity
from dashboard.words import phrases as words


def key_areas(view: View) -> list[str]:
    """The areas whose newest figures head a metric's page."""
    return [ENGLAND, *([view.area.code] if view.area else [])]


def group(view: View) -> str:
    """The chosen group of the metric, after its topic."""
    return "" if view.breakdown == TOTAL else f" · {view.breakdown}"


def key_figures(view: View, figures: Iterable[Figure], other: Comparator | None) -> str:
    """The chosen area's value, rank and comparators, or England's and the spread."""
    by_area = {f.area_code: f for f in figures if f.breakdown == view.breakdown}
    metric, area = view.metric, view.area
    england = by_area.get(ENGLAND)
    own = by_area.get(area.code) if area else None
    facts: list[tuple[str, str, str]] = []
    if area and own is None:
        facts.append((area.name, "No figure", "none is held for it"))
    if area and own:
        facts += _own_facts(view, area, own, other)
        facts += _regional(view, area, own)
    if england:
        facts.append(("England", *_england(view, england, own)))
    spread = view.build.spreads.get((metric.id, view.breakdown))
    if spread:
        facts.append(
            (
                f"Median {words.one_area(metric)}",
                words.average(metric, spread.median),
                _ends(metric, spread, own or england),
            )
        )
    items = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{shown}<small>{escape(below)}</small></dd></div>"
        for name, shown, below in facts
    )
    return f'<dl class="key">{items}</dl>{_note(area, own)}'


def _note(area: Area | None, own: Figure | None) -> str:
    """What is to be known of the chosen area's figure, above all why it is withheld."""
    if area is None or own is None or not own.note:
        return ""
    where = f"{area.name}, {words.period(own.time_period)}"
    return f'<p class="source">{escape(f"{where}: {own.note}")}</p>'


def _england(view: View, england: Figure, own: Figure | None) -> tuple[str, str]:
    """England's figure in the area's own period, and its newest where that is another."""
    metric = view.metric
    newest = table_cells.number(metric, england.value, england.status)
    when = words.say_period(england, view.build.newest_day)
    if own is None:
        return newest, "; ".join(filter(None, [when, words.change(metric, england)]))
    if own.time_period == england.time_period or own.england is None:
        return newest, when
    later = words.value(metric, england.value, england.status)
    below = f"{own.time_period}; {later} in {words.period(england.time_period)}"
    return table_cells.number(metric, own.england), below


def standing(view: View, figure: Figure, others: Sequence[Comparator]) -> str:
    """How sure the figure is, how it stands to England and to its group, how it has changed."""
    metric = view.metric
    funnel = data.funnel(view.build, metric.id, view.breakdown)
    facts = [
        ("How sure it is", findings.certainty(metric, figure)),
        *((_beside_name(other), findings.standing(metric, figure, other)) for other in others),
        ("Change", findings.change(metric, figure)),
        ("Five years", findings.trend(metric, figure)),
        ("Funnel plot", findings.outlying(metric, figure, funnel)),
    ]
    listed = "".join(
        f"<dt>{escape(name)}</dt><dd>{''.join(f'<div>{line}</div>' for line in lines)}</dd>"
        for name, said in facts
        if (lines := [_judged(part) for part in said if part])
    )
    if not listed or figure.value is None:
        return ""
    return f'<h2>What this figure says</h2><dl class="facts said">{listed}</dl>'


def meaning(said: str, counted: str) -> str:
    """What a figure says beside what it counts; either alone where there is no other."""
    parts = "".join(f"<section>{part}</section>" for part in (said, counted) if part)
    return f'<div class="{"beside" if said and counted else "alone"}">{parts}</div>'


def every_area(view: View, figures: Iterable[Figure], group: Group | None) -> str:
    """Every local authority's figure with what it was made from, as a table to open."""
    metric, names = view.metric, view.build.areas
    marked = group.marked if group else ()
    member = sentences.member(group)
    columns = [
        Column(words.one_area(metric).capitalize()),
        Column("Value", "95% interval", numeric=True),
        Column("Numerator", numeric=True),
        Column("Denominator", numeric=True),
        Column("Rank"),
        Column("Change", numeric=True),
    ]
    rows = [
        [
            _named(view, names[f.area_code])
            + _mark(view, f.area_code, marked, member)
            + table.note_mark(f),
            table_cells.number(metric, f.value, f.status) + _limits(metric, f),
            table_cells.whole(f.numerator),
            table_cells.whole(f.denominator),
            escape(words.rank(metric, f)),
            table_cells.change(metric, f),
        ]
        for f in figures
    ]
    if not rows:
        return ""
    title = words.title(metric, view.breakdown)
    every = f"every {words.one_area(metric)}"
    shown = table.table(f"{title}: {every}", columns, rows, caption_is_seen=False)
    tests = sum(f.against_before is not None for f in figures)
    if said := multiplicity.warning(tests):
        shown = f'<p class="source">{said}</p>{shown}'
    return table.details(f"View {every}’s figure and what it was made from", shown)


def by_label(view: View, figures: Sequence[Figure]) -> str:
    """Which areas have which value of a category, with the notes on each: nothing is ranked."""
    metric, names = view.metric, view.build.areas
    sections = []
    for label in metric.labels:
        value, meaning = label.split(": ", 1)
        held = [f for f in figures if f.value == float(value)]
        items = "".join(
            f"<li>{_named(view, names[f.area_code])}{table.note_mark(f)}</li>"
            for f in sorted(held, key=lambda f: names[f.area_code].name)
        )
        count = words.counted(len(held), "local authority", "local authorities")
        sections.append(
            f"<section><h3>{escape(meaning)}</h3><p>{count}</p><ul>{items}</ul></section>"
        )
    return f'<h2>{escape(metric.title)}</h2><div class="regions">{"".join(sections)}</div>'


def _named(view: View, area: Area) -> str:
    """An area's name, leading to its own figures where it is a local authority."""
    if area.level != "local_authority":
        return escape(area.name)
    return table.link(view.link("metric", area=area.code), area.name)


def _own_facts(
    view: View, area: Area, own: Figure, other: Comparator | None
) -> list[tuple[str, str, str]]:
    metric = view.metric
    sure = findings.interval(metric, own) if own.low is not None else ""
    said = [words.say_period(own, view.build.newest_day), sure, findings.small_numbers(metric, own)]
    facts = [
        (
            area.name,
            table_cells.number(metric, own.value, own.status),
            "; ".join(part for part in said if part),
        ),
        ("Rank", escape(words.rank(metric, own)), _beside_rank(metric, own)),
    ]
    if other and other.median is not None:
        mean = words.average(metric, other.mean)
        below = f"mean {mean}; {other.with_value} of {other.members} have a figure"
        name = f"{words.capital(words.possessive(other.group.short))} median"
        facts.append((name, words.average(metric, other.median), below))
    return facts


def _beside_rank(metric: Metric, own: Figure) -> str:
    return words.quarter(metric, own) or words.why_not_ranked(own)


def _regional(view: View, area: Area, own: Figure) -> list[tuple[str, str, str]]:
    region = view.build.areas.get(area.region_code or "")
    if own.region is None:
        return []
    below = "region" if region else ""
    shown = words.value(view.metric, own.region)
    return [(region.name if region else "Region", shown, below)]


def _beside_name(other: Comparator) -> str:
    return other.group.label if other.group.has_average else f"Beside {other.group.named}"


def _judged(text: str) -> str:
    """A sentence with its judgement, if any, in the colour that repeats it."""
    for judged in ("better", "worse"):
        if text.endswith(f"which is {judged}"):
            start = escape(text.removesuffix(judged))
            return f'{start}<strong class="{judged}">{judged}</strong>'
    return escape(text)


def _limits(metric: Metric, figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    low, high = words.value(metric, figure.low), words.value(metric, figure.high)
    return f"<small>{low} to {high}</small>"


def _ends(metric: Metric, spread: Spread, beside: Figure | None) -> str:
    """The ends of a spread, and its period where the figure it stands beside has another."""
    ends = f"from {words.value(metric, spread.minimum)} to {words.value(metric, spread.maximum)}"
    is_one = beside is None or beside.time_period == spread.time_period
    return ends if is_one else f"{ends}, in {words.period(spread.time_period)}"


def _mark(view: View, code: str, marked: Sequence[str], member: str) -> str:
    if view.area and view.area.code == code:
        return "<small>chosen</small>"
    return f"<small>{member}</small>" if code in marked else ""
