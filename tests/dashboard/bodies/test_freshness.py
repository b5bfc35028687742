"""How fresh the figures are, said of each release, indicator and file."""

import re
from datetime import date
from types import SimpleNamespace

import pytest

from dashboard.bodies import freshness
from dashboard.domain.records import Fresh
from dashboard.store.provenance import load_freshness
from tests.dashboard.make import metric, source

TODAY = date(2026, 11, 21)


def fresh(path="plans/2025/time.csv", **changes):
    given = dict.fromkeys(Fresh._fields) | {
        "source_file": path,
        "time_period": "January 2025",
        "period_end": date(2025, 1, 31),
    }
    return Fresh(**(given | changes))


def page(*rows):
    """The section for some files of one release."""
    build = SimpleNamespace(
        sources={row.source_file: source(path=row.source_file) for row in rows},
        metrics={"plans_issued_in_20_weeks": metric()},
    )
    view = SimpleNamespace(build=build, link=lambda page, **asked: f"{page}?{asked['metric']}")
    return freshness.render_freshness(view, rows, TODAY)


def cells(html, caption):
    """The cells of one table, without their markup."""
    body = html.partition(f"<caption>{caption}")[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body.partition("<tbody>")[2], re.DOTALL)
    return [
        [re.sub("<[^>]+>", "|", cell).strip("|") for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in rows
    ]


def release(*rows):
    [row] = cells(page(*rows), "Each release")
    return row


def test_a_release_has_its_newest_period_with_its_age():
    row = release(fresh())
    assert row[0] == "Education, health and care plans|Department for Education"
    assert row[1:3] == ["2025", "January 2025, 22 months old"]


def test_the_newest_figures_of_all_come_first():
    newer = fresh("plans/2026/x.csv", time_period="2025", period_end=date(2025, 12, 31))
    assert "The newest figures are for 2025, 11 months old." in page(fresh(), newer)
    assert "to today, 21 November 2026" in page(fresh())


def test_files_that_stop_earlier_are_said_to():
    older = fresh("plans/2025/y.csv", time_period="2022", period_end=date(2022, 12, 31))
    assert release(fresh(), older)[2] == (
        "January 2025, 22 months old|Some files stop at 2022, 3 years and 11 months old."
    )


def test_what_is_not_stated_is_said_not_to_be():
    assert release(fresh())[3:] == [freshness.NOT_STATED] * 2
    archived = fresh(archive_date=date(2025, 7, 1))
    assert release(archived)[3] == f"{freshness.NOT_STATED}|The archive is dated 1 July 2025."


def test_what_is_stated_is_given_in_the_publishers_words():
    stated = fresh(published=date(2024, 7, 15), published_words="15 July 2024",
                   next_release_words="summer 2025")  # fmt: skip
    assert release(stated)[3:] == ["15 July 2024", "summer 2025 (now past)"]
    assert "0 of the 1 files with figures state none" in page(stated)


@pytest.mark.parametrize(
    ("day", "words", "is_past"),
    [
        (date(2026, 10, 1), "October 2026", True),
        (date(2026, 11, 1), "November 2026", False),  # the month is not over
        (date(2026, 11, 20), "20 November 2026", True),
        (date(2026, 11, 21), "21 November 2026", False),
        (date(2027, 3, 1), "March 2027", False),
        (None, "TBC", False),
        (None, "summer 2026", False),
        (None, "autumn 2024 or spring 2025", True),
    ],
)
def test_a_next_release_that_should_be_out_is_said_to_be_past(day, words, is_past):
    stated = release(fresh(next_release=day, next_release_words=words))[4]
    assert stated == f"{words} (now past)" if is_past else stated == words


def test_a_source_that_dates_its_indicators_lists_them():
    dated = fresh(
        metric="plans_issued_in_20_weeks",
        published=date(2025, 6, 1),
        published_words="June 2025",
        next_release=date(2026, 6, 1),
        next_release_words="June 2026",
    )
    assert release(fresh(), dated)[3:] == [
        "By indicator, from June 2025 to June 2025",
        "By indicator: 1 of 1 date now past",
    ]
    assert cells(page(fresh(), dated), "Last and next update") == [
        ["Plans in 20 weeks", "January 2025, 22 months old", "June 2025", "June 2026 (now past)"]
    ]


def test_files_that_state_no_day_beside_one_that_does_are_counted():
    stated = fresh(published_words="15 July 2024")
    row = release(stated, fresh("plans/2025/y.csv"))
    assert row[3] == "15 July 2024|Stated by 1 of 2 files."


def test_a_list_without_figures_has_no_period():
    listed = fresh("plans/2025/areas.csv", time_period=None, period_end=None)
    [_, row] = cells(page(fresh(), listed), "Each file")
    assert row[:2] == ["plans/2025/areas.csv", freshness.NO_FIGURES]


def test_a_files_day_says_where_it_is_stated():
    stated = fresh(published_words="15 July 2024", stated_in="sheet 'Cover'")
    [row] = cells(page(stated), "Each file")
    assert row[2] == "15 July 2024|sheet &#x27;Cover&#x27;"


def test_every_file_and_release_of_the_build_is_there(build):
    view = SimpleNamespace(build=build, link=lambda page, **_: page)
    html = freshness.render_freshness(view, load_freshness(build), TODAY)
    releases = {(s.publication_title, s.publisher, s.release) for s in build.sources.values()}
    assert len(cells(html, "Each release")) == len(releases)
    assert len(cells(html, "Each file")) == len(build.sources)
    assert all(row[2] and row[3] and row[4] for row in cells(html, "Each release"))
