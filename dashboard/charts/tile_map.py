"""The tile map of one metric: every local authority as one square near its true place. Pure.

The squares are coloured by fifths of the ranked local authorities, on the values as they are shown,
so that equal values never have two colours and the ranges in the legend never overlap. Where many
are level, a colour holds far more than a fifth, and none is called one.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from dashboard.charts import sentences
from dashboard.charts.model import About, ChartModel, Kind, Role, Row, Step
from dashboard.charts.of_metric import Said, build_mark, build_model
from dashboard.domain.records import Area, Figure, Group, Metric
from dashboard.words.names import capitalise, join_words
from dashboard.words.numbers import NO_PUBLISHED_FIGURE, STATUS_MEANING, round_as_shown
from dashboard.words.periods import format_period
from dashboard.words.ranks import describe_polarity, explain_no_rank, format_rank
from dashboard.words.signs import describe_way

FIFTHS = 5
MOST_TIED = 2  # regions named in the title
MOST_OF_A_FIFTH = 0.25  # of the areas: with ties a fifth is never exact, and a quarter is none
NAMES = ("Lowest fifth", "2nd lowest fifth", "Middle fifth", "2nd highest fifth", "Highest fifth")
AS_SQUARES = (
    "Every square is one local authority, near its true place and of one size, so that small areas "
    "with many children can be seen."
)
AS_SHAPES = (
    "A large area has much land, which need not mean many children: the squares show every local "
    "authority alike. Boundaries: Office for National Statistics, licensed under the Open "
    "Government Licence v3.0, made simpler. Contains OS data © Crown copyright and database right."
)
LEFT_OUT = "No figure, or not ranked"
WITHOUT_ARTICLE = ("London", "Yorkshire")


class Mapped(NamedTuple):
    """What a map shows: the figures, every local authority of today, and who is marked."""

    figures: Sequence[Figure]
    places: Sequence[Area]
    areas: Mapping[str, Area]
    area: Area | None
    group: Group | None


def build_map(about: About, shown: Mapped) -> ChartModel:
    """Every local authority with its figure and its fifth, or with the reason it has none."""
    metric = about.metric
    held = {figure.area_code: figure for figure in shown.figures}
    found = compute_fifths(metric, shown.figures)
    marked = shown.group.marked if shown.group else ()
    roles = dict.fromkeys(marked, Role.NEIGHBOUR)
    roles |= {shown.area.code: Role.FOCUS} if shown.area else {}
    when = next((f.time_period for f in shown.figures if f.rank is not None), "")
    rows = []
    for area in shown.places:
        figure, role = held.get(area.code), roles.get(area.code, Role.OTHER)
        step = found.get(area.code)
        row = (
            _build_row(metric, figure, area.name, role, step)
            if figure
            else _build_blank(area, role, when)
        )
        rows.append(row)
    legend = build_steps(metric, rows)
    said = Said(
        title=title(rows, shown.areas),
        alt=alt(about, legend),
        note=note(metric),
        shading=_describe_outlined(when, shown),
    )
    drawn = build_model(about, Kind.TILE_MAP, rows, list(roles), said)
    return replace(drawn, steps=legend, member=sentences.member(shown.group))


def compute_fifths(metric: Metric, figures: Sequence[Figure]) -> dict[str, int]:
    """Which fifth each ranked area is in, 0 the lowest.

    Areas with one value are in one fifth: the one where the middle of them stands.
    """
    placed = {
        f.area_code: round_as_shown(metric, f.value)
        for f in figures
        if f.rank is not None and f.value is not None
    }
    ordered = sorted(placed.values())
    return {code: _compute_fifth(ordered, value) for code, value in placed.items()}


def _compute_fifth(ordered: Sequence[float], value: float) -> int:
    """The fifth of the middle of the places that a value has."""
    middle = (bisect_left(ordered, value) + bisect_right(ordered, value) - 1) / 2
    return sum(middle >= len(ordered) * fifth // FIFTHS for fifth in range(1, FIFTHS))


def build_steps(metric: Metric, rows: Sequence[Row]) -> tuple[Step, ...]:
    """The fifths that hold an area, the highest first, each with its range; then those without."""
    counts = Counter(row.step for row in rows if row.step is not None)
    held = sorted(counts, reverse=True)
    are_fifths = len(held) == FIFTHS and max(counts.values()) <= MOST_OF_A_FIFTH * counts.total()
    found = []
    for number in held:
        inside = sorted((row for row in rows if row.step == number), key=lambda row: row.value or 0)
        ends = " to ".join(dict.fromkeys([inside[0].shown, inside[-1].shown]))
        name = _name_step(metric, number, held, are_fifths=are_fifths)
        found.append(Step(number, name, ends, len(inside)))
    left = sum(row.step is None for row in rows)
    return (*found, *([Step(None, LEFT_OUT, "", left)] if left else []))


def title(rows: Sequence[Row], areas: Mapping[str, Area]) -> str:
    """Which region has most of the highest fifth, and how many of all: it may just be large."""
    ranked = [row for row in rows if row.step is not None]
    if not ranked:
        return "No local authority is ranked on this metric"
    top = max(row.step or 0 for row in ranked)
    highest = [row for row in ranked if row.step == top]
    if len(highest) == len(ranked):
        return f"The {len(ranked)} local authorities that are ranked have the same figure"
    by_region = Counter(areas[row.area_code].region_code or "" for row in highest)
    most = max(by_region.values())
    codes = sorted(code for code, number in by_region.items() if number == most)
    of = f"the {len(highest)} local authorities with the highest figures"
    if len(codes) > MOST_TIED or most == 1:
        return f"No one region has most of {of}: they are in {len(by_region)} regions"
    named = join_words([_add_article(areas[code].name) for code in codes])
    if len(codes) > 1:
        return f"{capitalise(named)} each have {most} of {of}"
    size = sum(areas[row.area_code].region_code == codes[0] for row in ranked)
    return f"{most} of {of} are in {named}, which has {size} of the {len(ranked)} ranked"


def note(metric: Metric) -> str:
    """How to read the map."""
    size = (
        " Larger areas have larger numbers: a count is no rate." if metric.unit == "count" else ""
    )
    way = describe_way(metric, 1).removesuffix(" than")
    darker = f"Darker is {way}" if metric.signed else f"The darker, the {way}"
    return f"{AS_SQUARES} {darker}. {describe_polarity(metric)}.{size}"


def use_boundaries(model: ChartModel) -> ChartModel:
    """The same map with what is to be known where it is drawn by boundaries."""
    note = model.note.replace(AS_SQUARES, AS_SHAPES)
    return replace(model, kind=Kind.BOUNDARY_MAP, note=note)


def alt(about: About, legend: Sequence[Step]) -> str:
    """What the map shows, for a reader who cannot see it."""
    listed = "; ".join(
        f"{step.label}{f', {step.shown}' if step.shown else ''}: {step.count}" for step in legend
    )
    return f"Map of {about.subtitle} in England’s local authorities. {listed}."


def _build_blank(area: Area, role: Role, when: str) -> Row:
    """An area without a row in the latest release."""
    shown = f"No figure for {format_period(when)}" if when else NO_PUBLISHED_FIGURE
    return Row(area.name, role, None, shown, area_code=area.code, status="not_available")


def _build_row(metric: Metric, figure: Figure, label: str, role: Role, step: int | None) -> Row:
    note = format_rank(metric, figure) if figure.rank is not None else _describe_none(figure)
    return replace(build_mark(metric, figure, label, role), note=note, step=step)


def _describe_none(figure: Figure) -> str:
    """Why an area is white: what the publisher's mark means, or that it is never ranked."""
    meaning = STATUS_MEANING.get(figure.status, "")
    if figure.value is None and meaning:
        return meaning
    return f"not ranked: {explain_no_rank(figure)}"


def _name_step(metric: Metric, number: int, held: Sequence[int], *, are_fifths: bool) -> str:
    """A step's name; where many are level they are no fifths, and only the ends have names."""
    ends = {held[0]: "Highest group", held[-1]: "Lowest group"}
    name = NAMES[number] if are_fifths else ends.get(number, "Between")
    if metric.polarity == "no_judgement" or number not in ends or len(held) == 1:
        return name
    is_best = (number == held[0]) is (metric.polarity == "high_is_good")
    return f"{name} ({'best' if is_best else 'worst'})"


def _add_article(region: str) -> str:
    return region if region.startswith(WITHOUT_ARTICLE) else f"the {region}"


def _describe_outlined(when: str, shown: Mapped) -> str:
    named = shown.group.named if shown.group and shown.group.marked else ""
    marked = [part for part in (shown.area.name if shown.area else "", named) if part]
    outlined = f"Outlined: {' and '.join(marked)}" if marked else ""
    return ". ".join(part for part in (when, outlined) if part)
