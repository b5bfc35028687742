"""What a briefing says, before anything writes it. Values only."""

from dataclasses import dataclass

from dashboard.charts.model import LICENCE, ChartModel
from dashboard.domain.program import NAME


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says; its number too where it is one, for forms that can count."""

    text: str
    number: float | None = None
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """The heading of a column, its share of the width, and whether it holds numbers."""

    title: str
    width: float = 1.0
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first cell of a row is its heading."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    is_small: bool = False  # long texts, set smaller


@dataclass(frozen=True, slots=True)
class Message:
    """One key message: a sentence worked out from the numbers, and the marks behind it."""

    text: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Messages:
    """What stands out, list by list, and what to know before reading on."""

    parts: tuple[tuple[str, tuple[Message, ...]], ...]  # headings with what is said below them
    notes: tuple[str, ...] = ()  # that an area was abolished, that it is never ranked
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One section: a chart or tables, why it is there, and what the reader has added."""

    id: str
    heading: str
    why: str
    title: str  # its message
    chart: ChartModel | None = None
    tables: tuple[Table, ...] = ()
    commentary: str = ""
    source: str = ""  # of the tables; a chart names its own
    absent: str = ""  # why there is no chart


@dataclass(frozen=True, slots=True)
class Definition:
    """What one metric means, as the catalogue says it."""

    title: str
    means: str
    counted: str
    caveat: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """One area's briefing for one audience: every form writes the same words and numbers."""

    area: str
    area_code: str
    recipe: str
    title: str
    audience: str
    note: str
    beside: str  # what the area is compared with
    messages: Messages
    sections: tuple[Section, ...]
    definitions: tuple[Definition, ...]
    reading: tuple[tuple[str, str], ...]  # how ranks, tests and missing figures are to be read
    sources: tuple[tuple[str, str], ...]  # publication with releases, and official address
    permalink: str
    build: str
    commentary: str = ""
    licence: str = LICENCE
    name: str = NAME
    absent: tuple[Section, ...] = ()  # sections without a figure to show

    @property
    def heading(self) -> str:
        """The title of the document."""
        return f"{self.area}: {self.title}"

    @property
    def foot(self) -> str:
        """What stands at the foot of every page."""
        return f"{self.name} · build {self.build}"
