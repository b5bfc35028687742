"""Pictures are opened again by other programs, and say and show what the model says."""

import io
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from PIL import Image
from pypdf import PdfReader

from dashboard.charts import of_metric, outcomes_and_spending
from dashboard.charts.model import Kind, Role
from dashboard.design import theme
from dashboard.draw import axes as ends_of
from dashboard.draw import caption
from dashboard.draw.picture import boundaries, fonts, points
from dashboard.draw.picture import image as picture
from dashboard.draw.screen import figure as screen
from dashboard.draw.screen import shapes
from tests.dashboard.charts.test_charts import NAMES, beside_it
from tests.dashboard.draw import drawn
from tests.dashboard.draw.conftest import provenance
from tests.dashboard.make import MEDWAY, about, area, figure, group, over_time

SVG = "{http://www.w3.org/2000/svg}"


def flat(text):
    return re.sub(r"\s+", "", text)


def pdf_text(body):
    return flat("".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages))


def rgb(colour):
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


@pytest.mark.sample(4)
def test_a_pdf_holds_every_word_of_the_chart(model, build):
    body = picture.draw_picture(model, "pdf", build=build.id)
    said = pdf_text(body)
    for part in [model.title, model.subtitle, *provenance(model, build)]:
        assert flat(part) in said
    about_it = PdfReader(io.BytesIO(body)).metadata
    assert about_it.title == model.title
    assert about_it.subject == model.alt


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", ["ranking", "beside", "positions", "ranking of boards"])
def test_a_list_has_every_value_in_its_order(models, build, name):
    said = pdf_text(picture.draw_picture(models[name], "pdf", build=build.id, furniture=False))
    at = 0
    for row in models[name].rows:
        found = said.find(flat(row.shown), at)
        assert found >= 0, row.label
        at = found if models[name].kind is Kind.RANKED_BAR else 0


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", ["trend", "england", "trends", "trend with gaps"])
def test_each_line_ends_with_its_name_and_its_newest_value(models, build, name):
    said = pdf_text(picture.draw_picture(models[name], "pdf", build=build.id, furniture=False))
    ends = {row.label: row for row in models[name].rows if row.value is not None}
    for label, row in ends.items():
        assert flat(label) in said
        assert flat(row.shown) in said


def test_a_map_has_every_square_and_every_step(models, build):
    said = pdf_text(picture.draw_picture(models["map"], "pdf", build=build.id))
    for step in models["map"].steps:
        assert flat(f"{step.label} ({step.count})") in said
    assert "KEN" in said
    assert flat("Every square is one local authority") in said


def test_a_map_by_boundaries_has_every_step_and_says_whose_they_are(models, build):
    model = models["map by boundaries"]
    said = pdf_text(picture.draw_picture(model, "pdf", build=build.id))
    for step in model.steps:
        assert flat(f"{step.label} ({step.count})") in said
        assert flat(step.shown) in said
    for text in ("London, larger", "Statistical neighbour", "Contains OS data"):
        assert flat(text) in said
    assert flat("Every square is one local authority") not in said


def test_a_map_by_boundaries_is_drawn_as_on_the_screen(models):
    """The same outlines, classes and insets: only who draws them differs."""
    model = models["map by boundaries"]
    page = ET.fromstring(shapes.render_shapes())  # noqa: S314 - of our own making
    axes = Figure(figsize=(10, 7)).add_axes((0, 0, 1, 1))
    boundaries.draw(axes, model)
    held = [patch for patch in axes.patches if isinstance(patch, PathPatch)]
    wanted = list(page.iterfind("{*}g/{*}path"))
    assert len(held) == len(wanted) > 180
    rows = {row.area_code: row for row in model.rows}
    classes = shapes.list_colours(model, lambda _: "")
    for patch, path in zip(held, wanted, strict=True):
        code = path.get("data-area")
        first = re.match(r"M(-?\d+) (-?\d+)", path.get("d"))
        assert tuple(patch.get_path().vertices[0]) == tuple(map(int, first.groups()))
        assert path.get("d").count("z") == list(patch.get_path().codes).count(79)
        step = rows[code].step
        assert (
            to_hex(patch.get_facecolor())
            == (theme.PAPER if step is None else theme.STEPS[step]).lower()
        )
        assert classes[code][0].split()[0] == ("s-" if step is None else f"s{step}")
        assert bool(patch.get_hatch()) is (step is None)
        edge = {"focus": theme.INK, "neighbour": theme.NEIGHBOUR_INK}.get(rows[code].role)
        assert to_hex(patch.get_edgecolor()) == (edge or theme.QUIET).lower()
    frames = [
        tuple(float(frame.get(name)) for name in ("x", "y", "width", "height"))
        for frame in page.iterfind("{*}rect")
    ]
    assert (
        frames
        == [
            (*box.get_xy(), box.get_width(), box.get_height())
            for box in axes.patches
            if isinstance(box, Rectangle)
        ][: len(frames)]
    )


def test_a_map_without_outlines_is_refused(models):
    bare = replace(models["map by boundaries"], outlines=None)
    with pytest.raises(ValueError, match="needs the outlines"):
        picture.draw_picture(bare, "png", build="b")


