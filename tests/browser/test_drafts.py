"""What is written on the Briefing page is in the file that is downloaded, and is never lost."""

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import expect

from dashboard.briefing import forms
from dashboard.web import briefing_boxes
from scripts.browser import ROOT, find_free_port, wait_until_drawn, wait_until_ready
from tests.browser.test_access import faults, sideways

BOARD = "briefing?area=E10000016&brief=board&order=scorecard"
WHOLE = "Your commentary on the whole"
OF_ANOTHER_BUILD = """
() => {
  const key = Object.keys(localStorage).find(name => name.startsWith("briefing E"));
  localStorage[key] = JSON.stringify({ ...JSON.parse(localStorage[key]), build: "old" });
}
"""
MEASURES = "Your commentary on “The board’s measures”"
ON_TIME = "Your commentary on “Plans on time”"


class Server:
    """The dashboard on one port, which a test stops and starts again."""

    def __init__(self):
        """Choose the port."""
        self.port = find_free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.running = None

    def start(self):
        """Serve, and wait until it would answer."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address=127.0.0.1"]
        self.running = subprocess.Popen(
            [*command, f"--server.port={self.port}"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert wait_until_ready(self.running, f"{self.url}/ready")

    def stop(self):
        """End it, with all that it keeps in memory."""
        if self.running:
            self.running.terminate()
            self.running.wait()
        self.running = None


@pytest.fixture
def restarted():
    server = Server()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def reader(browser):
    """A browser that keeps nothing from the tests before."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context


def open_briefing(tab, url, address=BOARD):
    """The Briefing page, once what is written there is kept."""
    tab.goto(f"{url}/{address}")
    wait_until_drawn(tab)
    expect(tab.get_by_label(WHOLE)).to_have_attribute("form", "brief-files")
    return tab


def write(tab, text, label=WHOLE):
    """Type at the end of a box, as a reader does."""
    tab.get_by_label(label).click()
    tab.keyboard.press("Control+End")
    tab.keyboard.type(text)


@contextmanager
def downloaded(tab):
    """The file that the actions inside lead to."""
    with tab.expect_download(timeout=60_000) as saved:
        yield saved


def words(file):
    """Every word of a document, whatever its form."""
    if file.suffix == ".pdf":
        return " ".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    with zipfile.ZipFile(file) as whole:
        parts = [whole.read(name).decode() for name in whole.namelist() if name.endswith(".xml")]
    return re.sub(r"<[^>]+>", "", " ".join(parts))


def download(tab, form):
    """The words of the file that a click on a button gives."""
    with downloaded(tab) as saved:
        tab.get_by_role("button", name=f"Download {forms.FORMS[form].name}").click()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / saved.value.suggested_filename
        saved.value.save_as(file)
        return words(file)


@pytest.mark.sample(1)
@pytest.mark.parametrize("form", forms.FORMS)
def test_the_last_words_typed_before_a_click_are_in_the_file(server, reader, form):
    tab = open_briefing(reader.new_page(), server)
    write(tab, "Opening words")
    write(tab, "First words and lastwords", MEASURES)
    text = download(tab, form)
    assert "Opening words" in text
    assert "First words and lastwords" in text
    write(tab, " newestwords", MEASURES)
    assert "lastwords newestwords" in download(tab, form)
    expect(tab.locator(".outcome")).to_contain_text("file was made at")
    assert "words" not in tab.url


@pytest.mark.exhaustive
def test_a_restarted_server_makes_the_file_and_the_lost_connection_is_said(restarted, reader):
    tab = open_briefing(reader.new_page(), restarted.url)
    write(tab, "Before the restart")
    restarted.stop()
    said = tab.get_by_role("alert")
    expect(said).to_contain_text("The connection to the server is lost")
    expect(said).to_contain_text("You can go on writing")
    write(tab, ", while it was away")
    tab.get_by_role("button", name="Download Word").click()
    expect(tab.locator(".outcome")).to_contain_text("The server does not answer")
    tab.get_by_role("link", name="Money", exact=True).click()
    expect(said).to_contain_text("could not be opened")
    tab.wait_for_timeout(12_000)  # longer than Streamlit waits before it covers the page
    expect(tab.get_by_role("dialog")).to_have_count(0)
    write(tab, ", and after a while")
    restarted.start()
    text = download(tab, "docx")
    assert "Before the restart, while it was away, and after a while" in text
    expect(said).to_have_count(0, timeout=60_000)
    wait_until_drawn(tab)
    expect(tab.get_by_label(WHOLE)).to_have_value(re.compile("after a while$"))


