"""Glossary: the words and abbreviations on screen, in plain English."""

import streamlit as st

from dashboard.bodies import areas, glossary
from dashboard.web import components, reader
from dashboard.web.site import Page

PAGE = Page("glossary", "Glossary", "reference", 4)
view = reader.view()
components.heading(
    PAGE.title,
    "The words and abbreviations on these pages in plain English, with where each is from.",
)
components.html(glossary.html(view, glossary.terms()))
st.html(areas.sources_note(view))
