"""One metric: every area ranked, the trend, the definition and the source."""

import streamlit as st

from dashboard.bodies import areas, catalogue, figures
from dashboard.charts import registry
from dashboard.domain import choices
from dashboard.store import comparators
from dashboard.store.figures import list_ranking
from dashboard.web import choosers, components, reader
from dashboard.web.site import Page

PAGE = Page(
    "metric",
    "Metric",
    "main",
    3,
    "metric",
    picture="area=E10000016&metric=plans_issued_in_20_weeks",
    other_pictures={"none-chosen": "metric=high_needs_spend_per_ehc_plan"},
    is_in_readme=True,
)
view = reader.get_view()
build, metric = view.build, view.metric

with st.container(key="choosers", horizontal=True):
    choosers.choose_metric(view, "Metric", choices.list_titles(build))
    choosers.choose_area(view)
    if not metric.is_nhs:
        choosers.choose_comparator(view)
components.show_heading(
    metric.title,
    catalogue.render_lead(view),
    above=f"{metric.topic_title}{figures.describe_group(view)}",
)
if metric.is_nhs and view.area:
    components.show_notice(areas.render_boards_of_area(view, view.area))
view = choices.put_area_at_level(view)
ranked = list_ranking(build, metric.id, view.breakdown)
standing = components.show_key_figures(view)


def show_trend() -> None:
    """The metric over time, beside the group where it is not too many, else what it counts."""
    group = comparators.find_chosen_group(view)
    few = group and 0 < len(group.members) <= choices.MOST_IN_GROUP
    is_beside = view.area and view.area.is_current and few
    left, right = st.columns([11, 9], gap="large")
    with left:
        components.show_chart(registry.build_trend(view), key="trend")
    with right:
        if is_beside:
            components.show_chart(registry.build_among_group(view), key="beside")
        else:
            st.html(catalogue.render_definition(view))
    if is_beside or standing:
        components.show_html(
            figures.render_meaning(standing, catalogue.render_definition(view) if is_beside else "")
        )


if metric.is_category:
    st.html(figures.render_by_label(view, ranked))
    st.html(catalogue.render_definition(view))
else:
    show_trend()
    components.show_distribution(view, ranked)
    components.show_ranking(view, ranked)
    components.show_tile_map(view)
    components.show_funnel(view)
