"""A briefing as a PDF on A4: tagged for screen readers (PDF/UA-1), charts as vectors. Pure."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from dashboard.briefing import endings
from dashboard.briefing.commentary import split_paragraphs
from dashboard.briefing.model import Briefing, Messages, Section, Table
from dashboard.charts.model import ChartModel, Kind
from dashboard.design import theme
from dashboard.draw import caption as words
from dashboard.draw.picture.image import draw_picture

ROOT = Path(__file__).parents[2]
LONGEST = 60  # seconds
WIDTH = 6.85  # inches of a chart
TALL = {Kind.POSITIONS: 5.0}  # so that two charts fit on a page
USUAL = 3.3
COLOURS = {
    "ink": theme.INK,
    "quiet": theme.QUIET,
    "focus": theme.FOCUS,
    "rule": theme.RULE,
    "wash": theme.WASH,
}


def render(briefing: Briefing) -> bytes:
    """The briefing as a tagged PDF: what it says, in its order.

    Raises:
        RuntimeError: it could not be set; with what was said.
    """
    given = json.dumps(_build_input(briefing)).encode()
    command = [sys.executable, "-m", "dashboard.briefing.typeset"]
    done = subprocess.run(  # noqa: S603 - our own program, without words of a reader's
        command, input=given, capture_output=True, check=False, cwd=ROOT, timeout=LONGEST
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return done.stdout


def _build_input(briefing: Briefing) -> dict[str, Any]:
    plain = ("heading", "name", "audience", "beside", "note", "licence", "foot", "permalink")
    return {
        **{name: getattr(briefing, name) for name in plain},
        "colours": COLOURS,
        "commentary": split_paragraphs(briefing.commentary),
        "messages": _list_messages(briefing.messages),
        "sections": [_build_section_input(briefing, one) for one in briefing.sections],
        "absent": _build_table_input(endings.build_absent_table(briefing)),
        "definitions": _build_table_input(endings.build_definitions_table(briefing)),
        "reading": _build_table_input(endings.build_reading_table(briefing)),
        "sources": _build_table_input(endings.build_sources_table(briefing)),
    }


def _list_messages(messages: Messages) -> dict[str, Any]:
    parts = [
        {"heading": heading, "messages": [one.text for one in part]}
        for heading, part in messages.parts
    ]
    return {"notes": list(messages.notes), "parts": parts, "rule": messages.rule}


def _build_section_input(briefing: Briefing, one: Section) -> dict[str, Any]:
    model = one.chart
    return {
        "heading": one.heading,
        "title": one.title,
        "why": one.why,
        "subtitle": " ".join(filter(None, describe_measured(model))) if model else "",
        "svg": _draw_chart(model, briefing.build) if model else None,
        "alt": model.alt if model else "",
        "absent": f"{one.absent}." if one.absent else "",
        "commentary": split_paragraphs(one.commentary),
        "tables": [_build_table_input(table) for table in one.tables],
        "provenance": compose_provenance(one),
    }


def _draw_chart(model: ChartModel, build: str) -> str:
    given = {"build": build, "width": WIDTH, "height": chart_height(model), "furniture": False}
    return draw_picture(model, "svg", **given).decode()


def chart_height(model: ChartModel) -> float:
    """How tall a chart is on paper, in inches."""
    return TALL.get(model.kind, USUAL)


def describe_measured(model: ChartModel) -> list[str]:
    """What a chart measures, with its periods, and which colour is which."""
    return [f"{words.describe_measure(model)}.", words.describe_colours(model)]


def compose_provenance(one: Section) -> str:
    """What stands below a section: the chart's note, its source with release, and its link."""
    model = one.chart
    source = model.source if model else one.source
    parts = [*(words.list_remarks(model) if model else []), f"Source: {source}." if source else ""]
    return " ".join(part for part in [*parts, model.permalink if model else ""] if part)


def _build_table_input(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "heads": [column.title for column in table.columns],
        "widths": [column.width for column in table.columns],
        "numeric": [column.numeric for column in table.columns],
        "rows": [[cell.text for cell in row] for row in table.rows],
        "note": table.note,
        "is_small": table.is_small,
    }
