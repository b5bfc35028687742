"""Any areas by any metrics: which are shown, in which order, and how each cell is shaded. Pure.

Everything is read as it was published with the build; only places among the few areas that are
shown are counted here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from dashboard.domain import choices, packs
from dashboard.domain.build import Build
from dashboard.domain.choices import BY_NAME, MOST_AREAS, REGIONS, SETS, SHADES, View
from dashboard.domain.comparators import TYPES
from dashboard.domain.records import ENGLAND, UNRANKED, Area, Figure, Metric
from dashboard.words.changes import SAME, describe_verdict
from dashboard.words.names import join_words, name_metric_briefly, name_place
from dashboard.words.numbers import format_count, format_ordinal
from dashboard.words.ranks import NO_QUARTER, format_quartile, is_placed
from dashboard.words.signs import describe_way

STEPS, WORST, NAMED = 4, 4, 3
MOST_CELLS = 1300
NOTHING: dict[tuple[str, str], Figure] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """One metric of one group in the areas that are shown."""

    part: str
    metric: Metric
    breakdown: str
    period: str  # the latest
    ranked: int | None  # how many areas of all are ranked in it
    england: float | None
    figures: Mapping[str, Figure]  # by the code of the area shown

    @property
    def name(self) -> str:
        """How the address writes it."""
        return packs.name_row(self.metric, self.breakdown)

    @property
    def is_judged(self) -> bool:
        """Whether it has a better end and is the local authorities' own."""
        return self.metric.polarity != "no_judgement" and not self.metric.is_nhs


class Mark(NamedTuple):
    """How a cell is shaded: its style, what is seen below the number, what is only read out."""

    style: str = ""
    seen: str = ""
    heard: str = ""


def list_sets(build: Build) -> dict[str, str]:
    """The ready-made sets of areas by id, then each region's local authorities by its code."""
    regions = {a.code: f"All in {a.name}" for a in build.areas.values() if a.level == "region"}
    return SETS | regions


def chosen_set(view: View) -> str:
    """Which set is shown; where none is asked for, what the reader's other choices suggest."""
    if view.rug.set or view.areas:
        return view.rug.set or "own"
    return "neighbours" if view.area else REGIONS


def needs_area(view: View) -> bool:
    """Whether the set is made around one local authority."""
    return chosen_set(view) in {"neighbours", "region", "type"}


def select_areas(view: View) -> tuple[Area, ...]:
    """The areas of the set, the one it is made around first."""
    name, build = chosen_set(view), view.build
    if name == "own":
        return view.areas
    if name == REGIONS:
        return tuple(area for area in build.areas.values() if area.level == "region")
    if name in build.areas:
        return tuple(area for area in build.local_authorities if area.region_code == name)
    return _pick_around(build, view.area, name) if view.area else ()


def _pick_around(build: Build, area: Area, name: str) -> tuple[Area, ...]:
    if name == "neighbours":
        others = [build.areas[code] for code in build.neighbours.get(area.code, ())]
    else:
        field = "region_code" if name == "region" else "authority_type"
        alike = getattr(area, field)
        others = [a for a in build.local_authorities if alike and getattr(a, field) == alike]
    return (area, *(other for other in others if other is not area))


def list_wanted(view: View) -> list[tuple[str, Metric, str]]:
    """The metrics of the pack, or of the topic, with their groups, each below its heading."""
    known = view.build.metrics
    if not view.rug.pack:
        metrics = choices.select_of_topic(view.build, view.topic)
        return [("", metric, breakdown) for metric in metrics for breakdown in metric.breakdowns]
    return [
        (part.title, known[metric], breakdown or known[metric].breakdowns[0])
        for part in packs.PACKS[view.rug.pack].parts
        for metric, breakdown in part.rows
        if metric in known
    ]


def build_rows(view: View, shown: Sequence[Area]) -> list[Row]:
    """As many of the metrics as a page has room for, in the areas that are shown."""
    most = MOST_CELLS // max(1, len(shown))
    return [_build_row(view.build, *each, shown) for each in list_wanted(view)[:most]]


