"""The catalogue of the build in words: definitions, sources, methods. Pure."""

from html import escape
from itertools import groupby

from dashboard.charts.model import LICENCE
from dashboard.domain.choices import View
from dashboard.domain.records import PILLARS, Metric, Source
from dashboard.draw import table
from dashboard.draw.table import Column
from dashboard.store.data import files_used, releases
from dashboard.words import phrases as words

YEARS = {
    "january": "January census",
    "academic": "Academic year",
    "calendar": "Calendar year",
    "financial": "Financial year",
    "mid_year": "Mid-year",
    "month": "Month",
    "term": "School term",
}


def lead(view: View) -> str:
    """What the metric is and why it matters."""
    metric = view.metric
    return escape(" ".join(part for part in (metric.description, metric.why) if part))


def definition(view: View) -> str:
    """Everything the catalogue says of one metric, with its sources."""
    metric = view.metric
    facts = [
        ("Counted", metric.numerator),
        ("Out of", metric.denominator),
        ("Who is counted", metric.population),
        ("Unit", words.UNIT_WORDS.get(metric.unit, metric.unit)),
        ("Kind of year", YEARS.get(metric.year_type, metric.year_type)),
        ("Which way is better", words.polarity(metric)),
        ("Rank", words.rank_meaning(metric)),
        ("Series ended", metric.ended),
        ("New series", words.joined(list(metric.breaks))),
        ("Caveat", metric.caveat),
    ]
    listed = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in facts if text)
    files = "".join(f"<dt>Source</dt><dd>{text}</dd>" for text in _cited_all(view, metric))
    return (
        f'<h2>What this counts</h2><dl class="facts">{listed}{files}'
        f"<dt>Licence</dt><dd>{LICENCE}.</dd></dl>"
    )


def methods(view: View) -> str:
    """How ranks, quarters, comparisons, changes and missing figures are dealt with."""
    areas = len(view.build.local_authorities)
    return f"""<h2>How to read the figures</h2>
<dl class="facts">
<dt>Areas</dt><dd>{areas} local authorities responsible for special educational needs and
disabilities. City of London and Isles of Scilly are shown and never ranked: very small numbers.
Local authorities that were abolished keep their own figures and a link to their successors.</dd>
<dt>Compared with</dt><dd>The ten local authorities most alike, by the model of the Department for
Education of May 2025, unless you choose others: its model of April 2021, the region, England, the
same type of authority, the authorities of a national programme as far as the lists held say, or a
group of your own, which the address of the page keeps. The median is shown first; the mean stands
beside it, with how many have a figure.</dd>
<dt>Rank</dt><dd>1st is best where higher or lower is better, and highest where neither is. Equal
values share a rank, marked with “=”. “Of” says how many local authorities have a figure.</dd>
<dt>Quarter</dt><dd>The ranked local authorities in four equal parts, from best to worst, or from
highest to lowest.</dd>
<dt>Change</dt><dd>On the period before; none across a new series or a missing period. A change in
a percentage is in percentage points.</dd>
<dt>Higher, lower, no different</dt><dd>By the 95% interval of the difference, where the numbers
behind both figures are published. Where they are not, nothing is tested and the page says so.</dd>
<dt>Better, worse</dt><dd>Only where a test finds a difference and the metric has a better end. It
does not say why. “Tested change” is said where a test finds one and neither end is better.</dd>
<dt>Methods</dt><dd>{table.link(view.link("methods"), "Every method")} with its formula, its source
and a worked example.</dd>
<dt>No figure</dt><dd>{_statuses()}</dd>
<dt>Licence</dt><dd>{LICENCE}.</dd>
<dt>Build</dt><dd>{escape(view.build.id)}</dd>
</dl>"""


def sources(view: View) -> str:
    """Every published file of the build."""
    columns = [
        Column("Publication and file"),
        Column("Publisher"),
        Column("Release"),
        Column("Licence"),
        Column("How obtained"),
    ]
    rows = [
        [
            f"{_titled(s)}<small>{escape(s.title)}: {escape(s.path)}</small>"
            + (f"<small>{escape(s.note)}</small>" if s.note else ""),
            escape(s.publisher),
            escape(s.release),
            escape(words.licence(s.licence)),
            escape(s.obtained or "") + f"<small>SHA-256 {escape(s.sha256[:12])}…</small>",
        ]
        for s in files_used(view.build)
    ]
    caption = f"{words.counted(len(rows), 'published file')} behind the figures"
    return f"<h2>Sources</h2>{table.table(caption, columns, rows, 'files')}"


def metrics(view: View) -> str:
    """Every metric of the catalogue, by pillar."""
    build = view.build
    known = sorted(
        build.metrics.values(), key=lambda m: (list(PILLARS).index(m.pillar), m.position)
    )
    parts = [
        table.table(
            PILLARS[pillar], METRIC_COLUMNS, [_metric_row(view, m) for m in group], "metrics"
        )
        for pillar, group in groupby(known, key=lambda m: m.pillar)
    ]
    return f"<h2>Metrics</h2><p>{words.counted(len(known), 'metric')}.</p>{''.join(parts)}"


METRIC_COLUMNS = (
    Column("Metric"),
    Column("Counted, out of"),
    Column("Who is counted"),
    Column("Unit and year"),
    Column("Source"),
)


def _metric_row(view: View, metric: Metric) -> list[str]:
    groups = (
        ""
        if len(metric.breakdowns) == 1
        else f"<small>{escape('; '.join(metric.breakdowns))}</small>"
    )
    ratio = escape(metric.numerator or "") + (
        f"<small>out of {escape(metric.denominator)}</small>" if metric.denominator else ""
    )
    more = [metric.caveat or ""]
    if metric.breaks:
        more.append(f"New series in {words.joined(list(metric.breaks))}.")
    caveat = " ".join(part for part in more if part)
    cited = "".join(f"<div>{text}</div>" for text in _cited_all(view, metric))
    unit = words.UNIT_WORDS.get(metric.unit, metric.unit).capitalize()
    year = YEARS.get(metric.year_type, metric.year_type)
    return [
        table.link(view.link("metric", metric=metric.id, breakdown=None), metric.title) + groups,
        ratio,
        escape(metric.population or "") + (f"<small>{escape(caveat)}</small>" if caveat else ""),
        f"{unit}<small>{year}. {words.polarity(metric)}.</small>",
        cited,
    ]


def _statuses() -> str:
    return " ".join(
        f"<strong>{words.STATUS_LABEL[status]}</strong>: {escape(meaning)}."
        for status, meaning in words.STATUS_MEANING.items()
    )


def _titled(source: Source) -> str:
    if source.official_url:
        return table.outside(source.official_url, source.publication_title)
    return escape(source.publication_title)


def _cited_all(view: View, metric: Metric) -> list[str]:
    """Each publication once, with the releases that were read."""
    found: dict[tuple[str, str], list[Source]] = {}
    for source in releases(view.build, [metric]):
        found.setdefault((source.publisher, source.publication), []).append(source)
    return [_cited(sources_) for sources_ in found.values()]


def _cited(sources_: list[Source]) -> str:
    first = sources_[0]
    read = [escape(source.release) for source in sources_ if source.release]
    named = f", {'release' if len(read) == 1 else 'releases'} {', '.join(read)}" if read else ""
    licence = escape(words.licence(first.licence))
    return f"{escape(first.publisher)}, {_titled(first)}{named}. {licence}."
