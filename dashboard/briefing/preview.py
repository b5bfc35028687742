"""A briefing as HTML for its page: what is written by a reader is escaped. Pure."""

from html import escape

from dashboard.briefing import endings
from dashboard.briefing.commentary import split_paragraphs
from dashboard.briefing.model import Briefing, Section, Table
from dashboard.draw import table

ONLY_WITH_WORDS = "A file has this section only where you write about it."


def render_opening(briefing: Briefing) -> str:
    """The title, whom it is for, and the key messages."""
    messages = briefing.messages
    lines = [briefing.note, *messages.notes]
    parts = "".join(
        f"<h3>{escape(heading)}</h3><ul>"
        + "".join(f"<li>{escape(one.text)}</li>" for one in part)
        + "</ul>"
        for heading, part in messages.parts
    )
    rule = f'<p class="source">{escape(messages.rule)}</p>' if messages.rule else ""
    return (
        f'<h2 class="pillar">{escape(briefing.heading)}</h2>'
        f"<p>{escape(briefing.audience)}</p>{''.join(map(render_paragraphs, filter(None, lines)))}"
        f'<section class="signals"><h2>Key messages</h2>{parts}{rule}</section>'
    )


def render_section_heading(section: Section) -> str:
    """The heading of a section, why it is there, and its message where it has no chart."""
    title = "" if section.chart or section.absent else f"<p><b>{escape(section.title)}</b></p>"
    absent = render_paragraphs(f"{section.absent}. {ONLY_WITH_WORDS}") if section.absent else ""
    why = render_paragraphs(section.why)
    return f'<h2 class="pillar">{escape(section.heading)}</h2>{why}{title}{absent}'


def render_section_tables(section: Section) -> str:
    """The tables of a section with their notes and their source."""
    source = f'<p class="source">Source: {escape(section.source)}.</p>' if section.source else ""
    return "".join(map(_render_table, section.tables)) + source


def render_endings(briefing: Briefing) -> str:
    """What stands last in every form: definitions, caveats and sources."""
    listed = [
        endings.build_definitions_table(briefing),
        endings.build_reading_table(briefing),
        endings.build_sources_table(briefing),
    ]
    whole = "".join(_render_table(each) for each in listed if each.rows)
    return (
        '<h2 class="pillar">Definitions, caveats and sources</h2>'
        + table.render_details("What stands at the end of the briefing", whole)
        + f'<p class="source">{escape(briefing.licence)}. {escape(briefing.foot)}. '
        f"{escape(briefing.permalink)}</p>"
    )


def render_paragraphs(text: str) -> str:
    """Text as paragraphs."""
    return "".join(f"<p>{escape(line)}</p>" for line in split_paragraphs(text))


def _render_table(given: Table) -> str:
    columns = [table.Column(one.title, numeric=one.numeric) for one in given.columns]
    rows = [[escape(cell.text) for cell in row] for row in given.rows]
    note = f'<p class="source">{escape(given.note)}</p>' if given.note else ""
    return table.render_table(given.caption, columns, rows) + note
