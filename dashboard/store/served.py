"""The build that is served: a page is drawn from the one it began with, and never mixes two."""

import json
import os
from pathlib import Path
from typing import Any

from dashboard.domain.build import Build
from dashboard.store.loading import load_build
from dashboard.store.serving import Serving
from pipeline import builds

PAUSE = 0.005  # seconds between some rows and more: readers of the build before have half the time


def load_beside(place: Path) -> Build:
    """Read a build into memory while another is served; without pauses where none is.

    Raises:
        DamagedError: it is not as it was written, or its tables are not those that are asked for.
    """
    return load_build(place, PAUSE if SERVING.build else 0)


SERVING: Serving[Build] = Serving(load_beside)


def builds_folder() -> Path:
    """Where the builds are: SEND_DATA, or data/built beside the program."""
    return Path(os.environ.get("SEND_DATA") or Path(__file__).parents[2] / "data" / "built")


def find_current_build() -> Build | None:
    """The build that is served now; None where there is none to show."""
    return SERVING.current(builds_folder())


def describe_refusal() -> str:
    """Why the build served is not the one that should be; nothing where it is."""
    return SERVING.refusal


def load_boundaries(name: str) -> list[dict[str, Any]]:
    """The outlines of today's local authorities as GeoJSON features.

    Raises:
        KeyError: no build of that name is served or was just before, or it has none.
    """
    outlines = SERVING.outlines[name]
    if not outlines:
        raise KeyError(name)
    return json.loads(outlines)["features"]


def list_published_files(build: Build) -> dict[str, Path]:
    """Where the files of a build are that anyone may have, by name: those it describes itself."""
    files = {name: builds_folder() / build.id / name for name in sorted(build.hashes)}
    return {name: path for name, path in files.items() if path.is_file()}


def check_published_file(build: Build, name: str) -> Path:
    """One of those files, just now read and found to be as it was written.

    Raises:
        DamagedError: it is not, or is there no more.
    """
    path = builds_folder() / build.id / name
    builds.check_file(path, build.hashes[name])
    return path
