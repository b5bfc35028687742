"""How far the figures can be trusted: agreement, completeness, known traps."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from dashboard.domain.build import Build
from dashboard.domain.choices import View
from dashboard.domain.records import Area, Figure, Reconciled, Remark
from dashboard.draw.table import Column, render_link, render_table
from dashboard.draw.table_cells import add_lines
from dashboard.draw.templates import mark_html, render_macro
from dashboard.store.memory import per_build
from dashboard.store.provenance import load_remarks
from dashboard.words.names import join_words
from dashboard.words.numbers import STATUS_LABEL, format_count

MANY, FEW = 6, 3  # how many names, and how many periods, are listed one by one
THOUSAND = 1000
NEWEST = 12  # periods of the grid

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
NUMBERS = ("Compared", "Agreeing", "Differing", "Largest difference")
COMPARED = [
    Column("Metric"),
    Column("Set against"),
    *(Column(title, numeric=True) for title in NUMBERS),
    Column("Why"),
]

_render = partial(render_macro, "bodies/templates/quality.html.j2")


def render_agreement(view: View, rows: Sequence[Reconciled]) -> str:
    """How many values agree with their publishers' own, and why the others differ."""
    compared, agreeing = sum(r.compared for r in rows), sum(r.agreeing for r in rows)
    differing = [row for row in rows if row.differing]
    agreed = [row for row in rows if not row.differing]
    tables = [
        mark_html(render_table(f"Comparisons in which {which}", COMPARED, cells, "files"))
        for which, cells in (
            ("some values differ", [_list_cells(view, row) for row in differing]),
            ("every value agrees", [_list_cells(view, row) for row in agreed]),
        )
    ]
    return _render("agreement", compared, agreeing, len(agreed), *tables)


def _list_cells(view: View, row: Reconciled) -> list[str]:
    """What was compared with what, how often they agree, and why they do not."""
    address = view.link("metric", metric=row.metric, breakdown=None)
    largest = row.largest_difference
    return [
        render_link(address, view.build.metrics[row.metric].short_title),
        add_lines(row.against),
        *(f"{number:,}" for number in (row.compared, row.agreeing, row.differing)),
        f"{largest:,.0f}" if largest >= THOUSAND else f"{largest:.3g}",
        add_lines(row.explained or ""),
    ]


def render_completeness(view: View, areas: Sequence[Area], history: Sequence[Figure]) -> str:
    """A grid of every local authority by period: a figure, or the letter of the reason."""
    periods = {figure.period_end: figure.time_period for figure in history}
    shown = [periods[end] for end in sorted(periods)][-NEWEST:]
    figures = {(figure.area_code, figure.time_period): figure for figure in history}
    cells = {status: _render("cell", STATUS_LABEL[status], LETTER[status]) for status in LETTER}
    has_figure = _render("cell")

    def find_cell(figure: Figure | None) -> str:
        if figure is None:
            return "<td></td>"
        return has_figure if figure.value is not None else cells[figure.status]

    rows = [
        (area, mark_html("".join(find_cell(figures.get((area.code, when))) for when in shown)))
        for area in areas
    ]
    missing = sum(figure.value is None for figure in history)
    letters, labels = LETTER, STATUS_LABEL
    counts = len(history), missing
    return _render("completeness", view.metric, *counts, letters, labels, shown, rows)


def render_remarks(view: View) -> str:
    """Every note on single numbers, by metric: the known traps that touched a number."""
    return _render("remarks", view, _render_notes(view.build))


@per_build()  # Some 1,500 notes, the same for every reader
def _render_notes(build: Build) -> dict[str, str]:
    return {
        metric: mark_html(_render("notes", [_describe_remark(build, note) for note in notes]))
        for metric, notes in groupby(load_remarks(build), key=lambda remark: remark.metric)
    }


def _describe_remark(build: Build, remark: Remark) -> tuple[str, str, str]:
    """Where and when, and what is said of it."""
    names, periods = [build.areas[code].name for code in remark.areas], remark.periods
    where = join_words(names) if len(names) <= MANY else format_count(len(names), "area")
    when = join_words(periods) if len(periods) <= FEW else f"{periods[0]} to {periods[-1]}"
    return where, when, remark.note


def render_republished(view: View) -> str:
    """The files that are not the publisher's own bytes."""
    sources = [s for s in view.build.sources.values() if s.obtained != "publisher file"]
    return _render("republished", sources)