@pytest.mark.exhaustive
def test_the_lost_connection_is_said_on_other_pages_and_their_downloads_fail_in_words(
    restarted, reader
):
    tab = reader.new_page()
    tab.goto(f"{restarted.url}/metric?area=E10000016")
    wait_until_drawn(tab)
    restarted.stop()
    expect(tab.get_by_role("alert")).to_contain_text("The connection to the server is lost")
    assert not faults(tab)
    tab.get_by_text("Download this chart").first.click()
    for form in ("CSV", "Text"):
        tab.get_by_role("button", name=form, exact=True).first.click()
        expect(tab.get_by_role("heading", level=1)).to_be_visible()
    expect(tab.get_by_role("status").filter(has_text="The server does not answer")).to_be_visible()
    restarted.start()
    expect(tab.get_by_role("alert")).to_have_count(0, timeout=60_000)


def test_a_frozen_tab_and_a_cut_network_keep_what_was_written(server, reader):
    tab = open_briefing(reader.new_page(), server)
    write(tab, "Before sleep")
    session = reader.new_cdp_session(tab)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    session.send("Page.setWebLifecycleState", {"state": "active"})
    reader.set_offline(offline=True)
    write(tab, " and without a network")
    tab.get_by_role("button", name="Download PDF").click()
    expect(tab.locator(".outcome")).to_contain_text("The server does not answer")
    reader.set_offline(offline=False)
    assert "Before sleep and without a network" in download(tab, "pdf")


def test_a_draft_comes_back_after_a_reload_another_page_and_back(server, reader):
    tab = open_briefing(reader.new_page(), server)
    write(tab, "Kept words")
    tab.reload()
    expect(tab.get_by_label(WHOLE)).to_have_value("Kept words")
    expect(tab.locator(".drafts")).to_contain_text(re.compile("Your draft of .* is in the boxes"))
    tab.get_by_role("link", name="Money", exact=True).click()
    expect(tab.get_by_role("heading", level=1, name="Money")).to_be_visible()
    tab.go_back()
    expect(tab.get_by_label(WHOLE)).to_have_value("Kept words")
    tab.goto(f"{server}/methods")
    tab.go_back()
    expect(tab.get_by_label(WHOLE)).to_have_value("Kept words")
    assert "Kept words" in download(tab, "docx")


@pytest.mark.exhaustive
def test_another_area_and_another_briefing_have_words_of_their_own(server, reader):
    tab = open_briefing(reader.new_page(), server)
    write(tab, "Of Kent")
    for choices in ("area=E06000035&brief=board", "area=E10000016&brief=scrutiny"):
        tab.evaluate(
            "to => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')) }",
            f"briefing?{choices}",
        )
        expect(tab.locator(f"form.brief[action*='{choices}']")).to_be_attached()
        expect(tab.get_by_label(WHOLE)).to_have_value("")
        write(tab, "Of another")
        tab.go_back()
        expect(tab.get_by_label(WHOLE)).to_have_value("Of Kent")
    assert "Of another" not in download(tab, "docx")


@pytest.mark.exhaustive
def test_taking_a_section_out_and_in_keeps_its_words_and_those_of_others(server, reader):
    tab = open_briefing(reader.new_page(), server, f"{BOARD},on_time")
    write(tab, "On time words", ON_TIME)
    write(tab, "Whole words")
    tab.get_by_text("Sections: 2 of").click()
    tick = tab.locator("label", has_text=re.compile("^Plans on time$"))
    tick.click()
    expect(tab.get_by_label(ON_TIME)).to_have_count(0)
    expect(tab.get_by_label(WHOLE)).to_have_value("Whole words")
    tick.click()
    expect(tab.get_by_label(ON_TIME)).to_have_value("On time words")


