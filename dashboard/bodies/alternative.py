"""Alternative provision: what is published on each of the five outcomes. Pure."""

from html import escape

from dashboard.charts import of_topic
from dashboard.charts.of_topic import Section
from dashboard.domain.records import Area

PAGE = "alternative_provision"
FRAMEWORK = (
    "The national framework for SEND and alternative provision names five outcomes for alternative "
    "provision. The figures held answer to one of them in part, touch two for a wider group of "
    "pupils, and say nothing of the others."
)
NEARLY = {"attainment", "transitions"}  # figures of a wider group of pupils and no others


def lead(area: Area | None) -> str:
    """What the page answers; HTML."""
    return (
        "What published figures say of alternative provision in "
        f"{escape(of_topic.title(area))}: the five outcomes it is there for, who is in it, and "
        "the way in."
    )


def outcomes() -> str:
    """The five outcomes with how far each is published, leading to each; HTML."""
    listed = "".join(
        f'<li><a href="#{section.id}">{escape(section.title)}</a><span>{state(section)}</span></li>'
        for section in of_topic.sections(PAGE)
        if section.outcome
    )
    return f'<h2>The five outcomes</h2><p>{FRAMEWORK}</p><ol class="outcomes">{listed}</ol>'


def state(section: Section) -> str:
    """How far an outcome is published, in a few words."""
    if not section.measures:
        return "Nothing published for local authorities"
    return "Figures of a wider group only" if section.id in NEARLY else "Figures in part"
