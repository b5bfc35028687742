"""The words and the abbreviations on screen, in plain English, from glossary.toml. Pure."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from dashboard.domain.choices import View
from dashboard.draw.templates import render_template

FILE = Path(__file__).parent / "glossary.toml"


@dataclass(frozen=True, slots=True)
class Term:
    """One word with its abbreviations, what it means and where that is from."""

    name: str
    meaning: str
    source: str
    link: str
    short: tuple[str, ...] = ()

    @property
    def letter(self) -> str:
        """What it is filed under: its first letter, or all numbers together."""
        return self.name[0].upper() if self.name[0].isalpha() else "0–9"

    @property
    def id(self) -> str:
        """The word as the end of an address: alternative-provision."""
        kept = "".join(letter if letter.isalnum() else " " for letter in self.name.lower())
        return "-".join(kept.split())


@cache
def load_terms() -> tuple[Term, ...]:
    """Every word, in order.

    Raises:
        TypeError: a word lacks its meaning or its source, or has a key that there is not.
    """
    listed = tomllib.loads(FILE.read_text(encoding="utf-8"))["term"]
    return tuple(Term(short=tuple(row.pop("short", ())), **row) for row in listed)


def render_glossary(view: View, terms_shown: Sequence[Term]) -> str:
    """The way to each letter, then every word under its letter."""
    letters = [
        (letter, list(some)) for letter, some in groupby(terms_shown, key=lambda t: t.letter)
    ]
    return render_template("bodies/templates/glossary.html.j2", view=view, letters=letters)
