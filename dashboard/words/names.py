"""What metrics, places and licences are called, and words put together."""

from collections.abc import Sequence

from dashboard.domain.records import Figure, Metric

# The regions that are named after where they lie; of the others no "the" is said.
DIRECTIONS = {
    *("North East", "North West", "South East", "South West"),
    *("East Midlands", "West Midlands", "East of England"),
}


def make_possessive(name: str) -> str:
    """Neighbours’, your group’s."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def capitalise(text: str) -> str:
    """A phrase as the start of a sentence."""
    return text[:1].upper() + text[1:]


def describe_no_figure(name: str, figures: Sequence[Figure | None]) -> str:
    """That there is no figure: none is held, or the newest one is withheld here."""
    missing = [figure for figure in figures if figure is not None and figure.value is None]
    newest = max((figure.period_end for figure in missing), default=None)
    if any(f.status == "withheld" and f.period_end == newest for f in missing):
        return f"The figure for {name} is withheld here: what is published cannot be right"
    return f"No figure is held for {name}"


def name_metric(metric: Metric, breakdown: str) -> str:
    """The metric's title with its group, where it has groups."""
    return metric.title if len(metric.breakdowns) == 1 else f"{metric.title}: {breakdown}"


def name_metric_briefly(metric: Metric, breakdown: str) -> str:
    """The metric's short title with its group, where it has groups."""
    if len(metric.breakdowns) == 1:
        return metric.short_title
    return f"{metric.short_title}: {breakdown}"


def join_words(words: list[str]) -> str:
    """Words in a row: a, b and c."""
    if len(words) < 2:  # noqa: PLR2004 - one word or none needs no "and"
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def name_licence(name: str) -> str:
    """A licence's whole name."""
    return name.replace("OGL", "Open Government Licence")


def name_place(name: str) -> str:
    """A region or another area inside a sentence: the North East, London, Medway."""
    return f"the {name}" if name in DIRECTIONS else name
