"""Glossary: the words and abbreviations on screen, in plain English."""

import streamlit as st

from dashboard import areas, glossary, parts, reader

view = reader.view()
parts.heading(
    "Glossary",
    "The words and abbreviations on these pages in plain English, with where each is from.",
)
parts.html(glossary.html(view, glossary.terms()))
st.html(areas.sources_note(view))
