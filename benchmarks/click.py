"""What the dashboard costs a reader and the server: `make bench`. Ends with 1 beyond a limit.

CPU, bytes and counts hold on a busy machine and have limits, generous ones; what a clock on the
wall says is reported and never judged.
"""

import json
import sys
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from benchmarks.machine import describe_machine
from benchmarks.readers import read
from benchmarks.wire import Wire, count_bytes
from dashboard.store import served
from scripts.browser import CHART, launch_chromium, serve_dashboard, wait_until_drawn

FIRST = "E10000016"
WARM_UP = ["Devon", "Medway", "Leeds", "Kent"]
AREAS = [
    "Barnet", "Bexley", "Bradford", "Bromley", "Camden", "Cornwall", "Coventry", "Croydon",
    "Dorset", "Dudley", "Ealing", "Essex", "Gateshead", "Hackney", "Halton", "Hounslow",
    "Knowsley", "Luton", "Norfolk", "Oldham", "Peterborough", "Rutland", "Salford", "Somerset",
    "Suffolk", "Sunderland", "Torbay", "Wigan", "Wirral",
]  # fmt: skip
READERS = (1, 10, 50)
SECONDS = 20.0  # that many readers go on choosing

# From when the last key is pressed until the page stands still, measured in the page itself.
CLOCK = """() => {
  window.redrawn = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const started = performance.now(), before = location.search;
    const app = document.querySelector("[data-testid=stApp]"), chart = "CHART";
    let ran = false;
    const look = () => {
      const state = app.dataset.testScriptState;
      ran ||= state !== "notRunning" || location.search !== before;
      const still = document.querySelector(chart + ":not(:has(.main-svg))");
      if (ran && state === "notRunning" && !still) redrawn.push(performance.now() - started);
      else requestAnimationFrame(look);
    };
    look();
  }, true);
}""".replace("CHART", CHART)


@dataclass(frozen=True, slots=True)
class Limit:
    """What a figure should be at most, and what it may be before the benchmark fails."""

    aim: float
    most: float


CPU = Limit(15, 35)  # ms of one run of the script, at the median
SENT = Limit(50, 75)  # kB of one choice
RUNS = Limit(1, 1.2)  # of the script for one choice
LOADED = Limit(2600, 3200)  # kB of the first page


FUNNEL = "plans_discontinued_needs_met"  # one of the metrics whose funnel tells areas apart

# Each page, what is opened on it first, and what one choice may send. The metric page names every
# local authority twice, as a bar and in a table.
PAGES: dict[str, tuple[list[str], Limit]] = {
    "local-area": ([], SENT),
    "local-area, charts opened": (["Show its rank", "Show one metric over time"], Limit(75, 120)),
    f"metric?metric={FUNNEL}, funnel opened": (["Show the funnel plot"], Limit(150, 230)),
}


@dataclass(slots=True)
class Report:
    """Prints each figure as it comes, and remembers what was beyond its limit."""

    beyond: list[str] = field(default_factory=list)

    def title(self, text: str) -> None:
        """Begin another part."""
        print(f"\n{text}", flush=True)

    def say(self, what: str, number: float, unit: str, limit: Limit | None = None) -> None:
        """Add one figure; beyond its limit it is remembered."""
        aim = f"   (aim {limit.aim:g}, at most {limit.most:g})" if limit else ""
        print(f"  {what:<34}{number:9.1f} {unit}{aim}", flush=True)
        if limit and number > limit.most:
            self.beyond.append(f"{what}: {number:.1f} {unit}, at most {limit.most:g}")

    def two(self, what: str, numbers: Sequence[float], unit: str, limit: Limit | None) -> None:
        """Add the median and what 95 in 100 stay under."""
        self.say(f"{what}, median", median(numbers), unit, limit)
        self.say(f"{what}, 95 in 100", quantiles(numbers, n=20)[-1], unit)


def main() -> None:
    """Measure the first load, one choice after another, and many readers at once; print it all."""
    report = Report()
    expect.set_options(timeout=60_000)  # a busy machine is slow, and this judges no time
    with (
        sync_playwright() as playwright,
        launch_chromium(playwright) as browser,
        serve_dashboard("benchmarks/timed_app.py") as url,
        count_bytes(url) as wire,
    ):
        load(browser, wire, report)
        for name in PAGES:
            measure_clicks(browser, (url, wire), name, report)
        for number in READERS:
            measure_crowd(url, number, report)
    print(f"\nOn {describe_machine()}")
    if report.beyond:
        sys.exit("Beyond a limit:\n" + "\n".join(report.beyond))


