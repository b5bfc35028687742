"""How fresh the figures are: newest period, day of publication and next release. Pure.

A day of publication is shown where a file states it, in the publisher's own words; nothing is
inferred from a file's name or from when it was fetched.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from dashboard.domain.choices import View
from dashboard.domain.records import Fresh
from dashboard.draw import table
from dashboard.draw.table import Column
from dashboard.words import phrases as words

NOT_STATED = "Not stated in the files held"
NO_FIGURES = "No figures: a list of areas, neighbours, members or dates"
PAST = "now past"


def section(view: View, rows: Sequence[Fresh], today: date) -> str:
    """The newest figures and their age, then each release, each dated indicator and each file."""
    files = [row for row in rows if row.metric is None]
    dated = [row for row in rows if row.metric is not None]
    return (
        f"<h2>How fresh are the figures?</h2><p>{_lead(files, today)}</p>"
        + _releases(view, files, dated, today)
        + table.details(
            "The Local Authority Interactive Tool, indicator by indicator",
            _indicators(view, dated, today),
        )
        + table.details(f"Each of the {words.counted(len(files), 'file')}", _files(files, today))
    )


def _lead(files: Sequence[Fresh], today: date) -> str:
    newest = max((row for row in files if row.period_end), key=_end)
    unstated = sum(1 for row in files if row.period_end and not row.published_words)
    held = sum(1 for row in files if row.period_end)
    return (
        f"The newest figures are for {_period(newest, today)}. Age is counted in months from the "
        f"end of the period to today, {today.day} {today:%B %Y}. Dates of release are those that "
        f"the files themselves state: {unstated} of the {held} files with figures state none, and "
        "few say when the next release is expected. A release later than the one held may exist."
    )


def _releases(view: View, files: Iterable[Fresh], dated: Sequence[Fresh], today: date) -> str:
    """One row for each release of each publication."""
    by_release: dict[tuple[str, str, str], list[Fresh]] = {}
    for row in files:
        source = view.build.sources[row.source_file]
        key = source.publication_title, source.publisher, source.release
        by_release.setdefault(key, []).append(row)
    parts = {row.source_file for row in dated}
    body = []
    for (title, publisher, release), held in sorted(
        by_release.items(), key=lambda item: [part.lower() for part in item[0]]
    ):
        own = [row for row in dated if row.source_file in parts & {h.source_file for h in held}]
        body.append(
            [
                f"{escape(title)}<small>{escape(publisher)}</small>",
                escape(release),
                _reached(held, today),
                _published(held, own),
                _expected(held, own, today),
            ]
        )
    columns = [
        Column("Publication"),
        Column("Release"),
        Column("Newest period"),
        Column("Published"),
        Column("Next release expected"),
    ]
    return table.table("Each release that was read", columns, body, "files")


def _indicators(view: View, dated: Iterable[Fresh], today: date) -> str:
    """One row for each metric whose source dates its indicators one by one."""
    metrics = view.build.metrics
    rows = sorted(
        (row for row in dated if row.metric), key=lambda row: metrics[str(row.metric)].position
    )
    body = [
        [
            table.link(
                view.link("metric", metric=row.metric, breakdown=None),
                metrics[str(row.metric)].short_title,
            ),
            escape(_period(row, today)),
            escape(row.published_words or NOT_STATED),
            escape(_next(row, today)),
        ]
        for row in rows
    ]
    columns = [
        Column("Metric"),
        Column("Newest period"),
        Column("Last update"),
        Column("Next update expected"),
    ]
    caption = "Last and next update as the tool’s data dictionary gives them"
    return table.table(caption, columns, body, "files")


def _files(files: Iterable[Fresh], today: date) -> str:
    """One row for each file, with where it states its day."""
    body = [
        [
            escape(row.source_file),
            escape(_period(row, today)),
            escape(row.published_words or NOT_STATED)
            + (f"<small>{escape(row.stated_in)}</small>" if row.stated_in else ""),
            _day(row.archive_date) if row.archive_date else "",
        ]
        for row in files
    ]
    columns = [
        Column("File"),
        Column("Newest period"),
        Column("Published"),
        Column("Date of the archive it lies in"),
    ]
    return table.table("Each file that was read", columns, body, "files")


def _reached(held: Sequence[Fresh], today: date) -> str:
    """The newest period of a release, and the oldest that one of its files stops at."""
    with_figures = sorted((row for row in held if row.period_end), key=_end)
    if not with_figures:
        return NO_FIGURES
    oldest, newest = with_figures[0], with_figures[-1]
    text = escape(_period(newest, today))
    if oldest.period_end != newest.period_end:
        text += f"<small>Some files stop at {escape(_period(oldest, today))}.</small>"
    return text


def _published(held: Sequence[Fresh], dated: Sequence[Fresh]) -> str:
    """When a release came out, as far as its files say."""
    days = sorted({row.published for row in dated if row.published})
    if days:
        return f"By indicator, from {days[0]:%B %Y} to {days[-1]:%B %Y}"
    stated = [row.published_words for row in held if row.published_words]
    if stated:
        few = f"<small>Stated by {len(stated)} of {len(held)} files.</small>"
        return escape("; ".join(dict.fromkeys(stated))) + (few if len(stated) < len(held) else "")
    archives = sorted({row.archive_date for row in held if row.archive_date})
    made = "".join(f"<small>The archive is dated {_day(day)}.</small>" for day in archives)
    return NOT_STATED + made


def _expected(held: Iterable[Fresh], dated: Sequence[Fresh], today: date) -> str:
    """When the next release is expected, as far as the files say."""
    if dated:
        past = sum(1 for row in dated if _is_past(row, today))
        return f"By indicator: {past} of {words.counted(len(dated), 'date')} {PAST}"
    stated = dict.fromkeys(_next(row, today) for row in held if row.next_release_words)
    return escape("; ".join(stated)) or NOT_STATED


def _next(row: Fresh, today: date) -> str:
    if row.next_release_words is None:
        return NOT_STATED
    return f"{row.next_release_words}{f' ({PAST})' if _is_past(row, today) else ''}"


def _is_past(row: Fresh, today: date) -> bool:
    """Where only a month is given, or a year in words, it is past when that is."""
    if row.next_release is None:
        years = re.findall(r"\b20\d\d\b", row.next_release_words or "")
        return bool(years) and int(max(years)) < today.year
    is_month = str(row.next_release_words) == f"{row.next_release:%B %Y}"
    return row.next_release < (today.replace(day=1) if is_month else today)


def _period(row: Fresh, today: date) -> str:
    if row.time_period is None or row.period_end is None:
        return NO_FIGURES
    return f"{row.time_period}, {words.age(row.period_end, today)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _end(row: Fresh) -> date:
    return row.period_end or date.min
