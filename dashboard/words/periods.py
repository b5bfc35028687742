"""Periods and how old figures are."""

from datetime import date

from dashboard.domain.records import Figure
from dashboard.words.names import join_words
from dashboard.words.numbers import format_count, spell_number

MONTHS = 12
OLD = 2  # years, beyond which a figure says its age


def format_period(label: str) -> str:
    """A period inside a sentence: mid-2023, not Mid-2023."""
    return label[0].lower() + label[1:] if label.startswith(("Mid-", "Autumn", "Spring")) else label


def format_age(end: date, today: date) -> str:
    """How long ago a period ended, in calendar months: 22 months old."""
    months = (today.year - end.year) * MONTHS + today.month - end.month
    if months < 1:
        return "less than a month old"
    if months < 2 * MONTHS:
        return f"{format_count(months, 'month')} old"
    years, rest = divmod(months, MONTHS)
    parts = [format_count(years, "year"), format_count(rest, "month") if rest else ""]
    return f"{join_words([part for part in parts if part])} old"


def describe_age(end: date, newest: date) -> str:
    """How old a figure is where that must be said, in whole years: four years old; else nothing.

    Takes the end of the figure's period and that of the newest period which the build holds: the
    same build then always says the same, and never that a figure is older than it is.
    """
    months = (newest.year - end.year) * MONTHS + newest.month - end.month
    years = months // MONTHS
    if months <= OLD * MONTHS:
        return ""
    return f"{spell_number(years)} years old"


def describe_period(figure: Figure, newest: date) -> str:
    """The period of a figure, with its age where it is more than two years old."""
    return ", ".join(filter(None, [figure.time_period, describe_age(figure.period_end, newest)]))
