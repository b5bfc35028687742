"""Who an area's neighbours are in each model, what makes them alike, and who names it. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape

import numpy as np

from dashboard.bodies import areas
from dashboard.charts.model import LICENCE, source_line
from dashboard.design import theme
from dashboard.domain.choices import View
from dashboard.domain.comparators import COMPARATORS, MODELS
from dashboard.domain.records import UNRANKED, Area, Context, Metric, Neighbour, Source
from dashboard.draw import table
from dashboard.draw.screen import tiles
from dashboard.draw.table import Column
from dashboard.words import phrases as words
from dashboard.words.names import name_place
from dashboard.words.numbers import spell_number

# The models in the order they are shown, by the id of each as a comparator.
TITLES = {name: COMPARATORS[name].title for name in MODELS}
IN_WORDS = {name: COMPARATORS[name].in_words for name in MODELS}
OF_MODEL = {model: name for name, model in MODELS.items()}
FAR = 0.9  # the share of all areas whose nearest neighbour is no further
LAST = 99  # after every position, where an area is not among the ten
NOT_CLOSE = "Not close"
DASH = (
    '<span class="none"><span aria-hidden="true">–</span>'
    '<span class="hide">not among the ten</span></span>'
)
ALSO = "also SEND context neighbours"
ONE_ALSO = "also a SEND context neighbour"

Near = Mapping[str, Mapping[str, Neighbour]]  # of each model, by code: the nearest first


def lead(view: View) -> str:
    """What the page answers."""
    if view.area is None:
        return (
            "Which local authorities are most like one, in each of three models, and what makes "
            "them alike. Choose a local authority above to see its neighbours."
        )
    return (
        f"Which local authorities are most like {escape(view.area.name)}, in each of three models, "
        "and what makes them alike."
    )


def by_model(found: Iterable[Neighbour]) -> Near:
    """The neighbours of one area by model, as comparators name it, and code."""
    near: dict[str, dict[str, Neighbour]] = {name: {} for name in TITLES}
    for row in found:
        if row.model in OF_MODEL:
            near[OF_MODEL[row.model]][row.code] = row
    return near


def notices(view: View, area: Area, rows: Sequence[Context]) -> list[str]:
    """Why an area has no context neighbours, or that it is no more; HTML."""
    name = escape(area.name)
    if not area.is_current:
        return [f"{areas.abolished(view, area)} {OF_TODAY}"]
    if any(row.standardised is not None for row in rows):
        return []
    missing = [_lowered(row.title) for row in rows if row.value is None]
    why = f" Not published for it: {escape(words.joined(missing))}." if missing else ""
    few = " Its other figures are of too few people." if area.code in UNRANKED else ""
    return [f"<strong>{name} has no SEND context neighbours.</strong>{why}{few}"]


def is_far(distance: float, all_nearest: Collection[float]) -> bool:
    """Whether an area's nearest neighbour is further than that of nine in ten areas."""
    return distance > limit(all_nearest)


def limit(all_nearest: Collection[float]) -> float:
    """The distance that the nearest neighbour of nine in ten areas is within."""
    return float(np.quantile(list(all_nearest), FAR))


def few_alike(view: View, area: Area, near: Near, nearest: Mapping[str, float]) -> str:
    """That few areas are like one, where even its nearest neighbours are far; HTML or nothing."""
    said = []
    first = next(iter(near["context"].values()), None)
    if first and first.distance is not None and is_far(first.distance, nearest.values()):
        said.append(
            f"Its nearest SEND context neighbour, {_link(view, first.code)}, is at a distance of "
            f"{first.distance:.2f}; nine in ten local authorities have one within "
            f"{limit(nearest.values()):.2f}."
        )
    for name in ("neighbours", "neighbours_2021"):
        ten = near[name].values()
        if ten and all(row.closeness == NOT_CLOSE for row in ten):
            said.append(
                f"The Department calls all {spell_number(len(ten))} of its {IN_WORDS[name]} "
                "“not close”."
            )
    if not said:
        return ""
    return f"<strong>Few areas are like {escape(area.name)}.</strong> {' '.join(said)}"


