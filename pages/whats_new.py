"""What is new: what the newest build added, revised and withdrawn, and for one area each figure."""

import streamlit as st

from dashboard import choosers, data, parts, reader, whats_new

view = reader.view()
build, area = view.build, view.area
since = data.since(build)
with st.container(key="chooser"):
    choosers.choose_area(view)
parts.heading("What is new", whats_new.lead(view, since, is_first=data.is_first(build)))
if since:
    parts.html(whats_new.publications(since))
    parts.html(whats_new.metrics(view, since))
    found = data.revisions(build, area.code) if area else []
    parts.html(whats_new.area(view, area, since, found))
parts.html(whats_new.releases(view))
