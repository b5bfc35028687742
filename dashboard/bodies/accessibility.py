"""The accessibility statement. Pure.

What it says was tested is what tests/browser/test_access.py tests: the rules and the widths are
taken from here by the tests themselves, the day from pipeline/facts.toml.
"""

from datetime import date

from dashboard.domain.choices import View
from dashboard.draw import table
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

WORKS = (
    "reach and use every control with a keyboard alone, and see where you are",
    (
        "zoom to 200%, or read on a screen 320 pixels wide, without scrolling sideways; wide "
        "tables scroll within themselves"
    ),
    "read every chart as a sentence, as a description and as a table",
    "tell figures apart without colour: marks, words and line styles repeat it",
    "ask your device for less motion and see none",
    "print a page",
)
FAILS = (
    (
        "Points of a chart",
        (
            "The single points and bars of charts over time, of charts of a group and of "
            "funnel plots cannot be reached with a keyboard. The table below each chart has "
            "every value. (WCAG 2.1.1, Keyboard)"
        ),
    ),
    (
        "Maps",
        (
            "A pointer over a map shows a name and a figure, and a click leads to it. The "
            "areas of a map cannot be reached with a keyboard or a screen reader. The ranked "
            "list or the table beside the map has the same names and figures. (WCAG 2.1.1, "
            "Keyboard)"
        ),
    ),
    (
        "Text in charts",
        (
            "Words inside a chart do not follow text spacing that you set yourself. The table"
            " below does. (WCAG 1.4.12, Text spacing)"
        ),
    ),
    (
        "Changes",
        (
            "After a choice the page is drawn again. A screen reader is not told what has "
            "changed; the heading and the sentences say what is shown. (WCAG 4.1.3, Status "
            "messages)"
        ),
    ),
)
UNTESTED = (
    "No one with a disability has been asked to try these pages.",
    "They have not been tried with JAWS, NVDA, VoiceOver, TalkBack or Dragon.",
    "There is no dark theme. High contrast modes of operating systems have not been tested.",
    "Files that can be downloaded have not been tested.",
    "Browsers other than Chromium have not been tested.",
)


def html(view: View) -> str:
    """The whole statement."""
    works = "".join(f"<li>{each}</li>" for each in WORKS)
    fails = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in FAILS)
    untested = "".join(f"<li>{each}</li>" for each in UNTESTED)
    glossary = table.link(view.link("glossary"), "explained in the glossary")
    return f"""<div class="statement">
<p>This statement is about the pages of SEND System Health. You should be able to:</p>
<ul>{works}</ul>
<p>The text is meant to be as plain as the subject allows; abbreviations are {glossary}.</p>
<h2>How accessible these pages are</h2>
<p>They meet the Web Content Accessibility Guidelines (WCAG) version 2.2 at level AA in part,
because of the following.</p>
<h3>What does not work for everyone</h3>
<dl class="facts">{fails}</dl>
<h3>What has not been tested</h3>
<ul>{untested}</ul>
<h2>How they were tested</h2>
<p>By programs, last on {TESTED.day} {TESTED:%B %Y}, in Chromium. Each is run again whenever the
program is changed.</p>
<dl class="facts">
<dt>Rules</dt><dd>Every page in each of its states, with everything opened that can be opened, by
the rules of axe-core for WCAG 2.0, 2.1 and 2.2 at levels A and AA, on screens {WIDTHS[0]} and
{WIDTHS[1]} pixels wide. Nothing was found. Programs find a part of all faults only.</dd>
<dt>Keyboard</dt><dd>Each kind of control is reached and used with a keyboard alone, with a visible
mark of where it is.</dd>
<dt>Narrow screens and zoom</dt><dd>Every page on a screen {NARROWEST} pixels wide, and at
{100 * ZOOM}% zoom: none scrolls sideways.</dd>
<dt>Motion</dt><dd>Every page for a reader who asks for less motion: no movement of our own lasts
longer than {LONGEST_MOVE:g} seconds.</dd>
<dt>Charts</dt><dd>Every chart has a name, a description and a table.</dd>
</dl>
<h2>Reporting a problem</h2>
<p>This is a program that any organisation can run. Whoever runs it for the public answers for it
and must say here how to reach them: nobody has filled this in for this copy. In law, the Public
Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 apply to
public bodies; {_enforcement()} enforces them.</p>
</div>"""


def _enforcement() -> str:
    return table.outside(
        "https://www.equalityhumanrights.com/", "the Equality and Human Rights Commission"
    )
