"""The data package says what every file and every column of a build is, and is right."""

import datetime
import hashlib
import json

import duckdb
import jsonschema
import pytest

from dashboard.words.numbers import STATUS_LABEL
from pipeline import package, publish
from pipeline.values import BUILT
from tests.pipeline.test_publish import tiny

PLACE = BUILT / publish.find_current_build(BUILT)
FOUND = json.loads((PLACE / package.DESCRIPTOR).read_text(encoding="utf-8"))
TABLES = {each["name"]: each for each in FOUND["resources"] if each.get("type") == "table"}

# What the standard asks of a package, a resource and a schema (datapackage.org, version 2).
TEXT = {"type": "string", "minLength": 1}
TYPES = (
    *("string", "number", "integer", "date", "time", "datetime", "year", "yearmonth", "boolean"),
    *("object", "geopoint", "geojson", "array", "list", "duration", "any"),
)
FIELD = {
    "type": "object",
    "required": ["name", "type", "description"],
    "properties": {
        "name": TEXT,
        "type": {"enum": TYPES},
        "description": TEXT,
        "constraints": {"properties": {"enum": {"type": "array", "minItems": 1}}},
    },
}
KEY = {"type": "array", "items": TEXT, "minItems": 1, "uniqueItems": True}
RESOURCE = {
    "type": "object",
    "required": ["name", "path", "title", "description", "format", "mediatype", "bytes", "hash"],
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z0-9._-]+$"},
        "path": {"type": "string", "pattern": r"^(?!/|\.|~)[^:]+$"},
        "type": {"const": "table"},
        "title": TEXT,
        "description": TEXT,
        "bytes": {"type": "integer", "minimum": 1},
        "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
        "schema": {
            "type": "object",
            "required": ["fields"],
            "properties": {
                "fields": {"type": "array", "items": FIELD, "minItems": 1},
                "primaryKey": KEY,
                "foreignKeys": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["fields", "reference"],
                        "properties": {
                            "fields": KEY,
                            "reference": {
                                "required": ["resource", "fields"],
                                "properties": {"resource": TEXT, "fields": KEY},
                            },
                        },
                    },
                },
            },
        },
    },
    "if": {"properties": {"format": {"const": "parquet"}}},
    "then": {"required": ["schema", "type"]},
}
PACKAGE = {
    "type": "object",
    "required": ["$schema", "name", "version", "title", "licenses", "sources", "resources"],
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "name": {"type": "string", "pattern": "^[a-z0-9._/-]+$"},
        "version": TEXT,
        "licenses": {
            "type": "array",
            "minItems": 1,
            "items": {"anyOf": [{"required": ["name"]}, {"required": ["path"]}]},
        },
        "sources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["title"],
                "properties": {
                    "title": TEXT,
                    "path": {"type": "string", "pattern": "^https://"},
                    "version": TEXT,
                },
            },
        },
        "resources": {"type": "array", "minItems": 1, "items": RESOURCE},
    },
}


@pytest.fixture(scope="module")
def db():
    with duckdb.connect() as connection:
        yield connection


def test_it_is_a_data_package():
    jsonschema.Draft202012Validator(PACKAGE).validate(FOUND)
    assert "Open Government Licence v3.0" in FOUND["attribution"]


def test_it_has_every_file_as_it_is():
    files = {path.name for path in PLACE.iterdir()} - {package.DESCRIPTOR}
    assert {each["path"] for each in FOUND["resources"]} == files
    for each in FOUND["resources"]:
        content = (PLACE / each["path"]).read_bytes()
        assert each["bytes"] == len(content)
        assert each["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_the_committed_one_is_what_the_pipeline_writes(db):
    again = package.build_descriptor(db, PLACE) | {"version": PLACE.name}
    assert (PLACE / package.DESCRIPTOR).read_text(encoding="utf-8") == package.format_descriptor(
        again
    )
    size = sum(path.stat().st_size for path in PLACE.iterdir())
    assert size < 14_000_000


def test_there_are_words_for_every_column_and_for_no_other():
    held = {name: {f["name"] for f in each["schema"]["fields"]} for name, each in TABLES.items()}
    said = package.read_words()
    assert held.keys() == said["tables"].keys() == publish.TABLES.keys()
    for name, table in said["tables"].items():
        assert set(table["columns"]) <= held[name], name
    assert set(said["columns"]) <= set().union(*held.values())


def test_every_status_there_is_is_named():
    assert package.read_words()["enums"]["status"] == ["ok", *STATUS_LABEL]


@pytest.mark.parametrize("name", TABLES)
def test_keys_are_unique_and_names_are_of_rows_that_are_there(db, name):
    schema = TABLES[name]["schema"]
    table = f"'{PLACE}/{name}.parquet'"
    if key := ", ".join(schema.get("primaryKey", ())):
        found = db.execute(f"SELECT {key} FROM {table} GROUP BY ALL HAVING count(*) > 1 LIMIT 1")
        assert found.fetchall() == []
    for link in schema.get("foreignKeys", ()):
        (own,), (other,) = link["fields"], link["reference"]["fields"]
        there = f"'{PLACE}/{link['reference']['resource']}.parquet'"
        lost = db.execute(
            f"SELECT DISTINCT {own} FROM {table} "
            f"WHERE {own} IS NOT NULL AND {own} NOT IN (SELECT {other} FROM {there})"
        )
        assert lost.fetchall() == []


@pytest.mark.parametrize("name", TABLES)
def test_columns_are_read_as_the_types_that_are_stated(db, name):
    kinds = {
        "string": str,
        "number": float,
        "integer": int,
        "boolean": bool,
        "date": datetime.date,
        "array": list,
    }
    fields = TABLES[name]["schema"]["fields"]
    for row in db.execute(f"FROM '{PLACE}/{name}.parquet' LIMIT 200").fetchall():
        for field, value in zip(fields, row, strict=True):
            assert value is None or type(value) is kinds[field["type"]], field


def test_new_words_are_a_new_build_and_the_same_words_are_not(tmp_path, monkeypatch):
    with duckdb.connect() as one:
        tiny(one, 1)
        first = publish.publish_build(one, tmp_path)
        assert publish.publish_build(one, tmp_path) == first
        found = json.loads((tmp_path / first / package.DESCRIPTOR).read_text(encoding="utf-8"))
        assert found["version"] == first
        told = package.read_words() | {"title": "Other words"}
        monkeypatch.setattr(package, "read_words", lambda: told)
        assert publish.publish_build(one, tmp_path) != first
