"""The API on the dashboard's server: loaded by the first who asks, not when the server starts.

FastAPI costs a quarter of a second to import, which every reader would wait for after a start.
"""

from functools import cache
from importlib import import_module

import anyio.to_thread
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.store import memory

HERE = "/api"


class Api:
    """The application under /api; HEAD is answered as GET without its body."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a question on to the API."""
        app = _load_api() if _load_api.cache_info().currsize else await _load_in_thread()
        if scope["path"] == HERE:
            scope = {**scope, "root_path": HERE, "path": f"{HERE}/"}
        if scope["method"] == "HEAD":
            await app({**scope, "method": "GET"}, receive, _drop_body(send))
        else:
            await app(scope, receive, send)


async def _load_in_thread() -> ASGIApp:
    return await anyio.to_thread.run_sync(_load_api)


@cache
def _load_api() -> ASGIApp:
    app = import_module("dashboard.api.app").api
    memory.settle()  # it is never freed, so no collection need look at it again
    return app


def _drop_body(send: Send) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return answer


ROUTES: list[BaseRoute] = [Route(HERE, Api()), Mount(HERE, Api())]
