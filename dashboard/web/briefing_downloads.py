"""A briefing as a file, at `download/briefing.<form>?<choices>`, made from one request.

The choices are those of the page's address, read by the same code. What a reader has written comes
in the body of the request and never in the address, which servers and browsers keep. Nothing
is looked up in a session: the file has the words that were sent with the request for it, also
after a restart of the server. A question by GET is answered with the briefing without commentary.
"""

import logging
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dashboard.briefing import commentary, compose, forms
from dashboard.domain import choices as state
from dashboard.domain import recipes
from dashboard.domain.build import Build
from dashboard.domain.choices import View
from dashboard.domain.recipes import Recipe
from dashboard.web import downloads
from dashboard.web.downloads import Refused

NAME = "briefing"
ENCODING = "application/x-www-form-urlencoded"
MOST_SENT = 400_000  # bytes of a body: every box of the longest recipe full of four-byte letters
MOST_FIELDS = 60
FIELD = "say_"  # before the id of the section that a text is about
BUILD = "x-build"  # the header that says which build a file was made from
ELSEWHERE = (
    "This request comes from another site, so no file is made. Open the Briefing page of this "
    "dashboard and choose the download there."
)
UNREADABLE = "What was sent with this request cannot be read, so no file is made."
TOO_MUCH = "Your commentary is too long to be sent. Shorten it and download again."
NOT_SENT = (
    "Your commentary did not arrive with this request, so no file is made. Reload the Briefing "
    "page, which offers what you have written again, and download there."
)
NO_AREA = f"Choose a local authority first. {downloads.WAY_BACK}"
FAILED = (
    "The file could not be made: something went wrong on the server. Please try again; your "
    "commentary stays in the boxes of the page."
)
log = logging.getLogger(__name__)


class Asked(NamedTuple):
    """One briefing that is asked for: its form, the choices, and what was sent in the body."""

    form: str
    choices: Mapping[str, str]
    sent: Mapping[str, str] | None
    base: str


async def send_briefing(request: Request) -> Response:
    """The file, or in plain words why there is none."""
    try:
        asked = await _read_request(request)
        build = await anyio.to_thread.run_sync(downloads.get_build)
        name, body = await downloads.make_in_turn(partial(make_briefing, build, asked))
    except Refused as refused:
        return downloads.explain_refusal(refused)
    except Exception:
        log.exception("a briefing could not be made")
        return downloads.explain_refusal(Refused(500, FAILED))
    headers = {
        "cache-control": "no-store",
        "content-disposition": f'attachment; filename="{name}"',
        BUILD: build.id,
        **downloads.GUARDED,
    }
    return Response(body, media_type=forms.FORMS[asked.form].mime, headers=headers)


def make_briefing(build: Build, asked: Asked) -> tuple[str, bytes]:
    """The name and the bytes of a briefing.

    Raises:
        Refused: the choices are not known to the build, or the commentary cannot be taken.
    """
    view = downloads.read_view(build, asked.choices)
    if view.area is None:
        raise Refused(400, NO_AREA)
    texts = {} if asked.sent is None else select_texts(view, asked.sent)
    result = compose.build_briefing(view, view.area, asked.base, texts)
    against = view.asked.get("against", "")
    name = forms.filename(result.area, result.recipe, against, result.build)
    return f"{name}.{asked.form}", forms.render_file(result, asked.form)


def select_texts(view: View, sent: Mapping[str, str]) -> dict[str, str]:
    """What a reader has written, by section; every box of the page must have been sent.

    Raises:
        Refused: a box is missing, of no section, or too full. A file without words that a reader
            sees in a box would be wrong without a sign.
    """
    recipe = compose.pick_recipe(view)
    texts = {
        name.removeprefix(FIELD): text for name, text in sent.items() if name.startswith(FIELD)
    }
    boxes = (compose.OPENING, *(one.id for one in recipes.select_sections(recipe, view.order)))
    if set(texts) != set(boxes):
        raise Refused(400, NOT_SENT)
    for section, text in texts.items():
        _check_length(recipe, section, text)
    return texts


def _check_length(recipe: Recipe, section: str, text: str) -> None:
    length, most = len(commentary.tidy_commentary(text)), commentary.MOST_CHARACTERS
    if length > most:
        headings = {one.id: f"“{one.heading}”" for one in recipe.sections}
        about = headings.get(section, "the whole")
        why = (
            f"Your commentary on {about} has {length:,} characters, and at most {most:,} can be "
            "taken. Shorten it and download again."
        )
        raise Refused(413, why)


async def _read_request(request: Request) -> Asked:
    """The form and the choices, and what stands in the body where there is one."""
    downloads.check_length(request)
    choices = dict(request.query_params)
    sent = await _read_fields(request) if request.method == "POST" else None
    wanted = (sent or {}).get("as") or choices.pop("as", "")
    form = request.path_params.get("form") or wanted
    if form not in forms.FORMS:
        how = f"as “{state.shorten(form)}”" if form else "without a form"
        raise Refused(404, f"A briefing does not come {how}, only as {', '.join(forms.FORMS)}.")
    return Asked(form, choices, sent, downloads.get_site_address(request))


async def _read_fields(request: Request) -> dict[str, str]:
    """The fields of a form of ours.

    Raises:
        Refused: another site sends it, it is no form, or it is longer than any of ours.
    """
    if not is_ours(request):
        raise Refused(403, ELSEWHERE)
    if request.headers.get("content-type", "").partition(";")[0].strip() != ENCODING:
        raise Refused(415, UNREADABLE)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_SENT:
            raise Refused(413, TOO_MUCH)
    try:
        fields = parse_qsl(
            body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
        )
    except ValueError:
        raise Refused(400, UNREADABLE) from None
    return dict(fields)


def is_ours(request: Request) -> bool:
    """Whether a page of this site sends a request, as far as the browser says.

    Nothing is kept or changed by one, but each costs seconds: no other site may have its visitors
    ask for files. A program that says nothing of where it is may ask.
    """
    site = request.headers.get("sec-fetch-site")
    if site:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin")
    places = {request.headers.get("host"), urlsplit(downloads.get_site_address(request)).netloc}
    return origin is None or urlsplit(origin).netloc in places


ROUTES: list[BaseRoute] = [
    Route(f"/download/{NAME}", send_briefing, methods=["GET", "POST"]),
    Route(f"/download/{NAME}.{{form}}", send_briefing, methods=["GET", "POST"]),
]
