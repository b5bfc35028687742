"""Figures in, chart models out. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from dashboard.charts import sentences
from dashboard.charts.model import About, ChartModel, Kind, Role, Row, describe_origin
from dashboard.design import theme
from dashboard.domain.records import Area, Figure, Group, Metric, Middle, Range, Source, Spread
from dashboard.words import findings
from dashboard.words.names import capitalise, join_words, make_possessive, name_metric_briefly
from dashboard.words.numbers import format_average, format_value
from dashboard.words.periods import describe_period, format_period
from dashboard.words.ranks import format_rank, is_placed, name_areas


class Said(NamedTuple):
    """What is written on and beside a chart."""

    title: str
    alt: str
    note: str = ""
    shading: str = ""


def build_national(
    about: About, figures: Sequence[Figure], spreads: Sequence[Spread]
) -> ChartModel:
    """England over time, with the middle half of the local authorities behind it."""
    metric = about.metric
    rows = (
        [] if metric.unit == "count" else [_build_middle_half(metric, spread) for spread in spreads]
    )
    rows += [_build_england(metric, figure) for figure in figures]
    said = Said(
        title=sentences.england_title(metric, figures, about.newest),
        alt=sentences.trend_alt(about, rows),
        note=sentences.breaks_note(metric),
        shading=f"Shaded: the middle half of {name_areas(about.metric)}"
        if len(rows) > len(figures)
        else "",
    )
    return build_model(about, Kind.TREND, rows, (), said)


class Beside(NamedTuple):
    """What stands beside an area over time, each over its own periods."""

    region: str
    regional: Sequence[Figure]
    national: Sequence[Figure]
    ranges: Sequence[Range]
    group: Group | None = None  # whose range and median are drawn
    middles: Sequence[Middle] = ()
    predecessors: Mapping[str, Sequence[Figure]] = {}  # abolished councils, each by its name
    spreads: Sequence[Spread] = ()  # of all areas in each period: its middle half is drawn


def build_trend(about: About, area: Area, own: Sequence[Figure], others: Beside) -> ChartModel:
    """One area over time beside its group's range and median, its region and England."""
    rows = _build_trend_rows(about.metric, area, own, others)
    said = Said(
        title=sentences.trend_title(
            about.metric, area, own, _find_last_middle(own, others), about.newest
        ),
        alt=sentences.trend_alt(about, rows),
        note=sentences.trend_note(about.metric),
        shading=_describe_shading(about.metric, others),
    )
    return build_model(about, Kind.TREND, rows, [area.code], said)


def build_trends(
    about: About, areas: Sequence[Area], series: dict[str, list[Figure]]
) -> ChartModel:
    """Several chosen areas over time beside England."""
    metric = about.metric
    rows = [
        build_mark(metric, figure, area.name, Role.CHOSEN)
        for area in areas
        for figure in series.get(area.code, [])
    ]
    if metric.unit != "count":
        rows += [_build_england(metric, figure) for figure in _select_longest(series)]
    said = Said(
        title=sentences.trends_title(metric, areas, series, about.newest),
        alt=sentences.trend_alt(about, rows),
        note=sentences.trend_note(metric),
    )
    return build_model(about, Kind.TREND, rows, [area.code for area in areas], said)


def build_ranked(
    about: About,
    figures: Sequence[Figure],
    names: dict[str, str],
    area: Area | None,
    group: Group | None,
) -> ChartModel:
    """Every local authority, best or highest first, with one of them and its group marked."""
    marked = group.marked if group else ()
    roles = dict.fromkeys(marked, Role.NEIGHBOUR) | ({area.code: Role.FOCUS} if area else {})
    rows = tuple(
        replace(
            build_mark(about.metric, f, names[f.area_code], roles.get(f.area_code, Role.OTHER)),
            note=format_rank(about.metric, f),
        )
        for f in figures
        if f.rank is not None
    )
    national = next((f for f in figures if f.england is not None), None)
    own = next((f for f in figures if area and f.area_code == area.code), None)
    if national and about.metric.unit != "count":
        rows = _insert_row(about.metric, rows, _build_england(about.metric, national))
    if area and own and own.region is not None and about.metric.unit != "count":
        rows = _insert_row(about.metric, rows, _build_region(about.metric, own, area, names))
    said = Said(
        title=sentences.ranked_title(about.metric, figures, names, area),
        alt=sentences.ranked_alt(about, rows, area),
        note=sentences.ranked_note(about.metric, figures, names),
        shading=_describe_period(about, figures),
    )
    model = build_model(about, Kind.RANKED_BAR, rows, list(roles), said)
    return replace(model, member=sentences.member(group))


