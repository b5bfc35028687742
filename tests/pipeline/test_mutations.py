"""A published file that is broken in one of some forty ways is read rightly or refused by name.

Each table is read as it should be, then broken in one way after another. What would be published
must be the same, or the pipeline must refuse and say which source and file.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from pipeline import build, catalogue
from pipeline.catalogue import Metric, Source
from pipeline.errors import CheckError, PipelineError
from pipeline.lake import Lake, open_lake
from pipeline.tables import run_step
from tests.lake import files, write
from tests.lake.rows import Rows, columns
from tests.lake.write import Table
from tests.loopback import official
from tests.pipeline.mutations import BYTES, CHANGES, Sheet

KNOWN = catalogue.load_catalogue()

# What the lists of areas, neighbours and boards are needed for: it shows whether a list is sound.
WITNESSES = {
    "la_codes": ("high_needs_spend", "ap_absence"),
    "nhs_parts": ("autism_2022",),
    "districts": ("deprivation_2025",),
    "district_population": ("deprivation_2025",),
    "nhs_areas": ("mental_health", "nhs_population"),
    "lait_dates": ("lait",),
}
LISTS = sorted({source.gives for source in KNOWN.sources.values()} - {"observation"})
AREA_TABLES = ("area", "area_key", "area_name", "area_overlap", "programme", "neighbour")

RULES = {path.stem: path.read_text() for path in sorted((build.HERE / "checks").glob("*.sql"))}
# The rules about what is worked out, and the steps they need: the others only compare and describe.
LATE = {name for name, rule in RULES.items() if "metric_value" in rule or "reconciliation" in rule}
NOT_HERE = {"number.sql", "describe.sql", "freshness.sql"}
CONFORM, *STEPS = (s for s in build.STEPS if isinstance(s, str) and s not in NOT_HERE)

# What metrics are made of, and of these what has bounds. Publishers' own results are only set
# beside ours.
METRICS = tuple(KNOWN.metrics.values())
COUNTED = {i for metric in METRICS for i in (*metric.numerator, *metric.below)}
MAY_BE_NEGATIVE = {
    i
    for metric in METRICS
    if metric.unit in {"pounds", "score"} or metric.may_be_below_0
    for i in metric.numerator
}
SHARES = {
    i
    for metric in METRICS
    if metric.unit == "percent" and not metric.may_exceed_100 and not metric.may_be_below_0
    for i in metric.numerator
}


@dataclass
class Difference:
    """What would be published otherwise than it should be, and of which sources."""

    sources: list[Source]
    indicators: set[str]
    is_loss: bool  # some numbers are gone, and none is another


def a_blank_is_a_symbol(difference: Difference) -> bool:
    """In some files a blank cell says that nobody returned a figure."""
    return any("" in source.symbols for source in difference.sources)


def there_is_no_lower_bound(difference: Difference) -> bool:
    """Amounts, scores and balances may be below nought."""
    return difference.indicators <= MAY_BE_NEGATIVE


def there_is_no_upper_bound(difference: Difference) -> bool:
    """Only shares have one: any count or amount is possible."""
    return not difference.indicators & SHARES


def a_few_rows_may_be_missing(difference: Difference) -> bool:
    """Publishers leave out rows of areas of which there is nothing to report."""
    return difference.is_loss


def the_publisher_gives_no_result(difference: Difference) -> bool:
    """Counts of like size, of which no sum and no published result tells one from the other."""
    return {source.id for source in difference.sources} <= {
        *("absence_by_sen", "ehc_residential", "ehc_work_based", "revenue_outturn"),
        *("absence_by_need", "attendance_special_2026", "section_251_lines_2024"),
        "ehc_caseload_2026_by_la",  # its regions are in a file of their own
        *("suspensions_by_sen", "suspensions_by_sen_yearly"),
    }


def the_file_gives_codes_alone(difference: Difference) -> bool:
    """Without names beside them, two codes that are exchanged look like any others."""
    return {source.id for source in difference.sources} <= {
        *("deprivation_2019", "deprivation_2025", "districts"),
        *("designated_officers_2026", "phase_transfers_2025"),
        "revenue_outturn",
    }


# What cannot be told from a file that is right, and why.
UNNOTICED: Mapping[str, Callable[[Difference], bool]] = {
    "a_number_is_missing": a_blank_is_a_symbol,
    "a_number_is_below_nought": there_is_no_lower_bound,
    "a_number_is_far_too_large": there_is_no_upper_bound,
    "one_row_is_missing": a_few_rows_may_be_missing,
    "a_row_of_the_oldest_period_is_missing": a_few_rows_may_be_missing,
    "two_headers_of_numbers_are_exchanged": the_publisher_gives_no_result,
    "two_areas_exchange_their_codes": the_file_gives_codes_alone,
}


@cache
def every_table() -> dict[Table, list[Source]]:
    return write.all_tables()


def tables() -> list[Table]:
    """List the tables to break: of several that the same sources read, the last."""
    last = {tuple(source.id for source in s): table for table, s in sorted(every_table().items())}
    return list(last.values())


@cache
def sound_rows(table: Table) -> Rows:
    return write.rows_of(table, every_table()[table])


@dataclass
class Bench:
    """A database that holds what is sound, in which one table after another is tried."""

    db: duckdb.DuckDBPyConnection
    folder: Path
    held: Lake | None = None
    sources: list[Source] = field(default_factory=list)
    sound: object = None

    def prepare(self, sources: list[Source]) -> None:
        """Leave what the pipeline would hold before it read some sources, and no more."""
        self.sources = sources
        run = [source.id for source in sources]
        metrics = metrics_of({i.id for s in sources for i in s.indicators.values()})
        needed = {i for m in metrics for i in (*m.numerator, *m.below, *m.published)}
        given = {"run": run, "needed": sorted(needed), "metrics": [metric.id for metric in metrics]}
        mine = "indicator IN (SELECT indicator FROM indicator)"
        others = "NOT list_contains($run, source)"
        keep = {
            **dict.fromkeys([*LISTS, "source_file"], others),
            "source": "list_contains($run, id)",
            "indicator": "list_contains($run, source)",
            "metric": "list_contains($metrics, id)",
            "total": "list_contains($needed, part)",
            "observation": f"{mine} AND {others}",
            "elsewhere": f"list_contains($needed, indicator) AND NOT {mine} AND {others}",
        }
        for name, where in keep.items():
            self.db.execute(
                f"CREATE OR REPLACE TABLE {name} AS FROM sound.{name} WHERE {where}",
                {key: value for key, value in given.items() if f"${key}" in where},
            )
        for name in AREA_TABLES:
            self.db.execute(f"DROP TABLE IF EXISTS {name}")
        if all(source.gives == "observation" for source in sources):
            build.settle_areas(self.db)

    def read(self) -> None:
        """Read the sources as the pipeline does, up to the rows they select."""
        # The list of files stays as it is: to read it again each time would be a quarter of all.
        with replace(self.held, unpacked=TemporaryDirectory(), hashes={}) as held:
            build.ingest_sources(self.db, held, self.sources)
        build.settle_areas(self.db)

    def selected(self) -> list[tuple[object, ...]]:
        """Give what was read as one number for each table, whatever the order of its rows."""
        parts = {
            "selection": "source, label, area, area_name, period, breakdown, published",
            "area": 'area_code, old_la_code, level, region_code, start, "end"',
            "area_overlap": "area_code, nhs_area_code, share",
            "programme": "programme, area_code, joined",
            "neighbour": "model, area_code, neighbour_code, position",
            "boundary": "area, area_name, shape",
            "release_date": "of_source, label, published, next_release",
        }
        if all(source.gives == "observation" for source in self.sources):
            parts = {"selection": parts["selection"]}
        return self.db.execute(
            " UNION ALL ".join(
                f"SELECT '{name}', count(*), sum(hash({row})::HUGEINT % 1000000007) FROM {name}"
                for name, row in parts.items()
            )
        ).fetchall()

    def numbers(self) -> str:
        """Select the numbers that were read and are counted."""
        return (
            "SELECT indicator, breakdown, area_code, time_period, value FROM observation "
            "WHERE list_contains($run, source) AND list_contains($counted, indicator)"
        )

    def learn(self) -> None:
        """Read what is sound and remember it."""
        with open_lake(self.folder) as self.held:
            self.read()
        self.sound = self.selected()
        run_step(self.db, CONFORM)
        given = {"run": [source.id for source in self.sources], "counted": sorted(COUNTED)}
        self.db.execute(f"CREATE OR REPLACE TABLE sound_number AS {self.numbers()}", given)
        self.check()
        self.db.execute("DELETE FROM selection")
        for name in ("metric_value", "reconciliation"):
            self.db.execute(f"DROP TABLE {name}")
        self.prepare(self.sources)

    def attempt(self) -> Difference | None:
        """Read what is broken; say what differs. Raises PipelineError where it is refused."""
        self.read()
        now = self.selected()
        if now == self.sound:
            return None
        run_step(self.db, CONFORM)
        difference = self.difference(lists_differ=now[1:] != self.sound[1:])
        if difference:
            self.check()
        return difference

    def difference(self, *, lists_differ: bool) -> Difference | None:
        """Compare the numbers that were read with the sound ones."""
        given = {"run": [source.id for source in self.sources], "counted": sorted(COUNTED)}
        rows = self.db.execute(
            f"WITH now AS ({self.numbers()}) "
            "SELECT indicator, true FROM (FROM sound_number EXCEPT ALL FROM now) UNION "
            "SELECT indicator, value IS NULL FROM (FROM now EXCEPT ALL FROM sound_number)",
            given,
        ).fetchall()
        if not rows and not lists_differ:
            return None
        is_loss = all(lost for _, lost in rows)
        return Difference(self.sources, {indicator for indicator, _ in rows}, is_loss)

    def check(self) -> None:
        """Run the rules about what was read, then those about what is worked out of it."""
        self._run_rules(RULES.keys() - LATE)
        self.db.execute("INSERT INTO observation FROM elsewhere")
        for step in STEPS:
            build.take_step(self.db, step)
        self._run_rules(LATE)

    def _run_rules(self, names: Iterable[str]) -> None:
        """Run rules, short ones first, until one is broken by the sources that are tried."""
        message = ""
        for name in sorted(names, key=lambda name: len(RULES[name])):
            for source, file, place, found, _ in self.db.execute(RULES[name]).fetchall()[:1]:
                message += f"{source}: {file}: {place}: found {found}\n"
            if is_named(message, self.sources, ""):
                break
        if message:
            raise CheckError(message)


def metrics_of(indicators: set[str]) -> list[Metric]:
    """List the metrics that some indicators are part of, and those made of them."""
    found = [m for m in METRICS if indicators & {*m.numerator, *m.below, *m.published}]
    ids = {metric.id for metric in found}
    return [*found, *(metric for metric in METRICS if metric.of in ids)]


@pytest.fixture(scope="module")
def bench(lake, tmp_path_factory):
    """Everything sound, kept aside in a schema of its own."""
    with build.connect() as db:
        build.insert_definitions(db, KNOWN)
        with open_lake(lake) as held:
            build.ingest_sources(db, held, build.sort_sources(KNOWN))
        run_step(db, CONFORM)
        db.execute("DELETE FROM selection; CREATE SCHEMA sound")
        kept = (*LISTS, "source_file", "source", "indicator", "metric", "total", "observation")
        for name in kept:
            db.execute(f"CREATE TABLE sound.{name} AS FROM {name}")
        db.execute("CREATE VIEW sound.elsewhere AS FROM sound.observation")
        yield Bench(db, tmp_path_factory.mktemp("broken"))


def broken_files(table: Table, sheet: Sheet) -> Iterator[tuple[str, bytes]]:
    """Give a table's file in each of the ways to break it that it has a place for."""
    beside = {
        t: sound_rows(t) for t in every_table() if (t.path, t.member) == (table.path, table.member)
    }
    for name, change in CHANGES.items():
        rows = change(sheet)
        if rows is not None and rows != sheet.rows:
            yield name, write.content(beside | {table: rows})
    is_packed = table.path.endswith(".gz")
    whole = files.as_csv(sheet.rows) if is_packed else write.content(beside)
    for name, damage in BYTES.items():
        data = damage(whole)
        if data is not None:
            yield name, files.zipped(data) if is_packed else data


