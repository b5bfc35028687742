"""Outcomes and spending: two indices for each local authority, beside one another."""

import streamlit as st

from dashboard import book, choosers, data, parts, reader, value

view = reader.view()
build, area = view.build, view.area
with st.container(key="chooser"):
    choosers.choose_area(view)
parts.heading("Outcomes and spending", value.LEAD, above=area.name if area else "England")
found, made = data.indices(build), data.index_parts(build)
if area:
    parts.html(value.ranks(area, found, made))
if made:
    parts.chart(book.outcomes_and_spending(view), key="outcomes-and-spending")
    parts.html(value.every_area(view, found))
    parts.html(value.made_of(view, made))
