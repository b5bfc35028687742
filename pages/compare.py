"""Any areas by any metrics: a heat table, and one metric of it over time."""

import streamlit as st

from dashboard import frame, packs, parts, rug, state

view = frame.view()
parts.heading(
    "Compare local authorities",
    "Choose areas and metrics. The address keeps your choice, so you can send it to others.",
)
with st.container(key="choosers", horizontal=True):
    frame.choose("Areas", "set", rug.sets(view.build), rug.chosen_set(view))
    if rug.needs_area(view):
        frame.choose_area(view)
    titles = {"": "One topic"} | {pack.id: pack.title for pack in packs.PACKS.values()}
    frame.choose("Metrics", "pack", titles, view.rug.pack)
    if not view.rug.pack:
        frame.choose("Topic", "topic", state.topics(view.build), view.topic)
if rug.chosen_set(view) == "own":
    codes = [area.code for area in view.areas]
    frame.choose_areas("Local authorities", state.names(view.build, view.areas), codes)
shown = rug.columns(view)
if shown:
    found = rug.rows(view, shown)
    by = rug.order(view, found)
    with st.container(key="rug_choosers", horizontal=True):
        frame.choose("Shade by", "shade", rug.shades(view), rug.shade(view))
        frame.choose("Order areas by", "sort", rug.orders(found), by)
    parts.rug(view, found, shown, by)
    parts.rug_trend(view, found, rug.ordered(shown, found, by))
