"""The addresses of the API. Each asks one question and says what may be asked."""

import logging
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import HTMLResponse, JSONResponse, Response

from dashboard.api import answers, questions, reply
from dashboard.api.answers import Listed, One, Problem
from dashboard.api.page import render_page
from dashboard.api.questions import HERE, Part, RefusedError, find_nearest
from dashboard.api.schema import PROBLEM, describe_api
from dashboard.charts.model import LICENCE
from dashboard.domain.comparators import describe_choices, describe_models
from dashboard.store import served
from dashboard.store.figures import Wanted
from pipeline.errors import DamagedError
from pipeline.package import DESCRIPTOR
from pipeline.package import LICENCE as LICENSED

log = logging.getLogger(__name__)

MOST = 5000
MOST_REPEATED = 200
ABOUT = f"""Official statistics on special educational needs and disabilities for every local
authority in England, read-only, as JSON or CSV. {LICENCE}. Every answer names its build, every
figure its source and release. A figure that is not there is null, with its status in words."""

api = FastAPI(
    title="SEND System Health: the API",
    version="1",
    description=" ".join(ABOUT.split()),
    license_info={"name": LICENSED["title"], "url": LICENSED["path"]},
    servers=[{"url": HERE}],
    docs_url=None,  # FastAPI's own pages load scripts from another host
    redoc_url=None,
    openapi_url=None,
    root_path_in_servers=False,
)
api.add_middleware(
    CORSMiddleware,
    allow_origins=["*"],
    allow_methods=["GET", "HEAD"],
    expose_headers=["ETag", "Link", "X-Build", "X-Total-Count"],
)
WRONG: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": said}
    for status, said in (
        (400, "The question cannot be understood; the answer says why."),
        (404, "What was asked for is not there; the answer names what is nearest."),
        (503, "No build has been published yet."),
    )
}
ROWS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}
JSON_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {reply.JSON: {}}}}
FILE: dict[int | str, dict[str, Any]] = {200: {"content": {reply.PARQUET: {}, reply.JSON: {}}}}

MetricId = Annotated[str, Path(description="A metric's id, as /metrics lists them.")]
AreaCode = Annotated[str, Path(description="An ONS code of nine characters.")]
Headline = Annotated[bool | None, Query(description="Only headline metrics, or only others.")]
Breakdown = Annotated[
    str | None, Query(description="One group of children, as the metric's breakdowns name it.")
]


async def read_part(
    limit: Annotated[int, Query(ge=1, le=MOST, description="At most how many rows.")] = 1000,
    offset: Annotated[int, Query(ge=0, le=10_000_000, description="How many to leave out.")] = 0,
    form: Annotated[
        Literal["json", "csv"] | None,
        Query(alias="format", description="json or csv; else the Accept header decides."),
    ] = None,
) -> Part:
    """Which rows are wanted; the form is read again with the Accept header."""
    _ = form
    return Part(limit, offset)


def check_parameters(request: Request) -> None:
    """Refuse a parameter that no one reads, so that a slip of the pen gives no wrong figures.

    Raises:
        RefusedError: there is one.
    """
    route = request.scope["route"].path
    operation = api.openapi()["paths"][route]["get"]
    there = {p["name"]: p["name"] for p in operation.get("parameters", ()) if p["in"] == "query"}
    for name in request.query_params:
        if name not in there:
            near = find_nearest(name, there) or sorted(there)
            title = f"This address has no parameter called {name[:40]}"
            has = f": it has {', '.join(near)}" if near else ""
            raise RefusedError(400, f"{title}{has}.", str(request.url.query), near)


Asked = Annotated[Part, Depends(read_part)]
router = APIRouter(dependencies=[Depends(check_parameters)], responses=WRONG)


@router.get("/build", response_model=One[answers.About])
async def build(request: Request) -> Response:
    """The build that is current: what it holds, its licence and its files."""
    return await reply.send_item(request, questions.build_about)


