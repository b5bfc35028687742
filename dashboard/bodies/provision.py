"""Where each need is placed, beside neighbours and what needs predict; what goes together. Pure."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from dashboard.domain.choices import View
from dashboard.domain.records import ENGLAND, TOTAL, Area, Association, Figure, Mix, Provision
from dashboard.draw import sparklines
from dashboard.draw.templates import mark_html, render_macro
from dashboard.words.numbers import (
    MINUS,
    NO_PUBLISHED_FIGURE,
    format_average,
    format_ordinal,
    format_value,
)
from pipeline.shown import list_shown

# The groups of placements in the order they are drawn, by the metric of each.
PLACEMENTS = {metric.id: one.label for metric, one in list_shown("placements")}
IN_WORDS = {metric.id: one.in_words for metric, one in list_shown("placements")}
[NEED_MIX] = [metric.id for metric, _ in list_shown("primary needs")]
FEWEST = 10  # plans: a share of fewer is not drawn
MOST_TIMES = 4  # the ends of the scale: a quarter of what is expected, and four times
LIMIT = 0.05  # of an adjusted p, above which chance is reason enough

Figures = Mapping[tuple[str, str], Figure]
Bar = tuple[str, str, str]  # whose, its style, its parts

_render = partial(render_macro, "bodies/templates/provision.html.j2")


def render_provision_lead(area: Area | None) -> str:
    """What the page answers."""
    return _render("lead", area)


def select_placements(figures: Iterable[Figure]) -> Figures:
    """The figures this page is made of, by metric and need."""
    return {(f.metric, f.breakdown): f for f in figures if f.metric in PLACEMENTS}


def list_provision_notices(area: Area, figures: Figures, mix: Mix | None) -> list[str]:
    """Why there is little to see, or why nothing is judged; HTML."""
    noted = [f for f in figures.values() if f.note]
    if mix is None:
        notes = dict.fromkeys(f.note or "" for f in noted if f.value is None)
        why = " ".join(notes) or "Nothing is held for this area in the newest period."
        return [_render("notice", "No comparison with what is expected.", why)]
    if mix.is_judged:
        return []
    notes = dict.fromkeys(f.note or "" for f in noted if "fewer than" not in (f.note or ""))
    why = " ".join(notes) or f"The numbers of {area.name} are very small."
    return [_render("notice", "Shown and not judged.", why)]


def render_by_need(view: View, figures: Figures) -> str:
    """For each need, where its plans are placed: bars for the area, its neighbours and England."""
    first = next(iter(PLACEMENTS))
    needs = [f for (metric, _), f in figures.items() if metric == first and f.value is not None]
    few = [f for f in needs if (f.denominator or 0) < FEWEST]
    many = [f for f in needs if (f.denominator or 0) >= FEWEST]
    many.sort(key=lambda f: (f.breakdown != TOTAL, -(f.denominator or 0)))
    bars = [(f, _list_bars(view, f.breakdown, figures)) for f in many]
    rows = [(f, _list_cells(view, f.breakdown, figures)) for f in (*many, *few)]
    near = figures[first, TOTAL].neighbours_with_value if (first, TOTAL) in figures else None
    given = (needs[0].time_period, near if view.area else None, few, FEWEST)
    return _render("by_need", view, *given, bars, rows, PLACEMENTS)


def _list_cells(view: View, need: str, figures: Figures) -> list[tuple[str, str, str, str]]:
    """For each placement its share, of how many, and where there is an area what is beside it."""
    cells = []
    for name in PLACEMENTS:
        metric, f = view.build.metrics[name], figures.get((name, need))
        if f is None or f.value is None:
            cells.append((NO_PUBLISHED_FIGURE, "", "", ""))
            continue
        near = format_average(metric, f.neighbour_mean) if view.area else ""
        behind = f"{f.numerator:,.0f} of {f.denominator:,.0f}"
        shares = format_value(metric, f.value), format_value(metric, f.england)
        cells.append((shares[0], behind, near, shares[1]))
    return cells


def _list_bars(view: View, need: str, figures: Figures) -> list[Bar]:
    """The bars of one need: of the area alone where England is shown."""
    placed = [figures.get((metric, need)) for metric in PLACEMENTS]
    mine = [f and f.value for f in placed]
    if view.area is None:
        return _build_bar("England", "mine", mine)
    return [
        *_build_bar(view.area.name, "mine", mine),
        *_build_bar("Neighbours’ mean", "", [f and f.neighbour_mean for f in placed]),
        *_build_bar("England", "", [f and f.england for f in placed]),
    ]


def _build_bar(name: str, style: str, shares: Sequence[float | None]) -> list[Bar]:
    """One bar, where every share of it is there."""
    parts = [share for share in shares if share is not None]
    whole = len(parts) == len(shares)
    return [(name, style, mark_html(sparklines.draw_stack(parts)))] if whole else []


def render_against_expected(area: Area, found: Sequence[Provision], mix: Mix) -> str:
    """Plans in each group of placements over those the area's needs predict, with intervals."""
    rows = [
        (row, title, describe_ratio(row), _place_marks(row))
        for placement, title in PLACEMENTS.items()
        for row in found
        if row.placement == placement
    ]
    return _render("against_expected", area, mix, describe_mix(area, mix), rows)


