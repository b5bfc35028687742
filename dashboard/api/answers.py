"""What the API answers, typed: each class is a schema of the API's own description.

An answer about a thing of the domain takes that thing's fields with their types, and says only what
it adds. Fields that are columns of the published tables have their words from
pipeline/published.toml.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, make_dataclass
from functools import cache
from operator import attrgetter, itemgetter
from typing import Annotated, Any, Generic, TypeVar, cast, get_type_hints

from pydantic import BaseModel, Field

from dashboard.domain import records

Row = TypeVar("Row")
Answer = TypeVar("Answer")

Code = Annotated[str, Field(description="The area's ONS code, nine characters.")]
AreaName = Annotated[str, Field(description="The area's name.")]


def take_fields(thing: type, names: str) -> Callable[[type[Answer]], type[Answer]]:
    """Make a class an answer with these fields: its own, and the others as the domain has them."""
    there = get_type_hints(thing)

    def complete(written: type[Answer]) -> type[Answer]:
        own = get_type_hints(written, include_extras=True)
        wanted = [(name, own.get(name) or there[name]) for name in names.split()]
        kept = {"__doc__": written.__doc__, "__module__": written.__module__}
        made = make_dataclass(written.__name__, wanted, frozen=True, slots=True, namespace=kept)
        return cast("type[Answer]", made)

    return complete


def fill(kind: type[Answer], thing: object, **own: Any) -> Answer:  # noqa: ANN401 - of any field
    """An answer about a thing: its own fields as given, the others as the thing has them."""
    names, read, order = _plan(kind, tuple(own))
    # In order and not by name, which takes twice as long: an answer may have 5,000 rows.
    return kind(*order(dict(zip(names, read(thing), strict=True)) | own))


@cache
def _plan(kind: Callable, own: tuple[str, ...]) -> tuple[list[str], attrgetter, itemgetter]:
    """The fields that are not given, what reads them all, and what puts all in order."""
    wanted = [field.name for field in fields(cast("Any", kind))]
    names = [name for name in wanted if name not in own]
    return names, attrgetter(*names), itemgetter(*wanted)


@take_fields(
    records.Figure,
    "metric title breakdown area_code area time_period period_end is_latest unit value shown "
    "status status_words numerator denominator low high note rank number_ranked quartile change "
    "previous_time_period england region neighbour_mean neighbour_median source release licence "
    "source_file",
)
class Value:
    """One figure, or the reason there is none, with its source and what it stands beside."""

    title: Annotated[str, Field(description="The metric's title.")]
    area: AreaName
    unit: str
    shown: Annotated[
        str, Field(description="The figure as the dashboard writes it, or why there is none.")
    ]
    status_words: Annotated[str, Field(description="What the status means, in words.")]
    source: Annotated[str, Field(description="Publisher and publication of the source.")]
    release: str
    licence: str
    source_file: str


@take_fields(
    records.Metric,
    "id title short_title description why pillar topic topic_title headline level unit unit_words "
    "decimals polarity polarity_words numerator denominator population year_type interval "
    "breakdowns breaks labels caveat duty cited sources values",
)
class Metric:
    """One metric: what it counts, of whom, in which unit, and which way is better."""

    unit_words: Annotated[str, Field(description="The unit in words.")]
    polarity_words: Annotated[str, Field(description="Which way is better, in words.")]
    cited: Annotated[
        list[str], Field(description="Publisher, publication and release of each source.")
    ]
    values: Annotated[str, Field(description="The address of its figures.")]


@take_fields(
    records.Area,
    "code name level region_code old_la_code authority_type is_current start end successor_codes "
    "programmes",
)
class Area:
    """England, a region, a local authority or an integrated care board."""

    code: Code
    name: AreaName
    is_current: Annotated[bool, Field(description="Whether the area still exists.")]
    programmes: Annotated[
        tuple[str, ...],
        Field(description="National programmes it is named in, as far as lists say."),
    ]


@take_fields(records.Neighbour, "model position neighbour_code neighbour closeness distance")
class Neighbour:
    """One of the ten areas most alike, in one model."""

    neighbour_code: str
    neighbour: Annotated[str, Field(description="The neighbour's name.")]


@take_fields(
    records.Source,
    "path title publisher publication publication_title release official_url licence obtained "
    "sha256 note",
)
class Source:
    """One published file behind the figures."""


@take_fields(records.Group, "id label members")
class Group:
    """The areas that one area is set beside."""

    id: Annotated[str, Field(description="The name of the group, as `against` has it.")]
    label: Annotated[str, Field(description="What the group is, in words.")]
    members: Annotated[tuple[str, ...], Field(description="The codes of its areas.")]


@dataclass(frozen=True, slots=True)
class Extreme:
    """The area of a group that is lowest or highest."""

    area: AreaName
    value: float


@take_fields(
    records.Comparator,
    "figure group mean median published with_value members lowest highest missing above below "
    "against expected_low expected_high against_words figures",
)
class Comparison:
    """One area's newest figure of a metric beside a group of areas."""

    figure: Annotated[Value, Field(description="The area's own figure.")]
    group: Annotated[Group, Field(description="What it is set beside.")]
    published: Annotated[
        float | None, Field(description="The published figure of a region or of England.")
    ]
    lowest: Annotated[Extreme | None, Field(description="Who is lowest.")]
    highest: Annotated[Extreme | None, Field(description="Who is highest.")]
    missing: Annotated[tuple[str, ...], Field(description="The names of those without a figure.")]
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
