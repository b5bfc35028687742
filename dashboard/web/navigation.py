"""Which pages there are, and the links between them. Pure.

The links are plain HTML: landmarks with names, the current page marked, and a fraction of the cost
of Streamlit's own page links. SCRIPT lets the browser follow them without loading all again.
"""

from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from dashboard.domain.choices import View
from dashboard.domain.program import NAME
from dashboard.domain.records import Area

START = "start"  # the address that keeps an area in the browser for next time, or forgets it
COOKIE = "area"


class Entry(NamedTuple):
    """One page: its title, its address, and the list it stands in.

    `about` is what the page is about besides, which its tab in the browser says first.
    """

    title: str
    url: str
    kind: str
    about: Callable[[View], str] = lambda _: ""

    @property
    def file(self) -> str:
        """Its file in pages/, without the ending: named as its address is."""
        return self.url.replace("-", "_") or "england"


def name_area(view: View) -> str:
    """The chosen local authority; nothing without one."""
    return view.area.name if view.area else ""


def name_metric(view: View) -> str:
    """The chosen metric."""
    return view.metric.short_title


# Main pages and topics stand at the head of every page, what a reader looks up at its foot.
KINDS = {"main": "Main pages", "topic": "In depth", "reference": "About this site"}
SITE = (
    Entry("England", "", "main"),
    Entry("Local area", "local-area", "main", name_area),
    Entry("Metric", "metric", "main", name_metric),
    Entry("Compare", "compare", "main"),
    Entry("Neighbours", "neighbours", "main", name_area),
    Entry("Briefing", "briefing", "main", name_area),
    Entry("Money", "money", "topic", name_area),
    Entry("Need and provision", "need-and-provision", "topic", name_area),
    Entry("Alternative provision", "alternative-provision", "topic", name_area),
    Entry("Health and care", "health-and-care", "topic", name_area),
    Entry("Outcomes and spending", "outcomes-and-spending", "topic", name_area),
    Entry("About the data", "about", "reference"),
    Entry("Methods", "methods", "reference"),
    Entry("Data quality", "data-quality", "reference"),
    Entry("Glossary", "glossary", "reference"),
    Entry("What is new", "whats-new", "reference"),
    Entry("Accessibility", "accessibility", "reference"),
)

_PRIVACY = (
    "this browser keeps that choice for a year, in one cookie of this site which no other site can "
    "read."
)
_FORGET = f'<a href="{START}">Forget it</a>.'

SCRIPT = f"<script>{(Path(__file__).parent / 'browser.js').read_text(encoding='utf-8')}</script>"


def masthead(view: View, current: str) -> str:
    """The name of the site, its main pages and its topics; current is a page's address."""
    query = _query(view)
    home = f'<p class="brand"><a href="{_href("", query)}">{NAME}</a></p>'
    main, topics = (_nav(kind, query, current) for kind in ("main", "topic"))
    return f'<div class="masthead">{home}{main}{topics}</div>'


def reference(view: View, current: str) -> str:
    """The pages a reader looks things up in."""
    return _nav("reference", _query(view), current)


def make_start(area: Area, kept: Area | None) -> str:
    """Whether an area is the one offered next time, and the link that changes it."""
    name = escape(area.name)
    if kept is area:
        return f"{name} is offered first when you come back to this site. {_FORGET}"
    link = f'<a href="{START}?area={area.code}">Offer {name} first next time</a>'
    return f"{link}: {_PRIVACY}"


def offer(view: View, kept: Area) -> str:
    """The way to the area a reader has asked to be offered first."""
    query = escape(f"?{urlencode(view.query(area=kept.code), safe=',')}")
    go = f'<a href="local-area{query}">Go to {escape(kept.name)}</a>'
    return (
        f'<p class="notice"><strong>{go}</strong> You asked to be offered it first. {_FORGET}</p>'
    )


def _nav(kind: str, query: str, current: str) -> str:
    title = KINDS[kind]
    listed = _links((entry for entry in SITE if entry.kind == kind), query, current)
    named = f"<b>{title}</b>" if kind == "topic" else ""
    return f'<nav class="pages {kind}" aria-label="{title}">{named}<ul>{listed}</ul></nav>'


def _links(pages: Iterable[Entry], query: str, current: str) -> str:
    here = {current: ' aria-current="page"'}
    return "".join(
        f'<li><a href="{_href(page.url, query)}"{here.get(page.url, "")}>{page.title}</a></li>'
        for page in pages
    )


def _query(view: View) -> str:
    query = urlencode(view.query(), safe=",")
    return escape(f"?{query}") if query else ""


def _href(url: str, query: str) -> str:
    return f"{url or './'}{query}"
