"""A briefing from a view: what its recipe asks for in the chosen area. Pure: no Streamlit."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import unescape

from dashboard.bodies import areas, money_findings, signals
from dashboard.briefing import commentary, tables
from dashboard.briefing.model import Briefing, Definition, Message, Messages, Section
from dashboard.charts import registry
from dashboard.charts.model import ChartModel, Kind, Role, source_line
from dashboard.domain import choices, recipes
from dashboard.domain.choices import View
from dashboard.domain.recipes import BASELINES, RECIPES, Asked, Named, Recipe
from dashboard.domain.records import UNRANKED, Area, Metric, Source
from dashboard.draw.caption import make_absolute
from dashboard.store import comparators
from dashboard.store.analyses import load_index_parts
from dashboard.store.provenance import list_releases
from dashboard.words.names import capitalise, join_words
from dashboard.words.numbers import STATUS_LABEL, STATUS_MEANING, format_count

OPENING = "opening"  # where commentary on the whole stands
BY_RULE = (
    "Chosen by one rule for every local authority from its published figures; the rule is under "
    "Methods. It says where figures stand out, and not why."
)
NOT_TESTED = "Nothing is tested for standing out: only the local authorities of today are."
READING = (
    (
        "Rank",
        (
            "1st is best where higher or lower is better, and highest where neither is. Equal "
            "values share a rank, marked “=”. City of London and Isles of Scilly are never ranked."
        ),
    ),
    (
        "Quarter",
        (
            "The ranked local authorities in four equal parts, from best or highest on. Areas that "
            "are level and lie on both sides of a cut are in no quarter."
        ),
    ),
    (
        "Better, worse, no different, tested change",
        (
            "Than England or the year before: only where the 95% interval of a difference says so; "
            "“tested change” where neither end is better. "
            "Than neighbours: only outside what one more area like them would be expected to have; "
            "about 1 in 20 figures are by chance. It does not say why."
        ),
    ),
    (
        "Small numbers",
        (
            "Said where fewer than 10 children or events are counted, or the figure is out of "
            "fewer than 30: one more or fewer would change it much."
        ),
    ),
)
NO_CHART = {
    "positions": "{area} has no rank on the headline metrics",
    "beside": "{area} has no such group to stand beside",
}
NO_RANK = "{area} is never ranked, so no key messages are worked out"


def pick_recipe(view: View) -> Recipe:
    """The recipe that the view asks for; the first where it asks for none."""
    return RECIPES[view.brief or next(iter(RECIPES))]


def build_briefing(
    view: View, area: Area, site: str = "", written: Mapping[str, str] | None = None
) -> Briefing:
    """Everything a briefing says.

    Args:
        view: the build and the choices; its recipe, order and comparator are used.
        area: the local authority it is about.
        site: where the dashboard is, for links that work outside it; without it links are
            relative.
        written: the reader's own commentary by section, and under OPENING on the whole.
    """
    asked = pick_recipe(view)
    texts = {name: commentary.clean_commentary(text) for name, text in (written or {}).items()}
    view = replace(view, area=area, asked={**view.asked, "area": area.code})
    made = [
        build_section(view, area, one, texts.get(one.id, ""))
        for one in recipes.select_sections(asked, view.order)
    ]
    made = [_make_links_absolute(one, site) for one in made]
    shown = tuple(one for one in made if not one.absent or one.commentary)
    used = tuple(
        metric
        for one in recipes.select_sections(asked, view.order)
        for metric in _list_used_metrics(view, one)
    )
    group = comparators.find_chosen_group(view)
    return Briefing(
        area=area.name,
        area_code=area.code,
        recipe=asked.id,
        title=asked.title,
        audience=asked.audience,
        note=asked.note,
        beside=group.label if group else "",
        messages=build_messages(view, area, asked),
        sections=shown,
        definitions=tuple(
            map(
                build_definition,
                _list_defined_metrics(view, recipes.select_sections(asked, view.order)),
            )
        ),
        reading=tuple(list_reading(view, shown)),
        sources=tuple(list_cited_sources(list_releases(view.build, dict.fromkeys(used)))),
        permalink=briefing_link(view, asked, site),
        build=view.build.id,
        commentary=texts.get(OPENING, ""),
        absent=tuple(one for one in made if one not in shown),
    )


def build_section(view: View, area: Area, asked: Asked, written: str = "") -> Section:
    """One section: its chart or its tables, with the message they carry."""
    if asked.chart:
        return _build_chart_section(view, area, asked, written)
    if asked.baseline:
        return _build_baseline_section(view, area, asked, written)
    made = tables.build_metric_tables(view, area, asked.parts)
    rows = [row for part in asked.parts for row in part.rows]
    judged = tables.list_judged_figures(view, area, rows)
    return Section(
        asked.id,
        asked.heading,
        asked.why,
        title=tables.compose_message(area, judged) or f"{asked.heading}: {area.name}",
        tables=made,
        commentary=written,
        source=_compose_sources(view, rows),
    )


def _build_chart_section(view: View, area: Area, asked: Asked, written: str) -> Section:
    plain = replace(view, asked={**view.asked, "brief": "", "order": ""})
    if asked.metric:
        metric, breakdown = tables.pick_metric(view.build, asked.metric)
        plain = replace(plain, metric=metric, breakdown=breakdown)
    model = registry.build_chart(asked.chart, plain)
    why_not = _why_not(model, area, asked)
    return Section(
        asked.id,
        asked.heading,
        asked.why,
        title=model.title if model and not why_not else asked.heading,
        chart=None if why_not else model,
        commentary=written,
        absent=why_not,
    )


def _why_not(model: ChartModel | None, area: Area, asked: Asked) -> str:
    """Why a chart would not show the area; nothing where it does."""
    if model is None:
        reason = NO_CHART.get(asked.chart, "It cannot be drawn for {area}")
        return reason.format(area=area.name)
    has_own = any(row.role is Role.FOCUS and row.value is not None for row in model.rows)
    if has_own:
        return ""
    return model.title if model.kind is not Kind.TREND else f"No figure is held for {area.name}"


def _build_baseline_section(view: View, area: Area, asked: Asked, written: str) -> Section:
    table = BASELINES[asked.baseline]
    made = tables.build_baseline_table(view.build, area, table)
    filled, rows = tables.count_filled_rows(table, made)
    title = f"Published figures fill {filled} of {format_count(rows, 'row')} for {area.name}"
    if table.lines and all(line.is_the_councils for line in table.lines):
        title = f"Only the council can fill in {format_count(rows, 'row')} for {area.name}"
    return Section(
        *(asked.id, asked.heading, asked.why, title),
        tables=(made,),
        commentary=written,
        source=_compose_sources(view, _list_baseline_metrics(asked.baseline)),
    )


def build_messages(view: View, area: Area, asked: Recipe) -> Messages:
    """What stands out in the area: all of it, or what is of the recipe's own metrics."""
    notes = [_strip_tags(note) for note in areas.list_notices(view, area)]
    if not signals.is_tested(view, area):
        reason = f"{NO_RANK.format(area=area.name)}." if area.code in UNRANKED else NOT_TESTED
        return Messages((), (*notes, reason))
    own = [metric for metric, _ in asked.metrics]
    has_money = money_findings.has_money_measure(own)
    only = None if asked.everything else set(own) - (money_findings.NAMES if has_money else set())
    made = signals.list_parts(view, area, only)
    if has_money:
        made.append(money_findings.build_money_part(view, area))
    about = [f"{part.heading}. {part.about}" for part in made if part.about]
    return Messages(
        tuple((part.heading, _list_messages(part)) for part in made if part.items or part.nothing),
        tuple(notes),
        " ".join([BY_RULE, *about]),
    )


