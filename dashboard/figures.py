"""One metric in figures: the key ones, every local authority, chosen ones side by side. Pure."""

from collections.abc import Iterable, Sequence
from html import escape

from dashboard import cells, table
from dashboard import format as words
from dashboard.model import ENGLAND, TOTAL, Area, Figure, Metric, Spread
from dashboard.state import View
from dashboard.table import Column


def key_areas(view: View) -> list[str]:
    """The areas whose newest figures head a metric's page."""
    return [ENGLAND, *([view.area.code] if view.area else [])]


def group(view: View) -> str:
    """The chosen group of the metric, after its topic."""
    return "" if view.breakdown == TOTAL else f" · {view.breakdown}"


def key_figures(view: View, figures: Iterable[Figure]) -> str:
    """The chosen area's value, rank and comparators, or England's and the spread."""
    by_area = {f.area_code: f for f in figures if f.breakdown == view.breakdown}
    metric, area = view.metric, view.area
    england = by_area.get(ENGLAND)
    own = by_area.get(area.code) if area else None
    facts: list[tuple[str, str, str]] = []
    if area and own is None:
        facts.append((area.name, "No figure", "nothing is published for it"))
    if area and own:
        facts += _own_facts(metric, area, own, _region_name(view, area))
    if england:
        facts.append(
            ("England", cells.number(metric, england.value, england.status), _when(metric, england))
        )
    spread = view.build.spreads.get((metric.id, view.breakdown))
    if spread:
        facts.append(
            (
                f"Median {words.one_area(metric)}",
                words.average(metric, spread.median),
                _ends(metric, spread),
            )
        )
    items = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{shown}<small>{escape(below)}</small></dd></div>"
        for name, shown, below in facts
    )
    return f'<dl class="key">{items}</dl>'


def every_area(view: View, figures: Iterable[Figure]) -> str:
    """Every local authority's figure with what it was made from, as a table to open."""
    metric, names = view.metric, view.build.areas
    neighbours = view.build.neighbours.get(view.area.code, ()) if view.area else ()
    columns = [
        Column(words.one_area(metric).capitalize()),
        Column("Value", numeric=True),
        Column("Numerator", numeric=True),
        Column("Denominator", numeric=True),
        Column("Rank"),
        Column("Change", numeric=True),
    ]
    rows = [
        [
            _named(view, names[f.area_code])
            + _mark(view, f.area_code, neighbours)
            + table.note_mark(f),
            cells.number(metric, f.value, f.status),
            cells.whole(f.numerator),
            cells.whole(f.denominator),
            escape(words.rank(metric, f)),
            cells.change(metric, f),
        ]
        for f in figures
    ]
    if not rows:
        return ""
    title = words.title(metric, view.breakdown)
    every = f"every {words.one_area(metric)}"
    shown = table.table(f"{title}: {every}", columns, rows, caption_is_seen=False)
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


def comparison(view: View, metrics: Sequence[Metric], figures: Iterable[Figure]) -> str:
    """Chosen areas as columns, the metrics of a topic as rows, England last."""
    found = {(f.metric, f.breakdown, f.area_code): f for f in figures}
    codes = [*(area.code for area in view.areas), ENGLAND]
    columns = [Column("Metric"), *(Column(view.build.areas[c].name, numeric=True) for c in codes)]
    rows = []
    for metric in metrics:
        for breakdown in metric.breakdowns:
            row = [found.get((metric.id, breakdown, code)) for code in codes]
            newest = next((f.time_period for f in row if f and f.is_latest), "")
            rows.append(
                [
                    f"{cells.name(view, metric, breakdown)}<small>{escape(newest)}</small>",
                    *(_compared(metric, f, newest) for f in row),
                ]
            )
    topic = metrics[0].topic_title if metrics else ""
    return table.table(f"{topic}: latest figures", columns, rows, "compare")


def _own_facts(metric: Metric, area: Area, own: Figure, region: str) -> list[tuple[str, str, str]]:
    facts = [
        (area.name, cells.number(metric, own.value, own.status), _when(metric, own)),
        ("Rank", escape(words.rank(metric, own)), words.quartile(metric, own.quartile)),
    ]
    if own.neighbour_median is not None:
        facts.append(
            (
                "Statistical neighbours’ median",
                words.average(metric, own.neighbour_median),
                _neighbours(metric, own),
            )
        )
    if own.region is not None:
        facts.append(
            (region or "Region", words.value(metric, own.region), "region" if region else "")
        )
    return facts


def _neighbours(metric: Metric, own: Figure) -> str:
    mean = words.average(metric, own.neighbour_mean)
    return f"mean {mean}; {own.neighbours_with_value} of 10 have a figure"


def _ends(metric: Metric, spread: Spread) -> str:
    return f"from {words.value(metric, spread.minimum)} to {words.value(metric, spread.maximum)}"


def _region_name(view: View, area: Area) -> str:
    region = view.build.areas.get(area.region_code or "")
    return region.name if region else ""


def _when(metric: Metric, figure: Figure) -> str:
    return "; ".join(part for part in (figure.time_period, words.change(metric, figure)) if part)


def _mark(view: View, code: str, neighbours: Sequence[str]) -> str:
    if view.area and view.area.code == code:
        return "<small>chosen</small>"
    return "<small>statistical neighbour</small>" if code in neighbours else ""


def _compared(metric: Metric, figure: Figure | None, newest: str) -> str:
    if figure is None:
        return f'<span class="none">{words.NO_PUBLISHED_FIGURE}</span>'
    when = "" if figure.time_period == newest else f"<small>{escape(figure.time_period)}</small>"
    rank = "" if figure.rank is None else f"<small>{escape(words.rank(metric, figure))}</small>"
    return cells.number(metric, figure.value, figure.status) + when + rank + table.note_mark(figure)
