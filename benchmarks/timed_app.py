"""The dashboard as it is served, which also says what each run of its script took."""

import time
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from benchmarks import clock
from dashboard import server

SCRIPT = Path(__file__).parent / "timed_script.py"


async def runs(_request: Request) -> JSONResponse:
    """Give the CPU seconds of each run so far, and of the whole process."""
    return JSONResponse({"script": clock.RUNS, "process": time.process_time()})


app = st.App(
    SCRIPT,
    lifespan=server.warm,
    routes=[*server.ROUTES, Route("/runs", runs)],
    middleware=server.MIDDLEWARE,
)
