"""Where each need is placed, beside neighbours and what needs predict; what goes together. Pure."""

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from dashboard.charts.model import LICENCE, source_line
from dashboard.domain.choices import View
from dashboard.domain.records import (
    ENGLAND,
    TOTAL,
    Area,
    Association,
    Figure,
    Mix,
    Provision,
    Source,
)
from dashboard.draw import table
from dashboard.draw.table import Column
from dashboard.words import phrases as words
from pipeline.shown import list_shown

# The groups of placements in the order they are drawn, by the metric of each.
PLACEMENTS = {metric.id: one.label for metric, one in list_shown("placements")}
[NEED_MIX] = [metric.id for metric, _ in list_shown("primary needs")]
FEWEST = 10  # plans: a share of fewer is not drawn
TEN = 10
WIDE_ENOUGH = 12  # per cent of a bar, to be written on
MOST_TIMES = 4  # the ends of the scale: a quarter of what is expected, and four times
LIMIT = 0.05  # of an adjusted p, above which chance is reason enough

Figures = Mapping[tuple[str, str], Figure]


def lead(area: Area | None) -> str:
    """What the page answers."""
    name = escape(area.name) if area else "local authorities in England"
    return (
        f"Where children and young people whose EHC plan is maintained by {name} are placed, for "
        "each primary need"
        + (
            ", beside its statistical neighbours and England; and how its placements compare with "
            "those its mix of needs would predict."
            if area
            else ". Choose a local authority to see it beside its neighbours."
        )
    )


def held(figures: Iterable[Figure]) -> Figures:
    """The figures this page is made of, by metric and need."""
    return {(f.metric, f.breakdown): f for f in figures if f.metric in PLACEMENTS}


def notices(area: Area, figures: Figures, mix: Mix | None) -> list[str]:
    """Why there is little to see, or why nothing is judged; HTML."""
    if mix is None:
        notes = dict.fromkeys(f.note for f in figures.values() if f.note and f.value is None)
        why = " ".join(notes) or "Nothing is held for this area in the newest period."
        return [f"<strong>No comparison with what is expected.</strong> {escape(why)}"]
    if mix.is_judged:
        return []
    notes = dict.fromkeys(f.note for f in figures.values() if f.note and "fewer than" not in f.note)
    why = " ".join(notes) or f"The numbers of {area.name} are very small."
    return [f"<strong>Shown and not judged.</strong> {escape(why)}"]


def by_need(view: View, figures: Figures) -> str:
    """For each need, where its plans are placed: bars for the area, its neighbours and England."""
    first = next(iter(PLACEMENTS))
    known = [f for (metric, _), f in figures.items() if metric == first and f.value is not None]
    many = [f for f in known if (f.denominator or 0) >= FEWEST]
    few = [f for f in known if (f.denominator or 0) < FEWEST]
    many.sort(key=lambda f: (f.breakdown != TOTAL, -(f.denominator or 0)))
    name = view.area.name if view.area else "England"
    drawn = "".join(_one_need(name, f, figures, is_england=view.area is None) for f in many)
    left_out = words.joined([f"{f.breakdown.lower()} ({f.denominator:,.0f})" for f in few])
    note = f" Not drawn, fewer than {FEWEST} plans: {left_out}." if few else ""
    whole = figures.get((first, TOTAL))
    mean = _neighbours(whole.neighbours_with_value if whole and view.area else None)
    return (
        f"<h2>Where each need is placed, {escape(known[0].time_period)}</h2>"
        "<p>Percentage of the plans with each primary need whose placement is recorded."
        f"{mean}{note}</p>"
        f'{LEGEND}<ul class="mixes">{drawn}</ul>'
        + table.details("View these bars as a table", _needs_table(view, [*many, *few], figures))
        + _rankings(view)
    )


def _rankings(view: View) -> str:
    """Lead to every local authority's figures for each placement."""
    links = [
        table.link(view.link("metric", metric=metric, breakdown=None), title)
        for metric, title in PLACEMENTS.items()
    ]
    return f"<p>Every local authority, ranked, for each need: {', '.join(links)}.</p>"


def _neighbours(number: int | None) -> str:
    """Say how many statistical neighbours a mean is over."""
    if not number:
        return ""
    return f" The mean is over {'its ten' if number == TEN else f'{number} of its ten'} neighbours."


def _one_need(name: str, figure: Figure, figures: Figures, *, is_england: bool) -> str:
    need = "All needs" if figure.breakdown == TOTAL else figure.breakdown
    found = [figures.get((metric, figure.breakdown)) for metric in PLACEMENTS]
    bars = _bar(name, [f.value if f else None for f in found], "mine")
    if not is_england:
        near = [f.neighbour_mean if f else None for f in found]
        bars += _bar("Neighbours’ mean", near) + _bar("England", [f and f.england for f in found])
    plans = words.counted(int(figure.denominator or 0), "plan")
    return f"<li><h3>{escape(need)} <small>{plans}</small></h3>{bars}</li>"


