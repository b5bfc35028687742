"""What surrounds every page: the navigation, the choice of area, the notes and the footer.

Pages are run inside this frame. The address is read once for each run, so a page and everything on
it come from one build and one set of choices. A choice is written to the address when it is made,
not when it is drawn: each is then one step of the browser's Back button.
"""

from copy import copy
from functools import cache
from html import escape

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.charts.model import LICENCE
from dashboard.design import theme
from dashboard.domain import choices
from dashboard.domain.choices import View
from dashboard.store import served
from dashboard.web import embed, navigation, reader
from dashboard.web.site import FOLDER, NAME, SITE
from dashboard.words.names import join_words

UNREADABLE = (
    "<h1>There is no data to show just now</h1>"
    "<p>The figures on this server cannot be read. Whoever runs it finds the reason in its log.</p>"
)
COMMAND = "python -m pipeline build --raw ../shared/raw"


def run() -> None:
    """Draw the frame, then the page inside it."""
    pages = {page.url_path: page for page in _copy_pages()}
    page = st.navigation(list(pages.values()), position="hidden")
    build = served.find_current_build()
    st.html(theme.STYLE)
    if build is None:
        st.set_page_config(page_title=NAME, layout="wide")
        _show_no_build()
        return
    view = choices.read_view(build, st.query_params.to_dict())
    with reader.reading(view):
        _draw(pages, page, view)


def _draw(pages: dict[str, StreamlitPage], page: StreamlitPage, view: View) -> None:
    here = next(each for each in SITE if each.address == page.url_path)
    st.set_page_config(page_title=here.name_tab(view), layout="wide")
    if st.context.is_embedded and "chart" in st.query_params:
        embed.show(view)
        return
    _go_to_area(pages, page, view)
    _show_masthead(page, view)
    page.run()
    _show_footer(page, view)


def _copy_pages() -> list[StreamlitPage]:
    # Copies, because a run marks the page that it shows.
    return [copy(page) for page in _make_pages()]


@cache  # looking up 17 files takes a run as long as a table does
def _make_pages() -> list[StreamlitPage]:
    return [
        st.Page(
            FOLDER / f"{page.file}.py",
            title=page.title,
            url_path=page.address,
            default=not page.address,
        )
        for page in SITE
    ]


def _show_masthead(page: StreamlitPage, view: View) -> None:
    st.html(navigation.render_masthead(view, page.url_path))
    st.html(navigation.SCRIPT, unsafe_allow_javascript=True)  # a constant of our own
    kept = None if page.url_path or view.area else reader.find_remembered_area(view)
    if kept:
        st.html(navigation.render_offer(view, kept))
    for note in reader.list_notes(view):
        st.html(f'<p class="notice" role="status"><strong>Note</strong> {escape(note)}</p>')


def _go_to_area(pages: dict[str, StreamlitPage], page: StreamlitPage, view: View) -> None:
    """An area chosen on the England page leads straight to that area's own page."""
    chose = st.session_state.pop("chose", "")
    if chose == "area" and page.url_path == "" and view.area:
        st.switch_page(pages["local-area"], query_params=view.query())


def _show_no_build() -> None:
    if served.describe_refusal():
        st.html(f'<p class="brand">{NAME}</p>{UNREADABLE}')
        return
    st.html(
        f'<p class="brand">{NAME}</p><h1>There is no data to show yet</h1>'
        "<p>No build has been published. Make one from the published files with this command, "
        "then reload the page:</p>"
        f"<pre><code>{COMMAND}</code></pre>"
    )


def _show_footer(page: StreamlitPage, view: View) -> None:
    publishers = sorted({source.publisher for source in view.build.sources.values()})
    st.html(
        f'<footer class="foot">{navigation.render_reference(view, page.url_path)}'
        f"<p>Figures published by {escape(join_words(publishers))}; every source is listed under "
        f'<a href="{escape(view.link("about"))}">About the data</a>.</p>'
        f"<p>{LICENCE}.</p><p>Build {escape(view.build.id)}</p></footer>"
    )
