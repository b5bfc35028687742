"""What choosing another local authority costs the server: `make bench`."""

import json
import urllib.request
from statistics import median, quantiles
from typing import Any

from playwright.sync_api import Page, WebSocket, expect, sync_playwright

from benchmarks.machine import description
from scripts.browser import launch, serving, wait_until_drawn

PAGE = "local-area"
FIRST = "E10000016"
WARM_UP = ["Devon", "Medway", "Leeds", "Kent"]
AREAS = [
    "Barnet", "Bexley", "Bradford", "Bromley", "Camden", "Cornwall", "Coventry", "Croydon",
    "Dorset", "Dudley", "Ealing", "Essex", "Gateshead", "Hackney", "Halton", "Hounslow",
    "Knowsley", "Luton", "Norfolk", "Oldham", "Peterborough", "Rutland", "Salford", "Somerset",
    "Suffolk", "Sunderland", "Torbay", "Wigan", "Wirral",
]  # fmt: skip
MOST_MILLISECONDS = 30
MOST_KILOBYTES = 50


def main() -> None:
    """Choose one area after another in a browser, and print what each choice took."""
    with (
        sync_playwright() as playwright,
        launch(playwright) as browser,
        serving("benchmarks/timed_app.py") as url,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        received: list[int] = []
        page.on("websocket", lambda socket: listen(socket, received))
        page.goto(f"{url}/{PAGE}?area={FIRST}")
        for area in WARM_UP:
            choose(page, area)
        before, bytes_before = runs(url), sum(received)
        for area in AREAS:
            choose(page, area)
        after, bytes_after = runs(url), sum(received)
        charts = page.get_by_role("figure").count()
    script = [1000 * seconds for seconds in after["script"][len(before["script"]) :]]
    process = 1000 * (after["process"] - before["process"]) / len(AREAS)
    kilobytes = (bytes_after - bytes_before) / len(AREAS) / 1000
    print(table(script, process, kilobytes, charts))


def listen(socket: WebSocket, received: list[int]) -> None:
    """Count the bytes of every message the server sends."""
    socket.on("framereceived", lambda message: received.append(len(message)))


def choose(page: Page, area: str) -> None:
    """Choose an area from the list and wait until its page is drawn."""
    box = page.get_by_role("combobox", name="Your local authority")
    box.fill(area)
    expect(page.get_by_role("option", name=area).first).to_be_visible()
    box.press("Enter")
    expect(page.get_by_role("heading", level=1, name=area)).to_be_visible()
    wait_until_drawn(page)


def runs(url: str) -> dict[str, Any]:
    """Ask the server what its runs have taken so far."""
    with urllib.request.urlopen(f"{url}/runs") as answer:
        return json.load(answer)


def table(script: list[float], process: float, kilobytes: float, charts: int) -> str:
    """Write the figures as a person reads them."""
    most = quantiles(script, n=20)[-1]
    return "\n".join(
        [
            f"Another area chosen {len(AREAS)} times on the page {PAGE} ({charts} charts),",
            f"which ran its script {len(script)} times,",
            f"on {description()}",
            "",
            f"script CPU, median     {median(script):8.1f} ms   (aim: at most {MOST_MILLISECONDS})",
            f"script CPU, 95 in 100  {most:8.1f} ms",
            f"server CPU, mean       {process:8.1f} ms",
            f"sent to the browser    {kilobytes:8.1f} kB   (aim: at most {MOST_KILOBYTES})",
        ]
    )


if __name__ == "__main__":
    main()
