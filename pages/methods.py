"""Methods: how figures are compared, each with its formula, its source and a worked example."""

import streamlit as st

from dashboard.bodies import methods
from dashboard.web import components, reader
from dashboard.web.site import Page

PAGE = Page("methods", "Methods", "reference", 2)
view = reader.get_view()
components.show_heading(
    PAGE.title,
    "How figures are ranked, compared and tested. Each method is printed from the program that "
    "works it out, with its formula, where it comes from and a worked example.",
)
st.html(methods.render_contents())
components.show_html(methods.render_methods())
st.html(methods.render_limits())
st.html(methods.render_used_intervals(view))
