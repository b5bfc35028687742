"""The API's description of itself, with the words of the published tables put to its fields."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from pipeline import package

PROBLEM = "application/problem+json"
# The published table whose columns a schema's fields are.
TABLES = {
    "Area": "area",
    "Metric": "metric",
    "Neighbour": "neighbour",
    "Source": "source_file",
    "Value": "metric_value",
}
KENT, IN_TIME = "E10000016", "plans_issued_in_20_weeks"
# For each address, one that shows something.
EXAMPLES = {
    "/build": "/build",
    "/metrics": "/metrics?headline=true",
    "/metrics/{metric}": f"/metrics/{IN_TIME}",
    "/metrics/{metric}/values": f"/metrics/{IN_TIME}/values?area={KENT}&format=csv",
    "/areas": "/areas?level=region",
    "/areas/{code}": f"/areas/{KENT}",
    "/areas/{code}/scorecard": f"/areas/{KENT}/scorecard?headline=true",
    "/areas/{code}/neighbours": f"/areas/{KENT}/neighbours?model=2025-05",
    "/areas/{code}/metrics/{metric}/comparison": (
        f"/areas/{KENT}/metrics/{IN_TIME}/comparison?against=region"
    ),
    "/sources": "/sources?format=csv",
    "/datapackage.json": "/datapackage.json",
    "/files/{name}": "/files/metric_value.parquet",
}


def describe_api(api: FastAPI) -> Callable[[], dict[str, Any]]:
    """The function that gives the description, made once when it is first asked for."""
    made = api.openapi
    kept: list[dict[str, Any]] = []

    def openapi() -> dict[str, Any]:
        if not kept:
            kept.append(_add_words(made()))
        return kept[0]

    return openapi


def _add_words(description: dict[str, Any]) -> dict[str, Any]:
    """The description with words for every field, and an example for every address."""
    schemas = description["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):  # answered as a Problem instead
        schemas.pop(name, None)
    for name, schema in schemas.items():
        _describe_fields(TABLES.get(name, ""), schema)
    for path, operations in description["paths"].items():
        operation = operations["get"]
        _describe_failures(operation["responses"])
        operation["x-example"] = f"{description['servers'][0]['url']}{EXAMPLES[path]}"
    return description


def _describe_fields(table: str, schema: dict[str, Any]) -> None:
    for field, about in schema.get("properties", {}).items():
        words = package.find_meaning(table, field)
        if words and "description" not in about:
            about["description"] = words


def _describe_failures(responses: dict[str, Any]) -> None:
    responses.pop("422", None)
    for status, answer in responses.items():
        if status != "200":
            answer["content"] = {PROBLEM: answer["content"]["application/json"]}
