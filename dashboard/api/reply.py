"""How an answer is sent: JSON or CSV, with a tag by build, in a thread of its own."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from dashboard.api import shared
from dashboard.api.answers import Listed, Page
from dashboard.api.questions import Part, RefusedError, Rows
from dashboard.charts.model import LICENCE
from dashboard.domain import program
from dashboard.domain.build import Build
from dashboard.store import served
from pipeline import formulas

WORKERS = shared.Workers(1)  # so that programs leave the processor to the pages of people
FRESH = "public, max-age=60, must-revalidate"  # a new build is seen within a minute
CSV, JSON = "text/csv; charset=utf-8", "application/json"
PARQUET = "application/vnd.apache.parquet"


async def send_list(
    request: Request, part: Part, rows: Callable[[Build], Rows | Sequence[object]]
) -> Response:
    """Rows as JSON, or as CSV where the address or the reader's program asks for it.

    All rows, of which the part is taken, or that part alone with the number of all.
    """
    form = CSV if is_csv_wanted(request) else JSON
    return await _run_in_thread(
        partial(_make_answer, request, form, partial(_make_list, part, rows))
    )


async def send_item(request: Request, item: Callable[[Build], object]) -> Response:
    """One thing as JSON."""
    return await _run_in_thread(partial(_make_answer, request, JSON, partial(_make_item, item)))


async def send_file(request: Request, find: Callable[[Build], Path]) -> Response:
    """One file of the build, as it is."""
    return await _run_in_thread(partial(_send_file, request, find))


async def _run_in_thread(make: Callable[[], Response]) -> Response:
    """Made in a thread, a few at once, so that no page waits for the server's loop."""
    return await anyio.to_thread.run_sync(make, limiter=WORKERS.get_limiter())


def is_csv_wanted(request: Request) -> bool:
    """Whether ?format= says CSV, or else the Accept header prefers it to JSON."""
    asked = request.query_params.get("format")
    if asked:
        return asked == "csv"
    accepted = request.headers.get("accept", "")
    return _read_weight(accepted, "text/csv") > _read_weight(accepted, JSON)


def _read_weight(accepted: str, wanted: str) -> float:
    """The weight that an Accept header gives to a type; 0 where it does not name it."""
    for each in accepted.split(","):
        name, *parameters = (part.strip() for part in each.split(";"))
        if name == wanted:
            weights = [part[2:] for part in parameters if part.startswith("q=")]
            return float(weights[0]) if weights and _is_number(weights[0]) else 1.0
    return 0.0


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def _make_answer(
    request: Request, form: str, make: Callable[[Request, Build], dict[str, Any]]
) -> Response:
    build = _get_build()
    headers = _make_headers(build, form)
    if shared.is_held(request, headers["etag"]):
        return Response(status_code=304, headers=headers)
    kind = request.scope["route"].response_model
    answer = kind(build=build.id, attribution=f"{LICENCE}.", **make(request, build))
    if isinstance(answer, Listed) and answer.page.next:
        headers["link"] = f'<{answer.page.next}>; rel="next"'
    if isinstance(answer, Listed) and form == CSV:
        headers["x-total-count"] = str(answer.page.total)
        return Response(write_csv(answer), headers=headers, media_type=CSV)
    return Response(answer.model_dump_json(), headers=headers, media_type=JSON)


def _make_list(
    part: Part,
    make: Callable[[Build], Rows | Sequence[object]],
    request: Request,
    build: Build,
) -> dict[str, Any]:
    made = make(build)
    rows = made if isinstance(made, Rows) else part.of(made)
    after = part.offset + part.limit
    query = {**request.query_params, "limit": part.limit, "offset": after}
    more = f"{request.url.path}?{urlencode(query)}" if after < rows.total else None
    page = Page(total=rows.total, limit=part.limit, offset=part.offset, next=more)
    return {"page": page, "rows": list(rows.rows)}


def _make_item(
    make: Callable[[Build], object], _request: Request, build: Build
) -> dict[str, object]:
    return {"item": make(build)}


def _send_file(request: Request, find: Callable[[Build], Path]) -> Response:
    build = _get_build()
    path = find(build)
    form = JSON if path.suffix == ".json" else PARQUET
    # The bytes are compressed already: named so, the server does not do it a second time.
    encoded = {} if form == JSON else {"content-encoding": "identity"}
    headers = _make_headers(build, form) | encoded
    if shared.is_held(request, headers["etag"]):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, headers=headers, media_type=form)


def _get_build() -> Build:
    build = served.find_current_build()
    if build is None:
        unread = "The figures on this server cannot be read just now."
        raise RefusedError(
            503, unread if served.describe_refusal() else "No build has been published yet."
        )
    return build


def _make_headers(build: Build, form: str) -> dict[str, str]:
    kind = form.partition(";")[0].rpartition("/")[2]
    return {
        "etag": f'W/"{build.id}-{program.read_hash()}-{kind}"',
        "cache-control": FRESH,
        "vary": "Accept, Accept-Encoding",
        "x-build": build.id,
        "x-content-type-options": "nosniff",
    }


def write_csv(answer: Listed[Any]) -> str:
    """Rows as CSV, each with the build and what to write beside a figure that is used."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    kind = type(answer).__pydantic_generic_metadata__["args"][0]
    columns = [field.name for field in fields(kind)]
    lines.writerow([*columns, "build", "attribution"])
    for row in answer.rows:
        cells = [format_cell(getattr(row, name)) for name in columns]
        lines.writerow([*cells, answer.build, answer.attribution])
    return written.getvalue()


def format_cell(value: object) -> object:
    """A value for CSV: numbers stay numbers, and no text can begin a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, int | float):
        return value
    text = "; ".join(value) if isinstance(value, list | tuple) else str(value)
    return formulas.guard_cell(text)