def _build_row(
    build: Build, part: str, metric: Metric, breakdown: str, shown: Sequence[Area]
) -> Row:
    at = metric.id, breakdown
    newest = build.newest
    figures = {
        area.code: figure
        for area in shown
        if (figure := newest.get(find_publishing_area(build, metric, area), NOTHING).get(at))
    }
    latest = [figure for figure in figures.values() if figure.is_latest]
    national = build.newest.get(ENGLAND, {}).get(at)
    period = latest[0].time_period if latest else national.time_period if national else ""
    england = latest[0].england if latest else None
    # England may be a period ahead of every area: it stands beside them in theirs.
    if national is not None and national.time_period == period:
        england = national.value
    return Row(
        part,
        metric,
        breakdown,
        period,
        next((f.number_ranked for f in latest if f.number_ranked), None),
        england,
        figures,
    )


def find_publishing_area(build: Build, metric: Metric, area: Area) -> str:
    """Whose figure an area has: of the NHS its board's, where it lies in one alone."""
    if not metric.is_nhs or area.level != "local_authority":
        return area.code
    boards = build.boards.get(area.code, ())
    return boards[0][0] if len(boards) == 1 else ""


def shades(view: View) -> dict[str, str]:
    """The ways to shade: regions have no quarter and no neighbours."""
    if chosen_set(view) == REGIONS:
        return {name: SHADES[name] for name in ("rank", "england")}
    return SHADES


def shade(view: View) -> str:
    """How the table is shaded."""
    known = shades(view)
    return view.rug.shade if view.rug.shade in known else next(iter(known))


def mark_cells(row: Row, how: str) -> dict[str, Mark]:
    """The mark of each area in one row."""
    if row.metric.is_category:
        return {}
    if how == "rank":
        return _mark_places(row)
    if how == "quarter":
        return {code: _mark_quarter(row, figure) for code, figure in row.figures.items()}
    other = "England" if how == "england" else "neighbours"
    return {code: _mark_test(row.metric, f, other) for code, f in row.figures.items()}


def count_tests(found: Iterable[Row], how: str) -> int:
    """How many tests the shades of some rows show: none where they show ranks."""
    if how not in {"england", "neighbours"}:
        return 0
    figures = [figure for row in found for figure in row.figures.values()]
    shown = [f.against_england if how == "england" else f.against_neighbours for f in figures]
    return sum(way is not None for way in shown)


def _mark_quarter(row: Row, figure: Figure) -> Mark:
    if figure.value is None:
        return Mark()
    if figure.rank is None:
        return Mark(seen="not ranked")
    of = None if figure.number_ranked == row.ranked else figure.number_ranked
    return _mark_rank(row.metric, figure.quartile, figure.rank, figure.tied, of)


@lru_cache(maxsize=4096)  # a wide table has more than a thousand cells
def _mark_rank(metric: Metric, quarter: int | None, *rank: int | None) -> Mark:
    place, tied, of = rank
    seen = f"{'=' if tied else ''}{format_ordinal(place or 0)}{f' of {of}' if of else ''}"
    heard = format_quartile(metric, quarter) or NO_QUARTER
    return Mark(_shade_style(metric, quarter or 0), seen, heard)


def _mark_test(metric: Metric, figure: Figure, other: str) -> Mark:
    if figure.value is None:
        return Mark()
    if not is_placed(figure):
        return Mark(seen="not compared", heard="very small numbers")
    way = figure.against_england if other == "England" else figure.against_neighbours
    if way is None:
        return Mark("none", "not tested")
    if way == 0:
        return Mark("same", SAME, f"from {other}")
    side = describe_way(metric, way).removesuffix(" than")
    judged = describe_verdict(metric, way)
    style = {"better": "q1", "worse": "q4"}.get(judged, "g1" if way > 0 else "g3")
    return Mark(style, f"{side}, {judged}" if judged else side, f"than {other}")