def _bar(name: str, shares: Sequence[float | None], style: str = "") -> str:
    if any(share is None for share in shares):
        return ""
    parts = "".join(
        f'<i class="c{place}" style="width:{share:.1f}%">'
        f"{f'{share:.0f}%' if share >= WIDE_ENOUGH else ''}</i>"
        for place, share in enumerate(share or 0 for share in shares)
        if share > 0
    )
    return (
        f'<div class="mix {style}" aria-hidden="true"><span class="of">{escape(name)}</span>'
        f'<span class="stack">{parts}</span></div>'
    )


def _needs_table(view: View, needs: Sequence[Figure], figures: Figures) -> str:
    columns = [Column("Need"), *(Column(title, numeric=True) for title in PLACEMENTS.values())]
    rows = [
        [
            _named(f),
            *(_cell(view, metric, figures.get((metric, f.breakdown))) for metric in PLACEMENTS),
        ]
        for f in needs
    ]
    return table.table("Placements by need", columns, rows, caption_is_seen=False)


def _named(figure: Figure) -> str:
    """A need with how many plans are for it."""
    need = "All needs" if figure.breakdown == TOTAL else figure.breakdown
    return f"{escape(need)}<small>{words.counted(int(figure.denominator or 0), 'plan')}</small>"


def _cell(view: View, metric: str, figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return f'<span class="none">{words.NO_PUBLISHED_FIGURE}</span>'
    known = view.build.metrics[metric]
    beside = f"<small>{figure.numerator:,.0f} of {figure.denominator:,.0f}"
    if view.area:
        beside += (
            f"<br>neighbours {words.average(known, figure.neighbour_mean)}"
            f"<br>England {words.value(known, figure.england)}"
        )
    return f"{words.value(known, figure.value)}{beside}</small>"


def against_expected(area: Area, found: Sequence[Provision], mix: Mix) -> str:
    """Plans in each group of placements over those the area's needs predict, with intervals."""
    columns = [
        Column("Placement"),
        Column("Reading", style="say"),
        Column("Observed over expected", "95% interval", numeric=True),
        Column("A quarter, as many, four times", style="pic"),
        Column("Plans there", numeric=True),
        Column("Expected", "from its needs", numeric=True),
    ]
    rows = [
        [
            escape(PLACEMENTS[row.placement]),
            escape(reading(row)),
            _ratio(row),
            _strip(row),
            f"{row.observed:,}",
            f"{row.expected:,.1f}",
        ]
        for row in sorted(found, key=lambda row: list(PLACEMENTS).index(row.placement))
    ]
    return (
        f"<h2>Placements and what needs predict, {escape(mix.time_period)}</h2>"
        f"<p>{escape(mix_sentence(area, mix))}</p>"
        + table.table(
            f"{area.name}: plans in each placement over those expected",
            columns,
            rows,
            "expected",
            caption_is_seen=False,
        )
        + f'<p class="source">{CAVEAT}</p>'
    )


def mix_sentence(area: Area, mix: Mix) -> str:
    """How many plans would have to be elsewhere, where that ranks, and what chance would do."""
    rank = (
        f", the {words.ordinal(mix.rank)} highest of {mix.number_ranked} local authorities"
        if mix.rank
        else ""
    )
    return (
        f"Of {area.name}’s {mix.plans:,} plans whose placement is recorded, "
        f"{mix.dissimilarity:.1f}% would have to be in another group for its placements to match "
        f"what its needs predict at England’s rates{rank}. Chance alone would make this "
        f"{mix.by_chance:.1f}% on average, and more than {mix.chance_limit:.1f}% one time in 20."
    )


def reading(row: Provision) -> str:
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


def _ratio(row: Provision) -> str:
    if row.ratio is None:
        return f'<span class="none">{words.NO_PUBLISHED_FIGURE}</span>'
    return f"<strong>{row.ratio:.2f}</strong><small>{row.low:.2f} to {row.high:.2f}</small>"


def _strip(row: Provision) -> str:
    """The ratio as a dot, its interval as a bar, and a line at as many as expected."""
    if row.ratio is None or row.low is None or row.high is None:
        return ""
    left, right = _along(row.low), 100 - _along(row.high)
    return (
        '<span class="strip" aria-hidden="true"><i class="m" style="left:50%"></i>'
        f'<i class="r" style="left:{left:.1f}%;right:{right:.1f}%"></i>'
        f'<i class="d" style="left:{_along(row.ratio):.1f}%"></i></span>'
        '<span class="ends" aria-hidden="true"><span>¼</span><span>1</span><span>4</span></span>'
    )


def _along(ratio: float) -> float:
    """How far along the scale a ratio stands: twice and half are as far from the middle."""
    if ratio <= 0:
        return 0.0
    return min(max(50 + 50 * math.log(ratio, MOST_TIMES), 0.0), 100.0)


def associations(view: View, found: Sequence[Association]) -> str:
    """What goes together across local authorities, what was tested, and what it does not say."""
    holding = [a for a in found if (a.adjusted_p or 0) <= LIMIT and a.rho is not None]
    listed = "".join(f"<li>{escape(sentence(view, a))}</li>" for a in holding)
    count = words.counted(len(found), "pair")
    more = "None goes" if not holding else f"{len(holding)} {'go' if len(holding) > 1 else 'goes'}"
    return (
        "<h2>What goes together across local authorities</h2>"
        f"<p>{count} of measures were tested together: shares of the largest needs, shares of "
        f"placements, and high needs spending per head. {more} together more closely than chance "
        f"is likely to make of so many pairs (adjusted p of {LIMIT} or less).</p><ul>{listed}</ul>"
        f'<p class="notice">{NOT_CAUSE}</p>'
        + table.details("View every pair that was tested", _pairs_table(view, found))
    )


def sentence(view: View, pair: Association) -> str:
    """One association in words, with its interval and how many local authorities it is over."""
    first, second = _measures(view, pair)
    way = "higher" if (pair.rho or 0) > 0 else "lower"
    return (
        f"Local authorities with a higher {first} tend to have a {way} {second} "
        f"(rank correlation {_signed(pair.rho)}, 95% interval {_signed(pair.low)} to "
        f"{_signed(pair.high)}; {pair.areas} local authorities)."
    )


def _pairs_table(view: View, found: Sequence[Association]) -> str:
    columns = [
        Column("Measures"),
        Column("Rank correlation", "95% interval", numeric=True),
        Column("Local authorities", numeric=True),
        Column("Adjusted p", numeric=True),
    ]
    rows = [
        [
            _both(view, a),
            f"{_signed(a.rho)}<small>{_signed(a.low)} to {_signed(a.high)}</small>",
            f"{a.areas}",
            _p(a.adjusted_p),
        ]
        for a in found
    ]
    caption = "Associations between need, placement and spending"
    return table.table(caption, columns, rows, caption_is_seen=False)


def _both(view: View, pair: Association) -> str:
    first, second = (f"{text[0].upper()}{text[1:]}" for text in _measures(view, pair))
    return f"{escape(first)}<small>{escape(second)}</small>"


def _measures(view: View, pair: Association) -> tuple[str, str]:
    """Both measures inside a sentence, with the period where it is not that of the plans."""
    first = _measure(view, pair.first_metric, pair.first_breakdown)
    second = _measure(view, pair.second_metric, pair.second_breakdown)
    if pair.second_time_period == pair.first_time_period:
        return first, second
    return first, f"{second} in {pair.second_time_period}"


def _measure(view: View, metric: str, breakdown: str) -> str:
    if metric in PLACEMENTS:
        return f"share of plans in {IN_WORDS[metric]}"
    title = breakdown if metric == NEED_MIX else view.build.metrics[metric].short_title
    lowered = f"{title[0].lower()}{title[1:]}"
    return f"share of plans for {lowered}" if metric == NEED_MIX else lowered


def _signed(number: float | None) -> str:
    if number is None:
        return words.NO_PUBLISHED_FIGURE
    return f"{words.MINUS if round(number, 2) < 0 else ''}{abs(number):.2f}"


def _p(number: float | None) -> str:
    if number is None:
        return words.NO_PUBLISHED_FIGURE
    return f"{number:.3f}" if number >= 0.001 else "under 0.001"  # noqa: PLR2004 - as it is printed


def source(sources: Sequence[Source]) -> str:
    """Where everything on the page comes from."""
    return f'<p class="source">Source: {escape(source_line(sources))}. {LICENCE}.</p>'


def metrics(found: Iterable[Association]) -> list[str]:
    """The metrics whose sources the page cites."""
    pairs = [metric for a in found for metric in (a.first_metric, a.second_metric)]
    return list(dict.fromkeys([*PLACEMENTS, *pairs]))


def area_code(area: Area | None) -> str:
    """The area whose figures are shown: England's where none is chosen."""
    return area.code if area else ENGLAND


IN_WORDS = {metric.id: one.in_words for metric, one in list_shown("placements")}
CAVEAT = (
    "Expected: the local authority’s own plans for each primary need, each at the share that is in "
    "the placement in England. One word stands for each plan’s need: age, the degree of need, the "
    "schools nearby and parents’ wishes bear on a placement and are not in these figures. The "
    "interval speaks of chance alone. Neither more nor fewer is better in itself. Independent "
    "schools that are not special are under mainstream, and specialist post-16 institutions under "
    "further education, as the publisher counts them. Some local authorities record no SEN unit or "
    "resourced provision: places in them may then be under mainstream."
)
NOT_CAUSE = (
    "<strong>Association is not cause.</strong> Two measures may go together because of a third, "
    "and what holds across local authorities says nothing of single children."
)
LEGEND = (
    '<p class="legend">'
    + "".join(
        f'<span><i class="c c{number}"></i>{escape(title)}</span>'
        for number, title in enumerate(PLACEMENTS.values())
    )
    + "</p>"
)
