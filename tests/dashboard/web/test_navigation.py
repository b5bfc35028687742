"""Every page is named once, in a list with a name, and the one that is open is marked."""

import re
import shutil
import subprocess
import sys

import pytest

from dashboard.domain import choices
from dashboard.web import navigation, site
from dashboard.web.site import FOLDER, GROUPS, SITE, PageError
from scripts.browser import ROOT
from tests.dashboard.make import KENT, MEDWAY


@pytest.fixture
def view(build):
    return choices.read_view(build, {"area": KENT, "against": "region", "group": MEDWAY})


@pytest.mark.parametrize("current", [page.address for page in SITE])
def test_the_open_page_and_no_other_is_marked(view, current):
    html = navigation.render_masthead(view, current) + navigation.render_reference(view, current)
    marked = re.findall(r'<a href="([^"?]*)[^"]*" aria-current="page">([^<]*)</a>', html)
    title = next(page.title for page in SITE if page.address == current)
    assert marked == [(current or "./", title)]


def test_every_page_is_linked_with_what_the_reader_has_chosen(view):
    html = navigation.render_masthead(view, "") + navigation.render_reference(view, "")
    for page in SITE:
        address = f"{page.address or './'}?area={KENT}&amp;against=region&amp;group={MEDWAY}"
        assert f'<li><a href="{address}"' in html
        assert html.count(f">{page.title}</a></li>") == 1


def test_each_list_of_pages_is_a_landmark_with_a_name(view):
    html = navigation.render_masthead(view, "") + navigation.render_reference(view, "")
    names = re.findall(r'<nav class="pages \w+" aria-label="([^"]+)"', html)
    assert names == list(GROUPS.values())


def test_every_file_is_a_page_and_no_two_have_one_place():
    assert {page.file for page in SITE} == {path.stem for path in FOLDER.glob("[!_]*.py")}
    assert len({(page.group, page.position) for page in SITE}) == len(SITE)
    assert len({page.title for page in SITE}) == len(SITE)
    assert {page.group for page in SITE} == set(GROUPS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "found no PAGE, wanted PAGE = Page(address, title, ...) at its top"),
        ('PAGE = Page("new", title(), "main", 1)', "PAGE is no Page of plain values"),
        ('PAGE = Page("new", "New", "main")', "PAGE is no Page of plain values"),
        ('PAGE = Page("new", "New", "main", 1, colour="red")', "PAGE is no Page of plain values"),
        ('PAGE = Page("old", "New", "main", 1)', "PAGE has 'old', wanted one of new"),
        ('PAGE = Page("new", "New", "mine", 1)', "PAGE has 'mine', wanted one of main, topic"),
        ('PAGE = Page("new", "New", "main", 1, "year")', "PAGE has 'year', wanted one of , area"),
    ],
)
def test_a_page_that_does_not_say_what_it_is_is_refused_by_name(tmp_path, text, said):
    file = tmp_path / "new.py"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PageError, match=re.escape(f"{file}: {said}")):
        site.list_pages(tmp_path)


PAGE_FILE = '''"""Invented: a page of a test."""

from dashboard.bodies import invented
from dashboard.web import components, reader
from dashboard.web.site import Page

PAGE = Page("invented-page", "Invented page", "topic", 0, "area", "area=E06000035")
view = reader.get_view()
components.show_heading(PAGE.title)
components.show_html(invented.render_names(view))
'''
BODY_FILE = '''"""Invented: what stands on a page of a test."""

from dashboard.domain.choices import View


def render_names(view: View) -> str:
    """The chosen area."""
    return f"<p>{view.area.name if view.area else ''}</p>"
'''
LOOK = """
from streamlit.testing.v1 import AppTest
from scripts import looks

app = AppTest.from_file("dashboard/web/script.py", default_timeout=60).run()
app.query_params["area"] = "E10000016"
app.switch_page("../../pages/invented_page.py").run()
assert not app.exception, app.exception
print([element.proto.body for element in app.get("html")], looks.VIEWS["invented-page"])
"""


def test_a_page_is_two_files_and_is_found(tmp_path):
    for name in ("dashboard", "pages", "pipeline", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "data").symlink_to(ROOT / "data")
    (tmp_path / "pages" / "invented_page.py").write_text(PAGE_FILE, encoding="utf-8")
    (tmp_path / "dashboard" / "bodies" / "invented.py").write_text(BODY_FILE, encoding="utf-8")
    pages = site.list_pages(tmp_path / "pages")
    assert len(pages) == len(SITE) + 1
    assert next(page for page in pages if page.group == "topic").title == "Invented page"
    done = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    link = '<a href="invented-page?area=E10000016" aria-current="page">Invented page</a>'
    for shown in (link, "<h1>Invented page</h1>", "<p>Kent</p>", "invented-page?area=E06000035"):
        assert shown in done.stdout


def test_the_tab_names_what_is_looked_at_the_page_and_the_site(view):
    named = {page.address: page.name_tab(view) for page in SITE}
    assert named[""] == "England – SEND System Health"
    assert named["money"] == "Kent – Money – SEND System Health"
    assert named["metric"] == f"{view.metric.short_title} – Metric – SEND System Health"


def test_an_area_can_be_kept_and_forgotten(view):
    kent, medway = view.area, view.build.areas[MEDWAY]
    assert f'href="start?area={KENT}"' in navigation.make_start(kent, None)
    assert f'href="start?area={KENT}"' in navigation.make_start(kent, medway)
    kept = navigation.make_start(kent, kent)
    assert 'href="start">Forget it' in kept
    assert "start?area" not in kept
    offered = navigation.render_offer(view, medway)
    assert f'href="local-area?area={MEDWAY}' in offered
    assert "Go to Medway" in offered
