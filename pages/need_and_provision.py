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
view = reader.get_view()
build, area = view.build, view.area
choosers.choose_area_alone(view)
components.show_heading(
    PAGE.title, provision.render_provision_lead(area), above=area.name if area else "England"
)
figures = provision.select_placements(list_newest_figures(build, provision.area_code(area)))
pairs = load_associations(build)


def show_expected(area: Area) -> None:
    """The area's placements beside those its needs predict, or why they are not."""
    mix = find_placement_mix(build, area.code)
    for notice in provision.list_provision_notices(area, figures, mix):
        components.show_notice(notice)
    if mix:
        placements = load_provision(build, area.code)
        components.show_html(provision.render_against_expected(area, placements, mix))


if area:
    show_expected(area)
if any(figure.value is not None for figure in figures.values()):
    components.show_html(provision.render_by_need(view, figures))
if pairs:
    components.show_html(provision.render_associations(view, pairs))
cited = [build.metrics[metric] for metric in provision.list_provision_metrics(pairs)]
st.html(topic_sections.render_source_note(list_releases(build, cited)))
