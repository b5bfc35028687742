"""Whatever a refusal tells a person to add is added as it stands, and the refusal is gone."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import build, catalogue, drift, readers
from pipeline.catalogue import Source
from pipeline.errors import SourceError
from tests.lake import write
from tests.pipeline.mutations import Sheet

KNOWN = catalogue.load_catalogue()
BY_NAME = [s for s in KNOWN.sources.values() if s.reader in {"csv", "workbook"} and s.columns]
NOTHING_NEAR = {"population_2023"}  # a column for each age, whose name is its number
ADVICE = re.compile(r"add at the end of (pipeline/sources/(\w+)\.toml):\n(.+)", re.DOTALL)


@pytest.fixture(scope="module")
def db():
    with build.connect() as made:
        build.insert_definitions(made, replace(KNOWN, sources={}))
        yield made


def with_lines(source: Source, said: str) -> Source:
    """Give a source as its file has it once the lines that a refusal prints stand at its end."""
    _, name, lines = ADVICE.search(said).groups()
    assert name == source.id
    path = build.HERE / "sources" / f"{source.id}.toml"
    text = path.read_text(encoding="utf-8") + "\n" + lines
    return Source.model_validate(tomllib.loads(text) | {"id": source.id})


def renamed(source: Source) -> tuple[str, dict[write.Table, list]]:
    """Give the tables of a source's last file with each column that it reads under a new name."""
    [last] = write.file_names(source.files[-1])[-1:]
    tables = {}
    for table, sources in write.all_tables().items():
        if table.name == last:
            rows = [list(row) for row in write.rows_of(table, sources)]
            if source in sources:
                sheet = Sheet(rows, source.header_rows, frozenset(readers._list_columns(source)))  # noqa: SLF001 - the columns as the reader has them
                row = rows[source.header_rows[-1] - 1]
                for place in sheet.read:
                    if place < len(row) and row[place]:
                        row[place] = f'{row[place]} "b"'
            tables[table] = rows
    return last, tables


def sound(source: Source) -> dict[write.Table, list]:
    """Give the tables of a source's last file as they are."""
    [last] = write.file_names(source.files[-1])[-1:]
    return {t: write.rows_of(t, s) for t, s in write.all_tables().items() if t.name == last}


def cells(db, source: Source, path: Path, name: str) -> list:
    """Read a file and give the rows that the source's query sees."""
    readers.read(db, source, name, path)
    columns = ", ".join(map(readers.quote_identifier, source.columns))
    return db.execute(f"SELECT {columns} FROM raw ORDER BY ALL").fetchall()


@pytest.mark.parametrize("source", BY_NAME, ids=lambda source: source.id)
def test_the_lines_for_columns_under_new_names_give_the_same_rows(db, tmp_path, source):
    name, changed = renamed(source)
    path = tmp_path / f"file{Path(name).suffix.replace('.gz', '.csv')}"
    packed = path.suffix == ".csv" and name.endswith(".gz")
    for tables in (sound(source), changed):
        rows = next(iter(tables.values()))
        path.write_bytes(write.files.as_csv(rows) if packed else write.content(tables))
        if tables is not changed:
            wanted = cells(db, source, path, name)
    with pytest.raises(SourceError) as raised:
        cells(db, source, path, name)
    if ADVICE.search(str(raised.value)) or source.id not in NOTHING_NEAR:
        assert cells(db, with_lines(source, str(raised.value)), path, name) == wanted


@pytest.mark.parametrize(
    "source", [s for s in KNOWN.sources.values() if s.official], ids=lambda source: source.id
)
def test_the_lines_for_a_publishers_own_file_are_read_for_it(source):
    theirs = source.as_published
    header = [f"{column} new" for column in drift.OWN.named(list(theirs.columns))]
    said = drift.write_advice(theirs, "a/2027/file.csv", header, theirs.columns)
    given = with_lines(source, said).as_published.accepts[-1]
    assert given.columns == dict(zip(theirs.columns, header, strict=True))


def test_lines_that_would_leave_a_column_unread_are_not_shown():
    source = KNOWN.sources["dsg_2023_24"]
    header = ["column 1", "column 2", "[D]"]
    assert drift.write_advice(source, "dsg/2027/dsg.ods", header, source.columns) == ""
