"""Methods: how figures are compared, each with its formula, its source and a worked example."""

import streamlit as st

from dashboard import methods, parts, reader

view = reader.view()
parts.heading(
    "Methods",
    "How figures are ranked, compared and tested. Each method is printed from the program that "
    "works it out, with its formula, where it comes from and a worked example.",
)
st.html(methods.contents())
parts.html(methods.html())
st.html(methods.limits())
st.html(methods.used(view))
