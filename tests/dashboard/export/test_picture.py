"""Pictures are opened again by other programs, and say and show what the model says."""

import io
import re
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from pypdf import PdfReader

from dashboard import charts, theme
from dashboard.chartmodel import Kind, Role
from dashboard.export import fonts, picture, words
from tests.dashboard.export.conftest import provenance
from tests.dashboard.make import about, area, over_time
from tests.dashboard.test_charts import beside_it

SVG = "{http://www.w3.org/2000/svg}"


def flat(text):
    return re.sub(r"\s+", "", text)


def pdf_text(body):
    return flat("".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages))


def rgb(colour):
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


@pytest.mark.sample(4)
def test_a_pdf_holds_every_word_of_the_chart(model, build):
    body = picture.picture(model, "pdf", build=build.id)
    said = pdf_text(body)
    for part in [model.title, model.subtitle, *provenance(model, build)]:
        assert flat(part) in said
    about_it = PdfReader(io.BytesIO(body)).metadata
    assert about_it.title == model.title
    assert about_it.subject == model.alt


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", ["ranking", "beside", "positions", "ranking of boards"])
def test_a_list_has_every_value_in_its_order(models, build, name):
    said = pdf_text(picture.picture(models[name], "pdf", build=build.id, furniture=False))
    at = 0
    for row in models[name].rows:
        found = said.find(flat(row.shown), at)
        assert found >= 0, row.label
        at = found if models[name].kind is Kind.RANKED_BAR else 0


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", ["trend", "england", "trends", "trend with gaps"])
def test_each_line_ends_with_its_name_and_its_newest_value(models, build, name):
    said = pdf_text(picture.picture(models[name], "pdf", build=build.id, furniture=False))
    ends = {row.label: row for row in models[name].rows if row.value is not None}
    for label, row in ends.items():
        assert flat(label) in said
        assert flat(row.shown) in said


def test_a_map_has_every_square_and_every_step(models, build):
    said = pdf_text(picture.picture(models["map"], "pdf", build=build.id))
    for step in models["map"].steps:
        assert flat(f"{step.label} ({step.count})") in said
    assert "KEN" in said
    assert flat("Every square is one local authority") in said


@pytest.mark.sample(4)
def test_a_png_has_its_words_and_is_not_cut(model, build):
    image = Image.open(io.BytesIO(picture.picture(model, "png", build=build.id)))
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
    body = picture.picture(models[name], "png", build=build.id, width=6, furniture=False)
    image = Image.open(io.BytesIO(body)).convert("RGB")
    colours = {colour for _, colour in image.getcolors(maxcolors=1 << 24)}
    assert rgb(theme.FOCUS) in colours
    if any(row.role is Role.NEIGHBOUR for row in models[name].rows):
        assert rgb(theme.NEIGHBOUR) in colours


@pytest.mark.sample(4)
def test_an_svg_is_xml_with_a_title_and_a_description(model, build):
    body = picture.picture(model, "svg", build=build.id)
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
        first, second = (picture.picture(models["beside"], form, build="b") for _ in range(2))
        assert first == second


def test_words_may_stand_beside_a_picture_instead(models):
    model = models["trend"]
    said = pdf_text(picture.picture(model, "pdf", build="b", furniture=False))
    assert flat(model.title) not in said
    assert flat(model.licence) not in said
    assert "Kent" in said


def test_a_picture_takes_the_size_that_is_asked_for(models):
    body = picture.picture(models["trend"], "png", build="b", width=8, height=5)
    assert Image.open(io.BytesIO(body)).size == (1600, 1000)


def test_no_other_form_is_made(models):
    with pytest.raises(ValueError, match="png, svg, pdf, not gif"):
        picture.picture(models["trend"], "gif", build="b")


@pytest.mark.parametrize("values", [[], [None, None], [5.0], [0.0, 0.0], [-3.0, 2.0, None, -1.0]])
def test_few_missing_or_negative_figures_are_drawn_too(values):
    model = charts.trend(about(), area(), over_time(values), beside_it())
    for form in picture.FORMS:
        assert picture.picture(model, form, build="b")


def test_text_is_never_read_as_mathematics():
    model = charts.trend(about(title="Costs $x_1$ to $y$"), area(), over_time([1.0]), beside_it())
    assert flat("Costs $x_1$ to $y$") in pdf_text(picture.picture(model, "pdf", build="b"))


def test_lines_of_words_fit_their_room():
    text = "A long title that needs several lines, with an unbreakablewordthatislongerthanitsroom."
    for wrapped in (fonts.wrapped(text, 12, 1.5), fonts.balanced(text, 12, 1.5)):
        assert all(fonts.inches(line, 12) <= 1.5 for line in wrapped)
        assert flat("".join(wrapped)) == flat(text)
    short = fonts.shortened(text, 12, 1.5)
    assert short.endswith("…")
    assert fonts.inches(short, 12) <= 1.5
    assert words.NAME
