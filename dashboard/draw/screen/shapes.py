"""The boundaries of the local authorities as one picture that a browser keeps. Pure."""

from collections.abc import Callable, Sequence
from pathlib import Path

from dashboard.charts import outlines
from dashboard.charts.model import ChartModel, Ring
from dashboard.draw.screen import tiles

SCRIPT = (Path(__file__).parent / "shapes.js").read_text(encoding="utf-8")
PLACE = '<div class="shapes" aria-hidden="true"></div>'
HATCH = (
    '<pattern id="no-figure" width="10" height="10" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="blank" width="10" height="10"/>'
    '<path class="line" d="M0 0v10"/></pattern>'
)


def list_colours(model: ChartModel, link: Callable[[str], str]) -> dict[str, tuple[str, str, str]]:
    """For each area by its code: its classes, what a pointer is told, and where it leads."""
    return {
        row.area_code: (tiles.style(row), tiles.describe_area(row), link(row.area_code))
        for row in model.rows
    }


def render_shapes() -> str:
    """The picture of the boundaries: a path for each area, by its code, and London once more."""
    drawn = outlines.read_outlines()
    whole = "".join(_render_path(*each) for each in drawn.areas)
    framed = "".join(
        f'<rect class="around" x="{x}" y="{y}" width="{width}" height="{height}"/>'
        for x, y, width, height in drawn.frames
    )
    inset = "".join(_render_path(*each) for each in drawn.inset)
    named = "".join(f'<text x="{x}" y="{y}">{label}</text>' for x, y, label in drawn.labels)
    larger = f"{framed}{named}<g>{inset}</g>" if inset else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn.width} {drawn.height}">'
        f"{HATCH}<g>{whole}</g>{larger}</svg>"
    )


def _render_path(code: str, rings: Sequence[Ring]) -> str:
    return f'<path data-area="{code}" d="{"".join(_render_ring(ring) for ring in rings)}"/>'


def _render_ring(ring: Ring) -> str:
    """A ring as steps from point to point, each as short as it can be written."""
    (x, y), *rest = ring
    written = f"M{x} {y}l"
    for u, v in rest:
        written += f"{u - x} {v - y} "
        x, y = u, v
    return f"{written.rstrip()}z"