@pytest.mark.exhaustive
def test_a_draft_of_another_day_is_offered_used_deleted_and_undone(server, reader):
    first = open_briefing(reader.new_page(), server)
    write(first, "Words of yesterday")
    first.close()
    tab = open_briefing(reader.new_page(), server)
    offer = tab.locator(".drafts")
    expect(tab.get_by_label(WHOLE)).to_have_value("")
    expect(offer).to_contain_text(re.compile(r"You have a draft of .* for Kent, SEND partnership"))
    expect(offer).to_contain_text("3 words in 1 box")
    assert not faults(tab)
    write(tab, "Of today")
    expect(offer).to_contain_text("You have a draft")  # typing takes nothing away
    tab.get_by_role("button", name="Use it").click()
    expect(tab.get_by_label(WHOLE)).to_have_value("Words of yesterday")
    expect(offer).to_contain_text("instead of what you had written")
    tab.get_by_role("button", name="Undo").click()
    expect(tab.get_by_label(WHOLE)).to_have_value("Of today")
    tab.get_by_role("button", name="Use it").click()
    tab.get_by_role("button", name="Undo").click()
    tab.get_by_role("button", name="Delete it").click()
    expect(offer).not_to_contain_text("You have a draft")
    assert "yesterday" not in tab.evaluate("JSON.stringify(localStorage)")
    tab.get_by_text("Save, load or delete your commentary").click()
    tab.get_by_role("button", name="Delete this commentary").click()
    expect(tab.get_by_label(WHOLE)).to_have_value("")
    assert "Of today" not in tab.evaluate("JSON.stringify(localStorage)")
    tab.get_by_role("button", name="Undo").click()
    expect(tab.get_by_label(WHOLE)).to_have_value("Of today")
    tab.get_by_role("button", name="Delete all commentary").click()
    assert "Of today" not in tab.evaluate("JSON.stringify(localStorage)")


@pytest.mark.exhaustive
def test_two_tabs_lose_nothing_and_each_says_that_there_is_another(server, reader):
    one, two = reader.new_page(), reader.new_page()
    open_briefing(one, server)
    open_briefing(two, server)
    write(one, "Of the first tab")
    expect(two.locator(".drafts")).to_contain_text("being written in another tab")
    write(two, "Of the second tab")
    expect(one.locator(".drafts")).to_contain_text("being written in another tab")
    assert "Of the first tab" in download(one, "docx")
    assert "Of the second tab" in download(two, "docx")
    for tab in (one, two):
        tab.close()
    three = open_briefing(reader.new_page(), server)
    expect(three.get_by_role("button", name="Use it")).to_have_count(2)


@pytest.mark.exhaustive
def test_a_draft_written_with_other_figures_says_so(server, reader):
    tab = open_briefing(reader.new_page(), server)
    write(tab, "On older figures")
    tab.evaluate(OF_ANOTHER_BUILD)
    tab.reload()
    expect(tab.locator(".drafts")).to_contain_text("The data has changed since it was written")
    expect(tab.locator(".drafts")).to_contain_text("build old then")


@pytest.mark.exhaustive
def test_a_file_with_newer_figures_than_the_page_says_so(server, reader):
    tab = open_briefing(reader.new_page(), server)
    tab.locator("form.brief").evaluate("form => { form.dataset.build = 'old' }")
    download(tab, "docx")
    expect(tab.locator(".outcome")).to_contain_text("figures of a newer build than this page")


@pytest.mark.exhaustive
def test_too_many_characters_are_said_and_nothing_is_cut(server, reader):
    tab = open_briefing(reader.new_page(), server)
    box = tab.get_by_label(MEASURES)
    box.fill("x" * 1490)
    expect(tab.get_by_text("You have 10 characters left")).to_be_visible()
    box.fill("x" * 1501)
    expect(tab.get_by_text("You have 1 character too many")).to_be_visible()
    tab.get_by_role("button", name="Download Word").click()
    said = "The board’s measures” has 1 character too many"
    expect(tab.locator(".outcome")).to_contain_text(said)
    expect(box).to_be_focused()
    assert len(box.input_value()) == 1501
    assert not faults(tab)


