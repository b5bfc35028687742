"""What every plot shares: its text, its axes and its size in inches."""

from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, MaxNLocator
from matplotlib.transforms import Transform

from dashboard.charts.model import ChartModel
from dashboard.design import theme
from dashboard.draw.picture.fonts import font

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


def text(axes: Axes, x: float, y: float, said: str, **look: Unpack[Look]) -> Text:
    """Words on a plot, in the typeface of the screen and never read as mathematics."""
    face = sized(look.pop("size", SIZE), bold=look.pop("bold", False))
    look.setdefault("color", theme.INK)
    return axes.text(x, y, said, fontproperties=face, parse_math=False, zorder=6, **look)


def sized(size: float, *, bold: bool = False) -> FontProperties:
    """The typeface at a size in points."""
    face = font(bold=bold).copy()
    face.set_size(size)
    return face


def inches_of(axes: Axes) -> tuple[float, float]:
    """How wide and how tall the axes are."""
    box, size = axes.get_position(), _size(axes)
    return box.width * size[0], box.height * size[1]


def _size(axes: Axes) -> tuple[float, float]:
    figure = axes.get_figure(root=True)
    return tuple(figure.get_size_inches()) if figure else (1.0, 1.0)


def inset(axes: Axes, left: float, bottom: float, right: float, top: float) -> None:
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


def bare(axes: Axes) -> None:
    """Axes without a frame or ticks."""
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.patch.set_visible(False)


def value_axis(axes: Axes, model: ChartModel, span: tuple[float, float]) -> None:
    """Values up the left side: a few, with their unit, on faint lines."""
    axes.set_ylim(*span)
    before = "£" if model.unit == "pounds" else ""
    after = "%" if model.unit in {"percent", "percent_change"} else ""
    locator = MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10])
    ticks = [tick for tick in locator.tick_values(*span) if span[0] <= tick <= span[1]]
    axes.set_yticks(ticks)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda tick, _: _tick(tick, before, after)))
    axes.yaxis.grid(visible=True, color=theme.FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0, pad=4)
    for label in axes.get_yticklabels():
        label.set_fontproperties(sized(SMALL))
        label.set_color(theme.QUIET)


def _tick(tick: float, before: str, after: str) -> str:
    said = f"{before}{abs(round(tick, 6)):,.10g}{after}"
    return f"{chr(0x2212)}{said}" if tick < 0 else said


def foot_axis(axes: Axes, axis: Mapping[str, Any]) -> None:
    """The axis along the foot, as on screen: the same range and the same names."""
    axes.set_xlim(*axis["range"])
    axes.set_xticks(axis["tickvals"], axis["ticktext"])
    axes.tick_params(axis="x", length=4, color=theme.RULE, pad=3)
    for label in axes.get_xticklabels():
        label.set_fontproperties(sized(SMALL))
        label.set_color(theme.QUIET)
    for name, spine in axes.spines.items():
        spine.set_visible(name == "bottom")
        spine.set_color(theme.RULE)
    axes.patch.set_visible(False)
