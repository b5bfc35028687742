"""python -m scripts.templates: the colours of the theme, written into the templates of documents.

The templates of slides and of Word documents are files that a person restyles, in PowerPoint and
in Word. Their styles name colours of their theme; this writes `dashboard.design.theme` into it, so
that a colour is still said once. All else in them stays as it is.
"""

import re
import zipfile
from pathlib import Path

from dashboard.design import theme

FOLDER = Path(theme.__file__).parent
TEMPLATES = tuple(FOLDER / name for name in ("slides.pptx", "document.docx"))
COLOURS = {  # by the theme's names, and what Word calls those it names otherwise
    "dk1": theme.INK,
    "dk2": theme.QUIET,
    "lt2": theme.WASH,
    **{f"accent{at}": colour for at, colour in enumerate(theme.CATEGORICAL[:6], start=1)},
}
IN_WORD = {"text1": "dk1", "text2": "dk2", "background2": "lt2"}
DATE = (2026, 1, 1, 0, 0, 0)  # of each part, so that the same colours give the same bytes


def main() -> None:
    """Write the colours into each template."""
    for path in TEMPLATES:
        write_parts(path, {name: recolour(name, part) for name, part in read_parts(path).items()})


def read_parts(path: Path) -> dict[str, bytes]:
    """Read the parts of an office file, in their order."""
    with zipfile.ZipFile(path) as office:
        return {name: office.read(name) for name in office.namelist()}


def write_parts(path: Path, parts: dict[str, bytes]) -> None:
    """Write an office file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as office:
        for name, content in parts.items():
            office.writestr(zipfile.ZipInfo(name, DATE), content, zipfile.ZIP_DEFLATED)


def recolour(name: str, part: bytes) -> bytes:
    """Give a part of a template with our colours: a theme, or the styles of Word."""
    if name.endswith("/theme1.xml"):
        return recolour_theme(part.decode()).encode()
    if name == "word/styles.xml":
        return recolour_styles(part.decode()).encode()
    return part


def recolour_theme(xml: str) -> str:
    """Put our colours in the place of the theme's."""
    for name, colour in COLOURS.items():
        xml = re.sub(
            rf"(<a:{name}>).*?(</a:{name}>)",
            rf'\g<1><a:srgbClr val="{colour.removeprefix("#")}"/>\g<2>',
            xml,
            flags=re.DOTALL,
        )
    return xml


def recolour_styles(xml: str) -> str:
    """Repeat the theme's colours beside their names, for programs that do not look names up."""

    def repeat(match: re.Match[str]) -> str:
        colour = COLOURS.get(IN_WORD.get(match[2], match[2]), match[1]).removeprefix("#")
        return f'<w:color w:val="{colour}" w:themeColor="{match[2]}"/>'

    return re.sub(r'<w:color w:val="(\w+)" w:themeColor="(\w+)"/>', repeat, xml)


if __name__ == "__main__":
    main()
