"""What was worked out of the figures when they were built: placements, indices, associations."""

from dashboard.domain.build import Build
from dashboard.domain.records import AreaIndex, Association, IndexPart, Mix, Provision
from dashboard.store.ask import load_records
from dashboard.store.memory import per_build


def load_provision(build: Build, area: str) -> list[Provision]:
    """An area's plans in each group of placements, beside those that its needs predict."""
    return load_records(build, Provision._make, "provision", [area])


def find_placement_mix(build: Build, area: str) -> Mix | None:
    """How far an area's placements as a whole are from what its needs predict."""
    return next(iter(load_records(build, Mix._make, "placement_mix", [area])), None)


@per_build()
def load_indices(build: Build) -> dict[str, dict[str, AreaIndex]]:
    """The indices of outcomes and of spending by name, then by area."""
    by_name: dict[str, dict[str, AreaIndex]] = {"outcomes": {}, "spend": {}}
    for index in load_records(build, AreaIndex._make, "indices"):
        by_name[index.name][index.area_code] = index
    return by_name


@per_build()
def load_index_parts(build: Build) -> list[IndexPart]:
    """What the two indices are made of, by index and theme."""
    return load_records(build, IndexPart._make, "index_parts")


@per_build()
def load_associations(build: Build) -> list[Association]:
    """How need, placement and spending go together, the closest first."""
    return load_records(build, Association._make, "associations")