def in_any(near: Near) -> list[str]:
    """Whoever is a neighbour in any model: in the order of May 2025, then of context."""

    def position(code: str, name: str) -> int:
        row = near[name].get(code)
        return row.position if row else LAST

    codes = dict.fromkeys(code for ten in near.values() for code in ten)
    order = ("neighbours", "context", "neighbours_2021")
    return sorted(codes, key=lambda code: tuple(position(code, name) for name in order))


def who(view: View, area: Area, near: Near) -> str:
    """Every neighbour in any model with its place in each, and how many the models share."""
    shown = [name for name, ten in near.items() if ten]
    if not shown:
        return (
            f"<h2>Who its neighbours are</h2><p>No model gives neighbours for {escape(area.name)}."
            "</p>"
        )
    notes = {"context": "position and distance"}
    columns = [
        Column("Local authority"),
        *(Column(TITLES[name], notes.get(name, "position and closeness")) for name in shown),
    ]
    rows = [
        [_link(view, code), *(_place(near[name].get(code)) for name in shown)]
        for code in in_any(near)
    ]
    many = words.counted(len(rows), "local authority", "local authorities")
    return (
        "<h2>Who its neighbours are</h2>"
        + shared(view, near)
        + table.table(
            f"{area.name}: {many} among the ten neighbours in a model",
            columns,
            rows,
            "near",
            caption_is_seen=False,
        )
        + f'<p class="source">{READING}</p>'
    )


def where(view: View, area: Area, near: Near) -> str:
    """The ten of each model on a map of its own, and how many lie in the area's own region."""
    drawn = "".join(
        f"<figure><figcaption><strong>{TITLES[name]}</strong>: {_regions(view, area, ten)}"
        f"</figcaption>{_map(view, area, ten)}</figure>"
        for name, ten in near.items()
        if ten
    )
    if not drawn:
        return ""
    return (
        f'<h2>Where they are</h2><div class="near-maps">{drawn}</div>'
        f'<p class="source">{SQUARES}</p>'
    )


def _map(view: View, area: Area, ten: Mapping[str, Neighbour]) -> str:
    told = {code: f"{view.build.areas[code].name}: {_said(row)}" for code, row in ten.items()}
    told[area.code] = area.name
    return tiles.small(told, area.code, lambda code: view.link("local-area", area=code))


def _said(row: Neighbour) -> str:
    how = f"distance {row.distance:.2f}" if row.distance is not None else row.closeness or ""
    return ", ".join(filter(None, [words.ordinal(row.position), how.lower()]))


def _regions(view: View, area: Area, ten: Mapping[str, Neighbour]) -> str:
    """How many of the ten are in the area's own region, and over how many regions they lie."""
    regions = [view.build.areas[code].region_code for code in ten]
    own = regions.count(area.region_code)
    named = view.build.areas.get(area.region_code or "")
    of = f"{spell_number(own) if own else 'none'} of {spell_number(len(ten))}"
    many = words.counted(len(set(regions)), "region")
    place = escape(name_place(named.name)) if named else "its region"
    return f"{of} in {place}; the ten lie in {many}"


def _place(row: Neighbour | None) -> str:
    """A position, with how close that is as far as the model says."""
    if row is None:
        return DASH
    how = f"distance {row.distance:.2f}" if row.distance is not None else row.closeness or ""
    return f"{words.ordinal(row.position)}<small>{escape(how)}</small>"


def shared(view: View, near: Near) -> str:
    """How many of the ten the models share, each by name; HTML."""
    new, old, ours = (near[name] for name in ("neighbours", "neighbours_2021", "context"))
    said = []
    if new and old:
        said.append(_shared(view, new, old, "in both of the Department’s models"))
    if new and ours:
        of = f"of the {spell_number(len(new))} of May 2025"
        said.append(_shared(view, new, ours, ALSO, of))
    if new and old and ours:
        both = {code: row for code, row in old.items() if code in ours}
        said.append(_shared(view, new, both, "in all three models"))
    return (
        f'<ul class="shared">{"".join(f"<li>{each}.</li>" for each in said)}</ul>' if said else ""
    )


def _shared(
    view: View, first: Mapping[str, Neighbour], second: Collection[str], what: str, of: str = ""
) -> str:
    codes = [code for code in first if code in second]
    count = len(codes)
    of = of or f"of the {spell_number(len(first))}"
    if count == len(first):
        return f"All {of.removeprefix('of the ')} are {what}"
    is_ = f"are {what}" if count > 1 else f"is {ONE_ALSO if what == ALSO else what}"
    if not count:
        return f"None {of} {is_}"
    return f"{count} {of} {is_}: {words.joined([_link(view, code) for code in codes])}"


