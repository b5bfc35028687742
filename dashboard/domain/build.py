"""One published build: its small tables as values, its figures behind its database. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from dashboard.domain.records import (
    Area,
    Figure,
    Metric,
    Signal,
    Source,
    Spread,
    Tests,
    UsualSpread,
)
from pipeline.facts import NEIGHBOUR_MODEL

Floats = Any  # a row of numbers of numpy's


@dataclass(frozen=True, eq=False)
class Build:
    """One published build in memory, with the small tables as values."""

    id: str
    db: Any  # the database, which only the store asks
    areas: dict[str, Area]
    metrics: dict[str, Metric]
    sources: dict[str, Source]
    near: dict[str, dict[str, tuple[str, ...]]]  # of each model, each area's neighbours
    boards: dict[str, tuple[tuple[str, float], ...]]
    programmes: dict[str, tuple[str, ...]]
    peers: dict[str, tuple[str, ...]]  # the areas of each authority type and of each programme
    spreads: dict[tuple[str, str], Spread]
    newest: dict[str, dict[tuple[str, str], Figure]]
    signals: dict[str, list[Signal]]
    tests: dict[str, Tests]  # of the areas whose figures are tested for what stands out
    usual_spreads: tuple[UsualSpread, ...]
    in_years: dict[str, Floats]  # each area's figures of those: spreads by years, nan where none
    years: tuple[int, ...] = ()  # that a scorecard can be had for, the latest first
    hashes: Mapping[str, str] = field(default_factory=dict)  # the SHA-256 of each file, by name
    outlines: bytes = b""  # the boundaries as they are published
    # What was asked of this build so far: see memory.per_build.
    answers: dict[Callable[..., Any], Callable[..., Any]] = field(
        default_factory=dict, init=False, repr=False
    )

    @cached_property
    def newest_day(self) -> date:
        """The end of the newest period held, to which the age of older figures is counted."""
        ends = (
            figure.period_end
            for figures in self.newest.values()
            for figure in figures.values()
            if figure.value is not None
        )
        return max(ends, default=date.min)

    @property
    def neighbours(self) -> dict[str, tuple[str, ...]]:
        """Each local authority's ten statistical neighbours, by the model shown by default."""
        return self.near[NEIGHBOUR_MODEL]

    @property
    def local_authorities(self) -> list[Area]:
        """The local authorities of today, by name."""
        return [
            area
            for area in self.areas.values()
            if area.level == "local_authority" and area.is_current
        ]
