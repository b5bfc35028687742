"""The page about the API: made from its own description, without a script. Pure."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard.charts.model import LICENCE
from dashboard.design import theme
from dashboard.draw import table
from dashboard.draw.table import Column
from dashboard.draw.templates import mark_html, render_template

PARAMETERS = (Column("Parameter"), Column("Where"), Column("What it is"), Column("Values"))
FIELDS = (Column("Field"), Column("Type"), Column("What it means"))
WRAPPERS = ("Listed", "One")
KINDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "null",
}


def render_page(description: Mapping[str, Any], build: str) -> str:
    """The whole page, for one build."""
    schemas = description["components"]["schemas"].items()
    return render_template(
        "api/page.html.j2",
        info=description["info"],
        style=mark_html(theme.STYLE),
        addresses=[_describe_address(*each) for each in description["paths"].items()],
        shapes=[_describe_shape(*each) for each in schemas if not each[0].startswith(WRAPPERS)],
        licence=LICENCE,
        build=build,
    )


def _describe_address(path: str, operations: Mapping[str, Any]) -> dict[str, str]:
    operation = operations["get"]
    rows = [
        [
            given["name"],
            "in the path" if given["in"] == "path" else "after the ?",
            given.get("description", ""),
            _describe_values(given["schema"]),
        ]
        for given in operation.get("parameters", ())
    ]
    return {
        "path": path,
        "anchor": path.strip("/").translate(str.maketrans("/._", "---", "{}")),
        "description": operation["description"],
        "parameters": _draw_table(f"Parameters of /api{path}", PARAMETERS, rows) if rows else "",
        "example": operation["x-example"],
    }


def _describe_shape(name: str, schema: Mapping[str, Any]) -> dict[str, str]:
    fields = schema["properties"].items()
    rows = [[field, _name_kind(about), about.get("description", "")] for field, about in fields]
    listed = _draw_table(f"Fields of {name}", FIELDS, rows)
    return {"name": name, "description": schema.get("description", ""), "fields": listed}


def _draw_table(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    """A table of plain texts, the first of each row a name in the API, below its own heading."""
    cells = [[f"<code>{escape(name)}</code>", *map(escape, others)] for name, *others in rows]
    return mark_html(table.render_table(caption, columns, cells, caption_is_seen=False))


def _describe_values(schema: Mapping[str, Any]) -> str:
    """Text; whole number, 1 to 5,000, otherwise 1,000; json or csv."""
    parts = [_name_kind(schema).removesuffix(" or null")]  # what is left out is not null
    if "minimum" in schema:
        parts.append(f"{schema['minimum']:,} to {schema['maximum']:,}")
    if schema.get("default") not in {None, ""}:
        parts.append(f"otherwise {_format_default(schema['default'])}")
    return ", ".join(parts)


def _format_default(value: bool | int | str) -> str:  # noqa: FBT001 - it is a value
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:,}" if isinstance(value, int) else value


def _name_kind(schema: Mapping[str, Any]) -> str:
    """A field's type, in words."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if options := schema.get("enum") or [_name_kind(each) for each in schema.get("anyOf", ())]:
        return " or ".join(options)
    if schema.get("type") == "array":
        return f"list of {_name_kind(schema['items'])}"
    return "date" if schema.get("format") == "date" else KINDS[schema["type"]]
