"""A build worked out of the figures that git keeps, as it was when they were published."""

import logging
import sys
from pathlib import Path

from pipeline import builds, compare, publish
from pipeline.errors import PipelineError
from pipeline.tables import connect, pack_tables, run_step
from pipeline.values import BUILT, VALUES, Values, is_due, load_figures, read_values

log = logging.getLogger(__name__)


def derive_build(out: Path, folder: Path = VALUES) -> str:
    """Make the build that the figures in a folder give, point at it, and give its id.

    Only one process does, and what it is killed in leaves the last build. Raises DamagedError
    where the figures are not as they were written, PublishError where nothing can be written.
    """
    given = read_values(folder)
    with publish.hold_builds(out):
        is_there = builds.is_sound(out / given.shown.build)
        build_id = given.shown.build if is_there else _write_build(out, given)
        publish.point_at_derived(out, build_id, given)
    return build_id


def _write_build(out: Path, given: Values) -> str:
    """Number and compare the figures, and publish them with what is kept as it is."""
    with connect() as db:
        load_figures(db, given)
        run_step(db, "number.sql")
        pack_tables(db)
        compare.make(db)
        build_id = publish.write_build(db, out, given.tables)
    if build_id != given.shown.build:
        log.warning(
            "%s: written as build %s; with this program, its libraries and this machine the same "
            "figures give build %s",
            given.folder, given.shown.build, build_id,
        )  # fmt: skip
    return build_id


def main() -> None:
    """Make the build of this folder's figures, unless another process just did."""
    try:
        with publish.hold_builds(
            BUILT
        ):  # whoever waited here for another looks at what that one left
            if is_due(BUILT, VALUES):
                derive_build(BUILT)
    except PipelineError as e:
        sys.exit(str(e))


if __name__ == "__main__":
    main()