def use(view: View, area: Area, near: Near) -> str:
    """The ways to compare an area with its neighbours in each model."""
    items = "".join(
        "<li>"
        + table.link(
            view.link("local-area", against=name),
            f"Compare {area.name} with its {IN_WORDS[name]}",
        )
        + ", or "
        + table.link(
            view.link("local-area", against="own", group=",".join(ten)),
            f"start your own group from these {spell_number(len(ten))}",
        )
        + "</li>"
        for name, ten in near.items()
        if ten
    )
    return f"<h2>Compare with them</h2><ul>{items}</ul>" if items else ""


def mean(rows: Iterable[Context]) -> float | None:
    """The mean of one figure over some areas; None where none of them has it."""
    values = [row.value for row in rows if row.value is not None]
    return sum(values) / len(values) if values else None


def alike(view: View, area: Area, known: Mapping[str, Sequence[Context]], near: Near) -> str:
    """What makes areas alike: each figure with its weight, beside neighbours and all areas."""
    mine = known.get(area.code, ())
    if not mine:
        return ""
    ten = [known[code] for code in near["context"] if code in known]
    modelled = [rows for rows in known.values() if _is_in(rows)]
    columns = [
        Column("Figure", "theme; unit and period"),
        Column("Weight", numeric=True),
        Column(area.name, numeric=True),
        *(
            [Column("Its context neighbours", f"mean of {spell_number(len(ten))}", numeric=True)]
            if ten
            else []
        ),
        Column("Local authorities", f"mean of {len(modelled)}", numeric=True),
    ]
    rows = [
        _figure(
            view.build.metrics[row.metric],
            row,
            [each[i] for each in ten],
            [each[i] for each in modelled],
        )
        for i, row in enumerate(mine)
    ]
    title = "Why they are alike" if ten else "What the model is made of"
    return (
        f"<h2>{title}</h2><p>{NO_OUTCOME}</p>"
        + table.table(
            f"{area.name}: the figures that make local authorities alike",
            columns,
            rows,
            "alike cards",
            caption_is_seen=False,
        )
        + f'<p class="source">{WEIGHTS}</p>'
        + table.details("Why each figure is in it, and how it is counted", reasons(mine))
    )


def _figure(
    metric: Metric, row: Context, ten: Sequence[Context], modelled: Sequence[Context]
) -> list[str]:
    """One row: an area without context neighbours has no mean of theirs."""
    theirs = [words.average(metric, mean(ten))] if ten else []
    own = words.value(metric, row.value)
    return [
        f"{escape(row.title)}<small>{escape(row.theme)}; {escape(_unit(row))}</small>",
        weight(row.weight),
        own if row.value is not None else f'<span class="none">{own}</span>',
        *theirs,
        words.average(metric, mean(modelled)),
    ]


def reasons(rows: Sequence[Context]) -> str:
    """Each figure's reason and its transform, in words."""
    return (
        '<dl class="facts">'
        + "".join(
            f"<dt>{escape(row.title)}</dt><dd>{escape(row.reason)} {counted_as(row)}</dd>"
            for row in rows
        )
        + "</dl>"
    )


def counted_as(row: Context) -> str:
    """How a figure is counted, in words."""
    if row.transform == "log":
        return "Counted by its logarithm, so that twice as many is as far as half as many."
    return "Counted as it is published."


def weight(share: float) -> str:
    """A share of all weight: 12.5% or 6.25%."""
    return f"{share * 100:.4g}%"


def named_by(view: View, area: Area) -> dict[str, list[str]]:
    """Which local authorities of today have an area among their ten, by model."""
    codes = [each.code for each in view.build.local_authorities]
    return {
        name: [code for code in codes if area.code in view.build.near.get(model, {}).get(code, ())]
        for name, model in MODELS.items()
        if model in view.build.near
    }


