"""The boxes for a reader's own words and the form that sends them with a download. Pure.

They are plain HTML: typing asks nothing of the server, and a download sends what the boxes have at
that moment, with or without a connection of the page. drafts.js keeps the words in the
browser, and ties each box to the form, as what cleans our HTML takes the attribute that would.
Every box says which area and briefing it is of, so that no other's words can be left in it.
"""

from html import escape
from pathlib import Path
from urllib.parse import urlencode

from dashboard.briefing import compose, forms
from dashboard.briefing.commentary import MOST_CHARACTERS
from dashboard.briefing.model import Briefing
from dashboard.domain.choices import View
from dashboard.web import briefing_downloads

KIND = "SEND System Health commentary"  # what a file of saved commentary says that it is
_SCRIPT = (Path(__file__).parent / "drafts.js").read_text(encoding="utf-8")
SCRIPT = f"<script>{_SCRIPT}</script>"
WHOLE = "Your commentary on the whole"
KEPT = (
    "What you write is kept in this browser on this computer as you type, until you delete it. "
    "Whoever uses this browser after you can read it."
)
SENT = (
    "It is sent to the server only with a download, to be put into that file, and is not kept "
    "there. On a shared computer, delete it when you have finished. To go on elsewhere, or to send "
    "it to a colleague with the link of this page, save it to a file."
)


def name_place(briefing: Briefing) -> str:
    """What the words of one briefing are kept under: its area and its recipe."""
    return f"{briefing.area_code} {briefing.recipe}"


def render_box(briefing: Briefing, section: str, label: str) -> str:
    """Room for the reader's own words on one section."""
    name = f"say-{briefing.area_code}-{briefing.recipe}-{section}"
    return (
        f'<div class="say"><label for="{name}">{escape(label)}</label>'
        f'<textarea id="{name}" name="{briefing_downloads.FIELD}{section}" rows="2" '
        f'data-section="{section}" '
        f'data-place="{name_place(briefing)}" data-most="{MOST_CHARACTERS}" '
        f'aria-describedby="{name}-left" autocomplete="off" placeholder=" "></textarea>'
        f'<p class="left" id="{name}-left" aria-live="polite"></p></div>'
    )


def render_form(view: View, briefing: Briefing) -> str:
    """The downloads, what is said of them, and what can be done with what was written."""
    choices = view.query(area=briefing.area_code, brief=briefing.recipe)
    action = escape(f"download/{briefing_downloads.NAME}?{urlencode(choices, safe=',')}")
    about = {
        "place": name_place(briefing),
        "area": briefing.area_code,
        "brief": briefing.recipe,
        "name": f"{briefing.area}, {briefing.title}",
        "build": briefing.build,
        "kind": KIND,
    }
    attributes = " ".join(f'data-{key}="{escape(text)}"' for key, text in about.items())
    buttons = "".join(
        f'<button name="as" value="{name}" data-form="{form.name}">Download {form.name}</button>'
        for name, form in forms.FORMS.items()
    )
    return (
        f'<form class="brief" id="brief-files" action="{action}" method="post" {attributes}>'
        f'<p class="files">{buttons}</p><p class="outcome" role="status"></p>'
        f'<div class="drafts"></div><p class="kept">{KEPT}</p>{_render_drafts()}</form>'
    )


def list_labels(briefing: Briefing) -> dict[str, str]:
    """The label of each box on the page, by section."""
    shown = (*briefing.sections, *briefing.absent)
    named = {one.id: f"Your commentary on “{one.heading}”" for one in shown}
    return {compose.OPENING: WHOLE} | named


def _render_drafts() -> str:
    return (
        "<details><summary>Save, load or delete your commentary</summary>"
        f"<p>{SENT}</p>"
        '<p class="files"><button type="button" value="save">Save commentary to a file</button>'
        '<label class="file">Load commentary from a file '
        '<input type="file" accept=".json,application/json"></label></p>'
        '<p class="files"><button type="button" value="delete">Delete this commentary</button>'
        '<button type="button" value="delete-all">Delete all commentary kept in this browser'
        "</button></p></details>"
    )
