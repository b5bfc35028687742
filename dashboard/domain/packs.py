"""Packs of metrics that one audience reads together, as packs.toml has them. Pure."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from dashboard.domain.records import Metric


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of a pack, and the metrics below it as id and group; the first group if none."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """What one audience reads together."""

    id: str
    title: str
    audience: str
    note: str
    parts: tuple[Part, ...]


def name_row(metric: Metric, breakdown: str) -> str:
    """A metric with its group, where it has groups, as packs and addresses write it."""
    return metric.id if len(metric.breakdowns) == 1 else f"{metric.id}: {breakdown}"


def split_name(text: str) -> tuple[str, str]:
    """A metric's id and its group; no group where none is written."""
    metric, _, breakdown = text.partition(": ")
    return metric, breakdown


def _parse_pack(given: dict) -> Pack:
    parts = tuple(
        Part(part["title"], tuple(split_name(text) for text in part["metrics"]))
        for part in given["part"]
    )
    return Pack(given["id"], given["title"], given["audience"], given.get("note", ""), parts)


_TEXT = Path(__file__).with_name("packs.toml").read_text(encoding="utf-8")
PACKS = {pack.id: pack for pack in map(_parse_pack, tomllib.loads(_TEXT)["pack"])}
