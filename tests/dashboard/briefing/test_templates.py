"""Templates are files that a person restyles: documents take their look, colours are said once."""

import io
import re
import zipfile

import docx
import pptx
import pytest
from docx.shared import RGBColor

from dashboard.briefing import deck, document
from dashboard.design import theme
from dashboard.draw.office import template
from scripts import templates
from tests.dashboard.briefing.make import briefing

THEIRS = "B0171F"  # no colour of ours


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as office:
        return {name: office.read(name).decode(errors="replace") for name in office.namelist()}


@pytest.mark.parametrize("path", templates.TEMPLATES, ids=lambda path: path.name)
def test_the_colours_of_a_template_are_those_of_the_theme(path):
    parts = templates.read_parts(path)
    assert {name: templates.recolour(name, part) for name, part in parts.items()} == parts
    [said] = [part.decode() for name, part in parts.items() if name.endswith("/theme1.xml")]
    assert re.findall(r"<a:accent1>\s*<a:srgbClr val=\"(\w+)\"/>", said) == [theme.FOCUS[1:]]


def test_a_colour_of_the_theme_is_written_into_the_templates(tmp_path, monkeypatch):
    copies = [tmp_path / path.name for path in templates.TEMPLATES]
    for path, copy in zip(templates.TEMPLATES, copies, strict=True):
        copy.write_bytes(path.read_bytes())
    monkeypatch.setattr(templates, "TEMPLATES", copies)
    monkeypatch.setitem(templates.COLOURS, "accent1", f"#{THEIRS}")
    templates.main()
    style = docx.Document(copies[1]).styles["Heading 1"]
    assert style.font.color.rgb == RGBColor.from_string(THEIRS)
    for copy in copies:
        [said] = [
            p for name, p in parts_of(copy.read_bytes()).items() if name.endswith("theme1.xml")
        ]
        assert theme.FOCUS[1:] not in said
        assert THEIRS in said


def test_slides_take_the_colour_of_a_title_from_the_template(tmp_path, monkeypatch):
    ours = pptx.Presentation(template.TEMPLATE)
    title = ours.slide_layouts[template.TEXT].placeholders[template.TITLE]
    for colour in title.element.xpath(".//a:defRPr/a:solidFill/a:schemeClr"):
        parent = colour.getparent()
        parent.remove(colour)
        parent.get_or_change_to_srgbClr().val = THEIRS
    ours.save(tmp_path / "theirs.pptx")
    monkeypatch.setattr(template, "TEMPLATE", tmp_path / "theirs.pptx")
    made = pptx.Presentation(io.BytesIO(deck.render(briefing())))
    for slide in made.slides:
        assert THEIRS in slide.slide_layout.part.blob.decode()
        lines = slide.placeholders[template.TITLE].text_frame.paragraphs
        heading = lines[0 if slide is made.slides[0] else -1]
        assert [run.font.color.type for run in heading.runs] == [None]  # so it has the layout's


def test_a_word_document_takes_the_colour_of_a_heading_from_the_template(tmp_path, monkeypatch):
    ours = docx.Document(document.TEMPLATE)
    ours.styles["Heading 1"].font.color.rgb = RGBColor.from_string(THEIRS)
    ours.save(tmp_path / "theirs.docx")
    monkeypatch.setattr(document, "TEMPLATE", tmp_path / "theirs.docx")
    made = docx.Document(io.BytesIO(document.render(briefing())))
    assert made.styles["Heading 1"].font.color.rgb == RGBColor.from_string(THEIRS)
    headings = [each for each in made.paragraphs if each.style.name == "Heading 1"]
    assert len(headings) > 3
    assert all(run.font.color.rgb is None for each in headings for run in each.runs)