def load(browser: Browser, wire: Wire, report: Report) -> None:
    """Open a page in a browser that has seen nothing, then once more."""
    with browser.new_context() as context:
        page = context.new_page()
        for name, limit in (("first", LOADED), ("second", LOADED)):
            before = wire.received
            page.goto(f"{wire.url}/?area={FIRST}")
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            wait_until_drawn(page)
            took = page.evaluate("performance.now()") / 1000
            report.title(f"The England page, {name} load")
            report.say("received", (wire.received - before) / 1000, "kB", limit)
            report.say("until every chart is drawn", took, "s")


def measure_clicks(browser: Browser, at: tuple[str, Wire], name: str, report: Report) -> None:
    """Choose one area after another in a browser, and say what each choice took."""
    (url, wire), (opened, limit) = at, PAGES[name]
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        address = name.partition(",")[0]
        joined = "&" if "?" in address else "?"
        open_page(page, f"{wire.url}/{address}{joined}area={FIRST}", opened)
        before, sent = read_runs(url), wire.received
        for area in AREAS:
            choose(page, area)
        after, charts = read_runs(url), page.locator(CHART).count()
        redrawn = page.evaluate("redrawn")[len(WARM_UP) :]
        kilobytes = (wire.received - sent) / len(AREAS) / 1000
    report.title(f"Another area on the page {name}: {len(AREAS)} choices, {charts} Plotly charts")
    report_server(before, after, len(AREAS), report)
    report.say("on the wire, mean", kilobytes, "kB", limit)
    report.two("until it is redrawn", redrawn, "ms", None)


def open_page(page: Page, address: str, opened: list[str]) -> None:
    """Open a page and what is to be opened on it, start the clock, and choose a few areas."""
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for label in opened:
        page.get_by_text(label).click()
        wait_until_drawn(page)
    page.evaluate(CLOCK)
    for area in WARM_UP:
        choose(page, area)


def report_server(
    before: dict[str, Any], after: dict[str, Any], choices: int, report: Report
) -> None:
    """Say what the server's CPU did between two looks at it."""
    script = [1000 * seconds for seconds in after["script"][len(before["script"]) :]]
    report.two("script CPU", script, "ms", CPU)
    report.say("runs of the script for a choice", len(script) / choices, "", RUNS)
    report.say("server CPU, mean", 1000 * (after["process"] - before["process"]) / choices, "ms")


def choose(page: Page, area: str) -> None:
    """Choose an area from the list and wait until its page is drawn."""
    done = page.evaluate("redrawn.length")
    box = page.get_by_role("combobox", name="Your local authority")
    option = page.get_by_role("option", name=area).first
    while not option.is_visible():  # the list closes when the page is drawn anew
        box.fill("")
        box.fill(area)
        page.wait_for_timeout(200)
    box.press("Enter")
    page.wait_for_function("done => redrawn.length > done", arg=done)
    expect(box).to_have_value(area)
    wait_until_drawn(page)


def measure_crowd(url: str, readers: int, report: Report) -> None:
    """Let several readers choose at once, each every three seconds or so."""
    build = served.find_current_build()
    codes = [area.code for area in build.local_authorities] if build else [FIRST]
    before = read_runs(url)
    waited = read(f"{url}/local-area", codes, readers, SECONDS)
    after = read_runs(url)
    people = "reader" if readers == 1 else "readers at once"
    report.title(f"{readers} {people}, {len(waited.seconds)} choices on local-area")
    report_server(before, after, len(waited.seconds) + readers, report)  # and each one's first
    sizes = [size / 1000 for size in waited.sizes]
    report.say("messages, uncompressed, mean", sum(sizes) / len(sizes), "kB", SENT)
    report.two("from choice to last message", [1000 * s for s in waited.seconds], "ms", None)


def read_runs(url: str) -> dict[str, Any]:
    """Ask the server what its runs have taken so far."""
    with urllib.request.urlopen(f"{url}/runs") as answer:
        return json.load(answer)


if __name__ == "__main__":
    main()