def build_among_group(
    about: About,
    area: Area,
    figures: Sequence[Figure],
    names: dict[str, str],
    group: Group,
) -> ChartModel:
    """One area's value among the members of its group, with its region and England."""
    metric = about.metric
    own = next((f for f in figures if f.area_code == area.code), None)
    others = [f for f in figures if f.area_code != area.code]
    rows = [build_mark(metric, f, names[f.area_code], Role.NEIGHBOUR) for f in others]
    if own:
        rows.append(build_mark(metric, own, area.name, Role.FOCUS))
    if own and metric.unit != "count":
        rows.append(_build_england(metric, own))
        rows.append(_build_region(metric, own, area, names))
    valued = [row for row in rows if row.value is not None]
    blank = [
        f"{row.label} ({row.shown.lower()})" for row in rows if row.value is None and row.area_code
    ]
    blank += _list_absent(others, names, group, area)
    said = Said(
        title=sentences.beside_title(metric, area, own, others, group),
        alt=sentences.beside_alt(about, valued),
        note=" ".join(
            filter(None, [_describe_blank(blank), sentences.few_note(metric, others, names)])
        ),
        shading=_describe_period(about, figures),
    )
    downwards = metric.polarity != "low_is_good"
    ordered = sorted(valued, key=lambda row: row.value or 0, reverse=downwards)
    if own and not is_placed(own):  # first whatever its figure, so that it has no place
        ordered.sort(key=lambda row: row.role is not Role.FOCUS)
    model = build_model(about, Kind.RANKED_BAR, ordered, [area.code], said)
    return replace(model, member=sentences.member(group))


def _describe_period(about: About, figures: Sequence[Figure]) -> str:
    """The period of bars that all belong to one, with its age where it is over two years old."""
    valued = [figure for figure in figures if figure.value is not None]
    newest = max(valued, key=lambda figure: figure.period_end, default=None)
    return describe_period(newest, about.newest) if newest else ""


def _list_absent(
    others: Sequence[Figure], names: Mapping[str, str], group: Group, area: Area
) -> list[str]:
    """The members of a group without a figure of any kind, where other members have one."""
    codes = {area.code, *(figure.area_code for figure in others)}
    missing = [code for code in group.members if code not in codes] if others else []
    return [f"{names[code]} (none for this period)" for code in missing if code in names]


def _describe_blank(blank: Sequence[str]) -> str:
    return f"No figure: {join_words(list(blank))}." if blank else ""


def build_positions(
    figures: Sequence[Figure],
    metrics: dict[str, Metric],
    area: Area,
    link: str,
    sources: Sequence[Source],
) -> ChartModel:
    """Where one area ranks on each metric that has a better and a worse end."""
    judged = [f for f in figures if metrics[f.metric].polarity != "no_judgement"]
    placed = [f for f in judged if f.rank is not None]
    rows = tuple(
        Row(
            *(name_metric_briefly(metrics[f.metric], f.breakdown), Role.FOCUS, f.rank),
            shown=format_rank(metrics[f.metric], f),
            **_read_period(f),
            area_code=f.area_code,
            low=1,
            high=f.number_ranked,
            note=_describe_figure(metrics[f.metric], f),
        )
        for f in placed
    )
    missing = [
        name_metric_briefly(metrics[f.metric], f.breakdown) for f in judged if f.rank is None
    ]
    without = f"Not ranked, because there is no figure to rank: {join_words(missing)}."
    return ChartModel(
        kind=Kind.POSITIONS,
        rows=rows,
        highlights=(area.code,),
        title=sentences.positions_title(area, placed),
        subtitle="Rank among local authorities on each headline metric that has a better end",
        unit="rank",
        decimals=0,
        note=without if missing else "",
        alt=sentences.positions_alt(area, rows),
        permalink=link,
        **describe_origin(sources),
    )


def _describe_figure(metric: Metric, figure: Figure) -> str:
    """The figure behind a rank with its period; that its numbers are small where they are."""
    few = findings.describe_small_numbers(metric, figure)
    shown = f"{format_value(metric, figure.value)} in {format_period(figure.time_period)}"
    return f"{shown}; {few}" if few else shown


def build_model(
    about: About, kind: Kind, rows: Sequence[Row], highlights: Sequence[str], said: Said
) -> ChartModel:
    """A chart of one metric: its rows with what is said of them and where they are from."""
    return ChartModel(
        kind=kind,
        rows=tuple(rows),
        highlights=tuple(highlights),
        title=said.title,
        subtitle=". ".join(part for part in (about.subtitle, said.shading) if part),
        unit=about.metric.unit,
        decimals=about.metric.decimals,
        source_url=next((s.official_url for s in about.sources if s.official_url), ""),
        note=said.note,
        alt=said.alt,
        permalink=about.permalink,
        breaks=about.metric.breaks,
        **describe_origin(about.sources),
    )


