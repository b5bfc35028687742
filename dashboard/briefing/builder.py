"""The controls and the preview of the Briefing page: what Streamlit keeps, and nothing to think."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from dashboard import frame, parts
from dashboard import table as tables
from dashboard.briefing import commentary, compose, forms, preview, recipes
from dashboard.briefing.model import Briefing, Section
from dashboard.briefing.recipes import RECIPES, Recipe
from dashboard.chartmodel import ChartModel
from dashboard.model import Area
from dashboard.render import screen
from dashboard.state import View

KEPT = "briefing_commentary"
SAID = "briefing_said"
Place = tuple[str, str]  # an area and a recipe


def choose(view: View) -> None:
    """Offer the area, the audience and what to compare with."""
    with st.container(key="choosers", horizontal=True):
        frame.choose_area(view)
        titles = {recipe.id: recipe.title for recipe in RECIPES.values()}
        frame.choose("Briefing for", "brief", titles, compose.recipe(view).id)
        frame.choose_comparator(view)


def sections(view: View) -> None:
    """Offer the sections to tick, and one of them to move up or down."""
    recipe = compose.recipe(view)
    chosen = [section.id for section in recipes.chosen(recipe, view.order)]
    titles = {section.id: section.heading for section in recipe.sections}
    with st.expander(f"Sections: {len(chosen)} of {len(titles)} chosen", key="brief_sections"):
        for name in [*chosen, *(name for name in titles if name not in chosen)]:
            key = f"tick_{recipe.id}_{name}"
            st.session_state[key] = name in chosen  # the address decides, also after Back
            st.checkbox(titles[name], key=key, on_change=_tick, args=(recipe, chosen, name))
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


def written(area: Area, recipe: Recipe) -> dict[str, str]:
    """What the reader has written for this area and this recipe, by section."""
    return st.session_state.setdefault(KEPT, {}).setdefault((area.code, recipe.id), {})


def say(area: Area, recipe: Recipe, section: str, label: str) -> None:
    """Offer room for the reader's own words on a section."""
    place = (area.code, recipe.id)
    key = f"say_{area.code}_{recipe.id}_{section}"
    st.session_state[key] = written(area, recipe).get(section, "")
    st.text_area(
        label,
        key=key,
        max_chars=commentary.MOST_CHARACTERS,
        height=68,
        on_change=_keep,
        args=(place, section, key),
    )


def keep(area: Area, recipe: Recipe) -> None:
    """Offer to save what was written to a small file, and to load it again."""
    with st.expander("Save or load your commentary", key="brief_keep"):
        st.html(
            "<p>Your commentary stays in this session of your browser. Save it to a file to go on "
            "another day, or to send it to a colleague with the link of this page.</p>"
        )
        st.download_button(
            "Save commentary",
            data=partial(commentary.save, area.code, recipe.id, dict(written(area, recipe))),
            file_name=f"commentary-{area.code}-{recipe.id}.json",
            mime="application/json",
            on_click="ignore",
        )
        key = f"load_{area.code}_{recipe.id}"
        place = (area.code, recipe.id)
        st.file_uploader(
            "Load commentary",
            type="json",
            max_upload_size=1,
            key=key,
            on_change=_load,
            args=(place, key),
        )
        if said := st.session_state.pop(SAID, ""):
            parts.notice(preview.plain(said))


def downloads(view: View, briefing: Briefing) -> None:
    """Offer the briefing in each form; each is made when it is asked for."""
    named = (briefing.area, briefing.recipe, view.asked.get("against", ""), briefing.build)
    with st.container(key="brief_downloads", horizontal=True):
        for name, form in forms.FORMS.items():
            st.download_button(
                f"Download {form.name}",
                data=partial(forms.render, briefing, name),
                file_name=f"{forms.filename(*named)}.{name}",
                mime=form.mime,
                key=f"brief_{name}",
                on_click="ignore",
            )


def show(area: Area, recipe: Recipe, briefing: Briefing) -> None:
    """The briefing as it will be, with room for commentary below each heading."""
    parts.html(preview.opening(briefing))
    say(area, recipe, compose.OPENING, "Your commentary on the whole")
    for section in (*briefing.sections, *briefing.absent):
        _section(area, recipe, section)
    parts.html(preview.ending(briefing))


def site() -> str:
    """Where the reader's browser has the dashboard, for links in documents; or nothing."""
    url = st.context.url or ""
    return url.rpartition("/")[0]


def _section(area: Area, recipe: Recipe, section: Section) -> None:
    parts.html(preview.heading(section))
    if section.chart:
        _chart(section.chart, section.id)
    parts.html(preview.tables(section))
    say(area, recipe, section.id, f"Your commentary on “{section.heading}”")


def _chart(model: ChartModel, name: str) -> None:
    """A chart as pages show it; it is downloaded with the briefing, not alone."""
    parts.html(f'<p class="finding">{escape(model.title)}</p><p>{escape(model.subtitle)}</p>')
    st.plotly_chart(
        screen.RawFigure(screen.figure(model)),
        alt=model.alt,
        config=screen.CONFIG,
        theme=None,
        key=f"brief_{name}",
    )
    listed = tables.details("View this chart as a table", tables.chart_table(model))
    parts.html(parts.source(model) + listed)


def _tick(recipe: Recipe, chosen: Sequence[str], name: str) -> None:
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


def _keep(place: Place, section: str, key: str) -> None:
    texts = st.session_state.setdefault(KEPT, {}).setdefault(place, {})
    texts[section] = commentary.clean(st.session_state[key])


def _load(place: Place, key: str) -> None:
    """What a file has, or why it cannot be taken."""
    given = st.session_state[key]
    if given is None:
        return
    try:
        texts = commentary.load(given.getvalue(), *place)
    except ValueError as e:
        st.session_state[SAID] = str(e)
        return
    known = {compose.OPENING, *RECIPES[place[1]].order}
    st.session_state.setdefault(KEPT, {})[place] = {
        section: text for section, text in texts.items() if section in known
    }
    st.session_state[SAID] = "Your commentary is loaded."
