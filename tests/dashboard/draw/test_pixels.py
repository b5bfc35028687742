"""The ranges behind lines, read back from the picture: LibreOffice's of a file, and our own."""

import io
import os
import re
import shutil
import subprocess
import zipfile

import numpy as np
import pypdfium2
import pytest

from dashboard.charts import registry
from dashboard.charts.model import Role
from dashboard.design import theme
from dashboard.domain import choices
from dashboard.draw.office import slides, workbook
from dashboard.draw.picture import image

RUTLAND, KENT = "E06000017", "E10000016"
MODELS = {
    "refused": (RUTLAND, "requests_refused"),
    "balance": (KENT, "dsg_balance_per_cent"),
    "progress": (KENT, "progress_8"),
}
FORMS = ("pptx", "xlsx", "pdf")
SCALE = 3  # dots to a point
TICK = re.compile(r"\N{MINUS SIGN}?\d{1,2}(\.\d+)?%?")
TICKS = 15  # points: how far apart the middles of names on one axis are at most
THINNEST = 4  # dots: a line of the grid is thinner
NEAR = 3  # of 255: how far a shade may be from the one that is looked for


def model_of(build, name):
    code, metric = MODELS[name]
    return registry.build_trend(choices.read_view(build, {"area": code, "metric": metric}))


@pytest.fixture(scope="module")
def printed(build, tmp_path_factory):
    """Each chart in each form as a PDF; that of a workbook is printed inside a slide."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("LibreOffice is not installed: sudo apt-get install libreoffice-impress")
        pytest.skip("no LibreOffice found")
    folder = tmp_path_factory.mktemp("pixels")
    for name in MODELS:
        model = model_of(build, name)
        slide = slides.write_slides(model, build="b")
        (folder / f"{name}-pptx.pptx").write_bytes(slide)
        inside = swapped(slide, workbook.write_chart(model, build="b"))
        (folder / f"{name}-xlsx.pptx").write_bytes(inside)
        (folder / f"{name}-pdf.pdf").write_bytes(
            image.draw_picture(model, "pdf", build="b", furniture=False)
        )
    files = sorted(map(str, folder.glob("*.pptx")))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)
    return folder


def swapped(slide, sheet):
    """A slide with the chart of a workbook in the place of its own."""
    book_, deck = (zipfile.ZipFile(io.BytesIO(body)) for body in (sheet, slide))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in deck.namelist():
            body = deck.read(name)
            if name.startswith("ppt/charts/chart") and name.endswith(".xml"):
                body = book_.read("xl/charts/chart1.xml")
            # Which program wrote it decides how what is left out is read.
            made.writestr(name, book_.read(name) if name == "docProps/app.xml" else body)
    return out.getvalue()


class Page:
    """A page as dots, with the places of its words."""

    def __init__(self, file):
        """Draw the first page."""
        with pypdfium2.PdfDocument(file) as made:
            page = made[0]
            self.dots = np.asarray(page.render(scale=SCALE).to_pil().convert("RGB")).astype(int)
            self.height = page.get_height()
            text = page.get_textpage()
            whole = text.get_text_range()
            letters = [text.get_charbox(at) for at in range(text.count_chars())]
        self.words = {}
        at = 0
        for word in whole.split():
            at = whole.index(word, at)
            boxes = letters[at : at + len(word)]
            left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
            low, high = min(b[1] for b in boxes), max(b[3] for b in boxes)
            middle = (left + right) / 2, self.height - (low + high) / 2
            self.words.setdefault(word, []).append((SCALE * middle[0], SCALE * middle[1]))
            at += len(word)

    def scale(self):
        """How a height on the page becomes a value, from the names on the axis."""
        named = [
            (*place, float(word.replace("\N{MINUS SIGN}", "-").rstrip("%")))
            for word, places in self.words.items()
            if TICK.fullmatch(word)
            for place in places
        ]
        edge = min(x for x, _, _ in named) + TICKS * SCALE
        places, values = zip(*[(y, value) for x, y, value in named if x < edge], strict=True)
        assert len(values) > 2
        slope, start = np.polyfit(places, values, 1)
        assert np.allclose(np.polyval((slope, start), places), values, atol=abs(slope) * 2)
        return slope, start

    def ends(self, x, foot, shades):
        """The top and the bottom of what has one of some shades, in a column down to a foot."""
        column = self.dots[: round(foot), x]
        mask = np.zeros(len(column), bool)
        for shade in shades:
            mask |= (abs(column - shade) <= NEAR).all(axis=1)
        edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
        runs = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= THINNEST]
        return (runs[0][0], runs[-1][1]) if runs else None


def over(front, back):
    """A colour through which another is seen."""
    red = np.array([int(front[at : at + 2], 16) for at in (1, 3, 5)])
    return theme.SHADE * red + (1 - theme.SHADE) * np.array(back)


WHITE = (255, 255, 255)
GREEN, GREY = over(theme.NEIGHBOUR, WHITE), over(theme.QUIET, WHITE)
BOTH = [over(theme.NEIGHBOUR, GREY), over(theme.QUIET, GREEN)]
SHADES = {Role.RANGE: [GREEN, *BOTH], Role.HALF: [GREY, *BOTH]}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", MODELS)
def test_what_is_shaded_lies_between_the_lowest_and_the_highest(printed, build, name, form):
    page, model = Page(printed / f"{name}-{form}.pdf"), model_of(build, name)
    slope, start = page.scale()
    seen = set()
    for row in model.rows:
        if row.role not in SHADES or row.time_period not in page.words:
            continue
        x, foot = max(page.words[row.time_period], key=lambda place: place[1])
        # Columns are read beside the marker; an area ends at its last year, or begins there.
        beside = (-2, 2) if form == "pdf" else (-9 * SCALE,)
        looked = [page.ends(round(x) + each, foot, SHADES[row.role]) for each in beside]
        ends = next(filter(None, looked), None)
        assert ends, (row.label, row.time_period)
        high, low = (slope * end + start for end in ends)
        slack = abs(slope) * 10 * SCALE  # a marker, which may lie on an end
        assert (low, high) == pytest.approx((row.low, row.high), abs=slack), row.time_period
        seen.add(row.role)
    assert seen == set(SHADES)
