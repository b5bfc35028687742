"""Data quality: agreement with publishers, freshness, completeness and every known trap."""

from datetime import date

import streamlit as st

from dashboard.bodies import freshness, quality
from dashboard.domain import choices
from dashboard.store.figures import load_history
from dashboard.store.provenance import load_freshness, load_reconciliation
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("data-quality", "Data quality", "reference", 3)
view = reader.get_view()
build = view.build
components.show_heading(
    PAGE.title,
    "How far the figures can be relied on: what was checked, what is missing and why, and what is "
    "known to be wrong in the published files.",
)
st.html(quality.render_agreement(view, load_reconciliation(build)))
st.html(freshness.render_freshness(view, load_freshness(build), date.today()))
st.html("<h2>What is there and what is missing?</h2>")
with st.container(key="choosers", horizontal=True):
    choosers.choose_metric(view, "Metric", choices.list_titles(build))
codes = [area.code for area in build.local_authorities]
history = load_history(build, view.metric.id, view.breakdown, codes)
st.html(quality.render_completeness(view, build.local_authorities, history))
st.html(quality.render_remarks(view))
st.html(quality.render_republished(view))
