"""How fresh the figures are: newest period, day of publication and next release. Pure.

A day of publication is shown where a file states it, in the publisher's own words; nothing is
inferred from a file's name or from when it was fetched.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from dashboard.domain.choices import View
from dashboard.domain.records import Fresh
from dashboard.draw.templates import render_template
from dashboard.words.numbers import format_count
from dashboard.words.periods import format_age

NOT_STATED = "Not stated in the files held"
NO_FIGURES = "No figures: a list of areas, neighbours, members or dates"
PAST = "now past"


class Release(NamedTuple):
    """One release of a publication, and what its files say of when it came out."""

    title: str
    publisher: str
    release: str
    newest: str
    oldest: str  # where one of its files stops earlier
    published: str
    remarks: list[str]
    expected: str


def render_freshness(view: View, rows: Sequence[Fresh], today: date) -> str:
    """The newest figures and their age, then each release, each dated indicator and each file."""
    files = [row for row in rows if not row.metric]
    metrics = view.build.metrics
    dated = sorted(
        ((metrics[row.metric], row) for row in rows if row.metric),
        key=lambda pair: pair[0].position,
    )
    with_figures = [row for row in files if row.period_end]
    return render_template(
        "bodies/templates/freshness.html.j2",
        view=view,
        today=today,
        newest=_describe_period(max(with_figures, key=_get_end), today),
        unstated=sum(1 for row in with_figures if not row.published_words),
        with_figures=len(with_figures),
        releases=_build_releases(view, files, [row for _, row in dated], today),
        indicators=[(metric, *_describe_row(row, today)) for metric, row in dated],
        files=[(row, *_describe_row(row, today)) for row in files],
    )


def _describe_row(row: Fresh, today: date) -> tuple[str, str, str]:
    """The newest period, the day of publication and the next."""
    published = row.published_words or NOT_STATED
    return _describe_period(row, today), published, _describe_next(row, today)


def _build_releases(
    view: View, files: Iterable[Fresh], dated: Sequence[Fresh], today: date
) -> list[Release]:
    """Each release of each publication, by name."""
    groups: dict[tuple[str, str, str], list[Fresh]] = {}
    for row in files:
        source = view.build.sources[row.source_file]
        key = source.publication_title, source.publisher, source.release
        groups.setdefault(key, []).append(row)
    releases = []
    for key, group in sorted(groups.items(), key=lambda item: [part.lower() for part in item[0]]):
        paths = {row.source_file for row in group}
        own = [row for row in dated if row.source_file in paths]
        reached = _describe_reach(group, today)
        expected = _describe_expected(group, own, today)
        releases.append(Release(*key, *reached, *_describe_published(group, own), expected))
    return releases


def _describe_reach(group: Sequence[Fresh], today: date) -> tuple[str, str]:
    """The newest period of a release, and the oldest that one of its files stops at."""
    with_figures = sorted((row for row in group if row.period_end), key=_get_end)
    if not with_figures:
        return NO_FIGURES, ""
    oldest, newest = with_figures[0], with_figures[-1]
    is_one = oldest.period_end == newest.period_end
    return _describe_period(newest, today), "" if is_one else _describe_period(oldest, today)


def _describe_published(group: Sequence[Fresh], dated: Sequence[Fresh]) -> tuple[str, list[str]]:
    """When a release came out, as far as its files say, and remarks on that."""
    days = sorted({row.published for row in dated if row.published})
    if days:
        return f"By indicator, from {days[0]:%B %Y} to {days[-1]:%B %Y}", []
    stated = [row.published_words for row in group if row.published_words]
    if stated:
        few = [f"Stated by {len(stated)} of {len(group)} files."] * (len(stated) < len(group))
        return "; ".join(dict.fromkeys(stated)), few
    archives = sorted({row.archive_date for row in group if row.archive_date})
    return NOT_STATED, [f"The archive is dated {day.day} {day:%B %Y}." for day in archives]


def _describe_expected(group: Iterable[Fresh], dated: Sequence[Fresh], today: date) -> str:
    """When the next release is expected, as far as the files say."""
    if dated:
        past = sum(1 for row in dated if _is_past(row, today))
        return f"By indicator: {past} of {format_count(len(dated), 'date')} {PAST}"
    stated = dict.fromkeys(_describe_next(row, today) for row in group if row.next_release_words)
    return "; ".join(stated) or NOT_STATED


def _describe_next(row: Fresh, today: date) -> str:
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


def _describe_period(row: Fresh, today: date) -> str:
    if row.time_period is None or row.period_end is None:
        return NO_FIGURES
    return f"{row.time_period}, {format_age(row.period_end, today)}"


def _get_end(row: Fresh) -> date:
    return row.period_end or date.min
