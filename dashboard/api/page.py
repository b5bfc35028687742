"""The page about the API: made from its own description, without a script. Pure."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard.charts.model import LICENCE
from dashboard.design import theme
from dashboard.draw import table
from dashboard.draw.table import Column

STYLE = f"""<style>
body{{margin:0 auto;max-width:62rem;padding:1.5rem 1rem 3rem;font:16px/1.5 system-ui,sans-serif;
color:{theme.INK};background:{theme.PAPER}}}
a{{color:{theme.LINK};overflow-wrap:anywhere}}
a:focus-visible,[tabindex]:focus-visible{{outline:3px solid {theme.INK};outline-offset:2px}}
code{{background:{theme.WASH};padding:.1em .3em;overflow-wrap:anywhere}}
section{{border-top:1px solid {theme.RULE};margin-top:1.5rem}}
nav ul{{padding-left:1.2rem}}
</style>"""
COLUMNS = (Column("Parameter"), Column("Where"), Column("What it is"), Column("Values"))
FIELDS = (Column("Field"), Column("Type"), Column("What it means"))
RULES = """<h2 id="rules">What holds everywhere</h2><ul>
<li>Read only: GET and HEAD. No key, no account; programs on other hosts may ask too.</li>
<li>JSON, or CSV where a list is answered: <code>?format=csv</code>, or <code>Accept:
text/csv</code>. In CSV a text that could begin a formula has an apostrophe before it.</li>
<li>A figure that is not there is null (in CSV an empty cell), never 0: <code>status</code> and
<code>status_words</code> say why, and <code>shown</code> is what the dashboard writes.</li>
<li>Lists come a page at a time: 1,000 rows unless <code>limit</code> says otherwise, 5,000 at
most. <code>page.next</code>, and the <code>Link</code> header, lead to the next rows.</li>
<li>Every answer has an <code>ETag</code> by build: send it back in <code>If-None-Match</code>, and
an unchanged build is answered with 304 and no body.</li>
<li>An error is JSON too: what is wrong in plain words, what was asked, and what is nearest.</li>
</ul>"""


def html(description: Mapping[str, Any], build: str) -> str:
    """The whole page, for one build."""
    info = description["info"]
    paths = {path: operations["get"] for path, operations in description["paths"].items()}
    listed = "".join(
        f'<li><a href="#{_anchor(path)}"><code>/api{escape(path)}</code></a></li>' for path in paths
    )
    sections = "".join(_address(path, operation) for path, operation in paths.items())
    shapes = "".join(
        _shape(name, schema)
        for name, schema in description["components"]["schemas"].items()
        if not name.startswith(("Listed", "One"))
    )
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(info["title"])}</title>{theme.STYLE}{STYLE}</head><body><main>
<p><a href="/">SEND System Health</a></p>
<h1>{escape(info["title"])}</h1><p>{escape(info["description"])}</p>
<p>The same as <a href="/api/openapi.json">openapi.json</a>, for programs. The whole build: <a
href="/api/datapackage.json">datapackage.json</a> describes its files.</p>
{RULES}<h2 id="addresses">Addresses</h2><nav aria-label="Addresses"><ul>{listed}</ul></nav>
{sections}<h2 id="fields">Fields</h2>{shapes}
</main><footer class="foot"><p>{LICENCE}.</p><p>Build {escape(build or "none yet")}</p></footer>
</body></html>"""


def _address(path: str, operation: Mapping[str, Any]) -> str:
    example = escape(operation["x-example"])
    parameters = [_parameter(each) for each in operation.get("parameters", ())]
    listed = _table(f"Parameters of /api{path}", COLUMNS, parameters) if parameters else ""
    return (
        f'<section id="{_anchor(path)}"><h3><code>/api{escape(path)}</code></h3>'
        f"<p>{escape(operation['description'])}</p>{listed}"
        f'<p>Try it: <a href="{example}">{example}</a></p></section>'
    )


def _parameter(given: Mapping[str, Any]) -> list[str]:
    where = "in the path" if given["in"] == "path" else "after the ?"
    return [
        f"<code>{escape(given['name'])}</code>",
        where,
        escape(given.get("description", "")),
        escape(_values(given["schema"])),
    ]


def _table(caption: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    """A table below a heading that says the same as its caption."""
    return table.table(caption, columns, rows, caption_is_seen=False)


def _values(schema: Mapping[str, Any]) -> str:
    """Text; whole number, 1 to 5,000, otherwise 1,000; json or csv."""
    said = [_kind(schema).removesuffix(" or null")]  # what is left out is not null
    if "minimum" in schema:
        said.append(f"{schema['minimum']:,} to {schema['maximum']:,}")
    if schema.get("default") not in {None, ""}:
        said.append(f"otherwise {_default(schema['default'])}")
    return ", ".join(said)


def _default(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:,}" if isinstance(value, int) else str(value)


KINDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "null",
}


def _kind(schema: Mapping[str, Any]) -> str:
    """A field's type, in words."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "enum" in schema:
        return " or ".join(schema["enum"])
    if "anyOf" in schema:
        return _either(schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    return "date" if schema.get("format") == "date" else KINDS[schema["type"]]


def _either(options: Sequence[Mapping[str, Any]]) -> str:
    return " or ".join(_kind(each) for each in options)


def _shape(name: str, schema: Mapping[str, Any]) -> str:
    rows = [
        [
            f"<code>{escape(field)}</code>",
            escape(_kind(about)),
            escape(about.get("description", "")),
        ]
        for field, about in schema["properties"].items()
    ]
    about = schema.get("description", "")
    listed = _table(f"Fields of {name}", FIELDS, rows)
    return f"<section><h3>{escape(name)}</h3><p>{escape(about)}</p>{listed}</section>"


def _anchor(path: str) -> str:
    return path.strip("/").translate(str.maketrans("/._", "---", "{}"))
