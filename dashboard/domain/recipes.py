"""What each audience is briefed on, as recipes.toml and reform_plan.toml have it. Pure."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.domain import packs

Named = tuple[str, str]  # a metric's id and its group; the first group where none is written


@dataclass(frozen=True, slots=True)
class Asked:
    """One section of a recipe: a chart, a table of metrics, or a table of the reform plan."""

    id: str
    heading: str
    why: str
    chart: str = ""
    metric: Named | None = None
    parts: tuple[packs.Part, ...] = ()
    baseline: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What one audience is briefed on, in reading order."""

    id: str
    title: str
    audience: str
    everything: bool  # whether all that stands out is a key message, or only the recipe's own
    sections: tuple[Asked, ...]
    note: str = ""

    @property
    def order(self) -> tuple[str, ...]:
        """The ids of its sections, in reading order."""
        return tuple(section.id for section in self.sections)

    @property
    def metrics(self) -> tuple[Named, ...]:
        """Every metric with its group that a chart or a table of metrics shows, once."""
        named: dict[Named, None] = {}
        for section in self.sections:
            named |= dict.fromkeys([section.metric] if section.metric else [])
            named |= dict.fromkeys(row for part in section.parts for row in part.rows)
        return tuple(named)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the reform plan's template: the figure nearest to it, or why it is blank."""

    label: str
    take: str = ""  # count, out_of or value
    metric: Named | None = None
    published: str = ""
    blank: str = ""
    is_the_councils: bool = False
    is_extra: bool = False  # no row of the template: several of its rows together, or a remainder


@dataclass(frozen=True, slots=True)
class Crossed:
    """A table of the template with needs down and provisions across, each column a metric."""

    needs: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]  # label and metric


@dataclass(frozen=True, slots=True)
class Baseline:
    """One table of the reform plan's template."""

    id: str
    caption: str
    note: str
    lines: tuple[Line, ...] = ()
    crossed: Crossed | None = None


def select_sections(recipe: Recipe, order: tuple[str, ...]) -> tuple[Asked, ...]:
    """The sections in the order asked for; all of them, in the recipe's, where none is."""
    sections = {section.id: section for section in recipe.sections}
    return tuple(sections[name] for name in order if name in sections) or recipe.sections


def _parse_recipe(given: dict[str, Any]) -> Recipe:
    sections = tuple(map(_parse_section, given.pop("section")))
    everything = given.pop("messages", "") == "all"
    return Recipe(**given, everything=everything, sections=sections)


def _parse_section(given: dict[str, Any]) -> Asked:
    if "pack" in given:
        given["parts"] = packs.PACKS[given.pop("pack")].parts
    if "metrics" in given:
        rows = tuple(map(packs.split_name, given.pop("metrics")))
        given["parts"] = (packs.Part(given["heading"], rows),)
    if "metric" in given:
        given["metric"] = packs.split_name(given["metric"])
    return Asked(**given)


def _parse_baseline(name: str, given: dict[str, Any]) -> Baseline:
    columns = tuple((one["label"], one["metric"]) for one in given.get("column", ()))
    crossed = Crossed(tuple(given["needs"]), columns) if columns else None
    lines = tuple(map(_parse_line, given.get("row", ())))
    return Baseline(name, given["caption"], given.get("note", ""), lines, crossed)


def _parse_line(given: dict[str, Any]) -> Line:
    take = next((name for name in ("count", "out_of", "value") if name in given), "")
    return Line(
        given["label"],
        take,
        packs.split_name(given[take]) if take else None,
        given.get("published", ""),
        given.get("blank") or given.get("council", ""),
        "council" in given,
        bool(given.get("extra")),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


RECIPES = {recipe.id: recipe for recipe in map(_parse_recipe, _read("recipes.toml")["recipe"])}
BASELINES = {
    name: _parse_baseline(name, table) for name, table in _read("reform_plan.toml").items()
}
