"""Need and provision: where each need is placed, what needs predict, and what goes together."""

import streamlit as st

from dashboard.bodies import provision, topic_sections
from dashboard.domain.records import Area
from dashboard.store.analyses import find_placement_mix, load_associations, load_provision
from dashboard.store.figures import list_newest_figures
from dashboard.store.provenance import list_releases
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page("need-and-provision", "Need and provision", "topic", 2, "area", "area=E10000016")
view = reader.view()
build, area = view.build, view.area
choosers.choose_area_alone(view)
components.heading(PAGE.title, provision.lead(area), above=area.name if area else "England")
figures = provision.held(list_newest_figures(build, provision.area_code(area)))
pairs = load_associations(build)


def show_expected(area: Area) -> None:
    """The area's placements beside those its needs predict, or why they are not."""
    mix = find_placement_mix(build, area.code)
    for notice in provision.notices(area, figures, mix):
        components.notice(notice)
    if mix:
        placements = load_provision(build, area.code)
        components.html(provision.against_expected(area, placements, mix))


if area:
    show_expected(area)
if any(figure.value is not None for figure in figures.values()):
    components.html(provision.by_need(view, figures))
if pairs:
    components.html(provision.associations(view, pairs))
cited = [build.metrics[metric] for metric in provision.metrics(pairs)]
st.html(topic_sections.source_note(list_releases(build, cited)))
