"""What the dashboard talks about: areas, metrics, sources, figures. Values only."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

ENGLAND = "E92000001"
UNRANKED = {
    "E09000001": "City of London",
    "E06000053": "Isles of Scilly",
}
PILLARS = {
    "outcomes": "Outcomes and experiences",
    "identification": "Identification of need",
    "value_for_money": "Value for money",
    "alternative_provision": "Alternative provision",
}
TOTAL = "Total"


@dataclass(frozen=True, slots=True)
class Area:
    """One country, region or local authority."""

    code: str
    old_la_code: str | None
    name: str
    level: str
    region_code: str | None
    start: date | None
    end: date | None
    successor_codes: tuple[str, ...]
    authority_type: str | None

    @property
    def is_current(self) -> bool:
        """Whether the area still exists."""
        return self.end is None


@dataclass(frozen=True, slots=True, eq=False)  # each is one object: caches find it by identity
class Metric:
    """One row of the catalogue: what a number means and how it is shown."""

    id: str
    title: str
    short_title: str
    description: str
    why: str | None
    pillar: str
    topic: str
    topic_title: str
    position: int
    unit: str
    decimals: int
    polarity: str
    numerator: str | None
    denominator: str | None
    population: str | None
    year_type: str
    breakdowns: tuple[str, ...]
    breaks: tuple[str, ...]
    caveat: str | None
    headline: bool
    sources: tuple[str, ...]
    level: str = "local_authority"
    labels: tuple[str, ...] = ()

    @property
    def is_category(self) -> bool:
        """Whether its values are words, which are shown and never ranked or averaged."""
        return self.unit == "category"

    @property
    def is_nhs(self) -> bool:
        """Whether it is published for integrated care boards and not for local authorities."""
        return self.level == "nhs"

    def label(self, value: float) -> str:
        """What one value of a category means."""
        return dict(label.split(": ", 1) for label in self.labels)[f"{value:g}"]


@dataclass(frozen=True, slots=True)
class Source:
    """One published file behind the figures."""

    path: str
    title: str
    publisher: str
    publication: str
    release: str
    official_url: str | None
    licence: str
    obtained: str | None
    sha256: str
    note: str | None


class Figure(NamedTuple):
    """One published number, or the reason there is none, beside its comparators."""

    metric: str
    breakdown: str
    area_code: str
    time_period: str
    period_end: date
    value: float | None
    status: str
    numerator: float | None
    denominator: float | None
    note: str | None
    england: float | None
    region: float | None
    neighbour_mean: float | None
    neighbour_median: float | None
    neighbours_with_value: int | None
    rank: int | None
    number_ranked: int | None
    quartile: int | None
    change: float | None
    previous_time_period: str | None
    is_latest: bool
    tied: bool


class Reconciled(NamedTuple):
    """How many of a metric's values agree with another published figure."""

    metric: str
    against: str
    compared: int
    agreeing: int
    differing: int
    largest_difference: float
    explained: str | None


class Remark(NamedTuple):
    """A note on single numbers of one metric: which areas and periods it touches."""

    metric: str
    note: str
    areas: list[str]
    periods: list[str]


class Spread(NamedTuple):
    """How the ranked local authorities lie in one metric's latest period."""

    metric: str
    breakdown: str
    time_period: str
    period_end: date
    count: int
    minimum: float
    lower: float
    median: float
    upper: float
    maximum: float
    values: list[float]


class Series(NamedTuple):
    """The values of one area over time, and whether each joins the one before."""

    years: list[float]
    values: list[float]
    joins: list[bool | None]


class Range(NamedTuple):
    """The lowest and the highest value of some areas in one period."""

    time_period: str
    period_end: date
    low: float
    high: float
