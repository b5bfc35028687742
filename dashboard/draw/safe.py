"""Names that any computer takes. Pure."""

import re
import unicodedata

from dashboard.charts.model import ChartModel, Role
from dashboard.domain.choices import View
from dashboard.draw.kinds import KINDS

LONGEST, LONGEST_SHEET = 100, 31


def make_filename(of: ChartModel | View, form: str) -> str:
    """A file's name in small letters, digits and hyphens; safe on Windows, too.

    It begins with a word of ours, so that no name is one that a system keeps for itself.
    """
    said = _describe_chart(of) if isinstance(of, ChartModel) else f"{of.metric.title} every area"
    return f"{make_slug(f'send {said}')}.{make_slug(form) or 'txt'}"


def make_slug(text: str) -> str:
    """Small letters and digits with hyphens between the words, at most 100 of them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-")


def make_sheet_name(name: str) -> str:
    """A name that Excel takes for a sheet."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name)[:LONGEST_SHEET].strip("' ")
    return plain or "Sheet"


def _describe_chart(model: ChartModel) -> str:
    own = next((row.label for row in model.rows if row.role is Role.FOCUS), "")
    named = "" if model.unit == "rank" else own  # ranks have a metric in each row
    return f"{named} {model.subtitle.split('. ')[0][:60]} {KINDS[model.kind].word}"
