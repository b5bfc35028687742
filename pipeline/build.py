"""Build data/built from the raw files: read, conform, calculate, compare, check, publish."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import duckdb

from pipeline import catalogue, compare, context, inputs, kept, lake, provision, readers, unread
from pipeline.catalogue import Catalogue, Metric, Source
from pipeline.errors import CheckError, PipelineError, SourceError
from pipeline.facts import NEIGHBOUR_MODEL
from pipeline.lake import Lake
from pipeline.publish import KEEP, publish_build
from pipeline.tables import Step, connect, insert_rows, pack_tables, run_step

log = logging.getLogger(__name__)

HERE = Path(__file__).parent

# What is kept of the catalogue's own fields, under their own names.
SOURCE_COLUMNS = {"id", "decimals", "least_areas", "newest"}
METRIC_COLUMNS = {
    *("id", "title", "short_title", "description", "why", "topic", "unit", "decimals", "polarity"),
    *("denominator_period", "population", "year_type", "breakdowns", "breaks", "caveat"),
    *("headline", "may_exceed_100", "may_be_below_0", "gap", "published_differs"),
    *("adopt_published", "level", "signals", "duty", "fact", "counts", "ended"),
}


def forget_selection(db: duckdb.DuckDBPyConnection) -> None:
    """Let go of the selected text, which nothing reads once it is conformed; pack what is left."""
    db.execute("DELETE FROM selection")
    pack_tables(db)


# From selected rows to what is published: each step is a file, a module or a function here.
STEPS: tuple[Step, ...] = (
    "conform.sql",
    forget_selection,
    "add_up.sql",
    "calculate.sql",
    pack_tables,
    "adopt.sql",
    "differ.sql",
    context.make,
    "number.sql",
    pack_tables,
    compare.make,
    provision.make,
    "reconcile.sql",
    "describe.sql",
    "freshness.sql",
)


def build(
    raw: Path, out: Path, root: Path = HERE, *, keep: int = KEEP, left_out: Iterable[str] = ()
) -> str:
    """Make every table from the raw files and give the build's id.

    Nothing is published unless every check passes, and of the builds before, the newest are kept,
    so that there are `keep` in all. Later releases than the catalogue names are read where a source
    says so, but for the files left out. Raises PipelineError.
    """
    with lake.open_lake(raw, left_out) as files, connect() as db:
        definitions = select_used_sources(files, catalogue.load_catalogue(root))
        insert_definitions(db, definitions)
        if lake.needs_kept(files):
            kept.check(db, files.kept, catalogue.load_catalogue(root).sources)
        ingest_sources(db, files, sort_sources(definitions))
        for step in (*STEPS, check_rules):
            take_step(db, step)
        build_id = publish_build(
            db, out, inputs.compute_inputs_digest(files, definitions, root), keep
        )
        for line in unread.describe_unread(
            unread.list_unread(files, catalogue.load_catalogue(root))
        ):
            log.info("not read: %s", line)
        return build_id


def select_used_sources(files: Lake, definitions: Catalogue) -> Catalogue:
    """Leave out the sources that have given way to a later release."""
    sources = definitions.sources.items()
    return replace(
        definitions, sources={n: s for n, s in sources if not s.until or lake.read_by(files, s)}
    )


def insert_definitions(db: duckdb.DuckDBPyConnection, definitions: Catalogue) -> None:
    """Make the empty tables, and the catalogue as tables that SQL can join."""
    run_step(db, "schema.sql")
    db.execute("SET VARIABLE neighbour_model = ?", [NEIGHBOUR_MODEL])
    sources = definitions.sources.values()
    insert_rows(db, "source", [source.model_dump(include=SOURCE_COLUMNS) for source in sources])
    insert_rows(db, "indicator", [row for source in sources for row in list_indicator_rows(source)])
    insert_rows(db, "symbol", [row for source in sources for row in list_symbol_rows(source)])
    insert_rows(
        db, "note", [{"source": s.id, **note.model_dump()} for s in sources for note in s.notes]
    )
    insert_rows(db, "total", list_total_rows(definitions))
    titles = definitions.publications.items()
    insert_rows(db, "publication", [{"slug": slug, "title": title} for slug, title in titles])
    metrics = enumerate(definitions.metrics.values())
    insert_rows(
        db,
        "metric",
        [build_metric_row(definitions, metric, position) for position, metric in metrics],
    )


def list_indicator_rows(source: Source) -> list[dict[str, object]]:
    """List what a source's columns or labels count."""
    return [
        {
            "source": source.id,
            "label": label,
            "indicator": indicator.id,
            "breakdown": indicator.breakdown,
            "words": indicator.label,
            "period_kind": indicator.period or source.period,
            "adds_up_within": source.adds_up_within,
        }
        for label, indicator in source.indicators.items()
    ]