def _mark_places(row: Row) -> dict[str, Mark]:
    """Places among those shown, by their latest figures; equal values share one."""
    valued = {
        code: figure.value
        for code, figure in row.figures.items()
        if figure.value is not None and figure.is_latest and code not in UNRANKED
    }
    rising = sorted(valued.values(), reverse=row.metric.polarity != "low_is_good")
    found = {}
    for code, value in valued.items():
        place = rising.index(value) + 1
        shared = "=" if rising.count(value) > 1 else ""
        step = _compute_step(place, len(rising)) if rising[0] != rising[-1] else 0
        seen = f"{shared}{format_ordinal(place)}"
        found[code] = Mark(_shade_style(row.metric, step), seen, f"of {len(rising)} shown")
    return found


def _compute_step(place: int, of: int) -> int:
    return 1 + round((STEPS - 1) * (place - 1) / (of - 1))


def _shade_style(metric: Metric, step: int) -> str:
    if not step:
        return ""
    return f"{'g' if metric.polarity == 'no_judgement' else 'q'}{step}"


def list_orders(found: Iterable[Row]) -> dict[str, str]:
    """What areas can be put in order by."""
    by_metric = {row.name: name_metric_briefly(row.metric, row.breakdown) for row in found}
    return {"": "The set’s own order", BY_NAME: "Name", **by_metric}


def order(view: View, found: Sequence[Row]) -> str:
    """What the areas are in order by: a metric without its group is the first of its rows."""
    wanted = view.rug.sort
    names = [row.name for row in found]
    first = next((row.name for row in found if row.metric.id == wanted), "")
    return wanted if wanted in {BY_NAME, *names} else first


def sort_areas(shown: Sequence[Area], found: Sequence[Row], by: str) -> list[Area]:
    """The areas in order: best first, or highest where neither is better; no figure last."""
    if by == BY_NAME:
        return sorted(shown, key=lambda area: area.name)
    row = next((row for row in found if row.name == by), None)
    return sorted(shown, key=_make_order(row)) if row else list(shown)


def _make_order(row: Row) -> Callable[[Area], tuple[bool, float]]:
    sign = 1 if row.metric.polarity == "low_is_good" else -1

    def key(area: Area) -> tuple[bool, float]:
        figure = row.figures.get(area.code)
        if figure is None or figure.value is None or figure.time_period != row.period:
            return True, 0
        return False, sign * figure.value

    return key


def describe_order(view: View, found: Sequence[Row], by: str) -> str:
    """The order of the areas, in a sentence."""
    row = next((row for row in found if row.name == by), None)
    if row:
        end = "highest" if row.metric.polarity == "no_judgement" else "best"
        name = name_metric_briefly(row.metric, row.breakdown)
        return f"Areas are in order of “{name}”, {end} first; any without a latest figure are last."
    if by == "" and chosen_set(view) == "own":
        return "Areas are in the order they were chosen."
    if by == BY_NAME or not needs_area(view) or not view.area:
        return "Areas are in order of name."
    after = "the most alike" if chosen_set(view) == "neighbours" else "in order of name"
    return f"{view.area.name} is first, then the others, {after}{_describe_first(view)}."


def _describe_first(view: View) -> str:
    return " first" if chosen_set(view) == "neighbours" else ""


def compose_finding(view: View, shown: Sequence[Area], found: Sequence[Row]) -> str:
    """Which area has most figures at the worse end among those shown, and how many of how many."""
    is_regions = chosen_set(view) == REGIONS
    ends = [
        (_select_last(row) if is_regions else _select_worst(row)) for row in found if row.is_judged
    ]
    ends = [codes for codes in ends if codes is not None]
    if not ends:
        return _describe_nothing(found)
    counts = {area: sum(area.code in codes for codes in ends) for area in shown}
    return _describe_most(
        counts, "last of the regions" if is_regions else "in the worst quarter", len(ends)
    )


def _describe_nothing(found: Sequence[Row]) -> str:
    """Why nobody is said to be worst."""
    if any(row.is_judged for row in found):
        return "No area shown is ranked on a metric with a better end, so none is said to be worst."
    if any(row.metric.polarity != "no_judgement" for row in found):
        return (
            "The metrics with a better end are of integrated care boards, so no local authority is "
            "said to be worst."
        )
    return "None of these metrics has a better end, so no area is said to be worst."


