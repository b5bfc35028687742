"""About the data: every source and every metric, printed from the catalogue of the build."""

import streamlit as st

from dashboard.bodies import catalogue, reuse
from dashboard.web import components, reader
from dashboard.web.site import Page

PAGE = Page("about", "About the data", "reference", 1)
view = reader.view()
components.heading(
    PAGE.title,
    "Every figure here is an official statistic, or worked out from official statistics. Nothing "
    "is projected or filled in: where there is no figure, the page says why.",
)
st.html(catalogue.methods(view))
st.html(reuse.section(view, reader.address()))
st.html(catalogue.sources(view))
st.html(catalogue.metrics(view))
