"""What each metric is to the pages, and where it is shown: from the files of metrics, for readers.

The catalogue checks these files; this reads them without what checking needs, which a server that
shows a published build would else load.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Shown:
    """Where a metric is shown, and how: in a section, a chart or a list of sections.toml."""

    at: str
    place: int = 1000  # among the others there; without one, after those that have one
    group: str = ""  # the group that is shown; without one, its first
    label: str = ""  # the heading above its bar, or what it is called in a list
    in_words: str = ""  # the same inside a sentence
    period: str = ""  # the only one shown; without one, the newest
    is_apart: bool = False  # never named as the largest: it is part of another, or not comparable
    of: str = ""  # the words that follow the figure where it is among the money findings
    has_change: bool = False  # whether its change may be among them too


@dataclass(frozen=True)
class About:
    """What a metric is: its own words in its file, and what follows from them."""

    id: str
    unit: str
    denominator: Any = ()
    basis: str | None = None
    over: str = "of {}"
    is_money: bool = False
    is_size: bool | None = None
    shown: tuple[Shown, ...] = ()

    @property
    def counts_money(self) -> bool:
        """Whether its numerator is in pounds."""
        return self.is_money or self.unit == "pounds"

    @property
    def depends_on_size(self) -> bool:
        """Whether it is a number of children or of pounds, and not out of anything."""
        is_amount = self.unit == "pounds" and not self.denominator
        return self.unit == "count" or is_amount if self.is_size is None else self.is_size


@cache
def load_metrics() -> Mapping[str, About]:
    """Read what each metric is, by its id, in the order of the topics."""
    files = [read_toml(path) for path in sorted((HERE / "metrics").glob("*.toml"))]
    files.sort(key=lambda tables: tables["topic"]["position"])
    return {about.id: about for tables in files for about in _parse_topic(tables)}


def _parse_topic(tables: Mapping[str, Any]) -> Iterator[About]:
    names = {field.name for field in fields(About)}
    is_money = tables["topic"].get("is_money", False)
    for metric_id, table in tables.items():
        if metric_id != "topic":
            own: dict[str, Any] = {"id": metric_id, "is_money": is_money}
            own |= {name: value for name, value in table.items() if name in names}
            own["shown"] = tuple(map(_parse_place, table.get("shown", ())))
            yield About(**own)


def _parse_place(given: str | dict[str, Any]) -> Shown:
    return Shown(given) if isinstance(given, str) else Shown(**given)


@cache
def list_shown(at: str) -> tuple[tuple[About, Shown], ...]:
    """Give the metrics that say they are shown in a section, chart or list, in order, and how."""
    pairs = [(metric, one) for metric in load_metrics().values() for one in metric.shown]
    return tuple(sorted((p for p in pairs if p[1].at == at), key=lambda pair: pair[1].place))


@cache
def load_sections() -> Mapping[str, Any]:
    """Read sections.toml: what topic pages are made of, without what metrics say themselves."""
    return read_toml(HERE / "sections.toml")


@cache
def list_places() -> tuple[str, ...]:
    """Name the sections, charts and lists in which a metric may say that it is shown."""
    given = load_sections()
    sections = (f"{section['page']}/{section['id']}" for section in given["section"])
    return (*sections, *(chart["name"] for chart in given["chart"]), *given["list"])


def read_toml(path: Path) -> dict[str, Any]:
    """Read a file of TOML."""
    return tomllib.loads(path.read_text(encoding="utf-8"))