@router.get("/metrics", response_model=Listed[answers.Metric], responses=ROWS)
async def metrics(
    request: Request,
    asked: Asked,
    topic: Annotated[str | None, Query(description="Only metrics of this topic.")] = None,
    headline: Headline = None,
) -> Response:
    """Every metric: what it counts, of whom, in which unit, which way is better, its sources."""
    return await reply.send_list(
        request, asked, lambda build: questions.list_metrics(build, topic, headline=headline)
    )


@router.get("/metrics/{metric}", response_model=One[answers.Metric])
async def metric(request: Request, metric: MetricId) -> Response:
    """One metric."""
    return await reply.send_item(request, lambda build: questions.get_metric(build, metric))


def read_wanted(
    asked: Asked,
    area: Annotated[
        list[str] | None, Query(description="Codes of areas: repeat it, or put commas between.")
    ] = None,
    breakdown: Breakdown = None,
    period: Annotated[str | None, Query(description="One period, as the figures name it.")] = None,
    latest: Annotated[bool, Query(description="Only the newest period.")] = False,  # noqa: FBT002 - asked by name
) -> Wanted:
    """Which figures of a metric are wanted."""
    codes = [code for each in area or () for code in each.split(",") if code]
    return Wanted(codes or None, breakdown, period, latest, asked.limit, asked.offset)


@router.get("/metrics/{metric}/values", response_model=Listed[answers.Value], responses=ROWS)
async def values(
    request: Request, metric: MetricId, asked: Annotated[Wanted, Depends(read_wanted)]
) -> Response:
    """A metric's figures, each with its status, numbers, interval, rank, source and release."""
    return await reply.send_list(
        request,
        Part(asked.limit, asked.offset),
        lambda build: questions.list_values(build, metric, asked),
    )


@router.get("/areas", response_model=Listed[answers.Area], responses=ROWS)
async def areas(
    request: Request,
    asked: Asked,
    level: Annotated[
        str | None, Query(description="country, region, local_authority or nhs.")
    ] = None,
    current: Annotated[
        bool | None, Query(description="Only areas of today, or only abolished ones.")
    ] = None,
) -> Response:
    """England, its regions, its local authorities and its integrated care boards."""
    return await reply.send_list(
        request, asked, lambda build: questions.list_areas(build, level, current=current)
    )


@router.get("/areas/{code}", response_model=One[answers.Area])
async def area(request: Request, code: AreaCode) -> Response:
    """One area."""
    return await reply.send_item(request, lambda build: questions.get_area(build, code))


@router.get("/areas/{code}/scorecard", response_model=Listed[answers.Value], responses=ROWS)
async def scorecard(
    request: Request, asked: Asked, code: AreaCode, headline: Headline = None
) -> Response:
    """The newest figure of every metric in one area."""
    return await reply.send_list(
        request, asked, lambda build: questions.list_scorecard(build, code, headline=headline)
    )


@router.get("/areas/{code}/neighbours", response_model=Listed[answers.Neighbour], responses=ROWS)
async def neighbours(
    request: Request,
    asked: Asked,
    code: AreaCode,
    model: Annotated[str | None, Query(description=describe_models())] = None,
) -> Response:
    """The ten local authorities most like one, in each of three models, the nearest first."""
    return await reply.send_list(
        request, asked, lambda build: questions.list_neighbours(build, code, model)
    )


def read_comparison(
    against: Annotated[
        str,
        Query(description=describe_choices()),
    ] = "neighbours",
    group: Annotated[str, Query(description="For own: codes with commas between.")] = "",
    breakdown: Breakdown = None,
) -> dict[str, str]:
    """What to compare with, as the address of a page has it."""
    return {"against": against, "group": group, "breakdown": breakdown or ""}


@router.get("/areas/{code}/metrics/{metric}/comparison", response_model=One[answers.Comparison])
async def comparison(
    request: Request,
    code: AreaCode,
    metric: MetricId,
    chosen: Annotated[dict[str, str], Depends(read_comparison)],
) -> Response:
    """One area's newest figure of a metric beside a group of areas, as the pages compare."""
    return await reply.send_item(
        request, lambda build: questions.build_comparison(build, code, metric, chosen)
    )


