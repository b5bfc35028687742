"""What the dashboard talks about: areas, metrics, sources, figures. Values only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dashboard.domain.comparators import COMPARATORS, ComparatorKind
from pipeline import limits

ENGLAND = limits.ENGLAND

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
    interval: str = "none"  # how its 95% interval is made: wilson, byar, difference or none
    duty: str | None = None  # what the law asks, and where it stands
    signed: str | None = None  # what its sign means, where figures lie on both sides of nought
    counts: tuple[str, ...] = ()  # what its denominator counts: one and several of them
    fact: str | None = None  # what it sees of the same children as other metrics with this name do
    ended: str | None = None  # why no later figure will come

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
    publication_title: str


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
    low: float | None  # the limits of the 95% interval
    high: float | None
    england: float | None
    region: float | None
    neighbour_mean: float | None
    neighbour_median: float | None
    neighbours_with_value: int | None
    against_england: int | None  # 1 higher, -1 lower, 0 no different, None not tested
    against_neighbours: int | None
    rank: int | None
    number_ranked: int | None
    quartile: int | None
    change: float | None
    previous_time_period: str | None
    against_before: int | None  # 1 up, -1 down, 0 no different, None not tested
    trend: int | None  # over five years in a row: 1 rising, -1 falling, 0 neither, None not tested
    run: int | None  # years in a row that rose (above 0) or fell (below 0), up to the latest
    funnel: int | None  # 2 above the 99.8% limit, 1 above 95%, 0 within, -1, -2 below; None: none
    is_latest: bool
    tied: bool


class Summary(NamedTuple):
    """One metric in a group of areas: none of it says more than the areas that have a figure."""

    mean: float | None
    median: float | None
    with_value: int
    members: int
    lowest: str | None = None  # the areas' codes
    highest: str | None = None
    above: int | None = None  # how many members the area is above, and below
    below: int | None = None
    against: int | None = None  # the area beside the median: as against_neighbours


class Middle(NamedTuple):
    """The median of a group of areas in one period."""

    time_period: str
    period_end: date
    median: float | None


class Funnel(NamedTuple):
    """The limits of one metric's funnel plot, in its own unit, at some numbers of children.

    Without limits where the plot could not tell areas apart.
    """

    metric: str
    breakdown: str
    time_period: str
    areas: int
    overall: float
    dispersion: float
    sizes: list[float]
    low998: list[float]
    low95: list[float]
    high95: list[float]
    high998: list[float]

    @property
    def is_drawn(self) -> bool:
        """Whether the plot tells areas apart by more than the ordinary spread between them."""
        return bool(self.sizes)


@dataclass(frozen=True, slots=True)
class Group:
    """The areas that one area is set beside."""

    id: str
    label: str  # Statistical neighbours, May 2025 model
    named: str  # inside a sentence: its statistical neighbours
    short: str  # in a table's cell: neighbours
    members: tuple[str, ...] = ()

    @property
    def kind(self) -> ComparatorKind:
        """What is said of every group of its kind."""
        return COMPARATORS[self.id]

    @property
    def marked(self) -> tuple[str, ...]:
        """The members that charts mark: all of England would be no mark at all."""
        return () if self.kind.by == "england" else self.members

    @property
    def has_average(self) -> bool:
        """Whether it has a mean and a median; a region and England have a published figure."""
        return self.kind.has_average


@dataclass(frozen=True, slots=True)
class Comparator:
    """A group on one metric: its figures, who is lowest and highest, and who has no figure."""

    group: Group
    mean: float | None
    median: float | None
    published: float | None  # the figure of a region or of England as it is published
    with_value: int
    members: int
    lowest: tuple[str, float] | None  # name and value
    highest: tuple[str, float] | None
    missing: tuple[str, ...]  # names
    above: int | None
    below: int | None
    against: int | None  # 1 higher, -1 lower, 0 no different, None not tested
    expected: tuple[float, float] | None = None  # what one more area like them would mostly have

    @property
    def value(self) -> float | None:
        """What the area is set against: the group's median, or the published figure."""
        return self.median if self.group.has_average else self.published


class Signal(NamedTuple):
    """A figure of an area that stands out beyond chance, and which of its tests say so."""

    position: int
    is_strength: bool
    metric: str
    breakdown: str
    time_period: str
    level: int | None  # 1 worse, -1 better, 0 neither, None not tested
    usual_low: float | None  # where 95% of areas with such numbers are expected
    usual_high: float | None
    change: int | None  # since the year before: as level
    expected_low: float | None  # where 95% of areas that began at its figure are expected
    expected_high: float | None


