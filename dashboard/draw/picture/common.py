"""What every plot shares: its text, its axes and its size in inches."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Transform

from dashboard.charts.model import ChartModel
from dashboard.design import theme
from dashboard.draw.axes import AFTER, BEFORE, NICE
from dashboard.draw.picture.fonts import font
from dashboard.words.numbers import MINUS

SIZE, SMALL = 10.5, 9.5
DASHES: dict[object, Any] = {
    "dash": (0, (4, 2)),
    "dot": (0, (1, 1.5)),
    "longdash": (0, (8, 3)),
    None: "solid",
}
POINT = 0.75  # a pixel of the screen, in points


class Look(TypedDict, total=False):
    """How words are set: size in points, and matplotlib's own options."""

    size: float
    bold: bool
    color: str
    ha: str
    va: str
    linespacing: float
    transform: Transform


def write_text(axes: Axes, x: float, y: float, said: str, **look: Unpack[Look]) -> Text:
    """Words on a plot, in the typeface of the screen and never read as mathematics."""
    face = sized(look.pop("size", SIZE), bold=look.pop("bold", False))
    look.setdefault("color", theme.INK)
    return axes.text(x, y, said, fontproperties=face, parse_math=False, zorder=6, **look)


def sized(size: float, *, bold: bool = False) -> FontProperties:
    """The typeface at a size in points."""
    face = font(bold=bold).copy()
    face.set_size(size)
    return face


def measure_axes(axes: Axes) -> tuple[float, float]:
    """How wide and how tall the axes are."""
    box, size = axes.get_position(), _size(axes)
    return box.width * size[0], box.height * size[1]


def _size(axes: Axes) -> tuple[float, float]:
    figure = axes.get_figure(root=True)
    return tuple(figure.get_size_inches()) if figure else (1.0, 1.0)


def shrink_axes(axes: Axes, left: float, bottom: float, right: float, top: float) -> None:
    """Make the axes smaller by some inches on each side, for what is written beside them."""
    box, (width, height) = axes.get_position(), _size(axes)
    axes.set_position(
        (
            box.x0 + left / width,
            box.y0 + bottom / height,
            box.width - (left + right) / width,
            box.height - (top + bottom) / height,
        )
    )


def clear_axes(axes: Axes) -> None:
    """Axes without a frame or ticks."""
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.patch.set_visible(False)


def draw_value_axis(axes: Axes, model: ChartModel, span: tuple[float, float]) -> None:
    """Values up the left side: a few, with their unit, on faint lines."""
    before, after = BEFORE.get(model.unit, ""), AFTER.get(model.unit, "")
    axes.set_ylim(*span)
    axes.set_yticks(list_ticks(span, 6, steps=NICE))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda tick, _: format_tick(tick, before, after)))
    axes.yaxis.grid(visible=True, color=theme.FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0, pad=4)
    _set_quiet(axes.get_yticklabels())


def list_ticks(ends: tuple[float, float], most: int, **steps: Sequence[float]) -> list[float]:
    """Round numbers between the ends of an axis."""
    ticks = MaxNLocator(nbins=most, **steps).tick_values(*ends)
    return [float(tick) for tick in ticks if ends[0] <= tick <= ends[1]]


def format_tick(tick: float, before: str = "", after: str = "") -> str:
    """A number of an axis with its unit and a true minus sign."""
    return f"{MINUS if tick < 0 else ''}{before}{abs(round(tick, 6)):,.10g}{after}"


def draw_foot_axis(
    axes: Axes,
    ends: tuple[float, float],
    ticks: Sequence[float],
    names: Sequence[str] | None = None,
) -> None:
    """The axis along the foot, as on screen: the same range and the same names."""
    axes.set_xlim(*ends)
    axes.set_xticks(ticks, names)
    axes.tick_params(axis="x", length=4, color=theme.RULE, pad=3)
    _set_quiet(axes.get_xticklabels())
    for name, spine in axes.spines.items():
        spine.set_visible(name == "bottom")
        spine.set_color(theme.RULE)
    axes.patch.set_visible(False)


def _set_quiet(labels: Sequence[Text]) -> None:
    for label in labels:
        label.set_fontproperties(sized(SMALL))
        label.set_color(theme.QUIET)