def list_symbol_rows(source: Source) -> list[dict[str, object]]:
    """List what a source's symbols mean; 'zero' is a number."""
    meanings = {**source.symbols, **dict.fromkeys(source.zeros, "zero")}
    return [
        {"source": source.id, "published": symbol, "status": meaning}
        for symbol, meaning in meanings.items()
    ]


def list_total_rows(definitions: Catalogue) -> list[dict[str, object]]:
    """List the sums of indicators that metrics need, which add_up.sql then makes."""
    lists = {
        parts
        for metric in definitions.metrics.values()
        for parts in (metric.numerator, metric.denominator)
        if len(parts) > 1
    }
    return [{"total": total(parts), "part": part} for parts in sorted(lists) for part in parts]


def total(parts: tuple[str, ...]) -> str | None:
    """Name one indicator, or the sum of several."""
    return " + ".join(parts) or None


def build_metric_row(definitions: Catalogue, metric: Metric, position: int) -> dict[str, object]:
    """Describe one metric as a row of the table of metrics."""
    topic = definitions.topics[metric.topic]
    return {
        **metric.model_dump(include=METRIC_COLUMNS, mode="json"),
        "pillar": str(topic.pillar),
        "topic_title": topic.title,
        "position": position,
        "multiplier": metric.unit.multiplier,
        "interval": metric.interval_method,
        "numerator_indicator": total(metric.numerator),
        "denominator_indicator": total(metric.below),
        "is_published_ratio": metric.base is not None,
        "published_indicators": list(metric.published),
        "of_metric": metric.of,
        "signed": metric.sign,
        "labels": [f"{value}: {label}" for value, label in metric.labels.items()],
    }


def sort_sources(definitions: Catalogue) -> list[Source]:
    """List the sources, those that say what the areas are before those that need to know."""
    return sorted(definitions.sources.values(), key=lambda source: source.gives == "observation")


def ingest_sources(db: duckdb.DuckDBPyConnection, files: Lake, sources: Iterable[Source]) -> None:
    """Load the files of sources in their order, and settle the areas before what needs them."""
    is_settled = False
    rows = []
    for source in sources:
        if source.gives == "observation" and not is_settled:
            take_step(db, settle_areas)
            is_settled = True
        rows += [build_file_row(files, source, name) for name in ingest_source(db, files, source)]
    insert_rows(db, "source_file", rows)


def ingest_source(db: duckdb.DuckDBPyConnection, files: Lake, source: Source) -> list[str]:
    """Load one source's files as text and select its rows, or add those that were kept of them.

    Gives the names of the files.
    """
    names = lake.read_by(files, source)
    for name in names:
        if lake.is_kept(files, source.id, name):
            kept.put(db, files.kept, source, name, build_query(source))
            log.info("%s: rows kept of %s", source.id, name)
        else:
            described = lake.read_as(source, name)
            read_file_of_source(db, files, described, name)
            select_rows(db, source, name)
            if not lake.is_own(source, name):
                check_is_complete(db, source, name)
            if described.adds and len(names) > 1:
                remove_replaced_rows(db, source, name)
    return names


def read_file_of_source(
    db: duckdb.DuckDBPyConnection, files: Lake, source: Source, name: str
) -> None:
    """Load one file as text. Whatever is wrong with it, the file is named. Raises SourceError."""
    try:
        readers.read(db, source, name, lake.get_readable_path(files, source, name))
    except PipelineError:
        raise
    except Exception as e:
        raise SourceError(
            f"{source.id}: {name}: could not be read: found {type(e).__name__} "
            f"({readers.describe_reason(e)}), wanted what its source describes"
        ) from e


def build_file_row(files: Lake, source: Source, name: str) -> dict[str, object]:
    """Say where a file that a source reads comes from."""
    provenance = lake.describe_provenance(files, source.id, name)
    return {
        "path": name,
        "source": source.id,
        **provenance,
        "archive_date": lake.find_archive_date(files, name),
        "publication_title": catalogue.load_catalogue().publications.get(provenance["publication"]),
    }


