"""The numbers of the rule for what stands out, and what it lists by chance alone."""

import tomllib
from pathlib import Path
from typing import Any


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


RULE = _read("signals.toml")
TESTED, FURTHEST = RULE["beyond_chance"], RULE["furthest"]
BY_CHANCE = _read("signals_by_chance.toml")  # written by benchmarks.signals_by_chance
