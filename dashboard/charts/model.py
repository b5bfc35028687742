"""What a chart says, before anything draws it. Values only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from dashboard.domain.records import Metric, Source
from dashboard.words.names import name_metric

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0"


MOST_BREAKS = 3
Ring = tuple[tuple[int, int], ...]


class Kind(StrEnum):
    """The kinds of chart there are."""

    TREND = "trend"
    RANKED_BAR = "ranked_bar"
    POSITIONS = "positions"
    FUNNEL = "funnel"
    SCATTER = "scatter"
    TILE_MAP = "tile_map"
    BOUNDARY_MAP = "boundary_map"
    GROUPED_BAR = "grouped_bar"

    @property
    def is_map(self) -> bool:
        """Whether office programs lack it, so that a file has a picture of it."""
        return self in {Kind.TILE_MAP, Kind.BOUNDARY_MAP}

    @property
    def has_log_sizes(self) -> bool:
        """Whether its points lie by sizes that differ by powers of ten, between limits."""
        return self is Kind.FUNNEL

    @property
    def has_names(self) -> bool:
        """Whether each mark says whose it is, so that no colour has to be explained."""
        return self not in {Kind.RANKED_BAR, Kind.FUNNEL, Kind.SCATTER}


class Role(StrEnum):
    """What a row is to the reader, which decides how it is drawn."""

    FOCUS = "focus"
    NEIGHBOUR = "neighbour"
    NEIGHBOURS = "neighbours"
    RANGE = "range"
    HALF = "middle half"
    REGION = "region"
    ENGLAND = "england"
    OTHER = "other"
    CHOSEN = "chosen"
    PREDECESSOR = "predecessor"


RANGES = {Role.RANGE, Role.HALF}  # from a low to a high, without a value between them


@dataclass(frozen=True, slots=True)
class Row:
    """One mark: a value, or the reason there is none, with the words shown for it."""

    label: str
    role: Role
    value: float | None
    shown: str
    time_period: str = ""
    period_end: date | None = None
    area_code: str = ""
    status: str = "ok"
    low: float | None = None
    high: float | None = None
    note: str = ""
    size: float | None = None  # how many children or decisions a figure is out of
    step: int | None = None  # on a map: which of its steps the value is in, 0 the lowest
    group: str = ""  # in grouped bars: the heading that a bar stands under


@dataclass(frozen=True, slots=True)
class Curve:
    """A line that is no area's: where the limits of a funnel lie at some sizes."""

    label: str
    sizes: tuple[float, ...]
    values: tuple[float, ...]
    is_outer: bool = False
    is_middle: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One colour of a map: from which value to which, and how many areas are in it."""

    number: int | None  # 0 is the lowest of five; None is for areas without a figure or a rank
    label: str
    shown: str
    count: int


class Outlines(NamedTuple):
    """The boundaries of areas on one picture, measured in its own units from the top left."""

    width: int
    height: int
    areas: tuple[tuple[str, tuple[Ring, ...]], ...]  # by code
    inset: tuple[tuple[str, tuple[Ring, ...]], ...] = ()  # some of them once more, larger
    frames: tuple[tuple[int, int, int, int], ...] = ()  # left, top, width, height
    labels: tuple[tuple[int, int, str], ...] = ()  # where words begin, and the words


@dataclass(frozen=True, slots=True)
class ChartModel:
    """What a chart says: every renderer draws the same rows and prints the same words."""

    kind: Kind
    rows: tuple[Row, ...]
    highlights: tuple[str, ...]
    title: str
    subtitle: str
    unit: str
    decimals: int
    source: str
    release: str
    licence: str
    note: str
    alt: str
    permalink: str
    source_url: str = ""
    breaks: tuple[str, ...] = ()
    curves: tuple[Curve, ...] = ()
    member: str = "statistical neighbour"  # what an area marked as a neighbour is
    across: str = ""  # what the axis of sizes counts
    steps: tuple[Step, ...] = ()  # a map's colours, the highest first
    up: str = ""  # what the axis of values is, where the title does not say
    outlines: Outlines | None = None  # of a map by boundaries, where a file is made of it


@dataclass(frozen=True, slots=True)
class About:
    """What a chart is about, and where its figures and its link come from."""

    metric: Metric
    breakdown: str
    sources: Sequence[Source]
    permalink: str = ""
    newest: date = date.min  # the build's newest day, to which the age of a figure is counted

    @property
    def subtitle(self) -> str:
        """The metric, its group and its unit."""
        return f"{name_metric(self.metric, self.breakdown)}"


def source_line(sources: Sequence[Source]) -> str:
    """Publisher, publication and release of each source, as one line."""
    found: dict[str, list[str]] = {}
    for source in sources:
        named = f"{source.publisher}, {source.publication_title}"
        found.setdefault(named, []).append(source.release)
    return "; ".join(
        f"{named} ({', '.join(dict.fromkeys(filter(None, releases_)))})"
        if any(releases_)
        else named
        for named, releases_ in found.items()
    )


def releases(sources: Sequence[Source]) -> str:
    """The releases, without their publications."""
    return ", ".join(dict.fromkeys(source.release for source in sources))


def describe_origin(sources: Sequence[Source]) -> dict[str, Any]:
    """Where the figures of a chart are from, as a model has it."""
    return {"source": source_line(sources), "release": releases(sources), "licence": LICENCE}
