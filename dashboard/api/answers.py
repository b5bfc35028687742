"""What the API answers, typed: each class is a schema of the API's own description.

Fields that are columns of the published tables have their words from pipeline/published.toml.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, Field

Row = TypeVar("Row")

Words = Annotated[str, Field(description="What the status means, in words.")]
Shown = Annotated[
    str, Field(description="The figure as the dashboard writes it, or why there is none.")
]
MetricTitle = Annotated[str, Field(description="The metric's title.")]
AreaName = Annotated[str, Field(description="The area's name.")]
Cited = Annotated[str, Field(description="Publisher and publication of the source.")]


@dataclass(frozen=True, slots=True)
class Value:
    """One figure, or the reason there is none, with its source and what it stands beside."""

    metric: str
    title: MetricTitle
    breakdown: str
    area_code: str
    area: AreaName
    time_period: str
    period_end: date
    is_latest: bool
    unit: str
    value: float | None
    shown: Shown
    status: str
    status_words: Words
    numerator: float | None
    denominator: float | None
    low: float | None
    high: float | None
    note: str | None
    rank: int | None
    number_ranked: int | None
    quartile: int | None
    change: float | None
    previous_time_period: str | None
    england: float | None
    region: float | None
    neighbour_mean: float | None
    neighbour_median: float | None
    source: Cited
    release: str
    licence: str
    source_file: str


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: what it counts, of whom, in which unit, and which way is better."""

    id: str
    title: str
    short_title: str
    description: str
    why: str | None
    pillar: str
    topic: str
    topic_title: str
    headline: bool
    level: str
    unit: str
    unit_words: Annotated[str, Field(description="The unit in words.")]
    decimals: int
    polarity: str
    polarity_words: Annotated[str, Field(description="Which way is better, in words.")]
    numerator: str | None
    denominator: str | None
    population: str | None
    year_type: str
    interval: str
    breakdowns: list[str]
    breaks: list[str]
    labels: list[str]
    caveat: str | None
    duty: str | None
    cited: Annotated[
        list[str], Field(description="Publisher, publication and release of each source.")
    ]
    sources: list[str]
    values: Annotated[str, Field(description="The address of its figures.")]


@dataclass(frozen=True, slots=True)
class Area:
    """England, a region, a local authority or an integrated care board."""

    code: Annotated[str, Field(description="The area's ONS code, nine characters.")]
    name: AreaName
    level: str
    region_code: str | None
    old_la_code: str | None
    authority_type: str | None
    is_current: Annotated[bool, Field(description="Whether the area still exists.")]
    start: date | None
    end: date | None
    successor_codes: list[str]
    programmes: Annotated[
        list[str], Field(description="National programmes it is named in, as far as lists say.")
    ]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One of the ten areas most alike, in one model."""

    model: str
    position: int
    neighbour_code: str
    neighbour: Annotated[str, Field(description="The neighbour's name.")]
    closeness: str | None
    distance: float | None


@dataclass(frozen=True, slots=True)
class Source:
    """One published file behind the figures."""

    path: str
    title: str
    publisher: str
    publication: str
    publication_title: str
    release: str
    official_url: str | None
    licence: str
    obtained: str | None
    sha256: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """The areas that one area is set beside."""

    id: Annotated[str, Field(description="The name of the group, as `against` has it.")]
    label: Annotated[str, Field(description="What the group is, in words.")]
    members: Annotated[list[str], Field(description="The codes of its areas.")]


@dataclass(frozen=True, slots=True)
class Extreme:
    """The area of a group that is lowest or highest."""

    area: AreaName
    value: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """One area's newest figure of a metric beside a group of areas."""

    figure: Annotated[Value, Field(description="The area's own figure.")]
    group: Annotated[Group, Field(description="What it is set beside.")]
    mean: float | None
    median: float | None
    published: Annotated[
        float | None, Field(description="The published figure of a region or of England.")
    ]
    with_value: int
    members: int
    lowest: Annotated[Extreme | None, Field(description="Who is lowest.")]
    highest: Annotated[Extreme | None, Field(description="Who is highest.")]
    missing: Annotated[list[str], Field(description="The names of those without a figure.")]
    above: Annotated[int | None, Field(description="How many members the area is above.")]
    below: Annotated[int | None, Field(description="How many members the area is below.")]
    against: Annotated[
        int | None,
        Field(
            description="1 higher, -1 lower, 0 no different at 95%; null where nothing can be "
            "tested. Beside a group: outside what one more area like its members would be expected "
            "to have, about their median."
        ),
    ]
    expected_low: Annotated[
        float | None,
        Field(description="From what one more area like the group’s would be expected to have."),
    ]
    expected_high: Annotated[float | None, Field(description="And up to what.")]
    against_words: Annotated[str, Field(description="The test in words.")]
    figures: Annotated[list[Value], Field(description="The newest figure of each member.")]


@dataclass(frozen=True, slots=True)
class File:
    """One file of the build."""

    name: Annotated[str, Field(description="The file's name.")]
    bytes: Annotated[int, Field(description="Its size.")]
    url: Annotated[str, Field(description="Its address.")]


@dataclass(frozen=True, slots=True)
class About:
    """The build that is current: what it holds, and where everything is."""

    metrics: Annotated[int, Field(description="How many metrics it holds.")]
    areas: Annotated[int, Field(description="How many areas it holds.")]
    local_authorities: Annotated[int, Field(description="How many of them are local authorities.")]
    sources: Annotated[int, Field(description="How many published files it is made from.")]
    licence: str
    licence_url: Annotated[str, Field(description="The licence's address.")]
    files: Annotated[list[File], Field(description="The files of the build.")]
    documentation: Annotated[str, Field(description="A page about the API.")]


Build = Annotated[str, Field(description="The build the answer comes from.")]
Attribution = Annotated[str, Field(description="What to write beside a figure that is used.")]


class Page(BaseModel):
    """Which rows an answer holds, and where the next ones are."""

    total: int = Field(description="How many rows there are in all.")
    limit: int = Field(description="At most how many rows an answer holds.")
    offset: int = Field(description="How many rows were left out before the first.")
    next: str | None = Field(description="The address of the next rows; null at the end.")


class Listed(BaseModel, Generic[Row]):
    """Rows of one kind, a page at a time."""

    build: Build
    attribution: Attribution
    page: Page = Field(description="Which rows these are.")
    rows: list[Row] = Field(description="The rows.")


class One(BaseModel, Generic[Row]):
    """One thing."""

    build: Build
    attribution: Attribution
    item: Row = Field(description="What was asked for.")


class Problem(BaseModel):
    """Why there is no answer, in plain words."""

    status: int = Field(description="The HTTP status.")
    title: str = Field(description="What is wrong.")
    asked: str = Field(description="What was asked for.")
    nearest: list[str] = Field(description="What there is that is most like it.")
    help: str = Field(description="Where to read on.")
