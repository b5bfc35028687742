"""What a chart, or a whole metric, takes to leave the dashboard as a file: `make bench`."""

import time
from collections.abc import Callable
from functools import partial
from statistics import median

from benchmarks.machine import describe_machine
from dashboard.charts import registry
from dashboard.domain import choices
from dashboard.domain.build import Build
from dashboard.store import served

REPEATS = 5
AREA, METRIC = "E10000016", "plans_issued_in_20_weeks"
MOST_PICTURE, MOST_SLIDE, MOST_WORKBOOK = 700, 250, 500  # milliseconds
CHARTS = ("trend", "beside", "ranking", "positions", "funnel", "map")
Job = tuple[str, int, Callable[[], object]]  # what it is, its most milliseconds, and the work


def main() -> None:
    """Make each file several times, and print what it took."""
    before = time.perf_counter()
    from dashboard.draw.picture import image  # noqa: F401, PLC0415 - loading it is what is timed

    loaded = 1000 * (time.perf_counter() - before)
    build = served.find_current_build()
    if build is None:
        raise SystemExit("There is no build to export from.")
    print(f"Files made {REPEATS} times, after one to warm up\non {describe_machine()}\n")
    print(f"{'loaded what draws, once':36}{loaded:8.0f} ms")
    print(f"{'':36}{'CPU':>11}{'wall':>11}")
    for job in list_jobs(build):
        print(measure_job(job))


def list_jobs(build: Build) -> list[Job]:
    """Every file that is measured."""
    from dashboard.draw import tidy  # noqa: PLC0415 - only after its loading was timed
    from dashboard.draw.office import slides, workbook  # noqa: PLC0415 - only after its loading was timed
    from dashboard.draw.picture import image  # noqa: PLC0415 - only after its loading was timed

    view = choices.read_view(build, {"area": AREA, "metric": METRIC})
    found: list[Job] = []
    for name in CHARTS:
        model = registry.build_chart(name, view)
        if model is None:
            continue
        found.extend(
            (
                f"{name}, {form}",
                MOST_PICTURE,
                partial(image.draw_picture, model, form, build=build.id),
            )
            for form in image.FORMS
        )
        slide = MOST_PICTURE if name == "map" else MOST_SLIDE
        found.append((f"{name}, pptx", slide, partial(slides.write_slides, model, build=build.id)))
    found.append(
        ("whole metric, xlsx", MOST_WORKBOOK, lambda: workbook.write_metric(view, build.id))
    )
    found.append(("whole metric, csv", MOST_WORKBOOK, lambda: tidy.write_metric_csv(view)))
    return found


def measure_job(job: Job) -> str:
    """Do one job, and write its line of the table."""
    name, most, work = job
    work()
    spent: list[tuple[float, float]] = []
    for _ in range(REPEATS):
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        spent.append((time.process_time() - cpu, time.perf_counter() - wall))
    cpu, wall = (1000 * median(times) for times in zip(*spent, strict=True))
    return f"{name:36}{cpu:8.0f} ms{wall:8.0f} ms   (aim: at most {most})"


if __name__ == "__main__":
    main()
