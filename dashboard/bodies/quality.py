"""How far the figures can be trusted: agreement, completeness, known traps."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from dashboard.domain.build import Build
from dashboard.domain.choices import View
from dashboard.domain.records import Area, Figure, Reconciled, Remark
from dashboard.draw import table
from dashboard.draw.table import Column
from dashboard.store import data
from dashboard.store.memory import per_build
from dashboard.words import phrases as words

THOUSAND = 1000
MANY, FEW = 6, 3  # how many names, and how many periods, are listed one by one

# One letter for each reason a figure is missing: a cell is too small for the word.
LETTER = {
    "suppressed": "c",
    "not_applicable": "z",
    "not_available": "x",
    "low": "l",
    "unreliable": "u",
    "withheld": "w",
    "not_returned": "n",
    "no_denominator": "d",
}


def agreement(view: View, rows: Sequence[Reconciled]) -> str:
    """How many values agree with their publishers' own, and why the others differ."""
    compared, agreeing = sum(r.compared for r in rows), sum(r.agreeing for r in rows)
    lead = (
        f"{compared:,} values were set against a figure that a publisher also gives: its own "
        "percentage, the same indicator in another publication, or the total for England. "
        f"{agreeing:,} agree to the precision published; {compared - agreeing:,} differ."
    )
    differing = [row for row in rows if row.differing]
    agreed = [row for row in rows if not row.differing]
    return (
        f"<h2>Do the figures agree with their publishers?</h2><p>{lead}</p>"
        + _agreement_table("Comparisons in which some values differ", view, differing)
        + table.details(
            f"The {words.counted(len(agreed), 'comparison')} in which every value agrees",
            _agreement_table("Comparisons in which every value agrees", view, agreed),
        )
    )


def completeness(view: View, areas: Sequence[Area], history: Sequence[Figure]) -> str:
    """A grid of every local authority by period: a figure, or the letter of the reason."""
    periods = {figure.period_end: figure.time_period for figure in history}
    shown = [periods[end] for end in sorted(periods)][-12:]
    held = {(figure.area_code, figure.time_period): figure for figure in history}
    rows = [
        [escape(area.name), *(_cell(held.get((area.code, when))) for when in shown)]
        for area in areas
    ]
    missing = sum(1 for figure in history if figure.value is None)
    key = "; ".join(f"{LETTER[s]}: {words.STATUS_LABEL[s].lower()}" for s in LETTER)
    caption = f"{view.metric.title}: what is held for each local authority and period"
    return (
        f"<p>{len(history):,} rows are published for local authorities; {missing:,} of them have "
        f"no figure. ● a figure; {key}; a blank: no row is published.</p>"
        + table.table(caption, [Column("Local authority"), *map(Column, shown)], rows, "grid")
    )


def remarks(view: View) -> str:
    """Every note on single numbers, by metric: the known traps that touched a number."""
    parts = []
    for metric_id, items in _remarks(view.build).items():
        metric = view.build.metrics[metric_id]
        link = table.link(view.link("metric", metric=metric_id, breakdown=None), metric.title)
        parts.append(f"<h3>{link}</h3><ul>{items}</ul>")
    return (
        "<h2>Known traps</h2><p>Each of these notes also stands beside the numbers it touches.</p>"
        + "".join(parts)
    )


@per_build()  # Some 1,500 notes, the same for every reader
def _remarks(build: Build) -> dict[str, str]:
    return {
        metric: "".join(f"<li>{_remark(build, remark)}</li>" for remark in notes)
        for metric, notes in groupby(data.remarks(build), key=lambda remark: remark.metric)
    }


def republished(view: View) -> str:
    """The files that are not the publisher's own bytes."""
    rows = [
        [escape(s.path), escape(s.obtained or ""), escape(s.note or "")]
        for s in view.build.sources.values()
        if s.obtained != "publisher file"
    ]
    columns = [Column("File"), Column("How it was obtained"), Column("Note")]
    return (
        "<h2>Files that are not the publisher’s own</h2><p>Their values come from a public "
        "republication or were put together by hand from listed sources.</p>"
        + table.table("Republished and compiled files", columns, rows, "files")
    )


def _agreement_table(caption: str, view: View, rows: Sequence[Reconciled]) -> str:
    columns = [
        Column("Metric"),
        Column("Set against"),
        Column("Compared", numeric=True),
        Column("Agreeing", numeric=True),
        Column("Differing", numeric=True),
        Column("Largest difference", numeric=True),
        Column("Why"),
    ]
    cells = [
        [
            table.link(
                view.link("metric", metric=row.metric, breakdown=None),
                view.build.metrics[row.metric].short_title,
            ),
            escape(row.against),
            f"{row.compared:,}",
            f"{row.agreeing:,}",
            f"{row.differing:,}",
            _size(row.largest_difference),
            escape(row.explained or ""),
        ]
        for row in rows
    ]
    return table.table(caption, columns, cells, "files")


def _size(difference: float) -> str:
    return f"{difference:,.0f}" if difference >= THOUSAND else f"{difference:.3g}"


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return ""
    if figure.value is not None:
        return '<span class="held">●<span class="hide">figure</span></span>'
    label = words.STATUS_LABEL[figure.status]
    return f'<span class="none" title="{label}">{LETTER[figure.status]}</span>'


def _remark(build: Build, remark: Remark) -> str:
    names = [build.areas[code].name for code in remark.areas]
    where = words.joined(names) if len(names) <= MANY else words.counted(len(names), "area")
    when = (
        words.joined(remark.periods)
        if len(remark.periods) <= FEW
        else (f"{remark.periods[0]} to {remark.periods[-1]}")
    )
    return f"{escape(where)}, {escape(when)}: {escape(remark.note)}"
