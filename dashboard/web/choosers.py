"""What a reader chooses with; each choice goes into the address, by id."""

import streamlit as st

from dashboard.domain import choices
from dashboard.domain.choices import View
from dashboard.store import comparators


def choose(
    label: str,
    param: str,
    titles: dict[str, str],
    current: str | None,
    placeholder: str | None = None,
) -> None:
    """Offer one choice; what is chosen goes into the address, by id."""
    key = f"pick_{param}"
    _follow(key, current)
    st.selectbox(
        label,
        list(titles),
        index=None if current is None else 0,
        format_func=lambda option: titles.get(option, option),
        key=key,
        on_change=_write,
        args=(param,),
        placeholder=placeholder,
    )


def choose_metric(view: View, label: str, titles: dict[str, str]) -> None:
    """Offer metrics by their titles, and the groups of the one that is chosen."""
    choose(label, "metric", titles, view.metric.id)
    if len(view.metric.breakdowns) > 1:
        choose("Group", "breakdown", choices.list_groups(view.metric), view.breakdown)


def choose_map(view: View) -> None:
    """Offer the two ways to draw the map; squares, the usual one, leave the address as it is."""
    st.session_state["pick_map"] = view.map
    st.radio(
        "Draw each local authority as",
        list(choices.MAPS),
        format_func=lambda way: choices.MAPS.get(way, way),
        horizontal=True,
        key="pick_map",
        on_change=_write,
        args=("map",),
    )


def choose_areas(
    label: str, titles: dict[str, str], chosen: list[str], param: str = "areas"
) -> None:
    """Offer several local authorities; their codes go into the address.

    Enter takes the one that is marked. Streamlit would put "Select all matches" first, and mark
    it: "Essex" and Enter was East Sussex and West Sussex, too, which hold the same letters.
    """
    key, most = f"pick_{param}", choices.CHOICES[param].most
    _follow(key, chosen)
    st.multiselect(
        f"{label} (at most {most})",
        list(titles),
        format_func=lambda option: titles.get(option, option),
        key=key,
        on_change=_write,
        args=(param,),
        max_selections=most,
        placeholder="Type or choose a name",
        select_all=False,
        wrap=True,
    )


def choose_area(view: View) -> None:
    """Offer the local authorities, with the one asked for even if it is no more."""
    choose(
        "Your local authority",
        "area",
        choices.list_area_names(view.build, [view.area] if view.area else []),
        view.area.code if view.area else None,
        placeholder="Choose a local authority",
    )


def choose_area_alone(view: View) -> None:
    """Offer the local authorities on a page that compares with nobody of the reader's choice."""
    with st.container(key="chooser"):
        choose_area(view)


def choose_area_and_comparator(view: View) -> None:
    """Offer the local authorities beside what to compare with."""
    with st.container(key="choosers", horizontal=True):
        choose_area(view)
        choose_comparator(view)


def choose_comparator(view: View) -> None:
    """Offer what to compare with; a reader's own group is put together on the spot."""
    group = comparators.find_chosen_group(view)
    if group is None:
        return
    choose("Compare with", "against", comparators.list_options(view), group.id)
    if group.id == "own":
        codes = [area.code for area in view.group]
        choose_areas(
            "Your own group", choices.list_area_names(view.build, view.group), codes, "group"
        )


def _follow(key: str, value: str | list[str] | None) -> None:
    """Let the address decide what a control shows, also after Back.

    What it shows already is left alone: a value set anew takes away what a reader is typing.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _write(param: str) -> None:
    """Write one choice into the address, in one step."""
    chosen = st.session_state[f"pick_{param}"]
    wanted = st.query_params.to_dict()
    wanted[param] = ",".join(chosen) if isinstance(chosen, list) else chosen or ""
    for other in choices.list_belonging(param):
        wanted.pop(other, None)  # the groups are another metric's, the metric another topic's
    st.session_state["chose"] = param
    st.query_params.from_dict({key: value for key, value in wanted.items() if value})
