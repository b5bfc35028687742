"""How many tests stand together, and how many would be marked by chance alone. Pure."""

from collections.abc import Iterable, Mapping

from dashboard.domain.records import Figure, Summary
from dashboard.words.numbers import format_count

LEVEL = 0.05  # each test calls a difference where there is none in this share of cases
FEW = 2  # of one test or none there is nothing to warn of


def compose_warning(tests: int, where: str = "in this table") -> str:
    """That some of many tests are marked by chance, with how many that would be; or nothing."""
    if tests < FEW:
        return ""
    number = max(1, round(LEVEL * tests))
    return (
        f"{tests:,} tests at the 5% level stand together {where}: were nothing different, about "
        f"{format_count(number, 'of them', 'of them')} would still say higher or lower, by chance "
        "alone."
    )


def count_tests_of_scorecard(
    figures: Iterable[Figure], summaries: Mapping[tuple[str, str], Summary] | None = None
) -> int:
    """How many tests figures show: beside England, the year before, and a group where one is."""
    number = 0
    for figure in figures:
        beside = (summaries or {}).get((figure.metric, figure.breakdown))
        shown = (figure.against_england, figure.against_before, beside.against if beside else None)
        number += sum(each is not None for each in shown)
    return number
