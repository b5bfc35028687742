"""What readers add in their own words: kept within bounds, and kept in a small file. Pure."""

import json
import unicodedata
from collections.abc import Mapping

MOST_CHARACTERS = 1500
MOST_BYTES = 200_000
KIND = "SEND System Health commentary"
NEVER = {"Cc", "Cs", "Co", "Cn"}  # control, surrogate, private, unassigned: no document takes them
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # they reorder what is read


def clean(text: str) -> str:
    """The text as documents can hold it: no control characters, and no longer than allowed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    kept = "\n".join(
        "".join(c for c in line if unicodedata.category(c) not in NEVER and c not in TURNS).strip()
        for line in lines
    )
    return kept.strip()[:MOST_CHARACTERS].strip()


def paragraphs(text: str) -> list[str]:
    """The text line by line, empty lines left out."""
    return [line for line in text.split("\n") if line]


def save(area: str, recipe: str, texts: Mapping[str, str]) -> bytes:
    """A file of what was written for one area and one recipe, by section."""
    kept = {section: text for section, text in texts.items() if text}
    given = {"kind": KIND, "area": area, "brief": recipe, "commentary": kept}
    return json.dumps(given, ensure_ascii=False, indent=2).encode()


def load(content: bytes, area: str, recipe: str) -> dict[str, str]:
    """What a saved file has, by section, cleaned.

    Raises:
        ValueError: it is no such file, or is for another area or recipe; the message says which.
    """
    if len(content) > MOST_BYTES:
        raise ValueError("The file is too large to be saved commentary.")
    try:
        given = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ValueError("The file is not saved commentary: it cannot be read.") from None
    if not isinstance(given, dict) or given.get("kind") != KIND:
        raise ValueError("The file is not commentary that was saved here.")
    if (given.get("area"), given.get("brief")) != (area, recipe):
        raise ValueError("The file is of another local authority or another briefing.")
    texts = given.get("commentary")
    if not isinstance(texts, dict) or not all(isinstance(t, str) for t in texts.values()):
        raise ValueError("The file is damaged: its commentary is not text.")
    return {str(section): clean(text) for section, text in texts.items()}
