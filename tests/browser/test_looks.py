"""Every page looks as it did: a picture of each is compared with the one that was kept.

`make pictures` takes them anew, after a look at what has changed.
"""

import pytest
from PIL import Image

from scripts import looks
from scripts.browser import ROOT

MOST_BYTES = 400_000
# What goes wrong with a page, as a style sheet that does it.
BROKEN = {
    "columns that fall under one another": ".pillars, .cards li { display: block !important; }",
    "a chart without its height": "[data-testid=stPlotlyChart] { display: none !important; }",
    "a style sheet that is not read": "",
    "bars that are gone": ".bars i, .histogram i { background: none !important; }",
    "text of twice the size": ".stHtml p, .stHtml dd, .stHtml li { font-size: 1.8rem !important; }",
}
OF = {
    "columns that fall under one another": "england",
    "a chart without its height": "metric",
    "a style sheet that is not read": "england",
    "bars that are gone": "metric",
    "text of twice the size": "accessibility",
}


REMOVE = """
[...document.querySelectorAll('style')].filter(style => style.textContent.includes('.pillars'))
  .forEach(style => style.remove())
"""


@pytest.fixture(scope="module")
def server():
    """A server of figures that stand still: others would change a page that is not spoilt."""
    with looks.serve_frozen() as url:
        yield url


@pytest.fixture(scope="module")
def still(browser):
    """A reader who asks for less motion, so that nothing is photographed on its way."""
    with browser.new_context(reduced_motion="reduce") as context:
        yield context.new_page()


@pytest.mark.sample(2)
@pytest.mark.parametrize("width", looks.WIDTHS)
@pytest.mark.parametrize("name", looks.VIEWS)
def test_a_page_looks_as_it_did(server, still, name, width):
    now = looks.take(still, f"{server}/{looks.VIEWS[name]}", width)
    found = looks.compare(now, Image.open(looks.get_picture_path(name, width)))
    assert not found.is_too_much, (
        f"{found.share:.1%} of {name} at {width} pixels looks different. Look at the page; if it "
        "is as it should be, run `make pictures` and commit what it writes."
    )


@pytest.mark.sample(1)
@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_page_is_seen(server, still, fault):
    name = OF[fault]
    before = looks.take(still, f"{server}/{looks.VIEWS[name]}", 1280)
    if BROKEN[fault]:
        still.add_style_tag(content=BROKEN[fault])
    else:
        still.evaluate(REMOVE)
    still.wait_for_timeout(300)
    after = looks.shrink_screenshot(still.screenshot(animations="disabled", caret="hide"))
    assert looks.compare(after, before).is_too_much


def test_the_pictures_are_small_and_each_has_its_page():
    kept = {path.name for path in looks.FOLDER.glob("*.png")}
    wanted = {
        looks.get_picture_path(name, width).name for name in looks.VIEWS for width in looks.WIDTHS
    }
    assert kept == wanted
    assert sum(path.stat().st_size for path in looks.FOLDER.glob("*.png")) < MOST_BYTES


def test_every_page_has_a_picture():
    pages = {path.stem.replace("_", "-") for path in (ROOT / "pages").glob("[!_]*.py")}
    assert pages <= set(looks.VIEWS)


def picture(*boxes):
    drawn = Image.new("L", (128, 180), 255)
    for box in boxes:
        drawn.paste(90, box)
    return drawn


def test_a_line_higher_or_lower_and_another_shade_are_no_difference():
    before = picture((10, 10, 60, 40), (70, 60, 120, 90))
    assert looks.compare(before, before).share == 0
    assert not looks.compare(picture((10, 11, 60, 41), (70, 61, 120, 91)), before).is_too_much
    assert not looks.compare(before.point(lambda shade: min(shade + 12, 255)), before).is_too_much


def test_what_is_gone_or_of_another_size_is_a_difference():
    before = picture((10, 10, 60, 40), (70, 60, 120, 90))
    assert looks.compare(picture((10, 10, 60, 40)), before).is_too_much
    assert looks.compare(Image.new("L", (39, 180)), before).is_too_much
