"""A running dashboard and a Chromium to see it with: for tests, benchmarks and screenshots."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, expect

ROOT = Path(__file__).parents[1]
CHART = "[data-testid=stPlotlyChart]"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = (
    "no Chromium found. Install it with: sudo apt-get install chromium "
    "(or: .venv/bin/python -m playwright install chromium)"
)
FLAGS = (
    "--no-sandbox",  # root in a container may not use the sandbox; we only open our own pages
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SECONDS_TO_START = 60


class NoBrowserError(Exception):
    """There is no Chromium on this machine."""


def launch_chromium(playwright: Playwright) -> Browser:
    """Start Chromium: the one named in CHROMIUM, else one on the path, else Playwright's own.

    Raises NoBrowserError, with the line that installs one.
    """
    names = (os.environ.get("CHROMIUM"), *NAMES, playwright.chromium.executable_path)
    found = [path for name in names if name and (path := shutil.which(name))]
    if not found:
        raise NoBrowserError(INSTALL)
    return playwright.chromium.launch(executable_path=found[0], args=list(FLAGS))


def wait_until_drawn(page: Page) -> None:
    """Wait until the script has run without a fault and every chart is on the page."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.locator("footer")).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)  # a chart whose program is loading
    expect(page.locator(f"{CHART}:not(:has(.main-svg))")).to_have_count(0)


@contextmanager
def serve_dashboard(script: str = "app.py", **environment: str) -> Generator[str]:
    """Serve the dashboard on a free port of this machine for as long as the context lasts.

    What is in the environment is given by name, such as SEND_DATA for a folder of builds.
    Raises RuntimeError, with what the server said, when it does not start or met a fault.
    """
    port = find_free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", script]
    options = ["--server.address=127.0.0.1", f"--server.port={port}", "--logger.enableRich=false"]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            command + options,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=said,
            stderr=said,
        ) as server,
    ):
        try:
            ready = wait_until_ready(server, f"{url}/ready")
            if ready:
                yield url
        finally:
            server.terminate()
            server.wait()
        said.seek(0)
        log = said.read().decode()
        if not ready or "Traceback" in log:
            raise RuntimeError(f"the dashboard on {url} failed:\n{log}")


def find_free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_ready(server: subprocess.Popen[bytes], address: str) -> bool:
    """Wait until the server says that it is ready; false when it ends or takes too long."""
    last = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < last:
        try:
            with urllib.request.urlopen(address):
                return True
        except OSError:
            time.sleep(0.05)
    return False