def _build_trend_rows(
    metric: Metric, area: Area, own: Sequence[Figure], others: Beside
) -> tuple[Row, ...]:
    rows = [_build_group_range(metric, one, others.group) for one in others.ranges]
    if _has_half(metric, others):
        rows += [_build_middle_half(metric, spread) for spread in others.spreads]
    if metric.unit != "count":
        # A count of England or of a region would flatten every line but its own.
        rows += [build_mark(metric, figure, "England", Role.ENGLAND) for figure in others.national]
        rows += [
            build_mark(metric, figure, others.region, Role.REGION) for figure in others.regional
        ]
    if others.group:
        rows += [_build_median(metric, others.group, one) for one in others.middles]
    # An abolished council keeps a line of its own: joined to its successor's it would say that
    # the one became the other.
    rows += [
        build_mark(metric, figure, f"{name}, until {figures[-1].time_period}", Role.PREDECESSOR)
        for name, figures in others.predecessors.items()
        for figure in figures
    ]
    return (*rows, *(build_mark(metric, figure, area.name, Role.FOCUS) for figure in own))


def _describe_shading(metric: Metric, others: Beside) -> str:
    """What each of the two bands is: the group's whole range, and the middle half of all."""
    bands = [
        f"{others.group.named}, lowest to highest" if others.ranges and others.group else "",
        f"the middle half of {name_areas(metric)}" if _has_half(metric, others) else "",
    ]
    named = f"; in {theme.RIBBON.word}, ".join(filter(None, bands))
    return f"Shaded: {named}" if named else ""


def _has_half(metric: Metric, others: Beside) -> bool:
    """Counts have no ribbon: the largest areas would be all there is to see."""
    return bool(others.spreads) and metric.unit != "count"


def _find_last_middle(own: Sequence[Figure], others: Beside) -> tuple[str, float] | None:
    """The median of the group in the area's last period with a value, with its name."""
    last = next((f.time_period for f in reversed(own) if f.value is not None), "")
    found = next((m.median for m in others.middles if m.time_period == last), None)
    if others.group is None or found is None:
        return None
    return f"the median of {others.group.named}", found


def _build_group_range(metric: Metric, one: Range, group: Group | None) -> Row:
    short = group.short if group else "neighbours"
    name = f"{capitalise(make_possessive(short))} range"
    return _build_range(metric, (name, Role.RANGE), one, (one.low, one.high))


def _build_middle_half(metric: Metric, spread: Spread) -> Row:
    name = f"Middle half of {name_areas(metric)}"
    return _build_range(metric, (name, Role.HALF), spread, (spread.lower, spread.upper))


def _build_range(
    metric: Metric, who: tuple[str, Role], one: Range | Spread, ends: tuple[float, float]
) -> Row:
    """A range in one period: from a low to a high, without a value between them."""
    low, high = ends
    shown = f"{format_value(metric, low)} to {format_value(metric, high)}"
    return Row(*who, None, shown, **_read_period(one), low=low, high=high)


def _insert_row(metric: Metric, rows: tuple[Row, ...], one: Row) -> tuple[Row, ...]:
    """England or a region among the local authorities, where its value stands; it has no rank."""
    sign = 1 if metric.polarity == "low_is_good" else -1
    before = [row for row in rows if sign * (row.value or 0) < sign * (one.value or 0)]
    return (*rows[: len(before)], one, *rows[len(before) :])


def _select_longest(series: dict[str, list[Figure]]) -> list[Figure]:
    """The figures with the most periods: England's value stands beside each of them."""
    return max(series.values(), key=len, default=[])


def _build_england(metric: Metric, figure: Figure) -> Row:
    shown = format_value(metric, figure.england)
    return _build_beside(figure, ("England", Role.ENGLAND), figure.england, shown)


def _build_region(metric: Metric, figure: Figure, area: Area, names: Mapping[str, str]) -> Row:
    who = names.get(area.region_code or "", "Region"), Role.REGION
    return _build_beside(figure, who, figure.region, format_value(metric, figure.region))


def _build_median(metric: Metric, group: Group, one: Middle) -> Row:
    who = f"{capitalise(make_possessive(group.short))} median", Role.NEIGHBOURS
    return _build_beside(one, who, one.median, format_average(metric, one.median))


def _build_beside(
    one: Figure | Middle, who: tuple[str, Role], number: float | None, shown: str
) -> Row:
    status = "ok" if number is not None else "not_available"
    return Row(*who, number, shown, **_read_period(one), status=status)


def _read_period(one: Figure | Middle | Range | Spread) -> dict[str, Any]:
    return {"time_period": one.time_period, "period_end": one.period_end}


def build_mark(metric: Metric, figure: Figure, label: str, role: Role) -> Row:
    """One figure as a mark: its value, or the reason there is none."""
    return Row(
        *(label, role, figure.value, format_value(metric, figure.value, figure.status)),
        **_read_period(figure),
        area_code=figure.area_code,
        status=figure.status,
        note=figure.note or "",
    )