def _list_messages(part: signals.Part) -> tuple[Message, ...]:
    if not part.items:
        return (Message(part.nothing),)
    return tuple(Message(one.text, one.marks) for one in part.items)


def build_definition(metric: Metric) -> Definition:
    """What a metric means, as the catalogue says it."""
    counted = metric.numerator or ""
    if metric.denominator:
        counted = f"{counted}, out of: {metric.denominator}"
    return Definition(metric.title, metric.description, counted, metric.caveat or "")


def list_reading(view: View, shown: Iterable[Section]) -> list[tuple[str, str]]:
    """How ranks, comparisons and missing figures are to be read: only what this briefing needs."""
    group = comparators.find_chosen_group(view)
    entries = list(READING)
    if group:
        entries.insert(0, ("Compared with", _describe_group(view, group.label, group.members)))
    texts = {cell.text for one in shown for t in one.tables for row in t.rows for cell in row}
    texts |= {row.shown for one in shown if one.chart for row in one.chart.rows}
    missing = [
        (label, capitalise(STATUS_MEANING[status]) + ".")
        for status, label in STATUS_LABEL.items()
        if label in texts
    ]
    return [*entries, *missing]


def _describe_group(view: View, label: str, members: tuple[str, ...]) -> str:
    names = [view.build.areas[code].name for code in members]
    if len(names) > choices.MOST_IN_GROUP:
        return f"{label}: {len(names)} local authorities."
    return f"{label}: {join_words(names)}."


