"""Text that no spreadsheet takes for a formula: the one guard of every CSV and workbook. Pure."""

import unicodedata

# What a spreadsheet may take for the start of a formula, in any of its forms: wide, small, raised.
STARTS = ("=", "+", "-", "@")
BREAKS = ("\t", "\r", "\n")
UNSEEN = ("C", "Z", "M")  # categories of Unicode: controls and joiners, spaces, marks on nothing


def is_risky(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula.

    One that trims what is not seen, or folds the forms of a sign into one, still finds none.
    """
    start = next((i for i, sign in enumerate(text) if not _is_unseen(sign)), len(text))
    before, first = text[:start], unicodedata.normalize("NFKC", text[start : start + 1])
    return any(sign in before for sign in BREAKS) or first.startswith(STARTS)


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign).startswith(UNSEEN)


def guard_cell(text: str) -> str:
    """A text for a cell of CSV: marked as text with an apostrophe where it looks like a formula.

    Numbers do not belong here: a negative one stays a number.
    """
    return f"'{text}" if is_risky(text) else text
