"""Questions to the API as the server has it, without a server."""

import asyncio

import httpx
from starlette.applications import Starlette

from dashboard.api import mount

APP = Starlette(routes=mount.ROUTES)


def ask(path, method="GET", **headers):
    """The answer to one question; header names have underscores for hyphens."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}

    async def asked():
        transport = httpx.ASGITransport(app=APP, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, headers=given)

    return asyncio.run(asked())
