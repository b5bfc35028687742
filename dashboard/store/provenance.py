"""Where figures come from, what they were set against, and what a build changed."""

import logging
from collections.abc import Iterable
from pathlib import Path

from dashboard.domain.build import Build
from dashboard.domain.records import (
    Figure,
    FileChange,
    Fresh,
    Metric,
    MetricChange,
    Reconciled,
    Remark,
    Revision,
    Since,
    Source,
)
from dashboard.store.ask import load_records, load_rows
from dashboard.store.memory import per_build
from dashboard.store.served import builds_folder
from pipeline import builds
from pipeline.errors import DamagedError

NEIGHBOUR_FILES = "statistical-neighbours"

log = logging.getLogger(__name__)


def list_releases(build: Build, metrics: Iterable[Metric]) -> list[Source]:
    """The published files some metrics come from, one of each publication and release."""
    paths = dict.fromkeys(path for metric in metrics for path in metric.sources)
    sources = [build.sources[path] for path in paths if path in build.sources]
    return list({(s.publisher, s.publication, s.release): s for s in sources}.values())


def list_files_used(build: Build) -> list[Source]:
    """Every file of the build, in order of publisher and publication."""
    return sorted(build.sources.values(), key=lambda s: (s.publisher, s.publication, s.path))


def list_neighbour_files(build: Build) -> list[Source]:
    """The Department's files of statistical neighbours, the newest first."""
    sources = [s for s in build.sources.values() if s.publication == NEIGHBOUR_FILES]
    return sorted(sources, key=lambda s: s.release, reverse=True)


def load_files_of_figures(
    build: Build, figures: Iterable[Figure]
) -> dict[tuple[str, str, str, str], str]:
    """The published file that each of some figures comes from, by what identifies a figure."""
    keys = [(f.metric, f.breakdown, f.area_code, f.time_period) for f in figures]
    given = {"metrics": list({key[0] for key in keys}), "areas": list({key[2] for key in keys})}
    paths = {row[:4]: row[4] for row in load_rows(build, "files_of_figures", given)}
    return {key: paths[key] for key in keys}


@per_build()
def load_reconciliation(build: Build) -> list[Reconciled]:
    """What was set against publishers' own figures, in the order of the metrics."""
    return load_records(build, Reconciled._make, "reconciliation")


@per_build()
def load_freshness(build: Build) -> list[Fresh]:
    """What is known of the release of each file; of some, metric by metric."""
    return load_records(build, Fresh._make, "freshness")


@per_build()
def load_remarks(build: Build) -> list[Remark]:
    """Every note on single numbers, in the order of the metrics."""
    return load_records(build, Remark._make, "remarks")


def find_changes(build: Build) -> Since | None:
    """What a build changed, as was written beside it; None where there was no build before."""
    place = find_changes_folder(build)
    if place is None:
        return None
    [(listed,)] = load_rows(build, "number_revised", [str(place / "revision.parquet")])
    metrics, files = (str(place / f"{name}.parquet") for name in ("release_change", "file_change"))
    return Since(
        place.name.split("-")[1],
        load_records(build, MetricChange._make, "metric_changes", [metrics]),
        load_records(build, FileChange._make, "file_changes", [files]),
        listed,
    )


def is_first_build(build: Build) -> bool:
    """Whether nothing is known of a build before: neither that there was one, nor what differs."""
    pointer = builds.find_last_pointer(builds_folder())
    before = any(builds_folder().glob(f"since-*-{build.id}"))
    return not (pointer and pointer.before) and not before


def load_revisions(build: Build, area: str) -> list[Revision]:
    """One area's figures that a build revised or withdrew, newest periods first in each series."""
    place = find_changes_folder(build)
    if place is None:
        return []
    given = [str(place / "revision.parquet"), area]
    return load_records(build, Revision._make, "revisions", given)


def find_changes_folder(build: Build) -> Path | None:
    """Where what a build changed is kept; of several, against the build that it replaced last.

    None too where it is not as it was written: it is then not known what changed.
    """
    places = sorted(builds_folder().glob(f"since-*-{build.id}"))
    pointer = builds.find_last_pointer(builds_folder()) if len(places) > 1 else None
    before = pointer.before[:1] if pointer else ()
    places.sort(key=lambda place: (place.name.split("-")[1],) != before)
    try:
        for place in places[:1]:
            builds.check_seal(place)
    except DamagedError as e:
        log.warning("what build %s changed is not shown: %s", build.id, e)
        return None
    return places[0] if places else None
