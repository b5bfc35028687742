"""Who an area's neighbours are in each model, what makes them alike, and who names it. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial

import numpy as np

from dashboard.bodies import areas
from dashboard.design import theme
from dashboard.domain.choices import View
from dashboard.domain.comparators import COMPARATORS, MODELS
from dashboard.domain.records import UNRANKED, Area, Context, Metric, Neighbour
from dashboard.draw.screen import tiles
from dashboard.draw.table import Column, render_link, render_table
from dashboard.draw.table_cells import add_lines, render_number
from dashboard.draw.templates import join_words, mark_html, render_macro
from dashboard.words.names import name_place
from dashboard.words.numbers import UNIT_WORDS, format_average, format_ordinal, spell_number
from dashboard.words.periods import format_period

# The models in the order they are shown, by the id of each as a comparator.
TITLES = {name: COMPARATORS[name].title for name in MODELS}
IN_WORDS = {name: COMPARATORS[name].in_words for name in MODELS}
OF_MODEL = {model: name for name, model in MODELS.items()}
FAR = 0.9  # the share of all areas whose nearest neighbour is no further
LAST = 99  # after every position, where an area is not among the ten
NOT_CLOSE = "Not close"

Near = Mapping[str, Mapping[str, Neighbour]]  # of each model, by code: the nearest first

_render = partial(render_macro, "bodies/templates/neighbours.html.j2")


def render_neighbours_lead(view: View) -> str:
    """What the page answers."""
    return _render("lead", view.area)


def group_by_model(found: Iterable[Neighbour]) -> Near:
    """The neighbours of one area by model, as comparators name it, and code."""
    near: dict[str, dict[str, Neighbour]] = {name: {} for name in TITLES}
    for row in found:
        if row.model in OF_MODEL:
            near[OF_MODEL[row.model]][row.code] = row
    return near


def list_neighbours_notices(view: View, area: Area, rows: Sequence[Context]) -> list[str]:
    """Why an area has no context neighbours, or that it is no more; HTML."""
    if not area.is_current:
        return [_render("of_the_past", mark_html(areas.render_abolished(view, area)))]
    if any(row.standardised is not None for row in rows):
        return []
    missing = [f"{row.title[:1].lower()}{row.title[1:]}" for row in rows if row.value is None]
    return [_render("without_context", area, missing, area.code in UNRANKED)]


def compute_far_limit(all_nearest: Collection[float]) -> float:
    """The distance that the nearest neighbour of nine in ten areas is within."""
    return float(np.quantile(list(all_nearest), FAR))


def render_few_alike(view: View, area: Area, near: Near, nearest: Mapping[str, float]) -> str:
    """That few areas are like one, where even its nearest neighbours are far; HTML or nothing."""
    first, most = next(iter(near["context"].values()), None), compute_far_limit(nearest.values())
    is_alone = first and first.distance is not None and first.distance > most
    not_close = [
        (IN_WORDS[name], near[name])
        for name in ("neighbours", "neighbours_2021")
        if near[name] and all(row.closeness == NOT_CLOSE for row in near[name].values())
    ]
    if not is_alone and not not_close:
        return ""
    nearest_one = (first, _draw_links(view, [first.code])) if first and is_alone else (None, "")
    return _render("few_alike", area, *nearest_one, most, not_close)


def _draw_links(view: View, codes: Iterable[str]) -> str:
    """The way to each of some areas, in a row."""
    areas = [view.build.areas[code] for code in codes]
    names = [area.name if area.is_current else f"{area.name} (abolished)" for area in areas]
    addresses = [view.link("local-area", area=area.code) for area in areas]
    return join_words(
        [mark_html(render_link(*each)) for each in zip(addresses, names, strict=True)]
    )


def list_in_any_model(near: Near) -> list[str]:
    """Whoever is a neighbour in any model: in the order of May 2025, then of context."""

    def position(code: str, name: str) -> int:
        row = near[name].get(code)
        return row.position if row else LAST

    codes = dict.fromkeys(code for ten in near.values() for code in ten)
    order = ("neighbours", "context", "neighbours_2021")
    return sorted(codes, key=lambda code: tuple(position(code, name) for name in order))


def render_who(view: View, area: Area, near: Near) -> str:
    """Every neighbour in any model with its place in each, and how many the models share."""
    models = [(name, TITLES[name]) for name, ten in near.items() if ten]
    rows = [
        (_draw_links(view, [code]), [_describe_place(near[name].get(code)) for name, _ in models])
        for code in list_in_any_model(near)
    ]
    return _render("who", area, models, rows, mark_html(render_shared(view, near)))


def _describe_place(row: Neighbour | None) -> tuple[str, str]:
    """A position, with how close that is as far as the model says."""
    if row is None:
        return "", ""
    how = f"distance {row.distance:.2f}" if row.distance is not None else row.closeness or ""
    return format_ordinal(row.position), how


def render_where(view: View, area: Area, near: Near) -> str:
    """The ten of each model on a map of its own, and how many lie in the area's own region."""
    region = view.build.areas.get(area.region_code or "")
    place = name_place(region.name) if region else "its region"
    maps = []
    for name, ten in near.items():
        if ten:
            regions = [view.build.areas[code].region_code for code in ten]
            drawn = mark_html(_draw_map(view, area, ten))
            own = regions.count(area.region_code)
            maps.append((TITLES[name], own, ten, place, len(set(regions)), drawn))
    return _render("where", maps, theme.NEIGHBOUR.word) if maps else ""


