"""What readers add in their own words, within bounds. Pure.

It is written, kept and saved in the reader's browser (drafts.js); the server has it only while it
makes a file.
"""

import unicodedata

MOST_CHARACTERS = 1500
NEVER = {"Cc", "Cs", "Co", "Cn"}  # control, surrogate, private, unassigned: no document takes them
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # they reorder what is read


def tidy_commentary(text: str) -> str:
    """The text as documents can hold it: without what no document takes, at whatever length."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    kept = "\n".join(
        "".join(c for c in line if unicodedata.category(c) not in NEVER and c not in TURNS).strip()
        for line in lines
    )
    return kept.strip()


def clean_commentary(text: str) -> str:
    """The text as documents can hold it, and no longer than allowed."""
    return tidy_commentary(text)[:MOST_CHARACTERS].strip()


def split_paragraphs(text: str) -> list[str]:
    """The text line by line, empty lines left out."""
    return [line for line in text.split("\n") if line]
