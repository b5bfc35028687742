"""Every chart as a file, at `download/<chart>.<form>?<choices>`: read-only routes beside the pages.

The choices are those of a page's address, read by the same code: a file has the rows of the page.
Files are made in threads, a few at a time, in memory, and only when somebody asks for one: a page
pays for its links and nothing else. An answer is fresh as long as the build and the program are.
"""

import hashlib
import os
from collections.abc import Callable, Mapping
from functools import cache, partial
from types import ModuleType
from typing import NamedTuple
from urllib.parse import parse_qsl

import anyio.to_thread
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from dashboard.api import shared
from dashboard.charts import registry
from dashboard.charts.model import ChartModel
from dashboard.domain import choices as state
from dashboard.domain import program
from dashboard.domain.build import Build
from dashboard.domain.choices import View
from dashboard.store import memory, served

AT_ONCE, MOST_WAITING = 2, 20
LONGEST = 2_000  # letters of choices: an address of ours is a quarter of that
WHOLE = "whole-metric"
NAMES = (WHOLE, *registry.CHARTS)
OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
OF_METRIC = ("xlsx", "csv")
WAY_BACK = "Go back to the page and choose the download there."
GUARDED = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


class Asked(NamedTuple):
    """One file that is asked for: a chart or a whole metric, its form, and the choices."""

    name: str
    form: str
    choices: Mapping[str, str]
    base: str


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """A question that has no file for its answer, and why in plain words."""

    def __init__(self, status: int, why: str) -> None:
        """Keep the status and the words."""
        super().__init__(why)
        self.status, self.why = status, why


WORKERS = shared.Workers(AT_ONCE)


async def make_in_turn(make: Callable[[], tuple[str, bytes]]) -> tuple[str, bytes]:
    """The name and the bytes of a file, made in a thread when it is its turn.

    Raises:
        Refused: too many wait.
    """
    limiter = WORKERS.get_limiter()
    if limiter.statistics().tasks_waiting >= MOST_WAITING:
        raise Refused(503, "Many files are being made just now. Please try again in a moment.")
    return await anyio.to_thread.run_sync(make, limiter=limiter)


async def send_file(request: Request) -> Response:
    """The file that is asked for; 304 where the reader has it, 400 or 404 in words where not."""
    try:
        asked = _read_request(request)
        build = await anyio.to_thread.run_sync(get_build)
        tag = compute_tag(build, asked)
        if shared.is_held(request, tag):
            return Response(status_code=304, headers=_make_headers(tag))
        name, body = await make_in_turn(partial(make_file, build, asked))
    except Refused as refused:
        return explain_refusal(refused)
    # The finding is to be read and copied; everything else is to be kept.
    how = "inline" if asked.form == "txt" else "attachment"
    named = {"content-disposition": f'{how}; filename="{name}"'}
    headers = {**_make_headers(tag), **named, **GUARDED}
    return Response(body, media_type=FORMS[asked.form], headers=headers)


def explain_refusal(refused: Refused) -> Response:
    """Why there is no file, to be read by whoever asked for it."""
    headers = {"cache-control": "no-store", **GUARDED}
    return PlainTextResponse(f"{refused.why}\n", refused.status, headers)


def get_build() -> Build:
    """The build that files are made from.

    Raises:
        Refused: there is none.
    """
    build = served.find_current_build()
    if build is None:
        unread = "The figures on this server cannot be read just now. Please try again later."
        none = "There is no data yet: no build has been published."
        raise Refused(503, unread if served.describe_refusal() else none)
    return build


def _make_headers(tag: str) -> dict[str, str]:
    return {"etag": tag, "cache-control": "no-cache"}


def _read_request(request: Request) -> Asked:
    """The chart and the form, from `trend.png?area=…` or from a page's `trend?of=…&as=png`."""
    choices = dict(request.query_params)
    choices |= dict(parse_qsl(choices.pop("of", "")))
    name, _, form = request.path_params["name"].rpartition(".")
    if not name:
        name, form = form, choices.pop("as", "")
    if form.startswith("all."):
        name, form = WHOLE, form.removeprefix("all.")
    if name not in NAMES:
        why = f"There is no chart called “{state.shorten(name)}”."
        raise Refused(404, f"{why} There are: {', '.join(NAMES)}. {WAY_BACK}")
    forms = OF_METRIC if name == WHOLE else tuple(FORMS)
    if form not in forms:
        why = f"as “{state.shorten(form)}”" if form else "without a form"
        raise Refused(404, f"This does not come {why}, only as {', '.join(forms)}.")
    check_length(request)
    return Asked(name, form, choices, get_site_address(request))


def check_length(request: Request) -> None:
    """Refuse choices that are longer than any of ours.

    Raises:
        Refused: they are.
    """
    if len(request.url.query) > LONGEST:
        raise Refused(400, f"The choices in this address are too long. {WAY_BACK}")


def get_site_address(request: Request) -> str:
    """The dashboard's own address: SEND_PUBLIC_URL, else the one the question came to."""
    return os.environ.get("SEND_PUBLIC_URL") or str(request.base_url)


def compute_tag(build: Build, asked: Asked) -> str:
    """What a file depends on: the build, the program, the choices and the address."""
    parts = (
        build.id,
        program.read_hash(),
        asked.name,
        asked.form,
        asked.base,
        *sorted(asked.choices.items()),
    )
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:24]}"'


def make_file(build: Build, asked: Asked) -> tuple[str, bytes]:
    """The name and the bytes of a file.

    Raises:
        Refused: the choices are not known to the build, or the chart cannot be drawn for them.
    """
    from dashboard.draw import caption  # noqa: PLC0415 - with what it needs to write files

    view = read_view(build, asked.choices)
    if asked.name == WHOLE:
        return _load_writers().write_metric(view, asked.form, asked.base)
    model = caption.make_absolute(_build_model(asked.name, view), asked.base)
    return _load_writers().write_chart(model, asked.form, view)


def read_view(build: Build, choices: Mapping[str, str]) -> View:
    """What choices ask for.

    Raises:
        Refused: the build does not know one of them.
    """
    view = state.read_view(build, choices)
    if view.notes:
        raise Refused(400, f"{' '.join(view.notes)} No file is made of other choices. {WAY_BACK}")
    return view


def _build_model(name: str, view: View) -> ChartModel:
    """The chart, where it can be drawn."""
    if view.metric.is_category and name not in registry.OF_MANY:
        raise Refused(404, "This metric is words and not numbers: there is no chart of it.")
    model = registry.build_chart(
        name, view if name in registry.OF_MANY else state.put_area_at_level(view)
    )
    if model is None or not model.rows:
        raise Refused(404, f"This chart cannot be drawn for these choices. {WAY_BACK}")
    return model


@cache
def _load_writers() -> ModuleType:
    """What writes files, loaded when the first is asked for: matplotlib alone takes a second.

    It stays, and so it is kept out of every later collection.
    """
    from dashboard.draw import files  # noqa: PLC0415

    memory.settle()
    return files


ROUTES: list[BaseRoute] = [
    Mount(
        "/download",
        routes=[Route("/{name}", send_file, methods=["GET"])],
        middleware=[Middleware(GZipMiddleware, minimum_size=2_000, compresslevel=5)],
    )
]
