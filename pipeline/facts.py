"""Facts that go stale, from facts.toml: each with who says so and since when it stands here."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ONE_COUNCIL = "one_council_"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact, who says so, and the day on which it was put here as it stands."""

    value: Any
    source: str
    entered: dt.date


FACTS = {
    name: Fact(**each)
    for name, each in tomllib.loads(
        Path(__file__).with_name("facts.toml").read_text(encoding="utf-8")
    ).items()
}
NEIGHBOUR_MODEL: str = FACTS["neighbour_model"].value
EARLIER_NEIGHBOUR_MODEL: str = FACTS["earlier_neighbour_model"].value
# The day on which districts joined their county council, by its code.
ONE_COUNCIL_SINCE: dict[str, str] = {
    name.removeprefix(ONE_COUNCIL): fact.value
    for name, fact in FACTS.items()
    if name.startswith(ONE_COUNCIL)
}
