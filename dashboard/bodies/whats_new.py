"""What the newest build changed: releases, periods, revised and withdrawn figures. Pure."""

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby

from dashboard.charts.model import LICENCE
from dashboard.domain.choices import View
from dashboard.domain.records import Area, Metric, MetricChange, Revision, Since
from dashboard.draw import table_cells
from dashboard.draw.table import Column, render_table
from dashboard.draw.templates import mark_html, render_macro
from dashboard.words.numbers import format_count

MOST = 300  # rows of one area's list: a longer one is a file to download, not a page to read
FIRST = (
    "This is the first build here, so there is nothing to compare it with. Once newer figures are "
    "published here, this page lists what they added, revised and withdrawn."
)
UNKNOWN = (
    "What this build changed is not known: the build before it, or the list of what changed, could "
    "not be read here. That does not mean that nothing changed."
)
WHAT = {"new": "New", "replaced": "Replaced", "no longer read": "No longer read"}
REVISED = [Column(title) for title in ("Metric", "Period", "Before", "Now")]

_render = partial(render_macro, "bodies/templates/whats_new.html.j2")


def render_whats_new_lead(view: View, since: Since | None, *, is_first: bool) -> str:
    """What changed, in two sentences; or why that is not known."""
    if since is None:
        return FIRST if is_first else UNKNOWN
    kept = [row for row in since.metrics if row.what != "removed"]
    counts = [sum(getattr(row, kind) for row in kept) for kind in ("added", "revised", "withdrawn")]
    new = sum(row.what == "new" for row in since.metrics)
    gone = len(since.metrics) - len(kept)
    changed = [format_count(new, "metric is new", "metrics are new")] if new else []
    changed += [f"{format_count(gone, 'is', 'are')} no longer shown"] if gone else []
    return _render("lead", view.build.id, since, counts, changed)


def render_publications(since: Since) -> str:
    """Each publication with a file that is new, replaced or no longer read."""
    rows = []
    for key, found in groupby(since.files, lambda f: (f.publication_title, f.publisher, f.what)):
        files = list(found)
        before = _join_releases(f.release_before for f in files if f.what != "new")
        after = _join_releases(f.release_after for f in files if f.what != "no longer read")
        rows.append((*key[:2], WHAT[key[2]], before, after, len(files)))
    return _render("publications", rows)


def render_changed_metrics(view: View, since: Since) -> str:
    """Each metric that changed, under its publication."""
    rows = [(_name_publications(view, row), row) for row in since.metrics]
    rows.sort(key=lambda pair: (pair[0].lower(), _find_position(view, pair[1])))
    return _render("metrics", view, rows)


def render_revisions(
    view: View, found: Area | None, since: Since, revisions: Sequence[Revision]
) -> str:
    """The chosen area's revised and withdrawn figures, before and after."""
    kept = [row for row in since.metrics if row.what != "removed"]
    total = sum(row.revised + row.withdrawn + row.reasons for row in kept)
    rows = [_list_cells(view, row) for row in revisions[:MOST] if row.metric in view.build.metrics]
    caption = f"Figures for {found.name if found else ''} that were revised or withdrawn"
    drawn = mark_html(render_table(caption, REVISED, rows, "files")) if revisions else ""
    return _render("area", found, since.listed, total, len(revisions), MOST, drawn)


def _list_cells(view: View, row: Revision) -> list[str]:
    metric = view.build.metrics[row.metric]
    before = _draw_figure(metric, row.before_value, row.before_status)
    after = _draw_figure(metric, row.after_value, row.after_status)
    same = table_cells.draw_small_lines("Changed by less than is shown") if before == after else ""
    name = table_cells.render_name(view, metric, row.breakdown)
    return [name, table_cells.add_lines(row.time_period), before, after + same]


def _draw_figure(metric: Metric, value: float | None, status: str | None) -> str:
    """A number, why there is none, or that there is no row of it at all."""
    if status is None:
        return table_cells.no_figure("No longer published")
    return table_cells.render_number(metric, value, status)


def render_releases(view: View) -> str:
    """Every release that this build holds, and how to say where a figure is from."""
    rows = {(s.publication_title, s.publisher, s.release) for s in view.build.sources.values()}
    ordered = sorted(rows, key=lambda row: (row[0].lower(), row[2], row[1]))
    return _render("releases", view, ordered, LICENCE)


def _join_releases(releases: Iterable[str | None]) -> str:
    return ", ".join(sorted(release or "Not stated" for release in set(releases)))


def _name_publications(view: View, row: MetricChange) -> str:
    """The publications a metric is made from; nothing for one that is no longer shown."""
    metric, sources = view.build.metrics.get(row.metric), view.build.sources
    paths = metric.sources if metric else ()
    titles = dict.fromkeys(sources[path].publication_title for path in paths if path in sources)
    return "; ".join(titles)


def _find_position(view: View, row: MetricChange) -> int:
    metric = view.build.metrics.get(row.metric)
    return metric.position if metric else len(view.build.metrics)
