"""How far one run of a page walks through our modules: `python -m benchmarks.walk [page]`.

A module is crossed when a function of it runs; a change of module is a call from one module of ours
into another, whatever stands between. The same choices are run twice and the second run is counted:
the first one fills what is kept of a build.
"""

import threading
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from types import FrameType

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "dashboard" / "web" / "script.py"
OURS = tuple(f"{ROOT / name}/" for name in ("dashboard", "pages", "pipeline"))
CHOICES = {"area": "E10000016", "metric": "plans_issued_in_20_weeks"}
NAMED = 25


class Walk:
    """Which of our modules ran, how often each was called, and from where."""

    def __init__(self) -> None:
        """Begin before the first step."""
        self.calls: Counter[str] = Counter()
        self.changes: Counter[tuple[str, str]] = Counter()

    def follow(self, frame: FrameType, event: str, _argument: object) -> None:
        """Count one call, as `threading.setprofile` tells of it."""
        if event != "call" or not frame.f_code.co_filename.startswith(OURS):
            return
        here, before = find_module(frame), find_module(frame.f_back)
        self.calls[here] += 1
        if before and before != here:
            self.changes[before, here] += 1


def find_module(frame: FrameType | None) -> str:
    """The file of ours that a frame is in, or the nearest one that called it; else nothing."""
    while frame and not frame.f_code.co_filename.startswith(OURS):
        frame = frame.f_back
    return frame.f_code.co_filename.removeprefix(f"{ROOT}/") if frame else ""


def walk(page: str, choices: dict[str, str]) -> Walk:
    """Run a page with some choices, and once more with every call counted."""
    app = AppTest.from_file(str(SCRIPT), default_timeout=120).run()
    app.query_params.update(choices)
    app.switch_page(f"../../pages/{page}.py").run()
    taken = Walk()
    threading.setprofile(taken.follow)  # Streamlit starts a thread for each run
    app.run()
    threading.setprofile(None)
    return taken


def main() -> None:
    """Print how far the page walks, and between which modules most."""
    parser = ArgumentParser(prog="python -m benchmarks.walk", description=__doc__)
    parser.add_argument("page", nargs="?", default="metric", help="a file in pages/ (metric)")
    taken = walk(parser.parse_args().page, CHOICES)
    calls, changes = taken.calls.total(), taken.changes.total()
    print(f"{len(taken.calls)} modules, {calls:,} calls, {changes:,} changes of module")
    for (before, here), number in taken.changes.most_common(NAMED):
        print(f"{number:6,}  {before} > {here}")


if __name__ == "__main__":
    main()