def _describe_most(counts: Mapping[Area, int], where: str, of: int) -> str:
    most = max(counts.values())
    many = of > 1
    which = f"the {format_count(of, 'metric')}" if many else "the only metric"
    if most == 0:
        who = (
            "No area shown is" if len(counts) > 1 else f"{_name_inside(next(iter(counts)))} is not"
        )
        return f"{who} {where} on {'any of ' if many else ''}{which} with a better end."
    names = [_name_inside(area) for area, count in counts.items() if count == most]
    start = f"{'Of' if many else 'On'} {which} with a better end, "
    who = f"{join_words(_shorten_names(names))} {'is' if len(names) == 1 else 'are'} {where}"
    if not many:
        return f"{start}{who}."
    each = " each" if len(names) > 1 else ""
    rest = ", the most of those shown" if len(counts) > 1 else ""
    return f"{start}{who} on {most}{each}{rest}."


def _shorten_names(names: list[str]) -> list[str]:
    """All of a few names; else the first, and how many more."""
    if len(names) <= NAMED + 1:
        return names
    return [*names[:NAMED], f"{len(names) - NAMED} others"]


def _name_inside(area: Area) -> str:
    """An area inside a sentence: the North East, London, Medway."""
    return name_place(area.name)


def _select_worst(row: Row) -> set[str] | None:
    """Who is in the worst quarter of a row; None where nobody is ranked."""
    placed = {code: f.quartile for code, f in row.figures.items() if f.rank is not None}
    return {code for code, quarter in placed.items() if quarter == WORST} if placed else None


def _select_last(row: Row) -> set[str] | None:
    """Who is last of those shown; None where fewer than two have a figure."""
    valued = {
        code: f.value
        for code, f in row.figures.items()
        if f.is_latest and f.value is not None and is_placed(f)
    }
    if len(valued) < 2:  # noqa: PLR2004 - one alone is neither first nor last
        return None
    worst = (max if row.metric.polarity == "low_is_good" else min)(valued.values())
    return {code for code, value in valued.items() if value == worst}


def select_charted(view: View, shown: Sequence[Area], found: Sequence[Row]) -> View:
    """The view of the chart below: one metric of the table in no more areas than lines have room.

    Lines are drawn of what local authorities have figures of their own for.
    """
    usable = [row for row in found if not row.metric.is_nhs and not row.metric.is_category] or found
    row = next((row for row in usable if row.metric is view.metric), usable[0])
    is_asked = row.metric is view.metric and view.asked.get("breakdown")
    breakdown = view.breakdown if is_asked else row.breakdown
    areas = tuple(shown[:MOST_AREAS])
    return replace(view, metric=row.metric, breakdown=breakdown, areas=areas)


def list_chartable(found: Iterable[Row]) -> dict[str, str]:
    """The metrics of the table that the chart can show, by id."""
    own = [row.metric for row in found if not row.metric.is_nhs and not row.metric.is_category]
    return {metric.id: metric.title for metric in own}


def group_by_part(found: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The rows below their headings."""
    return [(part, list(group)) for part, group in groupby(found, key=lambda row: row.part)]


def split_by_figures(found: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows with a figure for any area that is shown, and those with none."""
    some = [row for row in found if any(f.value is not None for f in row.figures.values())]
    return some, [row for row in found if row not in some]


def title(view: View) -> str:
    """What the table is about."""
    pack = packs.PACKS.get(view.rug.pack)
    return pack.title if pack else choices.list_topics(view.build)[view.topic]


def describe_shown(view: View, shown: Sequence[Area]) -> str:
    """Which areas are shown, and how many."""
    name = chosen_set(view)
    number = format_count(len(shown), "local authority", "local authorities")
    area = view.area
    if name == REGIONS:
        return "England’s nine regions"
    if name in view.build.areas:
        return f"{view.build.areas[name].name}: {number}"
    if area is None or name == "own":
        return number
    region = view.build.areas.get(area.region_code or "")
    return {
        "neighbours": f"{area.name} and its {len(shown) - 1} statistical neighbours",
        "region": f"{area.name} in {_name_inside(region) if region else 'its region'}: {number}",
        "type": f"{area.name} among {TYPES.get(area.authority_type or '', ('', 'others'))[1]}: "
        f"{number}",
    }[name]
