"""A build holds its tables packed, and lets go of what it no longer reads."""

import pytest

from pipeline import catalogue
from pipeline.build import STEPS, connect, ingest_sources, insert_definitions, sort_sources
from pipeline.lake import open_lake
from pipeline.tables import run_step

MOST_BYTES = 150  # of memory for each observation: a third of what they take unpacked


@pytest.fixture(scope="module")
def made(lake):
    with open_lake(lake) as files, connect() as db:
        insert_definitions(db, catalogue.load_catalogue())
        ingest_sources(db, files, sort_sources(catalogue.load_catalogue()))
        for step in STEPS:
            run_step(db, step)
        yield db


@pytest.mark.exhaustive
def test_the_text_that_sources_select_is_gone_once_it_is_conformed(made):
    assert made.execute("SELECT count(*) FROM selection").fetchall() == [(0,)]


@pytest.mark.exhaustive
def test_the_tables_are_packed(made):
    [(rows,)] = made.execute("SELECT count(*) FROM observation").fetchall()
    [(taken,)] = made.execute(
        "SELECT memory_usage_bytes FROM duckdb_memory() WHERE tag = 'IN_MEMORY_TABLE'"
    ).fetchall()
    assert taken < MOST_BYTES * rows
