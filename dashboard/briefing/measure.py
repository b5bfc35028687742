"""How much room text takes on a slide, so that nothing is written where it does not fit. Pure."""

from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

FONTS = Path(__file__).parents[1] / "design" / "fonts"
POINTS, UNITS = 72, 1000
LINE = 1.2  # of the size
# Slides are set in Arial, which is up to this much wider than the font measured with.
WIDER, WIDER_BOLD = 1.15, 1.21


def count_lines(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """How many lines a text takes, at a size in points in a width in inches; at least one."""
    room = width * POINTS / size
    return sum(_count_lines(line, room, bold=bold) for line in text.split("\n"))


def text_height(text: str, size: float, width: float, *, bold: bool = False) -> float:
    """How high those lines are, in inches."""
    return count_lines(text, size, width, bold=bold) * size * LINE / POINTS


def _count_lines(text: str, room: float, *, bold: bool) -> int:
    """How many lines of a room in ems, broken between words and inside those that are too long."""
    count, used, space = 1, 0.0, _ems(" ", bold=bold)
    for word in text.split():
        wide = _ems(word, bold=bold)
        if used and used + space + wide > room:
            count, used = count + 1, 0.0
        if wide > room:
            count += int(wide / room)
            wide %= room
        used += wide + (space if used else 0.0)
    return count


@lru_cache(maxsize=20_000)
def _ems(word: str, *, bold: bool) -> float:
    return _read_font().getlength(word) / UNITS * (WIDER_BOLD if bold else WIDER)


@cache
def _read_font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / "SourceSans3-Regular.ttf", UNITS)
