"""What surrounds every page: the navigation, the choice of area, the notes and the footer.

Pages are run inside this frame. The address is read once for each run, so a page and everything on
it come from one build and one set of choices. A choice is written to the address when it is made,
not when it is drawn: each is then one step of the browser's Back button.
"""

import threading
from copy import copy
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard import comparators, data, navigation, state, theme
from dashboard import format as words
from dashboard.chartmodel import LICENCE
from dashboard.model import Area
from dashboard.navigation import NAME
from dashboard.state import View

PAGES = Path(__file__).parents[1] / "pages"
BELONGS_TO = {
    "pack": ("metric", "breakdown", "sort"),
    "topic": ("metric", "breakdown", "sort"),
    "metric": ("breakdown",),
    "brief": ("order",),
}
MAPS = {"": "Squares of one size", "boundaries": "Their boundaries"}
# Of the run of this thread alone: what a session keeps outlives the build it was drawn from.
_RUN = threading.local()
UNREADABLE = (
    "<h1>There is no data to show just now</h1>"
    "<p>The figures on this server cannot be read. Whoever runs it finds the reason in its log.</p>"
)
NOT_NEWEST = (
    "The figures that should be shown here could not be read. These are the last that could, "
    "build {}: newer ones may have been published."
)
COMMAND = "python -m pipeline build --raw ../shared/raw"


def run() -> None:
    """Draw the frame, then the page inside it."""
    pages = {page.url_path: page for page in _pages()}
    page = st.navigation(list(pages.values()), position="hidden")
    build = data.current()
    st.html(theme.STYLE)
    if build is None:
        st.set_page_config(page_title=NAME, layout="wide")
        _no_build()
        return
    _RUN.view = state.read(build, st.query_params.to_dict())
    try:
        _draw(pages, page)
    finally:
        del _RUN.view


def _draw(pages: dict[str, StreamlitPage], page: StreamlitPage) -> None:
    view = _RUN.view
    st.set_page_config(page_title=_title(page, view), layout="wide")
    if st.context.is_embedded and "chart" in st.query_params:
        from dashboard import embed  # noqa: PLC0415 - it rests on parts, which rest on the frame

        embed.show(view)
        return
    _go_to_area(pages, page, view)
    _masthead(page, view)
    page.run()
    _footer(page, view)


def view() -> View:
    """The build and the choices this run is drawn from."""
    return _RUN.view


def notes(view: View) -> list[str]:
    """What is said above a page: that its build is not the newest, and what was asked in vain."""
    unread = [NOT_NEWEST.format(view.build.id)] if data.refusal() else []
    return [*unread, *view.notes]


def address() -> str:
    """The address the reader's browser has opened; nothing where it does not say."""
    return st.context.url or ""


def remembered(view: View) -> Area | None:
    """The local authority a reader has asked this browser to offer first, by a cookie of ours."""
    area = view.build.areas.get(st.context.cookies.get(navigation.COOKIE, ""))
    return area if area and area.level == "local_authority" else None


def choose(
    label: str,
    param: str,
    titles: dict[str, str],
    current: str | None,
    placeholder: str | None = None,
) -> None:
    """Offer one choice; what is chosen goes into the address, by id."""
    key = f"pick_{param}"
    _follow(key, current)
    st.selectbox(
        label,
        list(titles),
        index=None if current is None else 0,
        format_func=lambda option: titles.get(option, option),
        key=key,
        on_change=_write,
        args=(param,),
        placeholder=placeholder,
    )


def choose_map(view: View) -> None:
    """Offer the two ways to draw the map; squares, the usual one, leave the address as it is."""
    st.session_state["pick_map"] = view.map
    st.radio(
        "Draw each local authority as",
        list(MAPS),
        format_func=lambda way: MAPS.get(way, way),
        horizontal=True,
        key="pick_map",
        on_change=_write,
        args=("map",),
    )


def choose_areas(
    label: str, titles: dict[str, str], chosen: list[str], param: str = "areas"
) -> None:
    """Offer several local authorities; their codes go into the address.

    Enter takes the one that is marked. Streamlit would put "Select all matches" first, and mark
    it: "Essex" and Enter was East Sussex and West Sussex, too, which hold the same letters.
    """
    key, most = f"pick_{param}", state.MOST_OF[param]
    _follow(key, chosen)
    st.multiselect(
        f"{label} (at most {most})",
        list(titles),
        format_func=lambda option: titles.get(option, option),
        key=key,
        on_change=_write,
        args=(param,),
        max_selections=most,
        placeholder="Type or choose a name",
        select_all=False,
        wrap=True,
    )


