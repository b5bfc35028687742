"""Glossary: the words and abbreviations on screen, in plain English."""

import streamlit as st

from dashboard.bodies import areas, glossary
from dashboard.web import components, reader
from dashboard.web.site import Page

PAGE = Page("glossary", "Glossary", "reference", 4)
view = reader.get_view()
components.show_heading(
    PAGE.title,
    "The words and abbreviations on these pages in plain English, with where each is from.",
)
components.show_html(glossary.render_glossary(view, glossary.load_terms()))
st.html(areas.render_sources_note(view))
