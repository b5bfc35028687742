"""Every colour, font and size, once: the Government Analysis Function palette on white.

A colour that is named anywhere has its word here, beside its value; a test compares the two. What
cannot read this module (Streamlit's config.toml) is compared with it by a test.
`python -m scripts.templates` writes them into the templates of slides and Word documents.
"""

from pathlib import Path


class Colour(str):
    """A colour as a style sheet writes it, with the word that a caption names it by."""

    __slots__ = ("word",)
    word: str

    def __new__(cls, value: str, word: str) -> "Colour":
        """The value, which is the text itself, and the word."""
        made = super().__new__(cls, value)
        made.word = word
        return made

    def __reduce__(self) -> tuple[type["Colour"], tuple[str, str]]:
        """What a copy is made from, so that it has the word too."""
        return Colour, (str(self), self.word)


INK = "#0B0C0C"
QUIET = "#505A5F"
RULE = "#B1B4B6"
FAINT = "#E3E6E8"
PAPER = "#FFFFFF"
WASH = "#F3F5F7"

FOCUS = Colour("#12436D", "dark blue")
NEIGHBOUR = Colour("#28A197", "turquoise")
NEIGHBOUR_INK = "#1B7A72"
REGION = Colour("#801650", "dark pink")
ENGLAND = Colour("#3D3D3D", "dark grey")
OTHERS = Colour("#C9CED3", "light grey")

SHADE = 0.16  # how much of its colour a range behind lines has
BAND = NEIGHBOUR  # of the group that is compared with, its lowest to its highest
RIBBON = Colour(QUIET, "grey")  # of all areas, the middle half
STEPS = ("#DCE8F2", "#AFC9DF", "#7CA4C8", "#41739F", FOCUS)  # a map's, the lowest first
WORSE = "#A62B17"
LINK = "#1A5A96"

CATEGORICAL = (FOCUS, "#F46A25", NEIGHBOUR, REGION, "#A285D1", "#2073BC", "#6B5B00", "#3D3D3D")
CATEGORICAL_INK = (FOCUS, "#B4460F", NEIGHBOUR_INK, REGION, "#6F4FA8", "#2073BC", "#6B5B00", INK)

# From best to worst, and from highest to lowest where neither is better.
JUDGED = ("#A3C8E8", "#DDEBF6", "#FBE8D6", "#F4B988")
UNJUDGED = ("#BCC4CA", "#D5DADE", "#E8EBED", "#F7F8F9")

FONT = '"Source Sans", "Source Sans Pro", system-ui, sans-serif'
TEXT, SMALL, TINY = 14, 13, 12


def clear(colour: str, share: float = SHADE) -> str:
    """A colour that lets what is behind it through, as a style sheet writes it."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {share})"


SPARK_WIDTH, SPARK_HEIGHT = 88, 24

_VARIABLES = {
    "ink": INK,
    "quiet": QUIET,
    "rule": RULE,
    "faint": FAINT,
    "paper": PAPER,
    "wash": WASH,
    "focus": FOCUS,
    "region": REGION,
    "neighbour": NEIGHBOUR,
    "neighbour-ink": NEIGHBOUR_INK,
    "worse": WORSE,
    "link": LINK,
    "others": OTHERS,
    "england": ENGLAND,
    **{f"judged-{number}": colour for number, colour in enumerate(JUDGED, start=1)},
    **{f"unjudged-{number}": colour for number, colour in enumerate(UNJUDGED, start=1)},
    **{f"step-{number}": colour for number, colour in enumerate(STEPS)},
    **{f"category-{number}": colour for number, colour in enumerate(CATEGORICAL)},
}
_CSS = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
STYLE = f"<style>:root{{{';'.join(f'--{k}:{v}' for k, v in _VARIABLES.items())}}}\n{_CSS}</style>"
