"""Accessibility statement: what was tested, what works, and what is known not to."""

import streamlit as st

from dashboard.bodies import accessibility, areas
from dashboard.web import components, reader
from dashboard.web.site import Page

PAGE = Page("accessibility", "Accessibility", "reference", 6)
view = reader.view()
components.heading("Accessibility statement", accessibility.LEAD)
components.html(accessibility.html(view))
st.html(areas.sources_note(view))
