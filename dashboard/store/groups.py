"""Areas beside one another: neighbours, peers of a type or a programme, each group summed up."""

from dashboard.domain.build import Build
from dashboard.domain.records import Area, Context, Membership, Middle, Neighbour, Summary
from dashboard.store.ask import group_by, load_records, load_rows
from dashboard.store.memory import per_build


@per_build(most=64)
def load_benchmarks_of_area(build: Build, model: str, area: str) -> dict[tuple[str, str], Summary]:
    """The latest figures of an area's neighbours in one model, summed up for every metric."""
    rows = load_rows(build, "benchmarks_of_area", [model, area])
    return {(row[0], row[1]): _make_summary(build, model, row) for row in rows}


@per_build(most=32)  # readers change areas more than metrics
def load_benchmarks_of_metric(
    build: Build, model: str, metric: str, breakdown: str
) -> dict[str, Summary]:
    """The latest figures of every area's neighbours in one model, summed up for one metric."""
    rows = load_rows(build, "benchmarks_of_metric", [model, metric, breakdown])
    return {row[2]: _make_summary(build, model, row) for row in rows}


def _make_summary(build: Build, model: str, row: tuple) -> Summary:
    """One row of the table, with the codes of who is lowest and highest for their positions."""
    near = build.near.get(model, {}).get(row[2], ())
    _, _, _, mean, median, number, low, high, *against = row
    named = dict(enumerate(near, start=1))
    return Summary(mean, median, number, len(near), named.get(low), named.get(high), *against)


@per_build(most=16)
def load_group_summaries(build: Build, group: str) -> dict[tuple[str, str], Summary]:
    """The latest figures of an authority type or a programme, summed up for every metric."""
    rows = load_rows(build, "group_summaries", [group])
    return {row[:2]: Summary(*row[2:]) for row in rows}


@per_build(most=16)
def load_group_summaries_then(build: Build, group: str) -> dict[tuple[str, str, str], Summary]:
    """Every period of an authority type or a programme, summed up for every metric."""
    rows = load_rows(build, "group_summaries_then", [group])
    return {row[:3]: Summary(*row[3:]) for row in rows}


def load_group_medians(build: Build, group: str, metric: str, breakdown: str) -> list[Middle]:
    """The median of an authority type or a programme in each period of one metric."""
    return load_records(build, Middle._make, "group_medians", [group, metric, breakdown])


@per_build()
def load_memberships(build: Build) -> dict[str, list[Membership]]:
    """The national programmes each area is listed in, and what the list rests on."""
    by_area = group_by(lambda row: row[0], load_rows(build, "memberships"))
    return {area: [Membership._make(row[1:]) for row in rows] for area, rows in by_area.items()}


@per_build(most=256)
def load_neighbours(build: Build, area: str) -> list[Neighbour]:
    """Who is near an area in each model, the nearest first."""
    return load_records(build, Neighbour._make, "neighbours", [area])


@per_build()
def load_nearest_distances(build: Build) -> dict[str, float]:
    """How far each area's nearest neighbour is in the model that gives a distance."""
    return dict(load_rows(build, "nearest_distances"))


@per_build()
def load_context(build: Build) -> dict[str, list[Context]]:
    """The figures that make areas alike, in every area of today."""
    figures = load_records(build, Context._make, "context")
    return group_by(lambda figure: figure.area_code, figures)


def list_predecessors(build: Build, area: Area) -> list[Area]:
    """The abolished local authorities that an area has taken over from."""
    return [old for old in build.areas.values() if area.code in old.successor_codes]
