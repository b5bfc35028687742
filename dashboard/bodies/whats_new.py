"""What the newest build changed: releases, periods, revised and withdrawn figures. Pure."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from dashboard.charts.model import LICENCE
from dashboard.domain.choices import View
from dashboard.domain.records import Area, FileChange, Metric, MetricChange, Revision, Since
from dashboard.draw import table, table_cells
from dashboard.draw.table import Column
from dashboard.words import phrases as words

MOST = 300  # rows of one area's list: a longer one is a file to download, not a page to read
FIRST = (
    "This is the first build here, so there is nothing to compare it with. Once newer figures are "
    "published here, this page lists what they added, revised and withdrawn."
)
UNKNOWN = (
    "What this build changed is not known: the build before it, or the list of what changed, could "
    "not be read here. That does not mean that nothing changed."
)
GONE = "No longer published"
NOT_STATED = "Not stated"
WHAT = {"new": "New", "replaced": "Replaced", "no longer read": "No longer read"}


def lead(view: View, since: Since | None, *, is_first: bool) -> str:
    """What changed, in two sentences; or why that is not known."""
    if since is None:
        return FIRST if is_first else UNKNOWN
    kept = [row for row in since.metrics if row.what != "removed"]
    added, revised, withdrawn = (
        sum(getattr(row, kind) for row in kept) for kind in ("added", "revised", "withdrawn")
    )
    new = sum(1 for row in since.metrics if row.what == "new")
    gone = sum(1 for row in since.metrics if row.what == "removed")
    metrics = [words.counted(new, "metric is new", "metrics are new")] if new else []
    metrics += [words.counted(gone, "is", "are") + " no longer shown"] if gone else []
    return (
        f"The newest update added {words.counted(added, 'figure')}, revised {_counted(revised)} "
        f"and withdrew {_counted(withdrawn)}{'; ' if metrics else ''}{words.joined(metrics)}. "
        f"Build {escape(view.build.id)} took the place of build {escape(since.before)}."
    )


def publications(since: Since) -> str:
    """Each publication with a file that is new, replaced or no longer read."""
    rows = []
    for (title, publisher, what), found in groupby(since.files, key=_publication):
        files = list(found)
        rows.append(
            [
                f"{escape(title)}<small>{escape(publisher)}</small>",
                WHAT[what],
                _releases({file.release_before for file in files if file.what != "new"}),
                _releases({file.release_after for file in files if file.what != "no longer read"}),
                f"{len(files):,}",
            ]
        )
    if not rows:
        return (
            "<h2>Published files</h2><p>The published files are the same as before. What changed "
            "is which figures are taken from them, or how they are worked out.</p>"
        )
    columns = [
        *map(Column, ("Publication", "What happened", "Release before", "Release now")),
        Column("Files", numeric=True),
    ]
    caption = "Publications with files that changed"
    return "<h2>Published files</h2>" + table.table(caption, columns, rows, "files")


def metrics(view: View, since: Since) -> str:
    """Each metric that changed, under its publication."""
    rows = [
        [
            escape(publication),
            _metric(view, row),
            escape(_periods(row.periods_added)),
            *(f"{number:,}" for number in (row.added, row.revised, row.withdrawn)),
            _why(row),
        ]
        for publication, row in sorted(
            ((_published_in(view, row), row) for row in since.metrics),
            key=lambda pair: (pair[0].lower(), _position(view, pair[1])),
        )
    ]
    if not rows:
        return "<h2>Metrics</h2><p>No figure of any metric changed.</p>"
    columns = [
        *map(Column, ("Publication", "Metric", "New periods")),
        *(Column(name, numeric=True) for name in ("Added", "Revised", "Withdrawn")),
        Column("Why"),
    ]
    explained = (
        "<p>A figure is one metric, group, area and period. It is revised when its value changed, "
        "and withdrawn when it had a value and has none.</p>"
    )
    caption = "Metrics with figures added, revised or withdrawn"
    return f"<h2>Metrics</h2>{explained}" + table.table(caption, columns, rows, "files")


def area(view: View, found: Area | None, since: Since, revisions: Sequence[Revision]) -> str:
    """The chosen area's revised and withdrawn figures, before and after."""
    if found is None:
        return (
            "<h2>Revised figures of one area</h2><p>Choose a local authority above to see its "
            "revised and withdrawn figures, before and after.</p>"
        )
    name = escape(found.name)
    heading = f"<h2>Revised figures: {name}</h2>"
    unlisted = _unlisted(since)
    if not revisions:
        none = "of those that are listed " if unlisted else ""
        return f"{heading}<p>No figure {none}for {name} was revised or withdrawn.</p>{unlisted}"
    rows = [_revision(view, row) for row in revisions[:MOST] if row.metric in view.build.metrics]
    more = len(revisions) - MOST
    cut = f"<p>The first {MOST} of {len(revisions):,} are listed.</p>" if more > 0 else ""
    columns = [Column("Metric"), Column("Period"), Column("Before"), Column("Now")]
    caption = f"Figures for {found.name} that were revised or withdrawn"
    return heading + cut + unlisted + table.table(caption, columns, rows, "files")


