"""Rows as the bytes of a published file: text, workbooks of two kinds, Parquet, archives."""

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from xml.sax.saxutils import escape, quoteattr

import pyarrow as pa
import pyarrow.parquet as pq

from tests.lake.rows import Rows

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?(e[+-]?[0-9]+)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# The columns that published Parquet files hold as numbers; all others are text.
DOUBLES = {
    "% of pupils", "% of pupils (with SEN provision type)", "LA Number", "Percentage",
    "Spend per head", "Value", "discontinued_schoolage", "pop_est", "pupils_dv", "total_spend",
}  # fmt: skip
DECIMAL_PERIODS = {"ap_absence", "ap_state_pupils", "mainstream_with_sen", "plans_discontinued"}
WHOLE = {"grand_total_schools", "total"}
WHOLE_PERIODS = {
    "ap_unregistered", "ehc_plans_by_age_2023", "ks4_destinations", "ks4_destinations_england",
    "post_16_destinations", "post_16_destinations_england",
}  # fmt: skip


def as_csv(rows: Rows) -> bytes:
    """Write rows as published text: UTF-8 with a byte order mark, lines ended as on Windows."""
    text = io.StringIO()
    width = max((len(row) for row in rows), default=0)
    csv.writer(text).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def parquet(rows: Rows, source: str) -> bytes:
    """Write rows as Parquet, columns of numbers as numbers and empty cells as nothing."""
    header, *body = rows
    arrays = [
        _array([row[i] or None for row in body], _type(source, name))
        for i, name in enumerate(header)
    ]
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, header), buffer)
    return buffer.getvalue()


def _type(source: str, column: str) -> pa.DataType:
    is_period = column == "time_period"
    is_code = column == "old_la_code" and source == "plans_discontinued"
    if column in DOUBLES or is_code or (is_period and source in DECIMAL_PERIODS):
        return pa.float64()
    if column in WHOLE or (is_period and source in WHOLE_PERIODS):
        return pa.int32()
    return pa.large_string()


def _array(values: list[str | None], type_: pa.DataType) -> pa.Array:
    """A column that holds a word among its numbers is a column of text."""
    if pa.types.is_large_string(type_) or not all(v is None or NUMBER.fullmatch(v) for v in values):
        return pa.array(values, pa.large_string())
    return pa.array([None if v is None else float(v) for v in values]).cast(type_, safe=False)


def xlsx(sheets: Mapping[str, Rows]) -> bytes:
    """Write sheets as a small Excel workbook, numbers as numbers."""
    kind = "http://schemas.openxmlformats.org"
    office = f"{kind}/officeDocument/2006/relationships"
    titles = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{i}" r:id="r{i}"/>'
        for i, title in enumerate(sheets, start=1)
    )
    links = "".join(
        f'<Relationship Id="r{i}" Type="{office}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{kind}/package/2006/relationships"><Relationship '
        f'Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{kind}/spreadsheetml/2006/main" xmlns:r="{office}">'
        f"<sheets>{titles}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{kind}/package/2006/relationships">'
        f"{links}</Relationships>",
    }
    for i, rows in enumerate(sheets.values(), start=1):
        body = "".join(f"<row>{''.join(map(_xlsx_cell, row))}</row>" for row in rows)
        parts[f"xl/worksheets/sheet{i}.xml"] = (
            f'<worksheet xmlns="{kind}/spreadsheetml/2006/main">'
            f"<sheetData>{body}</sheetData></worksheet>"
        )
    return packed({name: text.encode() for name, text in parts.items()})


@cache
def _xlsx_cell(value: str) -> str:
    if NUMBER.fullmatch(value):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else "<c/>"


def ods(sheets: Mapping[str, Rows]) -> bytes:
    """Write sheets as a small OpenDocument workbook; some published ones lack their type too."""
    names = ("office", "table", "text")
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names
    )
    tables = "".join(
        f"<table:table table:name={quoteattr(title)}>"
        + "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
        )
        + "</table:table>"
        for title, rows in sheets.items()
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return packed({"META-INF/manifest.xml": manifest.encode(), "content.xml": content.encode()})


@cache
def _ods_cell(value: str) -> str:
    if NUMBER.fullmatch(value):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    if DAY.fullmatch(value):
        return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
    if not value:
        return "<table:table-cell/>"
    return (
        '<table:table-cell office:value-type="string">'
        f"<text:p>{escape(value)}</text:p></table:table-cell>"
    )


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Put members into one zip archive, each with the same date."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member, data in sorted(parts.items()):
            archive.writestr(zipfile.ZipInfo(member), data)
    return buffer.getvalue()


def zipped(data: bytes) -> bytes:
    """Pack one file as gzip does, with the same date."""
    return gzip.compress(data, mtime=0)


def geojson(rows: Rows) -> bytes:
    """Draw a square for each row, where its code puts it."""
    header, *body = rows
    place = header.index("areacd") if "areacd" in header else 0
    features = [
        {
            "type": "Feature",
            "properties": {key: cell for key, cell in zip(header, row, strict=False) if cell},
            "geometry": {"type": "MultiPolygon", "coordinates": [[_square(row[place])]]},
        }
        for row in body
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _square(code: str) -> list[tuple[float, float]]:
    """The corners of a square of a tenth of a degree, clockwise from the south-west."""
    at = int(code[-3:]) if code[-3:].isdigit() else 999
    west, south = (round(first + step / 10, 1) for first, step in ((-2.5, at % 15), (50, at // 15)))
    east, north = round(west + 0.1, 1), round(south + 0.1, 1)
    return [(west, south), (west, north), (east, north), (east, south), (west, south)]
