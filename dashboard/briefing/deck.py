"""A briefing as PowerPoint slides: one message on each, charts that can be edited. Pure."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import TextWrapper

from pptx.enum.text import MSO_ANCHOR
from pptx.presentation import Presentation
from pptx.slide import Slide

from dashboard.briefing import endings, measure
from dashboard.briefing.commentary import split_paragraphs
from dashboard.briefing.model import Briefing, Message, Section
from dashboard.briefing.slide_tables import draw_table, split_into_pages
from dashboard.briefing.slide_text import (
    BODY,
    FOCUS,
    INK,
    INSIDE,
    NUMBER,
    QUIET,
    Text,
    add_full_width_text,
    add_slide_number,
    add_text_box,
    place_shape,
    texts_height,
    write_paragraphs,
)
from dashboard.draw import caption
from dashboard.draw.office import template
from dashboard.draw.office.slides import Box, add_chart
from dashboard.draw.office.template import EDGE, HEIGHT

TITLE, TITLE_LONG, OVER, UNDER, WHY, NOTE, SMALL = 24, 20, 13, 14, 12, 10, 9
TOP, FOOT, GAP = 0.4, HEIGHT - 0.2, 0.1
FOOT_WIDTH = INSIDE - NUMBER.width - GAP
MOST_BESIDE_A_CHART = 2  # lines of commentary; more has slides of its own
MOST_AT_THE_FOOT = 420  # characters of sources; more are named on the last slide
MOST_AROUND = 1.6  # inches that the title and the foot of a slide of text may take
LONGEST_PIECE = 900  # characters of one paragraph on a slide
OURS = "Our commentary"


@dataclass(frozen=True, slots=True)
class Deck:
    """The slides being made, and what they say."""

    made: Presentation
    briefing: Briefing


def render(briefing: Briefing) -> bytes:
    """The briefing as a .pptx file: what it says, in its order."""
    deck = Deck(template.open_template(briefing.heading), briefing)
    about = deck.made.core_properties
    about.subject, about.comments = briefing.audience, f"{briefing.foot}. {briefing.permalink}"
    _add_cover(deck)
    _add_messages(deck)
    for section in briefing.sections:
        _add_chart_slide(deck, section)
        _add_tables(deck, section)
        _add_commentary(deck, section)
    for last in endings.list_endings(briefing):
        _add_tables(deck, Section("", briefing.title, last.why, last.heading, tables=(last.table,)))
    _remove_unused(list(deck.made.slides))
    out = io.BytesIO()
    deck.made.save(out)
    return out.getvalue()


def _add_cover(deck: Deck) -> None:
    """The area and the briefing, whom it is for, and where it is from."""
    briefing = deck.briefing
    slide = template.add_slide(deck.made, template.TEXT)
    title, under = slide.placeholders[template.TITLE], slide.placeholders[template.SUBTITLE]
    place_shape(title, Box(EDGE, 1.3, INSIDE, 1.5))
    write_paragraphs(
        title.text_frame,
        [
            Text(briefing.area, 44, None, bold=True, after=4),
            Text(briefing.title, 26, INK, bold=False),
        ],
    )
    place_shape(under, Box(EDGE, 3.1, INSIDE, 2.9))
    beside = f"Compared with: {briefing.beside}" if briefing.beside else ""
    texts = [Text(briefing.audience, BODY, INK, after=8)]
    texts += [Text(each, UNDER, QUIET, after=8) for each in (beside, briefing.note) if each]
    write_paragraphs(under.text_frame, texts)
    _write_foot(slide, briefing, "")
    add_slide_number(slide)
    if briefing.commentary:
        _add_text_slides(deck, briefing.title, OURS, briefing.commentary)


def _add_messages(deck: Deck) -> None:
    """Key messages: on one slide where they fit, else a slide for each way."""
    messages, area = deck.briefing.messages, deck.briefing.area
    notes = [Text(note, UNDER, after=6) for note in messages.notes]
    rule = [Text(messages.rule, NOTE, QUIET)] if messages.rule else []
    whole = [*notes, *rule]
    for heading, part in messages.parts:
        whole[-1:-1] = [Text(heading, UNDER + 1, FOCUS, bold=True, after=4), *_list_messages(part)]
    pages = {f"Key messages for {area}": whole}
    if texts_height(whole, INSIDE) > FOOT - TOP - MOST_AROUND:
        pages = {
            f"{area}: {heading.lower()}": [*_list_messages(part), *rule]
            for heading, part in messages.parts
        }
    for title, texts in pages.items():
        slide, top, _ = _add_slide(deck, f"{deck.briefing.title}: key messages", title, "")
        add_full_width_text(slide, top + GAP, texts)
        add_slide_number(slide)


def _list_messages(messages: Sequence[Message]) -> list[Text]:
    return [Text(one.text, UNDER, after=6, is_listed=True) for one in messages]


def _add_chart_slide(deck: Deck, section: Section) -> None:
    model = section.chart
    if model is None:
        return
    slide, top, bottom = _add_slide(
        *(deck, section.heading, section.title, model.source), link=model.permalink
    )
    under = slide.placeholders[template.SUBTITLE]
    texts = [Text(f"{caption.describe_measure(model)}.", UNDER, after=2), *_compose_intro(section)]
    if key := caption.describe_colours(model):
        texts.insert(2, Text(key, WHY, QUIET))
    room = texts_height(texts, INSIDE)
    place_shape(under, Box(EDGE, top, INSIDE, room))
    write_paragraphs(under.text_frame, texts)
    top += room
    if note := " ".join(caption.list_remarks(model)):
        room = measure.text_height(note, NOTE, INSIDE)
        bottom -= room + GAP / 2
        add_text_box(slide, Box(EDGE, bottom, INSIDE, room), [Text(note, NOTE, QUIET)])
    add_chart(slide, model, Box(EDGE, top + GAP, INSIDE, bottom - top - 2 * GAP))
    add_slide_number(slide)


def _add_tables(deck: Deck, section: Section) -> None:
    """The tables of a section one below the other, on as many slides as they need."""
    intro = _compose_intro(section)
    around = _title_height(section.title) + texts_height(intro, INSIDE) + 4 * GAP
    around += texts_height(_compose_foot(deck.briefing, section.source, ""), FOOT_WIDTH)
    pages = split_into_pages(section.tables, FOOT - TOP - around)
    for count, page in enumerate(pages, start=1):
        over = f"{section.heading}{_count_pages(count, len(pages))}"
        slide, top, bottom = _add_slide(deck, over, section.title, section.source)
        top = add_full_width_text(slide, top, intro) + GAP
        for table in page:
            top = draw_table(slide, table, top)
        notes = " ".join(dict.fromkeys(table.note for table in page if table.note))
        if notes:
            room_ = measure.text_height(notes, NOTE, INSIDE)
            at = Box(EDGE, min(top, bottom - room_), INSIDE, room_)
            add_text_box(slide, at, [Text(notes, NOTE, QUIET)])
        add_slide_number(slide)


def _compose_intro(section: Section) -> list[Text]:
    """Why the section is there, and the reader's commentary where it is short."""
    written = " ".join(split_paragraphs(section.commentary))
    short = [Text(written, UNDER, lead=f"{OURS}: ")] if _is_short(section.commentary) else []
    return [Text(section.why, WHY, QUIET, after=2), *short]


