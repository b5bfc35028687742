"""Text on several lines, by its letters; by its width see picture/fonts. Pure."""

import textwrap


def wrap_letters(text: str, most: int) -> list[str]:
    """The lines of a text of at most so many letters; no word is cut."""
    return textwrap.wrap(text, most, break_long_words=False, break_on_hyphens=False)


def split_label(label: str, first: int, last: int) -> list[str]:
    """A name on at most two lines of so many letters; the second is shortened where it must be."""
    cut = label.rfind(" ", 0, first + 1)
    if len(label) <= last or cut < 0:
        return [label]
    rest = label[cut + 1 :]
    return [label[:cut], rest if len(rest) <= last else f"{rest[: last - 1]}…"]