@pytest.mark.exhaustive
def test_a_browser_that_keeps_nothing_says_so_and_downloads(server, reader):
    tab = reader.new_page()
    tab.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
    open_briefing(tab, server)
    write(tab, "Only in the box")
    expect(tab.locator(".drafts")).to_contain_text("This browser keeps nothing here")
    assert "Only in the box" in download(tab, "docx")


@pytest.mark.exhaustive
def test_a_refusal_is_said_on_the_page(server, reader):
    tab = open_briefing(reader.new_page(), server)
    write(tab, "Still here")
    tab.locator("form.brief").evaluate(
        "form => form.setAttribute('action', `${form.getAttribute('action')}&metric=none-such`)"
    )
    tab.get_by_role("button", name="Download Word").click()
    expect(tab.locator(".outcome")).to_contain_text("There is no metric called")
    expect(tab.get_by_label(WHOLE)).to_have_value("Still here")


def test_the_form_alone_sends_the_words_without_our_script(server, reader):
    tab = open_briefing(reader.new_page(), server)
    write(tab, "Sent by the form itself")
    with downloaded(tab) as saved:
        tab.locator("form.brief").evaluate(
            "form => { const as = document.createElement('input'); as.name = 'as';"
            "as.value = 'docx'; form.append(as); form.submit() }"
        )
    assert "Sent by the form itself" in words_of(saved.value)


def words_of(saved):
    """The words of a download."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / saved.suggested_filename
        saved.save_as(file)
        return words(file)


@pytest.mark.exhaustive
def test_commentary_is_saved_to_a_file_and_loaded_from_it(server, reader):
    tab = open_briefing(reader.new_page(), server)
    write(tab, "For the file")
    tab.get_by_text("Save, load or delete your commentary").click()
    with downloaded(tab) as saved:
        tab.get_by_role("button", name="Save commentary to a file").click()
    content = Path(saved.value.path()).read_text(encoding="utf-8")
    assert saved.value.suggested_filename == "commentary-E10000016-board.json"
    assert json.loads(content) == {
        "kind": briefing_boxes.KIND,
        "area": "E10000016",
        "brief": "board",
        "commentary": {"opening": "For the file"},
    }
    tab.get_by_label(WHOLE).fill("")
    load = tab.locator("form.brief input[type=file]")
    for damaged, said in (
        ("{", "cannot be read"),
        ("{}", "not commentary that was saved here"),
        (content.replace("E10000016", "E06000035"), "another local authority"),
        (content.replace('"For the file"', "5"), "is not text"),
        (" " * 200_001, "too large"),
    ):
        load.set_input_files(
            {"name": "x.json", "mimeType": "application/json", "buffer": damaged.encode()}
        )
        expect(tab.locator(".drafts")).to_contain_text(said)
        expect(tab.get_by_label(WHOLE)).to_have_value("")
    load.set_input_files(
        {"name": "x.json", "mimeType": "application/json", "buffer": content.encode()}
    )
    expect(tab.get_by_label(WHOLE)).to_have_value("For the file")
    tab.reload()
    expect(tab.get_by_label(WHOLE)).to_have_value("For the file")


@pytest.mark.exhaustive
def test_what_is_written_is_never_markup(server, reader):
    tab = open_briefing(reader.new_page(), server)
    write(tab, "<img src=x onerror='document.title=\"gone\"'>&amp;")
    tab.reload()
    expect(tab.get_by_label(WHOLE)).to_have_value(re.compile("^<img src=x"))
    assert "gone" not in tab.title()
    assert "<img src=x" in download(tab, "pdf")


@pytest.mark.sample(1)
@pytest.mark.parametrize("width", [1280, 390])
def test_a_keyboard_writes_and_downloads_at_every_width(server, reader, width):
    tab = reader.new_page()
    tab.set_viewport_size({"width": width, "height": 900})
    open_briefing(tab, server)
    assert sideways(tab) <= 0
    tab.get_by_label(WHOLE).focus()
    tab.keyboard.type("By keyboard")
    tab.get_by_role("button", name="Download Word").focus()
    with downloaded(tab) as saved:
        tab.keyboard.press("Enter")
    assert "By keyboard" in words_of(saved.value)
