"""The accessibility statement. Pure.

What it says was tested is what tests/browser/test_access.py tests: the rules and the widths are
taken from here by the tests themselves, the day from pipeline/facts.toml.
"""

from datetime import date

from dashboard.domain.choices import View
from dashboard.draw.templates import render_template
from pipeline.facts import FACTS

TESTED: date = FACTS["accessibility_tested"].value
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
WIDTHS = (1280, 390)  # at which every page is checked by the rules
NARROWEST = 320
ZOOM = 2
LONGEST_MOVE = 0.01  # seconds, for a reader who asks for less motion
LEAD = (
    "How far everyone can use these pages: what was tested, what is known not to work, and what "
    "to use instead."
)


def render_statement(view: View) -> str:
    """The whole statement."""
    return render_template(
        "bodies/templates/accessibility.html.j2",
        view=view,
        tested=TESTED,
        widths=WIDTHS,
        narrowest=NARROWEST,
        zoom=ZOOM,
        longest_move=LONGEST_MOVE,
    )