def names_it(view: View, area: Area, near: Near) -> str:
    """How many areas name this one in each model, with their names: it is not mutual."""
    items = "".join(
        f"<li>{_names_it(view, area, near[name], name, codes)}</li>"
        for name, codes in named_by(view, area).items()
        if codes or near[name]
    )
    return (
        f"<h2>Who has {escape(area.name)} among its ten</h2>"
        "<p>Being a neighbour is not mutual: the ten nearest to one local authority may each have "
        f"ten others that are nearer.</p><ul>{items}</ul>"
    )


def _names_it(view: View, area: Area, ten: Collection[str], name: str, codes: Sequence[str]) -> str:
    if not codes:
        return (
            f"No local authority of today has {escape(area.name)} among its ten {IN_WORDS[name]}."
        )
    many = words.counted(len(codes), "local authority has", "local authorities have")
    both = sum(code in ten for code in codes)
    mutual = (
        f", {both if both < len(codes) else 'all'} of them among its own ten"
        if ten and both and len(codes) > 1
        else ""
    )
    its = "its" if len(codes) == 1 else "their"
    named = words.joined([_link(view, code) for code in codes])
    return f"{many} it among {its} ten {IN_WORDS[name]}{mutual}: {named}."


def models(view: View) -> str:
    """What the three models are, and what differs between them."""
    method = table.link(f"{view.link('methods')}#context", "Methods")
    shown = {
        "Statistical neighbours, May 2025": f"{DEPARTMENT} {SHOWN_FIRST}",
        "Statistical neighbours, April 2021": EARLIER,
        "SEND context neighbours": f"{OURS} See {method}.",
    }
    return (
        '<h2>The three models</h2><dl class="facts">'
        + "".join(f"<dt>{escape(name)}</dt><dd>{text}</dd>" for name, text in shown.items())
        + "</dl>"
    )


def source(sources: Sequence[Source]) -> str:
    """Where everything on the page comes from."""
    return f'<p class="source">Source: {escape(source_line(sources))}. {LICENCE}.</p>'


def metrics(known: Mapping[str, Sequence[Context]]) -> list[str]:
    """The metrics that make areas alike."""
    first: Sequence[Context] = next(iter(known.values()), ())
    return list(dict.fromkeys(row.metric for row in first))


def _is_in(rows: Sequence[Context]) -> bool:
    """Whether an area is in the model: one that lacks a figure is left out whole."""
    return all(row.standardised is not None for row in rows)


def _link(view: View, code: str) -> str:
    area = view.build.areas[code]
    name = area.name if area.is_current else f"{area.name} (abolished)"
    return table.link(view.link("local-area", area=code), name)


def _unit(row: Context) -> str:
    """The unit, the period, and that it is counted by its logarithm, where it is."""
    log = ", by its logarithm" if row.transform == "log" else ""
    return f"{words.UNIT_WORDS[row.unit]}, {words.period(row.period)}{log}"


def _lowered(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"


OF_TODAY = (
    "The Department’s files still give its neighbours. SEND context neighbours are worked out for "
    "the local authorities of today alone."
)
SQUARES = (
    "Every square is one local authority, near its true place and of one size. Outlined: "
    f"the one chosen. {theme.NEIGHBOUR.word.capitalize()}: its ten. The table above has their "
    "names and positions."
)
READING = (
    "The closeness is in the Department’s own words; its files give no distance. A context "
    "distance of 0 is the same in every figure; 1 is one standard deviation apart in a typical "
    "one. A dash says that the local authority is not among the ten."
)
NO_OUTCOME = (
    "The SEND context neighbours are nearest in these published figures alone. Nothing about SEND, "
    "spending, attendance or attainment is in the distance, so nothing that is compared has chosen "
    "what it is compared with. The Department’s models are made of other figures, which its files "
    "do not give."
)
WEIGHTS = (
    "The weight is a figure’s share of the whole: the four themes weigh the same, and so do the "
    "figures within one. Means are over local authorities, each counted once, of the figures as "
    "they are published. City of London and Isles of Scilly are not in the model."
)
DEPARTMENT = (
    "The Department for Education’s model for children’s services. Its file gives the ten in order "
    "and how close each is in words: extremely close, very close, close, somewhat close, not close."
)
SHOWN_FIRST = "Pages compare with these where nothing else is chosen."
EARLIER = "The Department’s model before that of May 2025, with the same words for closeness."
OURS = (
    "Our own model: the ten local authorities nearest in size, place, income and language, with "
    "the distance and every weight shown. Nothing about SEND or any outcome is in it."
)
