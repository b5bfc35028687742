"""What a briefing costs the server in each form, and 151 of them in one go: `make bench`."""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.machine import describe_machine
from dashboard.briefing import compose, forms
from dashboard.domain import choices
from dashboard.domain.recipes import RECIPES
from dashboard.store import served

AREA, TIMES = "E10000016", 5
TWELVE = "on_time,on_time_beside,plans,appeals,mainstream,absence,attainment,next"
MOST_SECONDS, MOST_MINUTES, MOST_MEGABYTES = 1.0, 4.0, 600


def main() -> None:
    """Make a pack of twelve slides several times, each form once, and all areas if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all-areas", action="store_true", help="the 151 board packs as well")
    asked = parser.parse_args()
    print(f"On {describe_machine()}", "", sep="\n")
    measure_slides()
    measure_each()
    print(f"memory                     {get_peak_mb():8.0f} MB   (aim: at most {MOST_MEGABYTES})")
    if asked.all_areas:
        measure_all_areas()


def measure_slides() -> None:
    """A pack of eight charts and the slides around them."""
    measure_briefing("board", "pptx", TWELVE)  # what is loaded at the first download is not counted
    took = min(measure_briefing("board", "pptx", TWELVE) for _ in range(TIMES))
    print(f"a board pack of 8 charts   {took:8.2f} s CPU  (aim: at most {MOST_SECONDS:.0f})")


def measure_each() -> None:
    """Every recipe in every form, once."""
    for form in forms.FORMS:
        took = [measure_briefing(recipe, form) for recipe in RECIPES]
        print(f"whole packs as {form}       {min(took):8.2f} to {max(took):.2f} s CPU")


def measure_briefing(recipe: str, form: str, order: str = "") -> float:
    """Seconds of processor that one briefing takes."""
    build = served.find_current_build()
    if build is None:
        sys.exit("there is no build")
    view = choices.read_view(build, {"area": AREA, "brief": recipe, "order": order})
    if view.area is None:
        sys.exit(f"the build has no area {AREA}")
    start = time.process_time()
    forms.render_file(compose.build_briefing(view, view.area), form)
    return time.process_time() - start


def get_peak_mb() -> float:
    """The most memory this process has taken."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_all_areas() -> None:
    """All board packs, two at a time, as the command makes them."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "dashboard.briefing", "--all-areas", "--pack", "board"]
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*command, "--format", "pptx", "--out", folder], check=True)
        minutes = (time.perf_counter() - start) / 60
        after, number = (
            resource.getrusage(resource.RUSAGE_CHILDREN),
            len(list(Path(folder).iterdir())),
        )
    cpu = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / 60
    print(f"{number} board packs            {minutes:8.1f} min  (aim: at most {MOST_MINUTES:.0f})")
    print(f"  of processor             {cpu:8.1f} min")
    print(f"  most memory of a process {after.ru_maxrss / 1024:8.0f} MB")


if __name__ == "__main__":
    main()
