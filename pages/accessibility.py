"""Accessibility statement: what was tested, what works, and what is known not to."""

import streamlit as st

from dashboard.bodies import accessibility, areas
from dashboard.web import components, reader
from dashboard.web.site import Page

PAGE = Page("accessibility", "Accessibility", "reference", 6)
view = reader.get_view()
components.show_heading("Accessibility statement", accessibility.LEAD)
components.show_html(accessibility.render_statement(view))
st.html(areas.render_sources_note(view))
