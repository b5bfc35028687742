"""Any areas by any metrics: a heat table, and one metric of it over time."""

import streamlit as st

from dashboard import choosers, packs, parts, reader, rug, state

view = reader.view()
parts.heading(
    "Compare local authorities",
    "Choose areas and metrics. The address keeps your choice, so you can send it to others.",
)
with st.container(key="choosers", horizontal=True):
    choosers.choose("Areas", "set", rug.sets(view.build), rug.chosen_set(view))
    if rug.needs_area(view):
        choosers.choose_area(view)
    titles = {"": "One topic"} | {pack.id: pack.title for pack in packs.PACKS.values()}
    choosers.choose("Metrics", "pack", titles, view.rug.pack)
    if not view.rug.pack:
        choosers.choose("Topic", "topic", state.topics(view.build), view.topic)
if rug.chosen_set(view) == "own":
    codes = [area.code for area in view.areas]
    choosers.choose_areas("Local authorities", state.names(view.build, view.areas), codes)
shown = rug.columns(view)
if shown:
    found = rug.rows(view, shown)
    by = rug.order(view, found)
    with st.container(key="rug_choosers", horizontal=True):
        choosers.choose("Shade by", "shade", rug.shades(view), rug.shade(view))
        choosers.choose("Order areas by", "sort", rug.orders(found), by)
    parts.rug(view, found, shown, by)
    parts.rug_trend(view, found, rug.ordered(shown, found, by))
