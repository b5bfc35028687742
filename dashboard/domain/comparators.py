"""What an area can be compared with, as comparators.toml has it: one entry each."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ComparatorKind:
    """One thing to compare with: who is in it, and what it is called wherever it is named."""

    id: str
    by: str  # how its members are found
    label: str
    named: str
    short: str
    of: str = ""
    member: str = "statistical neighbour"  # of England, whose members nothing marks
    members: str = ""
    title: str = ""
    in_words: str = ""
    file: str = ""

    @property
    def is_usual(self) -> bool:
        """Whether it is shown where nothing is asked for, and summed up with each figure."""
        return self is USUAL

    @property
    def is_held_then(self) -> bool:
        """Whether it is summed up for earlier years too."""
        return self.is_usual or self.by not in {"model", "own"}

    @property
    def has_average(self) -> bool:
        """Whether it has a mean and a median; a region and England have a published figure."""
        return self.by not in {"region", "england"}


_TEXT = Path(__file__).with_name("comparators.toml").read_text(encoding="utf-8")
COMPARATORS = {name: ComparatorKind(name, **entry) for name, entry in tomllib.loads(_TEXT).items()}
USUAL = next(iter(COMPARATORS.values()))
MODELS = {name: one.of for name, one in COMPARATORS.items() if one.by == "model"}
PROGRAMMES = {one.of: one for one in COMPARATORS.values() if one.by == "programme"}
# The types of authority, one of them and several.
TYPES = {
    "county": ("County council", "county councils"),
    "unitary": ("Unitary authority", "unitary authorities"),
    "metropolitan": ("Metropolitan borough", "metropolitan boroughs"),
    "inner_london": ("Inner London borough", "inner London boroughs"),
    "outer_london": ("Outer London borough", "outer London boroughs"),
}


def describe_choices() -> str:
    """What `against` may be in an address."""
    names = [name for name, one in COMPARATORS.items() if one.by != "own"]
    return f"{', '.join(names)}, or own with group."


def describe_models() -> str:
    """What a model of neighbours may be called in an address."""
    *names, last = MODELS.values()
    return f"{', '.join(names)} or {last}."
