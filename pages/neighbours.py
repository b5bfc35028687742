"""Neighbours: which areas are most like one in each model, and what makes them alike."""

import streamlit as st

from dashboard.bodies import neighbours, topic_sections
from dashboard.domain.records import Area
from dashboard.store.groups import load_context, load_nearest_distances, load_neighbours
from dashboard.store.provenance import list_neighbour_files, list_releases
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("neighbours", "Neighbours", "main", 5, "area", "area=E10000016")
view = reader.view()
build, area = view.build, view.area
choosers.choose_area_alone(view)
components.heading(PAGE.title, neighbours.lead(view), above=area.name if area else "")
makes_alike = load_context(build)


def show_area(area: Area) -> None:
    """Who is near an area, what they have in common, and who has it among its ten."""
    near = neighbours.by_model(load_neighbours(build, area.code))
    for notice in neighbours.notices(view, area, makes_alike.get(area.code, [])):
        components.notice(notice)
    if few := neighbours.few_alike(view, area, near, load_nearest_distances(build)):
        components.notice(few)
    components.html(
        neighbours.who(view, area, near)
        + neighbours.where(view, area, near)
        + neighbours.use(view, area, near)
        + neighbours.alike(view, area, makes_alike, near)
        + neighbours.names_it(view, area, near)
    )


if area:
    show_area(area)
components.html(neighbours.models(view))
cited = [build.metrics[metric] for metric in neighbours.metrics(makes_alike)]
st.html(topic_sections.source_note([*list_neighbour_files(build), *list_releases(build, cited)]))
