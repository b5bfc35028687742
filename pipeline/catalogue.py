"""The catalogue: every source, topic and metric, read from TOML and checked on the way in."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError, field_validator, model_validator

from pipeline.errors import CatalogueError
from pipeline.shown import Shown, list_places

HERE = Path(__file__).parent

LABEL = re.compile(r"(\w+) = '([^']*)'")


def _check_is_one_of(given: str, wanted: Iterable[str], kind: str) -> str:
    """Give a name that is one of those wanted. Raises ValueError with the nearest of them."""
    names = list(wanted)
    if given not in names:
        [nearest] = difflib.get_close_matches(given, names, n=1, cutoff=0)
        raise ValueError(f"found '{given}', wanted a {kind}; the nearest is '{nearest}'")
    return given


Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Polarity(StrEnum):
    """Which way is better for children and young people."""

    HIGH_IS_GOOD = "high_is_good"
    LOW_IS_GOOD = "low_is_good"
    NO_JUDGEMENT = "no_judgement"


class Unit(StrEnum):
    """What a metric counts in."""

    COUNT = "count"
    PERCENT = "percent"
    PERCENT_CHANGE = "percent_change"
    PER_1000 = "per_1000"
    PER_100 = "per_100"
    POUNDS = "pounds"
    POINTS = "points"
    SCORE = "score"
    WEEKS = "weeks"
    GOALS = "goals"
    CATEGORY = "category"

    @property
    def multiplier(self) -> int:
        """What a ratio is multiplied by to be in this unit."""
        return {Unit.PERCENT: 100, Unit.PER_100: 100, Unit.PER_1000: 1000}.get(self, 1)


class Pillar(StrEnum):
    """The parts of the inclusion dashboards promised in the 2022 Green Paper."""

    OUTCOMES = "outcomes"
    IDENTIFICATION = "identification"
    VALUE_FOR_MONEY = "value_for_money"
    ALTERNATIVE_PROVISION = "alternative_provision"


Status = Literal[
    "suppressed",
    "not_applicable",
    "not_available",
    "low",
    "unreliable",  # the publisher marks it so
    "withheld",  # by us: the publisher gives a figure that cannot be right
    "not_returned",
]

# The tables that a source's rows go into: observations, or what other sources need to read theirs.
Gives = Literal[
    "observation",
    "la_code",
    "la_change",
    "nhs_area",
    "nhs_part",
    "overlap",
    "district",
    "district_population",
    "membership",
    "neighbour_pair",
    "boundary",
    "release_date",
]

ALWAYS = "always"
Sign = Literal["balance", "flow", "gap", "growth", "net_spending", "progress"]

PeriodKind = Literal["calendar", "academic", "financial", "january", "mid_year", "month", "term"]


class Indicator(BaseModel, frozen=True, extra="forbid"):
    """What a published column or label counts, and the group of children it counts them in."""

    id: Id
    label: str
    breakdown: str = "Total"
    period: PeriodKind | None = None  # where one file mixes kinds of year


class Note(BaseModel, frozen=True, extra="forbid"):
    """A known trap that touches published numbers, shown beside each of them.

    Empty lists mean every indicator, group, area (three-digit code) or time period of the source.
    With the status "withheld", the numbers are ones that the publisher gives and we do not show:
    they cannot be right. conform.sql puts before the text who withholds them, and the published
    number.
    """

    text: str
    status: Status | None = None
    indicators: tuple[Id, ...] = ()
    breakdowns: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()


class Cover(BaseModel, frozen=True, extra="forbid"):
    """Where a workbook says when it was published, and in some when the next release is expected.

    Patterns of a whole line of the sheet, its cells joined by spaces; the group is what is kept.
    """

    sheet: str  # its name, in which a star stands for any words
    published: str
    next_release: str | None = None


class Accepted(BaseModel, frozen=True, extra="forbid"):
    """How one release's layout differs from the one that a source describes; ours = theirs.

    Labels are those that the source's `where` looks for. A column that the release does not have is
    read as if every cell of it held the symbol given, or, where it has its parts, as their sum.
    """

    release: str
    columns: Mapping[str, str] = {}
    labels: Mapping[str, str] = {}
    without: Mapping[str, str] = {}
    sums: Mapping[str, tuple[str, ...]] = {}

    def named(self, header: list[str]) -> list[str]:
        """Give each column of a header the name that the source uses."""
        own = {theirs: ours for ours, theirs in self.columns.items()}
        return [own.get(name, name) for name in header]


class Source(BaseModel, frozen=True, extra="forbid"):
    """One published table: where it stands in the lake, what it must look like, what it gives."""

    id: Id
    title: str
    files: tuple[str, ...] = Field(min_length=1)
    publication: str | None = None  # its title, where publications.toml has not its folder
    routes: tuple[Mapping[str, Any], ...] = ()  # as in routes.toml, of a file that no other reads
    later: str | None = None  # where a later release stands, which is read in place of `files`
    until: str | None = None  # a whole release, from which on these files are no longer needed
    official: Mapping[str, Any] = {}  # how the publisher's own file differs from a copy
    is_official: bool = False  # whether this is the publisher's own file as `official` has it
    since: str | None = None  # the first release to take the place of `files`, if not their own
    adds: bool = False  # a later release holds its own periods alone, beside those of `files`
    gives: Gives = "observation"
    reader: Literal["csv", "workbook", "parquet", "shapes"] = "csv"
    layout: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()  # several alike: a column `sheet` says which one a row is from
    cover: Cover | None = None
    topology_object: str | None = None
    header_rows: tuple[int, ...] = (1,)
    columns: tuple[str, ...] = ()
    key: tuple[str, ...] = ()  # what tells its rows apart, where the query adds rows up
    also_called: Mapping[str, tuple[str, ...]] = {}  # other names the same column goes by
    accepts: tuple[Accepted, ...] = ()
    rows: str = "true"  # which rows are read at all, of a file that holds more than is wanted
    shape: str | None = None  # a query beside the source's own, from its rows to those it describes
    encoding: Literal["utf-8", "windows-1252"] = "utf-8"  # of files that are not UTF-8
    expect: Mapping[str, tuple[str, ...]] = {}
    where: str = "true"
    breakdown_column: str | None = None
    period_from: str = "time_period"
    period: PeriodKind = "calendar"
    symbols: Mapping[str, Status] = {}
    zeros: tuple[str, ...] = ()
    decimals: int | None = None
    adds_up_within: int | None = None  # how far local authorities may be from England
    least_areas: int = 0  # in each of its periods
    newest: str | None = None  # the period it reaches, or a later one
    indicators: Mapping[str, Indicator] = {}
    notes: tuple[Note, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _short_indicators(cls, table: dict[str, Any]) -> dict[str, Any]:
        """Let a source write `column = ["id", "label", "breakdown", "period"]`."""
        fields = ("id", "label", "breakdown", "period")
        given = table.get("indicators", {})
        return table | {
            "indicators": {
                name: dict(zip(fields, value, strict=False)) if isinstance(value, list) else value
                for name, value in given.items()
            }
        }

    @property
    def looks_for(self) -> Mapping[str, str]:
        """The label that `where` wants in each column; nothing where it asks for more than that."""
        parts = [LABEL.fullmatch(part) for part in self.where.split(" AND ")]
        return {part[1]: part[2] for part in parts if part} if all(parts) else {}

    @property
    def as_published(self) -> "Source":
        """This source as the publisher's own file has it; itself where that is what it reads."""
        if not self.official:
            return self
        own = {"official": {}, "is_official": True}
        return Source.model_validate({**self.model_dump(), **own, **self.official})

    @property
    def sql(self) -> str:
        """The query from this source's raw table to (label, area, area_name, period, published)."""
        name = f"layouts/{self.layout}.sql" if self.layout else f"sources/{self.id}.sql"
        return (HERE / name).read_text(encoding="utf-8")