def choose_comparator(view: View) -> None:
    """Offer what to compare with; a reader's own group is put together on the spot."""
    group = comparators.group(view)
    if group is None:
        return
    choose("Compare with", "against", comparators.options(view), group.id)
    if group.id == "own":
        codes = [area.code for area in view.group]
        choose_areas("Your own group", state.names(view.build, view.group), codes, "group")


def _follow(key: str, value: str | list[str] | None) -> None:
    """Let the address decide what a control shows, also after Back.

    What it shows already is left alone: a value set anew takes away what a reader is typing.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _write(param: str) -> None:
    """Write one choice into the address, in one step."""
    chosen = st.session_state[f"pick_{param}"]
    wanted = st.query_params.to_dict()
    wanted[param] = ",".join(chosen) if isinstance(chosen, list) else chosen or ""
    for other in BELONGS_TO.get(param, ()):
        wanted.pop(other, None)  # the groups are another metric's, the metric another topic's
    st.session_state["chose"] = param
    st.query_params.from_dict({key: value for key, value in wanted.items() if value})


def _pages() -> list[StreamlitPage]:
    # Copies, because a run marks the page that it shows.
    return [copy(page) for page in _site()]


@cache  # looking up 17 files takes a run as long as a table does
def _site() -> list[StreamlitPage]:
    return [
        st.Page(PAGES / f"{file}.py", title=title, url_path=url, default=not url)
        for title, file, url, _ in navigation.SITE
    ]


def _title(page: StreamlitPage, view: View) -> str:
    about = {
        "local-area": view.area.name if view.area else "",
        "neighbours": view.area.name if view.area else "",
        "need-and-provision": view.area.name if view.area else "",
        "outcomes-and-spending": view.area.name if view.area else "",
        "money": view.area.name if view.area else "",
        "alternative-provision": view.area.name if view.area else "",
        "health-and-care": view.area.name if view.area else "",
        "briefing": view.area.name if view.area else "",
        "metric": view.metric.short_title,
    }.get(page.url_path, "")
    return " – ".join(part for part in (about, page.title, NAME) if part)


def _masthead(page: StreamlitPage, view: View) -> None:
    st.html(navigation.masthead(view, page.url_path))
    st.html(navigation.SCRIPT, unsafe_allow_javascript=True)  # a constant of our own
    kept = None if page.url_path or view.area else remembered(view)
    if kept:
        st.html(navigation.offer(view, kept))
    for note in notes(view):
        st.html(f'<p class="notice" role="status"><strong>Note</strong> {escape(note)}</p>')


def choose_area(view: View) -> None:
    """Offer the local authorities, with the one asked for even if it is no more."""
    choose(
        "Your local authority",
        "area",
        state.names(view.build, [view.area] if view.area else []),
        view.area.code if view.area else None,
        placeholder="Choose a local authority",
    )


def _go_to_area(pages: dict[str, StreamlitPage], page: StreamlitPage, view: View) -> None:
    """An area chosen on the England page leads straight to that area's own page."""
    chose = st.session_state.pop("chose", "")
    if chose == "area" and page.url_path == "" and view.area:
        st.switch_page(pages["local-area"], query_params=view.query())


def _no_build() -> None:
    if data.refusal():
        st.html(f'<p class="brand">{NAME}</p>{UNREADABLE}')
        return
    st.html(
        f'<p class="brand">{NAME}</p><h1>There is no data to show yet</h1>'
        "<p>No build has been published. Make one from the published files with this command, "
        "then reload the page:</p>"
        f"<pre><code>{COMMAND}</code></pre>"
    )


def _footer(page: StreamlitPage, view: View) -> None:
    publishers = sorted({source.publisher for source in view.build.sources.values()})
    st.html(
        f'<footer class="foot">{navigation.reference(view, page.url_path)}'
        f"<p>Figures published by {escape(words.joined(publishers))}; every source is listed under "
        f'<a href="{escape(view.link("about"))}">About the data</a>.</p>'
        f"<p>{LICENCE}.</p><p>Build {escape(view.build.id)}</p></footer>"
    )
