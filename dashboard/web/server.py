"""The server around the pages: warmed before the first reader, with compressed files."""

import gzip
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import streamlit
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config

from dashboard.api import mount, shared
from dashboard.draw.screen import shapes as picture
from dashboard.store import served, serving
from dashboard.web import briefing_downloads, downloads, navigation

SCRIPT = Path(__file__).parent / "script.py"
ROOT = (Path(streamlit.__file__).parent / "static").resolve()
TYPES = {".js": b"text/javascript", ".css": b"text/css"}
READY = {"ready": False}
A_YEAR = 365 * 24 * 60 * 60


@asynccontextmanager
async def warm_up(_app: object) -> AsyncGenerator[None, None]:
    """Load what the first reader would wait for, keep it out of later collections, and watch."""
    import plotly.io  # noqa: F401, PLC0415 - what the first chart would import
    import streamlit.elements.plotly_chart  # noqa: F401, PLC0415

    from dashboard.web import chrome, components  # noqa: F401, PLC0415

    # Streamlit would collect after every run, which costs more than the page: the keeper does it.
    # .streamlit/config.toml says so too; a server may be started where that file is not read.
    config.set_option("runner.postScriptGC", False)  # noqa: FBT003 - Streamlit's signature
    keeper = serving.Keeper(served.SERVING, served.builds_folder)
    keeper.start()
    READY["ready"] = True
    yield
    keeper.stop()


async def report_ready(_request: Request) -> JSONResponse:
    """Whether the first reader would be served at once; of which build, and why not another."""
    build = served.SERVING.build
    state = {"build": build.id if build else None, "refused": served.describe_refusal() or None}
    return JSONResponse({**READY, **state}, status_code=200 if READY["ready"] else 503)


async def send_shapes(request: Request) -> Response:
    """The boundaries of a build as one picture: a browser asks once and keeps it."""
    name = request.path_params["build"]
    if name not in served.SERVING.outlines:
        return Response(status_code=404)
    body = _draw_shapes()
    headers = {
        "etag": f'"{name}"',
        "cache-control": shared.FOR_A_YEAR,
        "content-encoding": "gzip",
        "vary": "accept-encoding",
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    }
    if shared.is_held(request, headers["etag"]):
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        body = gzip.decompress(body)
        headers.pop("content-encoding")
    return Response(body, media_type="image/svg+xml", headers=headers)


@cache
def _draw_shapes() -> bytes:
    return gzip.compress(picture.render_shapes().encode(), compresslevel=9, mtime=0)


async def keep_area(request: Request) -> Response:
    """Keep one area in the reader's browser, to be offered next time; without an area, forget it.

    The cookie is ours alone, holds a published code and nothing of the reader, and no script can
    read it. A code the build does not know is not kept.
    """
    build, code = served.find_current_build(), request.query_params.get("area", "")
    area = build.areas.get(code) if build else None
    if area is None or area.level != "local_authority":
        answer = RedirectResponse("./", 303)
        if not code:
            answer.delete_cookie(navigation.COOKIE, httponly=True, samesite="lax")
        return answer
    answer = RedirectResponse(f"local-area?area={area.code}", 303)
    answer.set_cookie(
        navigation.COOKIE,
        area.code,
        max_age=A_YEAR,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


class Compressed:
    """Streamlit's own scripts and styles, compressed once and kept: it sends them as they are."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a compressible file of Streamlit's; pass everything else on."""
        file = _find_compressible(scope)
        if file is None:
            await self.app(scope, receive, send)
            return
        body = _pack_file(file)
        headers = {
            b"content-type": TYPES[file.suffix],
            b"content-encoding": b"gzip",
            b"content-length": str(len(body)).encode(),
            b"cache-control": shared.FOR_A_YEAR.encode(),
            b"vary": b"accept-encoding",
            b"x-content-type-options": b"nosniff",
        }
        await send({"type": "http.response.start", "status": 200, "headers": list(headers.items())})
        await send({"type": "http.response.body", "body": body})


def _find_compressible(scope: Scope) -> Path | None:
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    if b"gzip" not in dict(scope["headers"]).get(b"accept-encoding", b""):
        return None
    file = (ROOT / scope["path"].lstrip("/")).resolve()
    inside = file.is_relative_to(ROOT / "static") and file.suffix in TYPES
    return file if inside and file.is_file() else None


@cache
def _pack_file(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), compresslevel=9, mtime=0)


ROUTES = [
    Route("/ready", report_ready),
    Route(f"/{navigation.START}", keep_area),
    Route("/shapes/{build}.svg", send_shapes),
    *mount.ROUTES,
    *briefing_downloads.ROUTES,  # before the charts, whose route takes every name
    *downloads.ROUTES,
]
MIDDLEWARE = [Middleware(Compressed)]
