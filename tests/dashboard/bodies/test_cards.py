"""The first screen: each headline metric once, with its change, its spread and one's own area."""

import re

from dashboard.bodies import cards
from dashboard.domain import choices
from dashboard.domain.records import ENGLAND, PILLARS
from dashboard.store.figures import select_newest_figures
from tests.dashboard.make import KENT


def drawn(build, **asked):
    view = choices.read_view(build, asked)
    ids = [metric.id for metric in choices.list_headlines(build)]
    own = select_newest_figures(build, ids, [view.area.code]) if view.area else []
    return cards.render_cards(view, select_newest_figures(build, ids, [ENGLAND]), own)


def test_every_headline_metric_stands_once_under_its_pillar(build):
    html = drawn(build)
    parts = re.split('<h2 class="pillar">', html)[1:]
    assert [part.split("</h2>")[0] for part in parts] == list(PILLARS.values())
    for metric in choices.list_headlines(build):
        inside = [f"metric={metric.id}" + '"' in part for part in parts]
        assert inside == [metric.pillar == pillar for pillar in PILLARS]


def test_each_spread_is_words_for_whoever_cannot_see_it(build):
    html = drawn(build)
    assert html.count('<p class="range">') == len(choices.list_headlines(build))
    assert len(re.findall(r'<span class="hide">\d+ [a-z ]+ from .+?; the median is', html)) == (
        html.count('<p class="range">')
    )
    assert html.count('aria-hidden="true"><b class="at"') == html.count('<p class="range">')


def test_a_change_is_judged_only_where_a_test_found_one(build):
    html = drawn(build)
    for metric in choices.list_headlines(build):
        figure = build.newest[ENGLAND][metric.id, metric.breakdowns[0]]
        card = next(c for c in html.split("<li>") if f'metric={metric.id}"' in c)
        judged = bool(re.search('<b class="(better|worse)">', card))
        has_way = figure.against_before not in {None, 0} and metric.polarity != "no_judgement"
        assert judged == has_way
        assert ("No comparable earlier figure" in card) == (figure.change is None)


def test_ones_own_area_stands_beside_england(build):
    assert 'class="own"' not in drawn(build)
    html = drawn(build, area=KENT)
    held = [
        m for m in choices.list_headlines(build) if (m.id, m.breakdowns[0]) in build.newest[KENT]
    ]
    assert html.count('<p class="own">') == len(held)
    assert "Kent <strong>" in html
    assert html.count(";--d:") >= len(held) - 2


def test_the_key_says_what_the_marks_are(build):
    html = drawn(build, area=KENT)
    assert '<i class="d"></i>Kent' in html
    assert "nothing could be tested" in html