def _draw_map(view: View, area: Area, ten: Mapping[str, Neighbour]) -> str:
    """The ten of one model on the tile map, each with its place in it."""
    names = {code: view.build.areas[code].name for code in ten}
    places = {
        code: ", ".join(filter(None, _describe_place(row))).lower() for code, row in ten.items()
    }
    texts = {code: f"{name}: {places[code]}" for code, name in names.items()}
    texts[area.code] = area.name
    return tiles.render_small_map(texts, area.code, lambda code: view.link("local-area", area=code))


def render_shared(view: View, near: Near) -> str:
    """How many of the ten the models share, each by name; HTML."""
    new, old, ours = (near[name] for name in ("neighbours", "neighbours_2021", "context"))
    both = [code for code in old if code in ours]
    pairs = [
        (old, "", "in both of the Department’s models", old),
        (ours, " of May 2025", "also SEND context neighbours", ours),
        (both, "", "in all three models", old and ours),
    ]
    rows = []
    for second, which, what, is_there in pairs:
        if new and is_there:
            codes = [code for code in new if code in second]
            rows.append((_draw_links(view, codes), len(codes), len(new), which, what))
    return _render("shared", rows)


def render_ways_to_compare(view: View, area: Area, near: Near) -> str:
    """The ways to compare an area with its neighbours in each model."""
    models = [(name, IN_WORDS[name], ten) for name, ten in near.items() if ten]
    return _render("use", view, area, models) if models else ""


def compute_mean(rows: Iterable[Context]) -> float | None:
    """The mean of one figure over some areas; None where none of them has it."""
    values = [row.value for row in rows if row.value is not None]
    return sum(values) / len(values) if values else None


def render_alike(view: View, area: Area, known: Mapping[str, Sequence[Context]], near: Near) -> str:
    """What makes areas alike: each figure with its weight, beside neighbours and all areas."""
    mine = known.get(area.code, ())
    if not mine:
        return ""
    ten = [known[code] for code in near["context"] if code in known]
    # An area that lacks a figure is left out of the model whole.
    modelled = [rows for rows in known.values() if all(r.standardised is not None for r in rows)]
    mean_of_ten = Column(
        "Its context neighbours", f"mean of {spell_number(len(ten))}", numeric=True
    )
    columns = [
        Column("Figure", "theme; unit and period"),
        Column("Weight", numeric=True),
        Column(area.name, numeric=True),
        *([mean_of_ten] if ten else []),
        Column("Local authorities", f"mean of {len(modelled)}", numeric=True),
    ]
    groups = [ten, modelled] if ten else [modelled]
    rows = [
        _list_cells(
            view.build.metrics[row.metric], row, [[a[i] for a in group] for group in groups]
        )
        for i, row in enumerate(mine)
    ]
    caption = f"{area.name}: the figures that make local authorities alike"
    drawn = render_table(caption, columns, rows, "alike cards", caption_is_seen=False)
    return _render("alike", bool(ten), mark_html(drawn), mine)


def _list_cells(metric: Metric, row: Context, groups: Iterable[Sequence[Context]]) -> list[str]:
    """The cells of one figure: its weight, the area's own, and the mean of each group."""
    log = ", by its logarithm" if row.transform == "log" else ""
    unit = f"{UNIT_WORDS[row.unit]}, {format_period(row.period)}{log}"
    means = [format_average(metric, compute_mean(rows)) for rows in groups]
    name = add_lines(row.title, f"{row.theme}; {unit}")
    return [name, format_weight(row.weight), render_number(metric, row.value), *means]


def render_reasons(rows: Sequence[Context]) -> str:
    """Each figure's reason and its transform, in words."""
    return _render("reasons", rows)


def format_weight(share: float) -> str:
    """A share of all weight: 12.5% or 6.25%."""
    return f"{share * 100:.4g}%"


def list_named_by(view: View, area: Area) -> dict[str, list[str]]:
    """Which local authorities of today have an area among their ten, by model."""
    codes = [each.code for each in view.build.local_authorities]
    return {
        name: [code for code in codes if area.code in view.build.near.get(model, {}).get(code, ())]
        for name, model in MODELS.items()
        if model in view.build.near
    }


def render_named_by(view: View, area: Area, near: Near) -> str:
    """How many areas name this one in each model, with their names: it is not mutual."""
    rows = [
        (
            IN_WORDS[name],
            _draw_links(view, codes),
            len(codes),
            sum(code in near[name] for code in codes),
        )
        for name, codes in list_named_by(view, area).items()
        if codes or near[name]
    ]
    return _render("names_it", area, rows)


def render_models(view: View) -> str:
    """What the three models are, and what differs between them."""
    return _render("models", view)


def list_neighbour_metrics(known: Mapping[str, Sequence[Context]]) -> list[str]:
    """The metrics that make areas alike."""
    first: Sequence[Context] = next(iter(known.values()), ())
    return list(dict.fromkeys(row.metric for row in first))