def releases(view: View) -> str:
    """Every release that this build holds, and how to say where a figure is from."""
    held = sorted(
        {(s.publication_title, s.publisher, s.release) for s in view.build.sources.values()},
        key=lambda row: (row[0].lower(), row[2]),
    )
    rows = [
        [f"{escape(title)}<small>{escape(publisher)}</small>", escape(release or NOT_STATED)]
        for title, publisher, release in held
    ]
    fresh = table.link(view.link("data-quality"), "Data quality")
    return (
        "<h2>Releases in this build</h2>"
        f"<p>How old the figures of each are is under {fresh}. {LICENCE}.</p>"
        + table.details(
            f"The {words.counted(len(rows), 'release')}",
            table.table("Releases", [Column("Publication"), Column("Release")], rows, "files"),
        )
    )


def _counted(number: int) -> str:
    return f"{number:,}" if number else "none"


def _publication(row: FileChange) -> tuple[str, str, str]:
    return row.publication_title, row.publisher, row.what


def _releases(found: Iterable[str | None]) -> str:
    return escape(", ".join(sorted(release or NOT_STATED for release in found)))


def _published_in(view: View, row: MetricChange) -> str:
    """The publications a metric is made from; nothing for one that is no longer shown."""
    metric = view.build.metrics.get(row.metric)
    paths = metric.sources if metric else ()
    sources = view.build.sources
    titles = dict.fromkeys(sources[path].publication_title for path in paths if path in sources)
    return "; ".join(titles)


def _position(view: View, row: MetricChange) -> int:
    metric = view.build.metrics.get(row.metric)
    return metric.position if metric else len(view.build.metrics)


def _metric(view: View, row: MetricChange) -> str:
    if row.metric not in view.build.metrics:
        return escape(row.title)
    return table.link(view.link("metric", metric=row.metric, breakdown=None), row.title)


def _periods(periods: Sequence[str]) -> str:
    """One period, or the first and the last of several, in their order."""
    if len(periods) <= 1:
        return "".join(periods)
    return f"{periods[0]} to {periods[-1]} ({len(periods)} periods)"


def _why(row: MetricChange) -> str:
    if row.what != "kept":
        return {"new": "New on this dashboard", "removed": "No longer shown"}[row.what]
    if row.files_changed:
        return "A published file changed"
    return "Same files: how it is worked out here changed"


def _revision(view: View, row: Revision) -> list[str]:
    metric = view.build.metrics[row.metric]
    before = _figure(metric, row.before_value, row.before_status)
    after = _figure(metric, row.after_value, row.after_status)
    if before == after:
        after += "<small>Changed by less than is shown</small>"
    return [table_cells.name(view, metric, row.breakdown), escape(row.time_period), before, after]


def _figure(metric: Metric, value: float | None, status: str | None) -> str:
    """A number, why there is none, or that there is no row of it at all."""
    if status is None:
        return f'<span class="none">{GONE}</span>'
    return table_cells.number(metric, value, status)


def _unlisted(since: Since) -> str:
    """Say how many are counted and not listed, where there are too many to keep."""
    total = sum(
        row.revised + row.withdrawn + row.reasons for row in since.metrics if row.what != "removed"
    )
    if total <= since.listed:
        return ""
    return (
        f"<p>{total:,} figures of all areas were revised or withdrawn; those of the newest "
        f"periods, {since.listed:,}, are listed one by one; the others are only counted above.</p>"
    )