def list_cited_sources(sources: Iterable[Source]) -> list[tuple[str, str]]:
    """Each publication once: publisher, title, releases and official address."""
    by_publication: dict[tuple[str, str], list[Source]] = {}
    for source in sources:
        by_publication.setdefault((source.publisher, source.publication_title), []).append(source)
    return [
        (source_line(files), next((file.official_url for file in files if file.official_url), ""))
        for files in by_publication.values()
    ]


def _list_used_metrics(view: View, asked: Asked) -> list[Metric]:
    """Every metric that a section is made of."""
    build = view.build
    if asked.chart == "positions":
        return choices.list_headlines(build)
    if asked.chart == "outcomes-and-spending":
        return [build.metrics[part.metric] for part in load_index_parts(build)]
    return [build.metrics[name] for name, _ in _list_named_rows(asked)]


def _list_defined_metrics(view: View, asked: Iterable[Asked]) -> list[Metric]:
    """The metrics that are defined: those that sections name, each once, in their order."""
    names = dict.fromkeys(name for one in asked for name, _ in _list_named_rows(one))
    return [view.build.metrics[name] for name in names]


def _list_named_rows(asked: Asked) -> list[Named]:
    rows = [row for part in asked.parts for row in part.rows]
    one = [asked.metric] if asked.metric else []
    return [*one, *rows, *_list_baseline_metrics(asked.baseline)]


def _list_baseline_metrics(name: str) -> list[Named]:
    if not name:
        return []
    table = BASELINES[name]
    if table.crossed:
        return [(metric, "") for _, metric in table.crossed.columns]
    return [line.metric for line in table.lines if line.metric]


def _compose_sources(view: View, rows: Iterable[Named]) -> str:
    named = dict.fromkeys(view.build.metrics[name] for name, _ in rows)
    return source_line(list_releases(view.build, named))


def _make_links_absolute(made: Section, site: str) -> Section:
    if made.chart is None:
        return made
    return replace(made, chart=make_absolute(made.chart, site))


def briefing_link(view: View, asked: Recipe, site: str) -> str:
    """The address that makes the same briefing again, without commentary."""
    kept = ("area", "against", "group", "order")
    asked_for = {name: view.asked.get(name, "") for name in kept}
    plain = replace(view, asked={**asked_for, "brief": asked.id})
    return f"{site.rstrip('/')}/{plain.link('briefing')}" if site else plain.link("briefing")


def _strip_tags(html: str) -> str:
    """HTML of our own as plain text."""
    return unescape(re.sub(r"<[^>]+>", "", html))
