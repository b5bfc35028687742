"""Names that callers still use for what has moved."""

from dashboard.store.figures import load_shown_figures as held
from dashboard.store.figures import select_headline_figures as in_headlines

__all__ = [
    "held",
    "in_headlines",
]
