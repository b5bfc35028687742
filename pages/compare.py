"""Any areas by any metrics: a heat table, and one metric of it over time."""

import streamlit as st

from dashboard.charts import heat_table
from dashboard.domain import choices, packs
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("compare", "Compare", "main", 4, picture="area=E06000035&set=neighbours&pack=board")
view = reader.get_view()
components.show_heading(
    "Compare local authorities",
    "Choose areas and metrics. The address keeps your choice, so you can send it to others.",
)
with st.container(key="choosers", horizontal=True):
    choosers.choose("Areas", "set", heat_table.list_sets(view.build), heat_table.chosen_set(view))
    if heat_table.needs_area(view):
        choosers.choose_area(view)
    titles = {"": "One topic"} | {pack.id: pack.title for pack in packs.PACKS.values()}
    choosers.choose("Metrics", "pack", titles, view.rug.pack)
    if not view.rug.pack:
        choosers.choose("Topic", "topic", choices.list_topics(view.build), view.topic)
if heat_table.chosen_set(view) == "own":
    codes = [area.code for area in view.areas]
    choosers.choose_areas(
        "Local authorities", choices.list_area_names(view.build, view.areas), codes
    )
shown = heat_table.select_areas(view)
if shown:
    rows = heat_table.build_rows(view, shown)
    by = heat_table.order(view, rows)
    with st.container(key="rug_choosers", horizontal=True):
        choosers.choose("Shade by", "shade", heat_table.shades(view), heat_table.shade(view))
        choosers.choose("Order areas by", "sort", heat_table.list_orders(rows), by)
    components.show_heat_table(view, rows, shown, by)
    components.show_heat_table_trend(view, rows, heat_table.sort_areas(shown, rows, by))