def select_rows(db: duckdb.DuckDBPyConnection, source: Source, name: str) -> None:
    """Run a source's own query and keep its rows: all are conformed together, which costs less."""
    table = kept.list_tables(source)[0]
    text = build_query(source)
    if "getvariable('file')" in text or "month_counted()" in text:
        db.execute("SET VARIABLE file = ?", [name])
    try:
        [(rows,)] = db.execute(
            f"INSERT INTO {table} BY NAME SELECT ? AS source, ? AS file, * FROM ({text})",
            [source.id, name],
        ).fetchall()
    except duckdb.Error as e:
        raise SourceError(
            f"{source.id}: {name}: rows could not be read: found {readers.describe_reason(e)}"
        ) from e
    log.info("%s: %s rows from %s", source.id, f"{rows:,}", name)


def check_is_complete(db: duckdb.DuckDBPyConnection, source: Source, name: str) -> None:
    """See that a later release has a figure for each label. Raises SourceError for one without.

    A group that was renamed would else be missing, and nobody would hear of it.
    """
    labels = db.execute(
        "SELECT DISTINCT label FROM selection "
        "WHERE source = ? AND file = ? AND coalesce(published, '') != ''",
        [source.id, name],
    ).fetchall()
    missing = [label for label in source.indicators if (label,) not in labels]
    if missing and source.gives == "observation":
        raise SourceError(
            f"{source.id}: {name}: found no figure of {', '.join(missing)[:300]}, "
            f"wanted each of the {len(source.indicators)} that the source reads"
        )


def remove_replaced_rows(db: duckdb.DuckDBPyConnection, source: Source, name: str) -> None:
    """Keep the rows of the later release where it holds a period that one before it held too."""
    db.execute(
        "DELETE FROM selection WHERE source = $source AND file != $file AND period IN "
        "(SELECT period FROM selection WHERE source = $source AND file = $file)",
        {"source": source.id, "file": name},
    )


def build_query(source: Source) -> str:
    """Fill a layout's places with what one source says of itself."""
    column = source.breakdown_column
    places = {
        "{where}": source.where,
        "{labels}": ", ".join(readers.quote_identifier(label) for label in source.indicators),
        "{period}": source.period_from,
        "{breakdown}": readers.quote_identifier(column) if column else "NULL::TEXT",
    }
    text = source.sql
    for place, filling in places.items():
        text = text.replace(place, filling)
    return text


def settle_areas(db: duckdb.DuckDBPyConnection) -> None:
    """Make the list of areas and of neighbours once every source of them has been read."""
    if not db.execute("FROM duckdb_tables() WHERE table_name = 'area'").fetchall():
        run_step(db, "areas.sql")
        run_step(db, "neighbours.sql")


def check_rules(db: duckdb.DuckDBPyConnection) -> None:
    """Run every rule in checks/. A rule selects the rows that break it. Raises CheckError.

    Each row says: source, file, place, found, wanted.
    """
    broken = [line for path in list_rules() for line in describe_broken_rule(db, path)]
    if broken:
        raise CheckError("\n".join(broken))


def list_rules() -> list[Path]:
    """List the files of the rules, in order."""
    return sorted((HERE / "checks").glob("*.sql"))


def describe_broken_rule(db: duckdb.DuckDBPyConnection, rule: Path) -> list[str]:
    """Say in one line which row breaks a rule first, and how many more do; nothing for none."""
    rows = db.execute(rule.read_text(encoding="utf-8")).fetchall()
    if not rows:
        return []
    source, file, place, found, wanted = rows[0]
    more = f" (and {len(rows) - 1:,} more)" if len(rows) > 1 else ""
    return [f"{source}: {file}: {place}: found {found}, wanted {wanted}{more}"]


def take_step(db: duckdb.DuckDBPyConnection, step: Step) -> None:
    """Take one step. Raises CheckError where it cannot be taken, with the rows that are to blame.

    A step comes before the rules, and may trip over what they would have refused by name.
    """
    try:
        run_step(db, step)
    except PipelineError:
        raise
    except Exception as e:
        broken = []
        for rule in list_rules():
            with suppress(duckdb.Error):  # one about tables that this step, or a later one, makes
                broken += describe_broken_rule(db, rule)
        name = step if isinstance(step, str) else getattr(step, "__module__", str(step))
        unsaid = (
            f"{name}: found {type(e).__name__} ({readers.describe_reason(e)}), wanted figures; "
        )
        raise CheckError("\n".join(broken) or f"{unsaid}no rule says of which file") from e
