"""The run of one reader: the build and the choices that the page they look at is drawn from."""

import threading
from collections.abc import Generator
from contextlib import contextmanager

import streamlit as st

from dashboard.domain.choices import View
from dashboard.domain.records import Area
from dashboard.store import served
from dashboard.web import navigation

# Of the run of this thread alone: what a session keeps outlives the build it was drawn from.
_RUN = threading.local()
NOT_NEWEST = (
    "The figures that should be shown here could not be read. These are the last that could, "
    "build {}: newer ones may have been published."
)


def get_view() -> View:
    """The build and the choices this run is drawn from."""
    return _RUN.view


def list_notes(view: View) -> list[str]:
    """What is said above a page: that its build is not the newest, and what was asked in vain."""
    unread = [NOT_NEWEST.format(view.build.id)] if served.describe_refusal() else []
    return [*unread, *view.notes]


def get_address() -> str:
    """The address the reader's browser has opened; nothing where it does not say."""
    return st.context.url or ""


def find_remembered_area(view: View) -> Area | None:
    """The local authority a reader has asked this browser to offer first, by a cookie of ours."""
    area = view.build.areas.get(st.context.cookies.get(navigation.COOKIE, ""))
    return area if area and area.level == "local_authority" else None


@contextmanager
def reading(view: View) -> Generator[None]:
    """Draw what is inside from one build and one set of choices."""
    _RUN.view = view
    try:
        yield
    finally:
        del _RUN.view
