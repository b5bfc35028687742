"""python -m dashboard.briefing.typeset: a briefing as JSON comes in, a tagged PDF goes out.

A program of its own, for Typst keeps what it has set: half a gigabyte after ten documents. It ends
with the document, and neither a server nor a batch grows.
"""

import importlib.util
import sys
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("paper.typ")
OURS = Path(__file__).parents[1] / "design" / "fonts"


def main() -> None:
    """Set what is read from the input, and write the file to the output."""
    sys.stdout.buffer.write(typeset_pdf(sys.stdin.buffer.read().decode()))


def typeset_pdf(given: str) -> bytes:
    """The PDF of a briefing in JSON; the same input is the same file.

    Raises:
        typst.TypstError: the template does not take what is given.
    """
    return typst.compile(
        TEMPLATE.read_bytes(),
        sys_inputs={"briefing": given},
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(OURS), *list_fallback_folders()],
        ),
        pdf_standards=["ua-1"],
        timestamp=0,
    )


def list_fallback_folders() -> list[str]:
    """Where matplotlib keeps its fonts: for letters that ours has not, whatever a reader writes."""
    spec = importlib.util.find_spec("matplotlib")
    if spec is None or spec.origin is None:
        return []
    return [str(Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf")]


if __name__ == "__main__":
    main()