class Topic(BaseModel, frozen=True, extra="forbid"):
    """A group of metrics: a file in metrics/ and a section on screen."""

    id: Id
    title: str
    pillar: Pillar
    position: int
    is_money: bool = False  # whether its metrics count pounds, also where they are shares of them


class Metric(BaseModel, frozen=True, extra="forbid"):
    """One number the dashboard shows: an indicator, a ratio of two, or how another metric differs.

    A metric `of` another is the gap between two of its groups, or its growth on the year before.
    """

    id: Id
    topic: Id
    title: str
    short_title: str
    description: str
    why: str
    unit: Unit
    polarity: Polarity
    decimals: int = Field(ge=0, le=3)
    numerator: tuple[Id, ...] = ()  # several are added up
    denominator: tuple[Id, ...] = ()
    denominator_period: Literal["same", "latest"] = "same"
    base: Id | None = None  # the number of children that a published percentage is of
    of: Id | None = None
    gap: tuple[str, str] | None = None  # the first group less the second; without it, growth
    published: tuple[Id, ...] = ()  # publishers' own figures, with which ours are reconciled
    published_differs: str | None = None  # why some of them differ
    interval: Literal["wilson", "byar", "none"] | None = None  # where not the unit's usual one
    # Periods in which the publisher's own percentage is shown, where the published counts give
    # another; ALWAYS for every period. Else ours is, and `published_differs` says why.
    adopt_published: tuple[str, ...] = ()
    labels: Mapping[str, str] = {}  # what each value of a category means
    population: str
    level: Literal["local_authority", "nhs"] = "local_authority"  # the areas it compares
    year_type: PeriodKind
    breakdowns: tuple[str, ...] = ("Total",)
    breaks: tuple[str, ...] = ()
    caveat: str | None = None
    headline: bool = False
    ended: str | None = None  # why no later figure will come; such a series is no headline
    signals: bool = True  # whether it may be listed among what stands out in an area
    fact: Id | None = None  # what it sees of the same children as other metrics with this name do
    counts: tuple[str, str] | None = None  # what its denominator counts, one and several of them
    # What the law asks, and where it stands; only where the figure leaves out what is permitted.
    duty: str | None = None
    may_exceed_100: bool = False
    may_be_below_0: bool = False
    signed: Sign | None = None  # what its sign means, where figures lie on both sides of nought
    basis: str | None = None  # whether it is a budget, an outturn, an allocation or a count
    over: str = "of {}"  # what stands between the two numbers it is made from, the second in {}
    is_money: bool = False  # whether what it counts is pounds; as its topic has it
    # Whether it says how large an area is, so that a rank or a median would mislead. What is not
    # said here follows from the unit: an amount in pounds is never ranked because nobody said so.
    is_size: bool | None = None
    shown: tuple[Shown, ...] = ()

    @property
    def interval_method(self) -> str:
        """How its 95% interval is made: of children or events that are counted, else none."""
        usual = {Unit.PERCENT: "wilson", Unit.PER_1000: "byar", Unit.PER_100: "byar"}
        if self.interval:
            return self.interval
        return usual.get(self.unit, "none") if self.below else "none"

    @property
    def below(self) -> tuple[Id, ...]:
        """What its numbers are out of: counts that it divides by, or the base of percentages."""
        return (self.base,) if self.base else self.denominator

    @property
    def sign(self) -> Sign | None:
        """What its sign means: of what differs from another metric, a gap or growth by itself."""
        if self.of and not self.signed:
            return "gap" if self.gap else "growth"
        return self.signed

    @model_validator(mode="after")
    def _is_shown_somewhere(self) -> "Metric":
        for one in self.shown:
            _check_is_one_of(one.at, list_places(), "section, chart or list of sections.toml")
            if one.group:
                _check_is_one_of(one.group, self.breakdowns, f"group of it for {one.at}")
        return self

    @model_validator(mode="after")
    def _has_one_origin(self) -> "Metric":
        if bool(self.numerator) == bool(self.of):
            raise ValueError("wanted either a numerator or another metric it is `of`")
        if self.headline and self.ended:
            raise ValueError("wanted no headline of a series that has ended")
        if self.base and (self.denominator or self.of or self.unit != Unit.PERCENT):
            raise ValueError("wanted a base only where percentages are published as they are")
        return self

    @field_validator("shown", mode="before")
    @classmethod
    def _a_name_is_a_place(cls, shown: list[str | dict[str, Any]]) -> list[dict[str, Any]]:
        return [{"at": one} if isinstance(one, str) else one for one in shown]

    @field_validator("numerator", "denominator", "published", mode="before")
    @classmethod
    def _one_is_a_list_of_one(cls, ids: str | list[str]) -> list[str]:
        return [ids] if isinstance(ids, str) else ids


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything defined, by id, in the order it is shown."""

    sources: Mapping[str, Source]
    topics: Mapping[str, Topic]
    metrics: Mapping[str, Metric]
    publications: Mapping[str, str]  # the title of each, by its folder in the lake


@cache
def load_catalogue(root: Path = HERE) -> Catalogue:
    """Read every TOML file under sources/ and metrics/. Raises CatalogueError."""
    sources = {
        path.stem: _parse_entry(Source, _read_toml(path) | {"id": path.stem}, path.name)
        for path in sorted((root / "sources").glob("*.toml"))
    }
    topics, metrics = _load_topics(root)
    own = {s.files[0].partition("/")[0]: s.publication for s in sources.values() if s.publication}
    return Catalogue(sources, topics, metrics, own | _read_toml(HERE / "publications.toml"))


@cache
def _load_topics(root: Path = HERE) -> tuple[Mapping[str, Topic], Mapping[str, Metric]]:
    topics: dict[str, Topic] = {}
    metrics: dict[str, Metric] = {}
    for path in sorted((root / "metrics").glob("*.toml")):
        tables = _read_toml(path)
        where = f"{path.name} [topic]"
        topic = _parse_entry(Topic, tables.pop("topic", {}) | {"id": path.stem}, where)
        topics[topic.id] = topic
        for metric_id, table in tables.items():
            where = f"{path.name} [{metric_id}]"
            if metric_id in metrics:
                raise CatalogueError(f"{where}: another file already defines this metric")
            own = {"id": metric_id, "topic": topic.id}
            metrics[metric_id] = _parse_entry(
                Metric, {"is_money": topic.is_money} | table | own, where
            )
    in_order = sorted(metrics.values(), key=lambda metric: topics[metric.topic].position)
    by_position = sorted(topics.values(), key=lambda topic: topic.position)
    return {t.id: t for t in by_position}, {m.id: m for m in in_order}


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as e:
        raise CatalogueError(f"{path.name}: {e}") from e


Entry = TypeVar("Entry", bound=BaseModel)


def _parse_entry(kind: type[Entry], table: dict[str, Any], where: str) -> Entry:
    try:
        return kind.model_validate(table)
    except ValidationError as e:
        problems = "; ".join(
            f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in e.errors()
        )
        raise CatalogueError(f"{where}: {problems}") from e
