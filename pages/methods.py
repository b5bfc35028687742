"""Methods: how figures are compared, each with its formula, its source and a worked example."""

import streamlit as st

from dashboard.bodies import methods
from dashboard.web import components, reader
from dashboard.web.site import Page

PAGE = Page("methods", "Methods", "reference", 2)
view = reader.view()
components.heading(
    PAGE.title,
    "How figures are ranked, compared and tested. Each method is printed from the program that "
    "works it out, with its formula, where it comes from and a worked example.",
)
st.html(methods.contents())
components.html(methods.html())
st.html(methods.limits())
st.html(methods.used(view))