def test_points_have_a_title_on_each_axis(models):
    for name, up in (("scatter", outcomes_and_spending.UP), ("funnel", "Per 1,000")):
        layout = screen.draw_figure(models[name])["layout"]
        assert layout["yaxis"]["title"]["text"] == up
        assert layout["xaxis"]["title"]["text"]
        said = pdf_text(picture.draw_picture(models[name], "pdf", build="b", furniture=False))
        assert flat(models[name].across) in said
        axes = Figure(figsize=(10, 7)).add_axes((0, 0, 1, 1))
        points.draw(axes, models[name])
        assert axes.get_ylabel() == up
        for form in drawn.FILES:
            chart = drawn.chart_of(models[name], form)
            titles = [
                "".join(text.itertext()) for text in chart.iterfind(".//c:valAx/c:title", drawn.NS)
            ]
            assert up in titles
            assert any(models[name].across in title for title in titles)


@pytest.mark.parametrize("form", ["pptx", "xlsx"])
@pytest.mark.parametrize("ends", [(80.0, 95.0), (-95.0, -80.0), (-5.0, 5.0)])
def test_bars_in_office_begin_at_nought(form, ends):
    own = [figure(value=ends[0]), figure(value=ends[1], area_code=MEDWAY)]
    model = of_metric.build_among_group(about(), area(), own, NAMES, group())
    low, high = ends_of.compute_extent(model)
    (axis,) = drawn.chart_of(model, form).iterfind(".//c:valAx/c:scaling", drawn.NS)
    least, most = (axis.find(f"c:{name}", drawn.NS) for name in ("min", "max"))
    if low >= 0:
        assert float(least.get("val")) == 0
    elif high <= 0:
        assert float(most.get("val")) == 0
    else:
        assert least is None
        assert most is None


@pytest.mark.sample(4)
def test_a_png_has_its_words_and_is_not_cut(model, build):
    image = Image.open(io.BytesIO(picture.draw_picture(model, "png", build=build.id)))
    assert image.format == "PNG"
    assert image.width == 2000
    assert round(image.info["dpi"][0]) == 200
    assert image.text["Title"] == model.title
    assert image.text["Copyright"] == model.licence
    for part in [model.alt, *provenance(model, build)]:
        assert part in image.text["Description"]
    plain = image.convert("RGB")
    edges = [(0, 0, 2000, 12), (0, image.height - 12, 2000, image.height)]
    edges += [(0, 0, 12, image.height), (1988, 0, 2000, image.height)]
    for edge in edges:  # nothing is drawn up to the edge, so nothing is cut there
        assert plain.crop(edge).getcolors() == [
            (plain.crop(edge).size[0] * plain.crop(edge).size[1], (255, 255, 255))
        ]


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", ["trend", "ranking", "beside", "positions", "funnel", "scatter"])
def test_the_chosen_area_has_its_colour(models, build, name):
    body = picture.draw_picture(models[name], "png", build=build.id, width=6, furniture=False)
    image = Image.open(io.BytesIO(body)).convert("RGB")
    colours = {colour for _, colour in image.getcolors(maxcolors=1 << 24)}
    assert rgb(theme.FOCUS) in colours
    if any(row.role is Role.NEIGHBOUR for row in models[name].rows):
        assert rgb(theme.NEIGHBOUR) in colours


@pytest.mark.sample(4)
def test_an_svg_is_xml_with_a_title_and_a_description(model, build):
    body = picture.draw_picture(model, "svg", build=build.id)
    root = ET.fromstring(body)  # noqa: S314 - of our own making
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == model.title
    for part in [model.alt, *provenance(model, build)]:
        assert part in root.find(f"{SVG}desc").text
    assert not list(root.iter(f"{SVG}script"))
    assert not [
        e for e in root.iter() if "http" in (e.get("{http://www.w3.org/1999/xlink}href") or "")
    ]


def test_the_same_picture_is_the_same_file(models):
    for form in picture.FORMS:
        first, second = (picture.draw_picture(models["beside"], form, build="b") for _ in range(2))
        assert first == second


def test_words_may_stand_beside_a_picture_instead(models):
    model = models["trend"]
    said = pdf_text(picture.draw_picture(model, "pdf", build="b", furniture=False))
    assert flat(model.title) not in said
    assert flat(model.licence) not in said
    assert "Kent" in said


def test_a_picture_takes_the_size_that_is_asked_for(models):
    body = picture.draw_picture(models["trend"], "png", build="b", width=8, height=5)
    assert Image.open(io.BytesIO(body)).size == (1600, 1000)


def test_no_other_form_is_made(models):
    with pytest.raises(ValueError, match="png, svg, pdf, not gif"):
        picture.draw_picture(models["trend"], "gif", build="b")


@pytest.mark.parametrize("values", [[], [None, None], [5.0], [0.0, 0.0], [-3.0, 2.0, None, -1.0]])
def test_few_missing_or_negative_figures_are_drawn_too(values):
    model = of_metric.build_trend(about(), area(), over_time(values), beside_it())
    for form in picture.FORMS:
        assert picture.draw_picture(model, form, build="b")


def test_text_is_never_read_as_mathematics():
    model = of_metric.build_trend(
        about(title="Costs $x_1$ to $y$"), area(), over_time([1.0]), beside_it()
    )
    assert flat("Costs $x_1$ to $y$") in pdf_text(picture.draw_picture(model, "pdf", build="b"))


def test_lines_of_words_fit_their_room():
    text = "A long title that needs several lines, with an unbreakablewordthatislongerthanitsroom."
    for wrapped in (fonts.wrap_by_width(text, 12, 1.5), fonts.wrap_evenly(text, 12, 1.5)):
        assert all(fonts.measure_inches(line, 12) <= 1.5 for line in wrapped)
        assert flat("".join(wrapped)) == flat(text)
    short = fonts.shorten_text(text, 12, 1.5)
    assert short.endswith("…")
    assert fonts.measure_inches(short, 12) <= 1.5
    assert caption.NAME
