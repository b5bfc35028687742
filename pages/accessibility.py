"""Accessibility statement: what was tested, what works, and what is known not to."""

import streamlit as st

from dashboard import accessibility, areas, parts, reader

view = reader.view()
parts.heading("Accessibility statement", accessibility.LEAD)
parts.html(accessibility.html(view))
st.html(areas.sources_note(view))
