"""Neighbours: which areas are most like one in each model, and what makes them alike."""

import streamlit as st

from dashboard.bodies import neighbours, topic_sections
from dashboard.domain.records import Area
from dashboard.store import data
from dashboard.web import choosers, components, reader

view = reader.view()
build, area = view.build, view.area
with st.container(key="chooser"):
    choosers.choose_area(view)
components.heading("Neighbours", neighbours.lead(view), above=area.name if area else "")
known = data.context(build)


def show_area(area: Area) -> None:
    """Who is near an area, what they have in common, and who has it among its ten."""
    near = neighbours.by_model(data.neighbours(build, area.code))
    for notice in neighbours.notices(view, area, known.get(area.code, [])):
        components.notice(notice)
    if few := neighbours.few_alike(view, area, near, data.nearest(build)):
        components.notice(few)
    components.html(
        neighbours.who(view, area, near)
        + neighbours.where(view, area, near)
        + neighbours.use(view, area, near)
        + neighbours.alike(view, area, known, near)
        + neighbours.names_it(view, area, near)
    )


if area:
    show_area(area)
components.html(neighbours.models(view))
cited = [build.metrics[metric] for metric in neighbours.metrics(known)]
st.html(topic_sections.source_note([*data.neighbour_files(build), *data.releases(build, cited)]))
