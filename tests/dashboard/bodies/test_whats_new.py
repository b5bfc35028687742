"""What the newest build changed, in words and tables, for what may and may not have changed."""

from types import SimpleNamespace

import pytest

from dashboard.bodies import whats_new
from dashboard.domain.records import FileChange, MetricChange, Revision, Since
from tests.dashboard.bodies.test_freshness import cells
from tests.dashboard.make import KENT, area, metric, source

PLANS = "plans_issued_in_20_weeks"


def change(**changes):
    given = {
        "metric": PLANS,
        "title": "EHC plans issued within 20 weeks",
        "what": "kept",
        **dict.fromkeys(("added", "revised", "withdrawn", "reasons"), 0),
        "periods_added": [],
        "files_changed": True,
    }
    return MetricChange(**(given | changes))


def file(**changes):
    given = {
        "path": "plans/2026/time.csv",
        "what": "new",
        "publication_title": "Education, health and care plans",
        "publisher": "Department for Education",
        "release_before": None,
        "release_after": "2026",
    }
    return FileChange(**(given | changes))


def revision(**changes):
    given = {
        "metric": PLANS,
        "breakdown": "Total",
        "area_code": KENT,
        "time_period": "2024",
        "what": "revised",
        "before_value": 50.0,
        "before_status": "ok",
        "after_value": 51.5,
        "after_status": "ok",
    }
    return Revision(**(given | changes))


def since(*metrics, files=(), listed=1000):
    return Since("0ld0ld0ld0ld", list(metrics), list(files), listed)


VIEW = SimpleNamespace(
    build=SimpleNamespace(
        id="newnewnewnew",
        metrics={PLANS: metric()},
        sources={"plans/2025/time.csv": source(path="plans/2025/time.csv")},
    ),
    asked={},
    link=lambda page, **asked: f"{page}?{asked.get('metric', '')}",
)


def test_a_first_build_has_nothing_to_compare_with_and_says_so():
    assert whats_new.render_whats_new_lead(VIEW, None, is_first=True) == whats_new.FIRST
    assert whats_new.render_whats_new_lead(VIEW, None, is_first=False) == whats_new.UNKNOWN


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [change(added=3, revised=2, withdrawn=1)],
            "added 3 figures, revised 2 and withdrew 1. Build newnewnewnew took the place of",
        ),
        (
            [change(added=1, what="new"), change(what="removed", withdrawn=500)],
            "added 1 figure, revised none and withdrew none; 1 metric is new and 1 is no longer",
        ),
        ([], "added 0 figures, revised none and withdrew none. Build"),
    ],
)
def test_the_lead_counts_what_changed(changes, said):
    assert said in whats_new.render_whats_new_lead(VIEW, since(*changes), is_first=False)


def test_files_are_counted_by_publication_with_their_releases():
    files = [
        file(),
        file(path="plans/2026/b.csv"),
        file(what="replaced", path="c", release_before="2025", release_after="2026"),
        file(what="no longer read", path="d", release_before="2024", release_after=None),
    ]
    title = "Education, health and care plans|Department for Education"
    assert cells(whats_new.render_publications(since(files=files)), "Publications") == [
        [title, "New", "", "2026", "2"],
        [title, "Replaced", "2025", "2026", "1"],
        [title, "No longer read", "2024", "", "1"],
    ]


def test_the_same_files_are_said_to_be_the_same():
    assert "The published files are the same as before" in whats_new.render_publications(since())


@pytest.mark.parametrize(
    ("changed", "row"),
    [
        (
            change(added=4, periods_added=["2024", "2025"]),
            ["2024 to 2025 (2 periods)", "4", "0", "0", "A published file changed"],
        ),
        (
            change(revised=1200, files_changed=False),
            ["", "0", "1,200", "0", "Same files: how it is worked out here changed"],
        ),
        (
            change(what="new", added=1, periods_added=["2025"]),
            ["2025", "1", "0", "0", "New on this dashboard"],
        ),
    ],
)
def test_a_metric_has_its_numbers_and_the_reason(changed, row):
    [found] = cells(whats_new.render_changed_metrics(VIEW, since(changed)), "Metrics with")
    assert found[0] == "Education, health and care plans"
    assert found[1] == "EHC plans issued within 20 weeks"
    assert found[2:] == row


def test_a_metric_that_is_gone_has_its_old_title_and_no_link():
    html = whats_new.render_changed_metrics(
        VIEW, since(change(metric="old", title="Old one", what="removed"))
    )
    assert ">Old one<" in html
    assert "<a " not in html
    assert "No longer shown" in html


def test_nothing_changed_is_said():
    assert "No figure of any metric changed" in whats_new.render_changed_metrics(VIEW, since())


@pytest.mark.parametrize(
    ("row", "before", "now"),
    [
        (revision(), "50.0%", "51.5%"),
        (revision(after_value=None, after_status="suppressed"), "50.0%", "Suppressed"),
        (revision(after_value=None, after_status=None), "50.0%", "No longer published"),
        (
            revision(before_value=None, before_status="not_available", after_value=None,
                     after_status="suppressed"),
            "Not available", "Suppressed",
        ),
        (revision(after_value=50.01), "50.0%", "50.0%|Changed by less than is shown"),
    ],
)  # fmt: skip
def test_a_revised_figure_has_before_and_now(row, before, now):
    html = whats_new.render_revisions(VIEW, area(), since(change(revised=1)), [row])
    assert "Revised figures: Kent" in html
    [found] = cells(html, "Figures for Kent")
    assert found[1:] == ["2024", before, now]


def test_long_lists_say_what_they_leave_out():
    many = [revision()] * (whats_new.MOST + 1)
    html = whats_new.render_revisions(VIEW, area(), since(change(revised=900), listed=500), many)
    assert f"The first {whats_new.MOST} of {whats_new.MOST + 1} are listed" in html
    assert "900 figures of all areas" in html
    assert "500, are listed one by one" in html
    assert len(cells(html, "Figures for Kent")) == whats_new.MOST


def test_an_area_without_revisions_and_no_area():
    assert "No figure for Kent was revised" in whats_new.render_revisions(VIEW, area(), since(), [])
    assert "Choose a local authority above" in whats_new.render_revisions(VIEW, None, since(), [])
    short = since(change(revised=9), listed=1)
    assert "No figure of those that are listed for Kent" in whats_new.render_revisions(
        VIEW, area(), short, []
    )


def test_every_release_held_is_listed():
    html = whats_new.render_releases(VIEW)
    assert cells(html, "Releases") == [
        ["Education, health and care plans|Department for Education", "2025"]
    ]