@router.get("/sources", response_model=Listed[answers.Source], responses=ROWS)
async def sources(request: Request, asked: Asked) -> Response:
    """Every published file behind the figures, with release, licence and SHA-256."""
    return await reply.send_list(request, asked, questions.list_sources)


@router.get("/datapackage.json", responses=JSON_FILE, response_class=Response)
async def descriptor(request: Request) -> Response:
    """The data package: what each file and each column of the build means."""
    return await reply.send_file(request, lambda build: questions.find_file(build, DESCRIPTOR))


@router.get("/files/{name}", responses=FILE, response_class=Response)
async def files(
    request: Request,
    name: Annotated[str, Path(description="A file's name, as /build lists them.")],
) -> Response:
    """One file of the build: a table as Parquet, the boundaries as GeoJSON."""
    return await reply.send_file(request, lambda build: questions.find_file(build, name))


@api.get("/openapi.json", include_in_schema=False)
async def give_description() -> JSONResponse:
    """This description, for programs."""
    return JSONResponse(api.openapi(), headers={"cache-control": reply.FRESH})


@api.get("/", include_in_schema=False)
async def show_page() -> HTMLResponse:
    """This description, for people: no script, nothing from another host."""
    current = served.find_current_build()
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    return HTMLResponse(
        render_page(api.openapi(), current.id if current else ""),
        headers={"content-security-policy": policy, "cache-control": reply.FRESH},
    )


def make_problem(
    status: int, title: str, asked: str, there: list[str] | None = None
) -> JSONResponse:
    """Why there is no answer."""
    body = Problem(
        status=status, title=title, asked=asked[:MOST_REPEATED], nearest=there or [], help=HERE
    )
    return JSONResponse(
        body.model_dump(),
        status_code=status,
        headers={"cache-control": "no-store"},
        media_type=PROBLEM,
    )


@api.exception_handler(RefusedError)
async def explain_refusal(request: Request, error: RefusedError) -> JSONResponse:
    """What was asked for is not there, or cannot be asked."""
    return make_problem(error.status, error.title, error.asked or request.url.path, error.nearest)


@api.exception_handler(RequestValidationError)
async def explain_wrong_value(request: Request, error: RequestValidationError) -> JSONResponse:
    """A parameter has a value it cannot have."""
    faults = "; ".join(f"{each['loc'][-1]}: {each['msg']}" for each in error.errors())
    return make_problem(
        400, f"A parameter cannot have this value. {faults}.", str(request.url.query)
    )


@api.exception_handler(DamagedError)
async def explain_damage(request: Request, error: DamagedError) -> JSONResponse:
    """A file of the build is not as it was written: nobody is given it."""
    log.warning("a file of the build is not given out: %s", error)
    title = "This file is damaged on this server, so it is not given out; figures are not affected."
    return make_problem(503, title, request.url.path)


@api.exception_handler(Exception)
async def explain_fault(request: Request, _error: Exception) -> JSONResponse:
    """A fault of ours: the server's log has it, the asker only that there was one."""
    return make_problem(500, "Something went wrong on this server.", request.url.path)


@api.exception_handler(404)
@api.exception_handler(405)
async def explain_missing_address(request: Request, error: HTTPException) -> JSONResponse:
    """There is no such address, or it can only be read."""
    if error.status_code == 405:  # noqa: PLR2004 - the method
        answer = make_problem(
            405, "This address can only be read: use GET or HEAD.", request.method
        )
        answer.headers["allow"] = "GET, HEAD"
        return answer
    paths = {f"{HERE}{path}": path for path in api.openapi()["paths"]}
    close = find_nearest(request.url.path, paths)
    return make_problem(404, "There is nothing at this address.", request.url.path, close)


api.include_router(router)
api.openapi = describe_api(api)
