"""The controls and the preview of the Briefing page: what Streamlit draws, and nothing to think."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.briefing import compose, preview
from dashboard.briefing.compose import OPENING
from dashboard.briefing.model import Briefing, Section
from dashboard.charts.model import ChartModel
from dashboard.domain import recipes
from dashboard.domain.choices import View
from dashboard.domain.recipes import RECIPES, Recipe
from dashboard.web import briefing_boxes, choosers, components


def choose(view: View) -> None:
    """Offer the area, the audience and what to compare with."""
    with st.container(key="choosers", horizontal=True):
        choosers.choose_area(view)
        titles = {recipe.id: recipe.title for recipe in RECIPES.values()}
        choosers.choose("Briefing for", "brief", titles, compose.pick_recipe(view).id)
        choosers.choose_comparator(view)


def choose_sections(view: View) -> None:
    """Offer the sections to tick, and one of them to move up or down."""
    recipe = compose.pick_recipe(view)
    chosen = [section.id for section in recipes.select_sections(recipe, view.order)]
    titles = {section.id: section.heading for section in recipe.sections}
    with st.expander(f"Sections: {len(chosen)} of {len(titles)} chosen", key="brief_sections"):
        for name in [*chosen, *(name for name in titles if name not in chosen)]:
            key = f"tick_{recipe.id}_{name}"
            st.session_state[key] = name in chosen  # the address decides, also after Back
            st.checkbox(
                titles[name], key=key, on_change=_choose_section, args=(recipe, chosen, name)
            )
        with st.container(key="brief_move", horizontal=True, vertical_alignment="bottom"):
            moved = st.selectbox(
                "Section to move",
                chosen,
                format_func=lambda name: titles.get(name, name),
                key=f"move_{recipe.id}",
            )
            for label, way in (("Move up", -1), ("Move down", 1)):
                st.button(
                    label, key=f"brief_{way}", on_click=_move, args=(recipe, chosen, moved, way)
                )


def show_downloads(view: View, briefing: Briefing) -> None:
    """Offer the briefing in each form, with what the reader has written at that moment."""
    components.show_html(briefing_boxes.render_form(view, briefing))
    st.html(briefing_boxes.SCRIPT, unsafe_allow_javascript=True)  # a constant of our own


def show_briefing(briefing: Briefing) -> None:
    """The briefing as it will be, with room for commentary below each heading."""
    labels = briefing_boxes.list_labels(briefing)
    components.show_html(
        preview.render_opening(briefing)
        + briefing_boxes.render_box(briefing, OPENING, labels[OPENING])
    )
    for section in (*briefing.sections, *briefing.absent):
        _show_section(briefing, section, labels[section.id])
    components.show_html(preview.render_endings(briefing))


def get_site_address() -> str:
    """Where the reader's browser has the dashboard, for links in documents; or nothing."""
    url = st.context.url or ""
    return url.rpartition("/")[0]


def _show_section(briefing: Briefing, section: Section, label: str) -> None:
    components.show_html(preview.render_section_heading(section))
    if section.chart:
        _show_chart(section.chart, section.id)
    components.show_html(
        preview.render_section_tables(section)
        + briefing_boxes.render_box(briefing, section.id, label)
    )


def _show_chart(model: ChartModel, name: str) -> None:
    """A chart as pages show it; it is downloaded with the briefing, not alone."""
    components.show_html(
        f'<p class="finding">{escape(model.title)}</p><p>{escape(model.subtitle)}</p>'
    )
    components.show_plot(model, f"brief_{name}")
    components.show_html(components.render_below_chart(model))


def _choose_section(recipe: Recipe, chosen: Sequence[str], name: str) -> None:
    """Take a section out, or put it last; one always stays."""
    left = [other for other in chosen if other != name]
    _write(recipe, left if name in chosen and left else [*left, name])


def _move(recipe: Recipe, chosen: Sequence[str], name: str, way: int) -> None:
    """Change a section's place with the one before or after it."""
    order = list(chosen)
    at = order.index(name)
    other = min(max(at + way, 0), len(order) - 1)
    order[at], order[other] = order[other], order[at]
    _write(recipe, order)


def _write(recipe: Recipe, order: Sequence[str]) -> None:
    """The order into the address; the recipe's own needs no words there."""
    wanted = st.query_params.to_dict()
    wanted["order"] = "" if tuple(order) == recipe.order else ",".join(order)
    st.query_params.from_dict({key: value for key, value in wanted.items() if value})
