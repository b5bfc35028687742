"""A chart model in, a PNG, SVG or PDF out: drawn by matplotlib, without a browser or a screen.

A picture is laid out in inches from the top: title, what is measured, the plot, and where it all
comes from. Text is set in the typeface of the screen, from files of ours. SVG text becomes
outlines, so that it looks the same where the typeface is not installed; its words are in the title
and the description that the file carries, as the alternative text is in every form.
"""

import io
import threading
from collections.abc import Callable, Sequence
from html import escape
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from dashboard.charts.model import ChartModel, Kind
from dashboard.design import theme
from dashboard.draw import caption
from dashboard.draw.picture import boundaries, common, fonts, maps, points, ranks, trends

FORMS = ("png", "svg", "pdf")
DOTS = 200  # to the inch: twice what a screen has
MARGIN = 0.3
TITLE, SUBTITLE, FOOT = 16, 11, 8.5
LEADING = 1.28
LEAST = 1.6  # inches of plot, whatever height was asked for
SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "path",
    "svg.hashsalt": "send",
    "pdf.fonttype": 3,  # the other takes twice as long to make
    "text.hinting": "none",  # at 200 dots to the inch it is not seen, and costs a third of the time
}
DRAWING = threading.Lock()  # its fonts and its caches are not for several threads


class Words(NamedTuple):
    """Lines of text at one size."""

    lines: list[str]
    size: float
    colour: str
    bold: bool = False

    @property
    def height(self) -> float:
        """How tall they are together, in inches."""
        return len(self.lines) * self.size * LEADING / fonts.POINTS


class Plot(NamedTuple):
    """How a kind of chart is drawn, and how tall it is best, in inches."""

    draw: Callable[[Axes, ChartModel], None]
    height: Callable[[ChartModel], float]


def _make_height(height: float) -> Callable[[ChartModel], float]:
    return lambda _model: height


PLOTS = {
    Kind.TREND: Plot(trends.draw, _make_height(4.1)),
    Kind.RANKED_BAR: Plot(ranks.draw_ranked, ranks.ranked_height),
    Kind.POSITIONS: Plot(ranks.draw_positions, ranks.positions_height),
    Kind.FUNNEL: Plot(points.draw, _make_height(5.0)),
    Kind.SCATTER: Plot(points.draw, _make_height(5.0)),
    Kind.TILE_MAP: Plot(maps.draw, _make_height(7.2)),
    Kind.BOUNDARY_MAP: Plot(boundaries.draw, _make_height(7.2)),
}


def draw_picture(  # noqa: PLR0913 - size and furniture are choices of a document's, by name
    model: ChartModel,
    form: str,
    *,
    build: str,
    width: float = 10,
    height: float | None = None,
    furniture: bool = True,
) -> bytes:
    """A chart as a picture.

    Args:
        model: what the chart says.
        form: png (200 dots to the inch), svg or pdf.
        build: the id of the build the figures are from.
        width: inches.
        height: inches; by default as much as the chart needs.
        furniture: whether title, source, licence and link are in the picture, or stand beside it.

    Raises:
        ValueError: no picture has that form.
    """
    if form not in FORMS:
        raise ValueError(f"A picture is one of {', '.join(FORMS)}, not {form}.")
    model = caption.flatten_groups(model)
    with DRAWING, mpl.rc_context(SETTINGS):
        figure = _draw_figure(model, build, (width, height), furniture=furniture)
        return _save_figure(figure, model, form, build)


def _draw_figure(
    model: ChartModel, build: str, size: tuple[float, float | None], *, furniture: bool
) -> Figure:
    width, wanted = size
    room = width - 2 * MARGIN
    above, below = (
        (_compose_above(model, room), _compose_below(model, build, room)) if furniture else ([], [])
    )
    edge = MARGIN if furniture else 0.08
    over = sum(part.height for part in above) + (0.25 if above else 0) + edge
    under = sum(part.height for part in below) + (0.3 if below else 0) + edge
    plot = PLOTS[model.kind]
    tall = plot.height(model) if wanted is None else max(wanted - over - under, LEAST)
    height = over + tall + under
    figure = Figure(figsize=(width, height), dpi=DOTS, facecolor=theme.PAPER)
    FigureCanvasAgg(figure)
    left = edge if not furniture else MARGIN
    box = (left / width, under / height, 1 - 2 * left / width, tall / height)
    plot.draw(figure.add_axes(box), model)
    _write_words(figure, above, height - edge)
    _write_words(figure, below, under - 0.3)
    return figure


def _compose_above(model: ChartModel, room: float) -> list[Words]:
    key = caption.describe_colours(model)
    lines = fonts.wrap_by_width(caption.describe_measure(model), SUBTITLE, room)
    lines += fonts.wrap_by_width(key, SUBTITLE, room) if key else []
    title = fonts.wrap_evenly(model.title, TITLE, room, bold=True)
    return [Words(title, TITLE, theme.INK, bold=True), Words(lines, SUBTITLE, theme.QUIET)]


def _compose_below(model: ChartModel, build: str, room: float) -> list[Words]:
    said = [*caption.list_remarks(model), *caption.list_provenance(model, build)]
    lines = [line for text in said for line in fonts.wrap_by_width(text, FOOT, room)]
    return [Words(lines, FOOT, theme.QUIET)]


def _write_words(figure: Figure, parts: Sequence[Words], top: float) -> None:
    """Write lines downwards from a height in inches."""
    width, height = figure.get_size_inches()
    for part in parts:
        for line in part.lines:
            figure.text(
                MARGIN / width,
                top / height,
                line,
                va="top",
                color=part.colour,
                parse_math=False,
                fontproperties=common.sized(part.size, bold=part.bold),
            )
            top -= part.size * LEADING / fonts.POINTS


def _save_figure(figure: Figure, model: ChartModel, form: str, build: str) -> bytes:
    """The file, with its words in its own metadata and nothing that differs from run to run."""
    out = io.BytesIO()
    described = "\n".join(
        [model.alt, *caption.list_remarks(model), *caption.list_provenance(model, build)]
    )
    named: dict[str, dict[str, str | None]] = {
        "png": {
            "Title": model.title,
            "Description": described,
            "Source": model.source,
            "Copyright": model.licence,
            "Software": None,
        },
        "svg": {"Title": model.title, "Description": described, "Date": None, "Creator": None},
        "pdf": {
            "Title": model.title,
            "Subject": model.alt,
            "Keywords": " ".join(caption.list_provenance(model, build)),
            "Author": caption.NAME,
            "Creator": None,
            "Producer": None,
            "CreationDate": None,
        },
    }
    more: dict[str, Any] = {"pil_kwargs": {"compress_level": 3}} if form == "png" else {}
    figure.savefig(out, format=form, dpi=DOTS, metadata=named[form], **more)
    if form != "svg":
        return out.getvalue()
    return _add_description(out.getvalue().decode(), model.title, described).encode()


def _add_description(svg: str, title: str, text: str) -> str:
    """An SVG that says what it shows to a reader who cannot see it."""
    start = svg.index("<svg")
    end = svg.index(">", start)
    said = f"<title>{escape(title, quote=False)}</title><desc>{escape(text, quote=False)}</desc>"
    return f'{svg[:end]} role="img">\n {said}{svg[end + 1 :]}'