class Tests(NamedTuple):
    """What the list of what stands out beyond chance tests in one area."""

    area_code: str
    tests: int
    facts: int
    metrics: tuple[str, ...]


class UsualSpread(NamedTuple):
    """How far areas usually lie apart on a figure without a test, over three years."""

    metric: str
    breakdown: str
    periods: list[str]  # oldest first
    spreads: list[float]


class AreaIndex(NamedTuple):
    """One index of one area, with the range of its rank; None where too few figures are held."""

    area_code: str
    name: str
    value: float | None
    held: float | None  # the share of the weight with a figure
    rank: int | None
    number_ranked: int | None
    rank_best: int | None
    rank_worst: int | None


class IndexPart(NamedTuple):
    """One metric of an index."""

    name: str
    theme: str
    metric: str
    breakdown: str
    time_period: str
    weight: float
    sign: int
    varied: int  # how many areas' figures have an interval, within which the draws move them


class Reconciled(NamedTuple):
    """How many of a metric's values agree with another published figure."""

    metric: str
    against: str
    compared: int
    agreeing: int
    differing: int
    largest_difference: float
    explained: str | None


class Fresh(NamedTuple):
    """What is known of the release of one file, or of the part of it that one metric is made of."""

    source_file: str
    metric: str | None
    time_period: str | None  # the newest with a figure
    period_end: date | None
    published: date | None
    published_words: str | None
    next_release: date | None
    next_release_words: str | None
    stated_in: str | None
    archive_date: date | None


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

    years: Sequence[float]
    values: Sequence[float]
    joins: Sequence[bool | None]


class Range(NamedTuple):
    """The lowest and the highest value of some areas in one period."""

    time_period: str
    period_end: date
    low: float
    high: float


class Neighbour(NamedTuple):
    """One of the ten neighbours of an area in one model."""

    model: str
    code: str
    position: int
    closeness: str | None  # in the Department's own words; None in our own model
    distance: float | None  # None in the Department's models, whose files give none


class Context(NamedTuple):
    """One of the figures that make areas alike, in one area."""

    area_code: str
    theme: str
    metric: str
    breakdown: str
    title: str
    unit: str
    period: str
    value: float | None
    transform: str
    standardised: float | None  # None where the area is left out of the model
    weight: float  # its share of all weight
    reason: str


class Membership(NamedTuple):
    """A national programme an area is listed in, and what the list rests on."""

    programme: str
    joined: str
    evidence: str


class Provision(NamedTuple):
    """One group of placements in one area, beside what the area's needs predict."""

    placement: str  # the id of the metric that has its shares by need
    time_period: str
    plans: int
    observed: int
    expected: float
    ratio: float | None
    low: float | None
    high: float | None
    is_judged: bool


class Mix(NamedTuple):
    """How far an area's placements as a whole are from what its needs predict."""

    time_period: str
    plans: int
    dissimilarity: float
    by_chance: float
    chance_limit: float
    is_judged: bool
    rank: int | None
    number_ranked: int | None


class Association(NamedTuple):
    """How two measures go together across local authorities."""

    first_metric: str
    first_breakdown: str
    first_time_period: str
    second_metric: str
    second_breakdown: str
    second_time_period: str
    areas: int
    rho: float | None
    low: float | None
    high: float | None
    adjusted_p: float | None


class MetricChange(NamedTuple):
    """What a build changed in one metric, against the build before it."""

    metric: str
    title: str
    what: str  # new, removed or kept
    added: int
    revised: int
    withdrawn: int
    reasons: int  # missing before and after, for another reason
    periods_added: list[str]
    files_changed: bool


class FileChange(NamedTuple):
    """A published file that is new, replaced or no longer read."""

    path: str
    what: str
    publication_title: str
    publisher: str
    release_before: str | None
    release_after: str | None


class Revision(NamedTuple):
    """A figure before and after: revised, withdrawn, or missing for another reason."""

    metric: str
    breakdown: str
    area_code: str
    time_period: str
    what: str
    before_value: float | None
    before_status: str | None
    after_value: float | None
    after_status: str | None


class Since(NamedTuple):
    """What a build changed, against the build before it."""

    before: str
    metrics: list[MetricChange]
    files: list[FileChange]
    listed: int  # how many revised and withdrawn figures are listed one by one
