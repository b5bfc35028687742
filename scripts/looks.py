"""Small grey pictures of every page, to see that a change has not spoilt one: `make pictures`.

They are of figures that stand still (tests/browser/values, a copy of data/values of some day), so
that new figures ask for no new pictures.

A page is photographed, made grey and shrunk until letters are shades: what is left is where things
are and how heavy they are. Fonts drawn a little differently on another machine leave that as it is;
a column that is gone, a chart without a height or a style sheet that is not read do not.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Page, expect, sync_playwright

from dashboard.web.site import SITE
from pipeline.derive import derive_build
from scripts.browser import ROOT, launch_chromium, serve_dashboard, wait_until_drawn

FOLDER = ROOT / "tests" / "browser" / "looks"
FROZEN = FOLDER.with_name("values")
WIDTHS = (1280, 390)
HEIGHT = 2600  # as much of a page as is compared: below, one line more moves everything
SHRUNK = 10  # pixels of the screen to one of the picture
SHADES = 16
DARKER = 12  # of 255: how much one pixel may differ
INK = 250  # what is lighter is paper
MOST_DIFFERENT = 0.04  # the share of what is drawn that may differ by more
# The address of each picture, by its name: each page says in its own file with which choices.
VIEWS = {
    "-".join(filter(None, (page.address or "england", end))): f"{page.address}?{choices}"
    for page in SITE
    for end, choices in {"": page.picture, **page.other_pictures}.items()
}
STILL = """
*, *::before, *::after { animation: none !important; transition: none !important;
  caret-color: transparent !important; }
"""


class Difference(NamedTuple):
    """How much two pictures of one page differ."""

    share: float  # of what is drawn on either, that differs by more than it may
    picture: Image.Image  # white where they differ

    @property
    def is_too_much(self) -> bool:
        """Whether somebody should look."""
        return self.share > MOST_DIFFERENT


def main() -> None:
    """Take every picture anew."""
    expect.set_options(timeout=30_000)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with (
        sync_playwright() as playwright,
        launch_chromium(playwright) as browser,
        serve_frozen() as url,
    ):
        page = browser.new_page(reduced_motion="reduce")
        for name, address in VIEWS.items():
            for width in WIDTHS:
                taken = take(page, f"{url}/{address}", width)
                taken.save(get_picture_path(name, width), optimize=True)
    total = sum(picture.stat().st_size for picture in FOLDER.glob("*.png"))
    print(f"{len(VIEWS) * len(WIDTHS)} pictures in {FOLDER.relative_to(ROOT)}: {total:,} bytes")


@contextmanager
def serve_frozen() -> Generator[str]:
    """Serve the figures that stand still; they are worked out once and kept beside the pictures."""
    out = FOLDER.with_name("built")
    derive_build(out, FROZEN)
    with serve_dashboard(SEND_DATA=str(out)) as url:
        yield url


def get_picture_path(name: str, width: int) -> Path:
    """Where the picture of a page at a width is kept."""
    return FOLDER / f"{name}-{width}.png"


def take(page: Page, address: str, width: int) -> Image.Image:
    """Open an address and give the small grey picture of it."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(address)
    page.locator("h1").first.wait_for()
    wait_until_drawn(page)
    page.add_style_tag(content=STILL)
    page.evaluate("document.fonts.ready")
    return shrink_screenshot(page.screenshot(animations="disabled", caret="hide"))


def shrink_screenshot(screenshot: bytes) -> Image.Image:
    """A screenshot in grey, as small as it is kept, in few shades."""
    grey = Image.open(BytesIO(screenshot)).convert("L")
    size = (grey.width // SHRUNK, grey.height // SHRUNK)
    small = grey.resize(size, Image.Resampling.BOX)
    return small.quantize(SHADES)


def compare(now: Image.Image, before: Image.Image) -> Difference:
    """How much a page differs from its kept picture, a line's shift up or down left aside."""
    if now.size != before.size:
        return Difference(1.0, now.convert("L"))
    one, other = (soften_picture(picture) for picture in (now, before))
    least = ImageChops.difference(one, other)
    for down in (-1, 1):
        moved = ImageChops.offset(other, 0, down)
        least = ImageChops.darker(least, ImageChops.difference(one, moved))
    marked = least.point(lambda shade: 255 if shade > DARKER else 0)
    drawn = _count(ImageChops.darker(one, other), lambda shade: shade < INK)
    return Difference(_count(marked, bool) / max(drawn, 1), marked)


def _count(picture: Image.Image, is_counted: Callable[[int], bool]) -> int:
    """How many pixels have a shade that counts."""
    return sum(number for shade, number in enumerate(picture.histogram()) if is_counted(shade))


def soften_picture(picture: Image.Image) -> Image.Image:
    """A picture without its finest detail, which is another on each machine."""
    return picture.convert("L").filter(ImageFilter.BoxBlur(1))


if __name__ == "__main__":
    main()
