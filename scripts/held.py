"""python -m scripts.held RAW: copy into data/held what the catalogue reads and nobody publishes.

A few files are conversions or were put together by hand: no fetch can bring them. They come with
the project, so that a fetch into an empty folder brings everything that a build needs.
"""

import argparse
from fnmatch import fnmatchcase
from pathlib import Path

from pipeline import catalogue
from pipeline.fetch import routes, store
from pipeline.fetch.run import HELD


def hold(raw: Path, held: Path = HELD) -> list[str]:
    """Copy the files with their rows of the manifest, and give their paths."""
    known = routes.load().file
    listed = store.read_manifest(raw)
    paths = sorted(path for path in listed if is_held(known, path) and is_read(path))
    for path in paths:
        store.copy(raw / path, held / path)
    store.write_manifest(held, [listed[path] for path in paths])
    return paths


def is_held(known: tuple[routes.Route, ...], path: str) -> bool:
    """Tell whether no route leads to a publisher's file at this path."""
    exact = [route for route in known if "{name}" not in route.path]
    return {route.by for route in exact if route.pattern.fullmatch(path)} == {"held"}


def is_read(path: str) -> bool:
    """Tell whether a source of the catalogue reads the file."""
    patterns = (p for source in catalogue.load().sources.values() for p in source.files)
    return any(fnmatchcase(path, pattern.partition("!")[0]) for pattern in patterns)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m scripts.held", description=__doc__)
    parser.add_argument("raw", type=Path, help="folder of raw files, with MANIFEST.csv")
    print("\n".join(hold(parser.parse_args().raw)))
