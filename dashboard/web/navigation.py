"""The links between the pages. Pure.

The links are plain HTML: landmarks with names, the current page marked, and a fraction of the cost
of Streamlit's own page links. SCRIPT lets the browser follow them without loading all again.
"""

from html import escape
from pathlib import Path
from urllib.parse import urlencode

from dashboard.domain.choices import View
from dashboard.domain.program import NAME
from dashboard.domain.records import Area
from dashboard.web.site import GROUPS, SITE

START = "start"  # the address that keeps an area in the browser for next time, or forgets it
COOKIE = "area"

_PRIVACY = (
    "this browser keeps that choice for a year, in one cookie of this site which no other site can "
    "read."
)
_FORGET = f'<a href="{START}">Forget it</a>.'

SCRIPT = f"<script>{(Path(__file__).parent / 'browser.js').read_text(encoding='utf-8')}</script>"


def render_masthead(view: View, current: str) -> str:
    """The name of the site, its main pages and its topics; current is a page's address."""
    query = _query(view)
    home = f'<p class="brand"><a href="{_join_address("", query)}">{NAME}</a></p>'
    main, topics = (_render_list(group, query, current) for group in ("main", "topic"))
    return f'<div class="masthead">{home}{main}{topics}</div>'


def render_reference(view: View, current: str) -> str:
    """The pages a reader looks things up in."""
    return _render_list("reference", _query(view), current)


def make_start(area: Area, kept: Area | None) -> str:
    """Whether an area is the one offered next time, and the link that changes it."""
    name = escape(area.name)
    if kept is area:
        return f"{name} is offered first when you come back to this site. {_FORGET}"
    link = f'<a href="{START}?area={area.code}">Offer {name} first next time</a>'
    return f"{link}: {_PRIVACY}"


def render_offer(view: View, kept: Area) -> str:
    """The way to the area a reader has asked to be offered first."""
    query = escape(f"?{urlencode(view.query(area=kept.code), safe=',')}")
    go = f'<a href="local-area{query}">Go to {escape(kept.name)}</a>'
    return (
        f'<p class="notice"><strong>{go}</strong> You asked to be offered it first. {_FORGET}</p>'
    )


def _render_list(group: str, query: str, current: str) -> str:
    title, here = GROUPS[group], {current: ' aria-current="page"'}
    links = "".join(
        f'<li><a href="{_join_address(page.address, query)}"{here.get(page.address, "")}>'
        f"{page.title}</a></li>"
        for page in SITE
        if page.group == group
    )
    named = f"<b>{title}</b>" if group == "topic" else ""
    return f'<nav class="pages {group}" aria-label="{title}">{named}<ul>{links}</ul></nav>'


def _query(view: View) -> str:
    query = urlencode(view.query(), safe=",")
    return escape(f"?{query}") if query else ""


def _join_address(url: str, query: str) -> str:
    return f"{url or './'}{query}"
