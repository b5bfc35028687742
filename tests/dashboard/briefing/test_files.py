"""A briefing is made from one request: with the words sent in its body, or refused in words."""

import asyncio
import io
import re
from urllib.parse import urlencode

import httpx
import pytest
from docx import Document
from openpyxl import load_workbook
from starlette.applications import Starlette

from dashboard.briefing import compose, forms
from dashboard.briefing.commentary import MOST_CHARACTERS
from dashboard.domain import choices
from dashboard.domain.recipes import RECIPES
from dashboard.web import briefing_boxes, briefing_downloads, downloads, navigation
from tests.dashboard.briefing.make import HOSTILE

KENT = "E10000016"
ADDRESS = f"/download/briefing?area={KENT}&brief=board&order=on_time"
FORMULA = '=HYPERLINK("https://elsewhere.example","x")'
APP = Starlette(routes=[*briefing_downloads.ROUTES, *downloads.ROUTES])


def ask(path, fields=None, method="POST", **headers):
    """The answer to one request; header names have underscores for hyphens."""
    given = {"content-type": briefing_downloads.ENCODING} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    body = (
        fields if isinstance(fields, bytes) else urlencode(fields or {}, errors="replace").encode()
    )

    async def asked():
        transport = httpx.ASGITransport(app=APP)
        async with httpx.AsyncClient(transport=transport, base_url="https://board.test") as client:
            return await client.request(method, path, headers=given, content=body)

    return asyncio.run(asked())


def boxes_of(opening="", on_time="", form="docx"):
    """What the form of the page sends."""
    return {"as": form, "say_opening": opening, "say_on_time": on_time}


@pytest.mark.parametrize("form", forms.FORMS)
def test_every_form_comes_with_its_name_and_its_guards(build, form):
    answer = ask(ADDRESS, boxes_of("Sent words", form=form))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == forms.FORMS[form].mime
    name = f"send-briefing-kent-board-{build.id}.{form}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers[briefing_downloads.BUILD] == build.id


def test_the_words_sent_are_in_the_file_as_they_were_written():
    answer = ask(ADDRESS, boxes_of("One.\r\nTwo “quoted” & <b>", HOSTILE))
    said = "\n".join(line.text for line in Document(io.BytesIO(answer.content)).paragraphs)
    assert "Two “quoted” & <b>" in said
    assert "<script>" in said


def test_no_words_become_a_formula():
    answer = ask(ADDRESS, boxes_of(FORMULA, f"\u00a0{FORMULA}", form="xlsx"))
    cells = [
        cell
        for sheet in load_workbook(io.BytesIO(answer.content))
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert any(FORMULA in str(cell.value) for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)


def test_an_address_alone_gives_the_briefing_without_commentary():
    answer = ask(f"/download/briefing.docx?area={KENT}&brief=board&order=on_time", method="GET")
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")


def test_links_in_a_file_lead_to_the_address_that_was_asked():
    answer = ask(ADDRESS, boxes_of())
    said = "\n".join(line.text for line in Document(io.BytesIO(answer.content)).paragraphs)
    assert f"https://board.test/briefing?area={KENT}" in said


@pytest.mark.parametrize(
    ("path", "fields", "status", "said"),
    [
        (ADDRESS, boxes_of(form="exe"), 404, "does not come as “exe”, only as pptx"),
        (ADDRESS, boxes_of(form=""), 404, "without a form"),
        (ADDRESS, {"as": "docx", "say_opening": ""}, 400, "did not arrive"),
        (ADDRESS, {**boxes_of(), "say_none": "x"}, 400, "did not arrive"),
        (ADDRESS, {"as": "docx"}, 400, "did not arrive"),
        (ADDRESS, boxes_of(on_time="x" * 1501), 413, "on “Plans on time” has 1,501 characters"),
        (ADDRESS, boxes_of(opening="x" * 1501), 413, "on the whole has 1,501 characters"),
        (ADDRESS, boxes_of(opening="x" * briefing_downloads.MOST_SENT), 413, "too long to be sent"),
        (ADDRESS, b"as=docx&say_opening=\xff", 400, "cannot be read"),
        (ADDRESS, b"as=docx&say_opening=%ff", 400, "cannot be read"),
        (ADDRESS, b"&".join([b"a=b"] * 100), 400, "cannot be read"),
        ("/download/briefing?brief=board", boxes_of(), 400, "Choose a local authority"),
        ("/download/briefing?area=E99999999", boxes_of(), 400, "no local authority with the code"),
        (f"{ADDRESS}&x={'x' * 3000}", boxes_of(), 400, "too long"),
    ],
)
def test_what_cannot_be_made_is_refused_in_plain_words(path, fields, status, said):
    answer = ask(path, fields)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")
    assert said in answer.text


def test_a_body_that_is_no_form_is_refused():
    assert ask(ADDRESS, b"{}", content_type="application/json").status_code == 415


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec_fetch_site": "same-origin", "origin": "https://board.test"}, 200),
        ({"sec_fetch_site": "none"}, 200),
        ({"origin": "https://board.test"}, 200),
        ({}, 200),
        ({"sec_fetch_site": "cross-site", "origin": "https://board.test"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_another_site_cannot_have_its_visitors_ask(headers, status):
    assert ask(ADDRESS, boxes_of(), **headers).status_code == status


def test_a_fault_of_ours_is_said_in_words(monkeypatch):
    monkeypatch.setattr(forms, "render_file", lambda *_: 1 / 0)
    answer = ask(ADDRESS, boxes_of())
    assert (answer.status_code, answer.text.strip()) == (500, briefing_downloads.FAILED)


def test_every_box_of_the_longest_briefing_can_be_full():
    longest = max(RECIPES.values(), key=lambda recipe: len(recipe.order))
    names = ("opening", *longest.order)
    sent = urlencode({f"say_{name}": "\U0001f642" * MOST_CHARACTERS for name in names})
    assert len(sent) < briefing_downloads.MOST_SENT
    assert len(names) < briefing_downloads.MOST_FIELDS


def test_the_page_has_a_box_for_each_field_that_is_wanted(build):
    for recipe in RECIPES.values():
        view = choices.read_view(build, {"area": KENT, "brief": recipe.id})
        made = compose.build_briefing(view, view.area)
        assert set(briefing_boxes.list_labels(made)) == {compose.OPENING, *recipe.order}


def test_scripts_of_pages_have_nothing_that_cleaning_html_takes_for_a_tag():
    for script in (briefing_boxes.SCRIPT, navigation.SCRIPT):
        inside = script.removeprefix("<script>").removesuffix("</script>")
        assert not re.search(r"<[/\w!]", inside)