def _add_commentary(deck: Deck, section: Section) -> None:
    """What the reader has added, on slides of its own where it is more than a line or two."""
    text = section.commentary
    if section.absent and text:
        text = f"{section.absent}.\n{text}"
    if text and (section.absent or not _is_short(text)):
        _add_text_slides(deck, section.heading, f"{OURS} on {section.heading[:60].lower()}", text)


def _is_short(text: str) -> bool:
    line = f"{OURS}: {' '.join(split_paragraphs(text))}"
    return bool(text) and measure.count_lines(line, UNDER, INSIDE, bold=True) <= MOST_BESIDE_A_CHART


def _add_text_slides(deck: Deck, heading: str, title: str, text: str) -> None:
    room = FOOT - TOP - MOST_AROUND
    pages: list[list[Text]] = [[]]
    whole = TextWrapper(LONGEST_PIECE, break_long_words=False, break_on_hyphens=False)
    for piece in (piece for line in split_paragraphs(text) for piece in whole.wrap(line)):
        one = Text(piece, BODY, after=6)
        if pages[-1] and texts_height([*pages[-1], one], INSIDE) > room:
            pages.append([])
        pages[-1].append(one)
    for count, texts in enumerate(pages, start=1):
        slide, top, _ = _add_slide(deck, f"{heading}{_count_pages(count, len(pages))}", title, "")
        add_full_width_text(slide, top + GAP, texts)
        add_slide_number(slide)


def _add_slide(
    deck: Deck, over: str, title: str, source: str, *, link: str = ""
) -> tuple[Slide, float, float]:
    """A slide with its title and its foot, and where the room between them begins and ends."""
    slide = template.add_slide(deck.made, template.TEXT)
    head = slide.placeholders[template.TITLE]
    room = _title_height(title)
    place_shape(head, Box(EDGE, TOP, INSIDE, room))
    head.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    size = _title_size(title)
    write_paragraphs(
        head.text_frame,
        [
            Text(over, OVER, QUIET, bold=False, after=2),
            Text(title, size, None, bold=True),
        ],
    )
    bottom = _write_foot(slide, deck.briefing, source, link)
    return slide, TOP + room + GAP / 2, bottom - GAP


def _title_size(title: str) -> int:
    is_long = measure.count_lines(title, TITLE, INSIDE, bold=True) > 2  # noqa: PLR2004
    return TITLE_LONG if is_long else TITLE


def _title_height(title: str) -> float:
    over = measure.text_height("x", OVER, INSIDE) + 2 / measure.POINTS
    return over + measure.text_height(title, _title_size(title), INSIDE, bold=True)


def _write_foot(slide: Slide, briefing: Briefing, source: str, link: str = "") -> float:
    """Source, licence, link and build at the foot; gives where it begins."""
    texts = _compose_foot(briefing, source, link)
    room = texts_height(texts, FOOT_WIDTH)
    foot = slide.placeholders[template.SOURCE]
    place_shape(foot, Box(EDGE, FOOT - room, FOOT_WIDTH, room))
    write_paragraphs(foot.text_frame, texts)
    return FOOT - room


def _compose_foot(briefing: Briefing, source: str, link: str) -> list[Text]:
    named = f"Source: {shorten_source(source)}. " if source else ""
    return [
        Text(f"{named}{briefing.licence}.", SMALL, QUIET),
        Text(f"{briefing.foot}. {link or briefing.permalink}", SMALL, QUIET),
    ]


def shorten_source(source: str) -> str:
    """A source as it is; of many, the publishers, with where each is named in full."""
    if len(source) <= MOST_AT_THE_FOOT:
        return source
    publishers = dict.fromkeys(part.split(", ")[0] for part in source.split("; "))
    return f"{'; '.join(publishers)}. Each publication and its release: see Sources, at the end"


def _count_pages(count: int, total: int) -> str:
    return f" ({count} of {total})" if total > 1 else ""


def _remove_unused(slides: Sequence[Slide]) -> None:
    """Placeholders that hold nothing are taken off, so that nobody is asked to fill them."""
    for slide in slides:
        for shape in list(slide.placeholders):
            if not shape.text_frame.text:
                shape.element.getparent().remove(shape.element)
