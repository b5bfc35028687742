"""Every page is named once, in a list with a name, and the one that is open is marked."""

import re

import pytest

from dashboard.domain import choices
from dashboard.web import navigation
from dashboard.web.chrome import PAGES
from tests.dashboard.make import KENT, MEDWAY


@pytest.fixture
def view(build):
    return choices.read(build, {"area": KENT, "against": "region", "group": MEDWAY})


@pytest.mark.parametrize("current", [entry.url for entry in navigation.SITE])
def test_the_open_page_and_no_other_is_marked(view, current):
    html = navigation.masthead(view, current) + navigation.reference(view, current)
    marked = re.findall(r'<a href="([^"?]*)[^"]*" aria-current="page">([^<]*)</a>', html)
    title = next(entry.title for entry in navigation.SITE if entry.url == current)
    assert marked == [(current or "./", title)]


def test_every_page_is_linked_with_what_the_reader_has_chosen(view):
    html = navigation.masthead(view, "") + navigation.reference(view, "")
    for entry in navigation.SITE:
        address = f"{entry.url or './'}?area={KENT}&amp;against=region&amp;group={MEDWAY}"
        assert f'<li><a href="{address}"' in html
        assert html.count(f">{entry.title}</a></li>") == 1


def test_each_list_of_pages_is_a_landmark_with_a_name(view):
    html = navigation.masthead(view, "") + navigation.reference(view, "")
    names = re.findall(r'<nav class="pages \w+" aria-label="([^"]+)"', html)
    assert names == list(navigation.KINDS.values())


def test_the_site_names_the_files_there_are():
    files = {path.stem for path in PAGES.glob("[!_]*.py")}
    assert {entry.file for entry in navigation.SITE} == files
    assert len({entry.url for entry in navigation.SITE}) == len(navigation.SITE)
    assert {entry.kind for entry in navigation.SITE} == set(navigation.KINDS)


def test_an_area_can_be_kept_and_forgotten(view):
    kent, medway = view.area, view.build.areas[MEDWAY]
    assert f'href="start?area={KENT}"' in navigation.make_start(kent, None)
    assert f'href="start?area={KENT}"' in navigation.make_start(kent, medway)
    kept = navigation.make_start(kent, kent)
    assert 'href="start">Forget it' in kept
    assert "start?area" not in kept
    offered = navigation.offer(view, medway)
    assert f'href="local-area?area={MEDWAY}' in offered
    assert "Go to Medway" in offered
