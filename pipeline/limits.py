"""The limits that decide what is said of a figure, from limits.toml, with reason and source."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

ENGLAND = "E92000001"  # its code among the areas


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: what it is of, its value, why it is so and who says so."""

    title: str
    value: float
    reason: str
    source: str


LIMITS = {
    name: Limit(**each)
    for name, each in tomllib.loads(
        (Path(__file__).parent / "limits.toml").read_text(encoding="utf-8")
    ).items()
}
FUNNEL_DISPERSION = LIMITS["funnel_dispersion"].value
FEWEST_SIMILAR = int(LIMITS["fewest_similar"].value)
SMALL_DENOMINATOR = LIMITS["small_denominator"].value
SMALL_NUMERATOR = LIMITS["small_numerator"].value
MONEY_DISTANCE = LIMITS["money_distance"].value