def in_archive(table: Table, data: bytes) -> bytes:
    return files.packed({table.member: data}) if table.member else data


def is_named(message: str, sources: Iterable[Source], path: str) -> bool:
    """Tell whether a message says the source and the file, in one line."""
    ids = {source.id for source in sources}
    return any(
        ids & {*line.partition(": ")[0].split(" and ")} and path in line
        for line in message.splitlines()
    )


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "table", tables(), ids=lambda t: " and ".join(source.id for source in every_table()[t])
)
def test_a_broken_table_is_read_rightly_or_refused_by_name(bench, table):
    own = [s.model_copy(update={"files": s.files[-1:]}) for s in every_table()[table]]
    own.sort(key=lambda source: source.gives == "observation")
    ids = {source.id for source in own}
    witnesses = {w for i in ids for w in WITNESSES.get(i, ())} - ids
    bench.prepare([*own, *(KNOWN.sources[witness] for witness in sorted(witnesses))])
    read = {source.id for source in bench.sources}
    held = {
        t: sound_rows(t) for t, s in every_table().items() if read & {source.id for source in s}
    }
    write.write_tables(bench.folder, held)
    bench.learn()
    wanted = {name for s in own for name in (*columns(s), *sum(s.also_called.values(), ()))}
    sheet = Sheet(sound_rows(table), own[0].header_rows, frozenset(wanted))
    tried = [
        (name, try_broken(bench, bench.folder / table.path, in_archive(table, data)))
        for name, data in broken_files(table, sheet)
    ]
    # A list may be refused for what else cannot be read with it.
    path = None if witnesses else table.path
    wrong = [said for name, found in tried if (said := unnoticed(name, found, own, path))]
    assert not wrong, "\n".join(wrong)
    assert len({name for name, _ in tried}) >= 20