def describe_mix(area: Area, mix: Mix) -> str:
    """How many plans would have to be elsewhere, where that ranks, and what chance would do."""
    rank = (
        f", the {format_ordinal(mix.rank)} highest of {mix.number_ranked} local authorities"
        if mix.rank
        else ""
    )
    return (
        f"Of {area.name}’s {mix.plans:,} plans whose placement is recorded, "
        f"{mix.dissimilarity:.1f}% would have to be in another group for its placements to match "
        f"what its needs predict at England’s rates{rank}. Chance alone would make this "
        f"{mix.by_chance:.1f}% on average, and more than {mix.chance_limit:.1f}% one time in 20."
    )


def describe_ratio(row: Provision) -> str:
    """One group in words: more or fewer than expected only where the interval says so."""
    if row.ratio is None or row.low is None or row.high is None:
        return "None expected"
    if not row.is_judged:
        return "Not judged"
    if row.low <= 1 <= row.high:
        return "No different from expected"
    if row.ratio == 0:
        return "None, where some are expected"
    size = f"{abs(row.ratio - 1) * 100:.0f}%"
    return f"{size} more than expected" if row.ratio > 1 else f"{size} fewer than expected"


def _place_marks(row: Provision) -> tuple[float, float, float] | None:
    """Where the low end, the ratio and the high end stand on the scale."""
    if row.ratio is None or row.low is None or row.high is None:
        return None
    return _compute_position(row.low), _compute_position(row.ratio), _compute_position(row.high)


def _compute_position(ratio: float) -> float:
    """How far along the scale a ratio stands: twice and half are as far from the middle."""
    if ratio <= 0:
        return 0.0
    return min(max(50 + 50 * math.log(ratio, MOST_TIMES), 0.0), 100.0)


def render_associations(view: View, found: Sequence[Association]) -> str:
    """What goes together across local authorities, what was tested, and what it does not say."""
    holding = [a for a in found if (a.adjusted_p or 0) <= LIMIT and a.rho is not None]
    rows = [
        (
            *_describe_measures(view, a),
            *map(_format_signed, (a.rho, a.low, a.high)),
            a.areas,
            _format_p(a.adjusted_p),
        )
        for a in found
    ]
    return _render("associations", LIMIT, [describe_association(view, a) for a in holding], rows)


def describe_association(view: View, pair: Association) -> str:
    """One association in words, with its interval and how many local authorities it is over."""
    first, second = _describe_measures(view, pair)
    way = "higher" if (pair.rho or 0) > 0 else "lower"
    return (
        f"Local authorities with a higher {first} tend to have a {way} {second} "
        f"(rank correlation {_format_signed(pair.rho)}, 95% interval {_format_signed(pair.low)} to "
        f"{_format_signed(pair.high)}; {pair.areas} local authorities)."
    )


def _describe_measures(view: View, pair: Association) -> tuple[str, str]:
    """Both measures inside a sentence, with the period where it is not that of the plans."""
    first = _describe_measure(view, pair.first_metric, pair.first_breakdown)
    second = _describe_measure(view, pair.second_metric, pair.second_breakdown)
    if pair.second_time_period == pair.first_time_period:
        return first, second
    return first, f"{second} in {pair.second_time_period}"


def _describe_measure(view: View, metric: str, breakdown: str) -> str:
    if metric in PLACEMENTS:
        return f"share of plans in {IN_WORDS[metric]}"
    title = breakdown if metric == NEED_MIX else view.build.metrics[metric].short_title
    lowered = f"{title[0].lower()}{title[1:]}"
    return f"share of plans for {lowered}" if metric == NEED_MIX else lowered


def _format_signed(number: float | None) -> str:
    if number is None:
        return NO_PUBLISHED_FIGURE
    return f"{MINUS if round(number, 2) < 0 else ''}{abs(number):.2f}"


def _format_p(number: float | None) -> str:
    if number is None:
        return NO_PUBLISHED_FIGURE
    return f"{number:.3f}" if number >= 0.001 else "under 0.001"  # noqa: PLR2004 - as it is printed


def list_provision_metrics(found: Iterable[Association]) -> list[str]:
    """The metrics whose sources the page cites."""
    pairs = [metric for a in found for metric in (a.first_metric, a.second_metric)]
    return list(dict.fromkeys([*PLACEMENTS, *pairs]))


def area_code(area: Area | None) -> str:
    """The area whose figures are shown: England's where none is chosen."""
    return area.code if area else ENGLAND
