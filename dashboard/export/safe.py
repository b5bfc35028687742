"""Text that cannot become a formula, and names that any computer takes. Pure."""

import re
import unicodedata

from dashboard.chartmodel import ChartModel, Kind, Role
from dashboard.state import View

# What a spreadsheet may take for the start of a formula, in any of its forms: wide, small, raised.
STARTS = ("=", "+", "-", "@")
BREAKS = ("\t", "\r", "\n")
UNSEEN = ("C", "Z", "M")  # categories of Unicode: controls and joiners, spaces, marks on nothing
LONGEST, LONGEST_SHEET = 100, 31
KINDS = {
    Kind.TREND: "trend",
    Kind.RANKED_BAR: "in-order",
    Kind.POSITIONS: "ranks",
    Kind.GROUPED_BAR: "bars",
    Kind.FUNNEL: "funnel",
    Kind.SCATTER: "scatter",
    Kind.TILE_MAP: "map",
    Kind.BOUNDARY_MAP: "map-of-boundaries",
}


def is_risky(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula.

    One that trims what is not seen, or folds the forms of a sign into one, still finds none.
    """
    start = next((i for i, sign in enumerate(text) if not _is_unseen(sign)), len(text))
    before, first = text[:start], unicodedata.normalize("NFKC", text[start : start + 1])
    return any(sign in before for sign in BREAKS) or first.startswith(STARTS)


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign).startswith(UNSEEN)


def cell(text: str) -> str:
    """A text for a cell of CSV: marked as text with an apostrophe where it looks like a formula.

    Numbers do not belong here: a negative one stays a number.
    """
    return f"'{text}" if is_risky(text) else text


def filename(of: ChartModel | View, form: str) -> str:
    """A file's name in small letters, digits and hyphens; safe on Windows, too.

    It begins with a word of ours, so that no name is one that a system keeps for itself.
    """
    said = _chart(of) if isinstance(of, ChartModel) else f"{of.metric.title} every area"
    return f"{slug(f'send {said}')}.{slug(form) or 'txt'}"


def slug(text: str) -> str:
    """Small letters and digits with hyphens between the words, at most 100 of them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-")


def sheet(name: str) -> str:
    """A name that Excel takes for a sheet."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name)[:LONGEST_SHEET].strip("' ")
    return plain or "Sheet"


def _chart(model: ChartModel) -> str:
    own = next((row.label for row in model.rows if row.role is Role.FOCUS), "")
    named = own if model.kind is not Kind.POSITIONS else ""
    return f"{named} {model.subtitle.split('. ')[0][:60]} {KINDS[model.kind]}"
