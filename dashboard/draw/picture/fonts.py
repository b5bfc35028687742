"""The typeface of pictures, and how wide its words are. Source Sans 3, as on screen."""

from functools import cache, lru_cache
from pathlib import Path

from matplotlib.font_manager import FontProperties, get_font

_FOLDER = Path(__file__).parents[2] / "design" / "fonts"
_FILES = {False: _FOLDER / "SourceSans3-Regular.ttf", True: _FOLDER / "SourceSans3-Semibold.ttf"}
POINTS = 72


@cache
def font(*, bold: bool = False) -> FontProperties:
    """The regular or the semibold face; read from a file of ours, never looked up."""
    return FontProperties(fname=_FILES[bold])


@lru_cache(maxsize=8192)
def measure_inches(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is, in inches, at a size in points."""
    face = get_font(_FILES[bold])
    face.set_size(size, POINTS)
    face.set_text(text)
    return face.get_width_height()[0] / 64 / POINTS


def wrap_by_width(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The lines of a text that fit a width in inches; a word longer than a line is cut in two."""
    found = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if measure_inches(longer, size, bold=bold) <= room:
            found[-1] = longer
            continue
        rest = word
        while measure_inches(rest, size, bold=bold) > room:
            most = max(1, int(len(rest) * room / measure_inches(rest, size, bold=bold)))
            while most > 1 and measure_inches(rest[:most], size, bold=bold) > room:
                most -= 1
            found.append(rest[:most])
            rest = rest[most:]
        found.append(rest)
    return [line for line in found if line]


def wrap_evenly(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The same lines, made about equally long: no word stands alone below a full line."""
    found = wrap_by_width(text, size, room, bold=bold)
    narrow, wide = room / 2, room
    for _ in range(6 if len(found) > 1 else 0):
        middle = (narrow + wide) / 2
        tried = wrap_by_width(text, size, middle, bold=bold)
        if len(tried) > len(found):
            narrow = middle
        else:
            found, wide = tried, middle
    return found


def fit_text(text: str, size: float, room: float, *, bold: bool = False) -> tuple[str, float]:
    """A text and a size at which it fits: down to three quarters, and only then shortened."""
    wide = measure_inches(text, size, bold=bold)
    least = size * 0.75
    # A little less than in proportion: letters do not shrink quite evenly.
    fits = max(least, size * min(1.0, 0.98 * room / wide)) if wide > room else size
    return shorten_text(text, fits, room + 0.01, bold=bold), fits


def shorten_text(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """A text that fits a width in inches, ended with an ellipsis where it had to be cut."""
    if measure_inches(text, size, bold=bold) <= room:
        return text
    while text and measure_inches(f"{text}…", size, bold=bold) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"
