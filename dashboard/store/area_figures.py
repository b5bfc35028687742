"""The figures of one area that a page shows: the newest, or those at the end of a year."""

from collections.abc import Iterable

from dashboard.domain.choices import View, headlines, in_pillars
from dashboard.domain.records import Figure
from dashboard.store import data


def held(view: View, code: str) -> list[Figure]:
    """The figures of one area: the newest, or those at the end of the year asked for."""
    if view.year is None:
        return data.scorecard(view.build, code)
    return data.scorecard_then(view.build, code, view.year)


def in_headlines(view: View, figures: Iterable[Figure]) -> list[Figure]:
    """The figures of headline metrics, in order."""
    found = {(f.metric, f.breakdown): f for f in figures}
    return [
        found[metric.id, breakdown]
        for metric in in_pillars(headlines(view.build))
        for breakdown in metric.breakdowns
        if (metric.id, breakdown) in found
    ]
