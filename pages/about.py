"""About the data: every source and every metric, printed from the catalogue of the build."""

import streamlit as st

from dashboard.bodies import catalogue, reuse
from dashboard.web import components, reader
from dashboard.web.site import Page

PAGE = Page("about", "About the data", "reference", 1)
view = reader.get_view()
components.show_heading(
    PAGE.title,
    "Every figure here is an official statistic, or worked out from official statistics. Nothing "
    "is projected or filled in: where there is no figure, the page says why.",
)
st.html(catalogue.render_methods(view))
st.html(reuse.render_reuse(view, reader.get_address()))
st.html(catalogue.render_sources(view))
st.html(catalogue.render_metrics(view))
