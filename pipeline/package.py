"""The data package: what a build holds, in the words of published.toml, for programs to read.

The descriptor follows the Data Package standard, version 2 (https://datapackage.org/).
"""

import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

DESCRIPTOR = "datapackage.json"
# How the tables are laid out: raised when a program that reads this number would misread them.
LAYOUT = 1
LAYOUT_KEY = "layoutVersion"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
KINDS = {"VARCHAR": "string", "BOOLEAN": "boolean", "DATE": "date"}
NUMBERS = {"DOUBLE", "FLOAT"}
# Where a column names a row of another table.
NAMES = {
    "metric": ("metric", "id"),
    "area_code": ("area", "area_code"),
    "source_file": ("source_file", "path"),
}
WORDS = Path(__file__).parent / "published.toml"


@cache
def read_words() -> dict[str, Any]:
    """What published.toml says of tables and columns."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


LICENCE: dict[str, str] = read_words()["licence"]


def find_meaning(table: str, column: str) -> str:
    """What a column means in a table; nothing where it has no words."""
    own = read_words()["tables"].get(table, {}).get("columns", {})
    return own.get(column) or read_words()["columns"].get(column, "")


def build_descriptor(db: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, Any]:
    """The descriptor of the Parquet files and the boundaries in a folder, without its version.

    It depends on the files and on published.toml alone, and has the SHA-256 of each file.
    """
    tables = sorted(folder.glob("*.parquet"))
    shapes = read_words()["boundaries"]
    boundaries = folder / shapes["path"]
    return {
        "$schema": PROFILE,
        "name": "send-system-health",
        "version": "",
        LAYOUT_KEY: LAYOUT,
        "title": read_words()["title"],
        "description": read_words()["description"],
        "licenses": [LICENCE],
        "attribution": f"{read_words()['attribution']}.",
        "sources": _list_sources(db, folder / "source_file.parquet"),
        "resources": [
            *(_describe_table(db, path) for path in tables),
            *([shapes | _describe_file(boundaries)] if boundaries.exists() else []),
        ],
    }


def compute_identity(described: dict[str, Any]) -> str:
    """The id of what a descriptor describes: files, their bytes, and what is said of them."""
    return hashlib.sha256(format_descriptor(described).encode()).hexdigest()[:12]


def format_descriptor(described: dict[str, Any]) -> str:
    """A descriptor as it is written: equal ones have equal texts."""
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _describe_table(db: duckdb.DuckDBPyConnection, path: Path) -> dict[str, object]:
    about = read_words()["tables"].get(path.stem, {})
    columns = db.execute("DESCRIBE FROM read_parquet(?)", [str(path)]).fetchall()
    schema: dict[str, object] = {
        "fields": [_describe_field(path.stem, row[0], row[1]) for row in columns]
    }
    if about.get("key"):
        schema["primaryKey"] = about["key"]
    links = [
        _build_link(row[0]) for row in columns if NAMES.get(row[0], (path.stem,))[0] != path.stem
    ]
    if links:
        schema["foreignKeys"] = links
    return {
        "name": path.stem,
        "type": "table",
        "path": path.name,
        "title": about.get("title", path.stem),
        "description": about.get("description", ""),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        **_describe_file(path),
        "schema": schema,
    }


def _describe_field(table: str, column: str, stored: str) -> dict[str, object]:
    allowed = read_words()["enums"].get(column)
    return {
        "name": column,
        "type": _find_kind(stored),
        "description": find_meaning(table, column),
        **({"constraints": {"enum": allowed}} if allowed else {}),
    }


def _find_kind(stored: str) -> str:
    """The standard's name for a type of the database."""
    if stored.endswith("[]"):
        return "array"
    return KINDS.get(stored) or ("number" if stored in NUMBERS else "integer")


def _build_link(column: str) -> dict[str, object]:
    table, key = NAMES[column]
    return {"fields": [column], "reference": {"resource": table, "fields": [key]}}


def _describe_file(path: Path) -> dict[str, object]:
    content = path.read_bytes()
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _list_sources(db: duckdb.DuckDBPyConnection, path: Path) -> list[dict[str, str]]:
    """Every publication and release behind the figures, once."""
    columns = {
        row[0] for row in db.execute("DESCRIBE FROM read_parquet(?)", [str(path)]).fetchall()
    }
    if not columns >= {"publisher", "publication_title", "release", "official_url"}:
        return []
    rows = db.execute(SOURCES, [str(path)]).fetchall()
    return [
        {"title": f"{publisher}, {title}"}
        | ({"path": url} if url else {})
        | ({"version": release} if release else {})
        for publisher, title, release, url in rows
    ]


SOURCES = """
SELECT DISTINCT publisher, publication_title, release, official_url
FROM read_parquet(?)
ORDER BY ALL
"""
