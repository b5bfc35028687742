"""The pictures in the README, taken of the running dashboard: `make screenshots`."""

from pathlib import Path

from playwright.sync_api import ViewportSize, sync_playwright

from dashboard.web.site import SITE
from scripts.browser import ROOT, launch_chromium, serve_dashboard, wait_until_drawn

FOLDER = ROOT / "docs" / "screenshots"
SIZE: ViewportSize = {"width": 1280, "height": 1000}
VIEWS = {page.address: f"{page.address}?{page.picture}" for page in SITE if page.is_in_readme}
MOST_BYTES = 300_000


def main() -> None:
    """Take each picture. Raises RuntimeError when one is too large to keep in a repository."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        sync_playwright() as playwright,
        launch_chromium(playwright) as browser,
        serve_dashboard() as url,
    ):
        page = browser.new_page(viewport=SIZE)
        for name, address in VIEWS.items():
            page.goto(f"{url}/{address}")
            wait_until_drawn(page)
            picture = FOLDER / f"{name}.png"
            page.screenshot(path=picture)
            print(say(picture))


def say(picture: Path) -> str:
    """Name a picture and its size, when it is small enough."""
    size = picture.stat().st_size
    if size > MOST_BYTES:
        raise RuntimeError(f"{picture} has {size:,} bytes, wanted at most {MOST_BYTES:,}")
    return f"{picture.relative_to(ROOT)}: {size:,} bytes"


if __name__ == "__main__":
    main()
