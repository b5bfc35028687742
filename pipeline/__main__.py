"""python -m pipeline: make data/built from the raw files."""

import argparse
import logging
import sys
from pathlib import Path

from pipeline.build import build
from pipeline.errors import PipelineError

BUILT = Path(__file__).parents[1] / "data" / "built"


def main() -> None:
    """Read the command line and do what it asks. Exit status 1 says that nothing was published."""
    parser = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("build", help="read the raw files, check them, publish a build")
    make.add_argument(
        "--raw", type=Path, required=True, help="folder of raw files, with MANIFEST.csv"
    )
    make.add_argument("--out", type=Path, default=BUILT, help="folder of builds (data/built)")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        build_id = build(arguments.raw, arguments.out)
    except PipelineError as e:
        sys.exit(f"error: {e}")
    logging.getLogger(__name__).info("published build %s in %s", build_id, arguments.out)


if __name__ == "__main__":
    main()
