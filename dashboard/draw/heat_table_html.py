"""The heat table of the Compare page as HTML, with its key and its notes. Pure."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape

from dashboard.charts import heat_table
from dashboard.charts.heat_table import Mark, Row
from dashboard.domain import packs
from dashboard.domain.choices import View
from dashboard.domain.records import Area, Metric
from dashboard.draw import table_cells
from dashboard.words import multiplicity
from dashboard.words.names import name_metric_briefly
from dashboard.words.numbers import NO_PUBLISHED_FIGURE, UNIT_WORDS

WAYS = {
    "high_is_good": "higher is better",
    "low_is_good": "lower is better",
    "no_judgement": "no better end",
}
MARKS = {
    "q1": "●",
    "q2": "○",
    "q3": "△",
    "q4": "▲",
    "g1": "▇",
    "g2": "▅",
    "g3": "▃",
    "g4": "▁",
}
_number = lru_cache(maxsize=8192)(table_cells.render_number)
KEYS = {
    "quarter": {
        "q1": "Best quarter",
        "q2": "2nd",
        "q3": "3rd",
        "q4": "Worst quarter",
        "g1": "Highest quarter, where neither end is better",
        "g4": "Lowest quarter",
    },
    "rank": {
        "q1": "Best of those shown",
        "q4": "Worst of those shown",
        "g1": "Highest, where neither end is better",
        "g4": "Lowest",
    },
    "tested": {
        "q1": "Better",
        "q4": "Worse",
        "g1": "Higher, where neither is better",
        "g3": "Lower",
        "same": "No different",
    },
}
READ = {
    "quarter": "Below each figure is its rank among all local authorities. 1st is best, or highest "
    "where neither end is better. Areas that are level and lie on both sides of a cut between "
    "quarters are in none, and have no shade.",
    "rank": "Below each figure is its place among those shown. 1st is best, or highest where "
    "neither end is better.",
    "england": "By the 95% interval of the difference from England; not tested where the numbers "
    "behind a figure are not published.",
    "neighbours": "Higher or lower: outside what one more area like each one’s own ten statistical "
    "neighbours would be expected to have, about their median. By design about 1 in 20 figures "
    "are, were every area just like its neighbours. Not tested where the numbers behind a figure "
    "are not published.",
}


def render_section(view: View, shown: Sequence[Area], found: Sequence[Row], by: str) -> str:
    """The title, the finding, the key, the table and its notes."""
    some, none = heat_table.split_by_figures(found)
    pack = packs.PACKS.get(view.rug.pack)
    how = heat_table.shade(view)
    about = " ".join(filter(None, [pack.audience, pack.note])) if pack else ""
    said = [
        f"<h2>{escape(heat_table.title(view))}</h2>",
        f"<p>{escape(about)}</p>" if about else "",
        f'<p class="finding">{escape(heat_table.compose_finding(view, shown, some))}</p>',
        (
            f'<p class="source">{escape(heat_table.describe_shown(view, shown))}. '
            f"{escape(heat_table.describe_order(view, some, by))} {READ[how]} "
            f"{multiplicity.compose_warning(heat_table.count_tests(some, how))}</p>"
        ),
        render_key(some, how),
        render_table(view, shown, some, by),
        _render_left_out(none),
        _render_no_room(len(found), len(heat_table.list_wanted(view))),
    ]
    return "".join(said)


def render_key(found: Sequence[Row], how: str) -> str:
    """What the shades and their marks mean; greys only where a row is grey."""
    names = KEYS.get(how, KEYS["tested"])
    has_marks = how in KEYS
    kinds = {"g" if row.metric.polarity == "no_judgement" else "q" for row in found} | {"s"}
    items = "".join(
        f'<span><i class="{style}">{MARKS[style] if has_marks else ""}</i>{text}</span>'
        for style, text in names.items()
        if style[0] in kinds
    )
    return f'<p class="legend shades" aria-hidden="true">{items}</p>'


def render_table(view: View, shown: Sequence[Area], found: Sequence[Row], by: str) -> str:
    """A row for each metric, a column for England and for each area."""
    how, notes = heat_table.shade(view), {}
    head = "".join(_render_head(view, area) for area in shown)
    body = ""
    for part, below in heat_table.group_by_part(found):
        lines = "".join(_render_row(view, shown, row, (how, by, notes)) for row in below)
        body += f"<tbody>{_render_part(part, len(shown) + 2)}{lines}</tbody>"
    caption = escape(f"{heat_table.title(view)}: latest figures")
    marked = " marked" if how in KEYS else ""
    return (
        f'<div class="scroll" role="region" aria-label="{caption}" tabindex="0">'
        f'<table class="data rug{marked}"><caption class="hide">{caption}</caption>'
        f'<thead><tr><th scope="col">Metric</th><th scope="col">England</th>{head}</tr></thead>'
        f"{body}</table></div>{_render_notes(notes)}"
    )


def _render_head(view: View, area: Area) -> str:
    if area.level != "local_authority":
        return f'<th scope="col">{escape(area.name)}</th>'
    mine = "<small>chosen</small>" if view.area is area else ""
    gone = "" if area.is_current else "<small>abolished</small>"
    style = ' class="own"' if mine else ""
    link = f'<a href="local-area?area={area.code}">{escape(area.name)}</a>'
    return f'<th scope="col"{style}>{link}{mine}{gone}</th>'


def _render_part(title: str, wide: int) -> str:
    if not title:
        return ""
    return (
        f'<tr class="part"><th scope="rowgroup" colspan="{wide}">'
        f"<span>{escape(title)}</span></th></tr>"
    )


def _render_row(
    view: View, shown: Sequence[Area], row: Row, drawn: tuple[str, str, dict[str, int]]
) -> str:
    how, by, notes = drawn
    marks = heat_table.mark_cells(row, how)
    tds = "".join(_render_cell(view, row, area, marks, notes) for area in shown)
    style = ' class="sorted"' if row.name == by else ""
    england = table_cells.render_comparator(row.metric, row.england)
    return f"<tr{style}>{_render_about(view, row)}<td>{england}</td>{tds}</tr>"


def _render_about(view: View, row: Row) -> str:
    """The metric with its period, its unit, which end is better and how many are ranked."""
    metric = row.metric
    facts = [row.period]
    if not metric.is_category:
        facts += [UNIT_WORDS.get(metric.unit, metric.unit), WAYS[metric.polarity]]
    if row.ranked:
        facts.append(f"{row.ranked}{' boards' if metric.is_nhs else ''}\N{NO-BREAK SPACE}ranked")
    name = table_cells.render_name(view, metric, row.breakdown)
    return f'<th scope="row">{name}<small>{escape("; ".join(filter(None, facts)))}</small></th>'


def _render_cell(
    view: View, row: Row, area: Area, marks: Mapping[str, Mark], notes: dict[str, int]
) -> str:
    figure = row.figures.get(area.code)
    if figure is None:
        return f'<td><span class="none">{_describe_none(view, row.metric, area)}</span></td>'
    mark = marks.get(area.code, Mark())
    style = f" class={mark.style}" if mark.style else ""
    number = _number(row.metric, figure.value, figure.status)
    if figure.note:
        number += _number_note(figure.note, notes)
    when = (
        "" if figure.time_period == row.period else f"<small>{escape(figure.time_period)}</small>"
    )
    heard = f'<b class="hide">, {mark.heard}</b>' if mark.heard else ""
    seen = f"<small>{mark.seen}{heard}</small>" if mark.seen else ""
    few = table_cells.render_few(row.metric, figure)
    return f"<td{style}>{number}{seen}{when}{few}</td>"


def _describe_none(view: View, metric: Metric, area: Area) -> str:
    boards = len(view.build.boards.get(area.code, ())) if metric.is_nhs else 0
    return f"In {boards} boards" if boards > 1 else NO_PUBLISHED_FIGURE


def _number_note(note: str, notes: dict[str, int]) -> str:
    """The number of a figure's note in the list below the table."""
    number = notes.setdefault(note, len(notes) + 1)
    return f'<sup><b class="hide">note </b>{number}</sup>'


def _render_notes(notes: Mapping[str, int]) -> str:
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f'<h3>Notes on figures</h3><ol class="source">{items}</ol>' if items else ""


def _render_left_out(none: Sequence[Row]) -> str:
    if not none:
        return ""
    names = [name_metric_briefly(row.metric, row.breakdown) for row in none]
    return (
        '<p class="source">Left out, with no figure for any of the areas shown: '
        f"{escape('; '.join(names))}.</p>"
    )


def _render_no_room(fitting: int, of: int) -> str:
    if fitting == of:
        return ""
    return (
        f'<p class="source">The first {fitting} of {of} metrics are shown: choose fewer areas to '
        "see them all.</p>"
    )