def try_broken(bench: Bench, path: Path, data: bytes) -> Difference | PipelineError | None:
    """Read a broken file in place of the sound one; say what differs or how it was refused."""
    path.write_bytes(data)
    bench.db.execute("BEGIN")
    try:
        return bench.attempt()
    except PipelineError as e:
        return e
    finally:
        bench.db.execute("ROLLBACK")


def unnoticed(
    name: str, found: Difference | PipelineError | None, own: list[Source], path: str | None
) -> str:
    """Say what is wrong with what became of a broken file; nothing where all is as it should be."""
    if isinstance(found, PipelineError):
        is_told = path is None or is_named(str(found), own, path)
        return "" if is_told else f"{name}: refused without its name: {found}"
    if found and not UNNOTICED.get(name, lambda _: False)(found):
        return f"{name}: {sorted(found.indicators)}{' (a loss)' if found.is_loss else ''}"
    return ""


# The publishers' own layouts, of which the lake holds copies.

OFFICIAL = [source for source in KNOWN.sources.values() if source.official]


@pytest.mark.sample(1)
@pytest.mark.parametrize("source", OFFICIAL, ids=lambda source: source.id)
def test_a_broken_official_file_is_read_rightly_or_refused_by_name(bench, lake, source):
    copy = write.file_names(source.files[-1])[-1]
    data = official.published(copy, (lake / copy).read_bytes())
    path = source.as_published.files[-1].replace("*", "2026-08")
    path += ".xlsx" if source.as_published.sheet else ""
    own = [source.as_published.model_copy(update={"files": (path,)})]
    bench.prepare(own)
    write.write_files(bench.folder, {path: data})
    bench.learn()
    title, rows = official_rows(data, own[0])
    sheet = Sheet(rows, own[0].header_rows, frozenset(columns(own[0])))
    tried = []
    for name, change in CHANGES.items():
        changed = change(sheet)
        if changed is not None and changed != sheet.rows:
            broken = files.xlsx({title: changed}) if title else files.as_csv(changed)
            tried.append((name, try_broken(bench, bench.folder / path, broken)))
    for name, damage in BYTES.items():
        broken = damage(data)
        if broken is not None:
            tried.append((name, try_broken(bench, bench.folder / path, broken)))
    wrong = [said for name, found in tried if (said := unnoticed(name, found, own, path))]
    assert not wrong, "\n".join(wrong)
    assert len({name for name, _ in tried}) >= 20


def official_rows(data: bytes, source: Source) -> tuple[str, Rows]:
    """Give the rows of an official file, and the title of its sheet if it is a workbook."""
    if source.sheet:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        cells = book.get_sheet_by_index(0).to_python()
        return book.sheet_names[0], [[str(cell) for cell in row] for row in cells]
    text = data.decode(source.encoding if source.encoding != "utf-8" else "utf-8-sig")
    return "", list(csv.reader(io.StringIO(text)))
