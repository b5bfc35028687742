"""The dashboard as it is served, which also says what each run of its script took."""

import resource
import time
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from benchmarks import clock
from dashboard.store import served
from dashboard.web import server

SCRIPT = Path(__file__).parent / "timed_script.py"
STATM = Path("/proc/self/statm")


async def report_runs(_request: Request) -> JSONResponse:
    """Give the CPU seconds of each run so far, and of the whole process, and what it holds."""
    replaced = sum(one() is not None for one in served.SERVING.retired)
    return JSONResponse(
        {
            "script": clock.RUNS,
            "process": time.process_time(),
            "megabytes": get_memory_mb(),
            "builds": replaced + 1,
        }
    )


def get_memory_mb() -> float:
    """What the process has in memory now; at its most, where the system does not say."""
    if STATM.exists():
        return int(STATM.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


app = st.App(
    SCRIPT,
    lifespan=server.warm_up,
    routes=[*server.ROUTES, Route("/runs", report_runs)],
    middleware=server.MIDDLEWARE,
)
