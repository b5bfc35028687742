"""Every colour, font and size, once: the Government Analysis Function palette on white."""

from pathlib import Path

INK = "#0B0C0C"
QUIET = "#505A5F"
RULE = "#B1B4B6"
FAINT = "#E3E6E8"
PAPER = "#FFFFFF"
WASH = "#F3F5F7"

FOCUS = "#12436D"
NEIGHBOUR = "#28A197"
NEIGHBOUR_INK = "#1B7A72"
REGION = "#801650"
ENGLAND = "#3D3D3D"
OTHERS = "#C9CED3"
BAND = "rgba(40, 161, 151, 0.16)"
RIBBON = "rgba(80, 90, 95, 0.16)"
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
