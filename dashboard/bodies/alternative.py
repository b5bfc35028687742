"""Alternative provision: what is published on each of the five outcomes. Pure."""

from functools import partial

from dashboard.charts import of_topic
from dashboard.charts.of_topic import Section
from dashboard.domain.records import Area
from dashboard.draw.templates import render_macro

PAGE = "alternative_provision"
NEARLY = {"attainment", "transitions"}  # figures of a wider group of pupils and no others

_render = partial(render_macro, "bodies/templates/alternative.html.j2")


def render_lead(area: Area | None) -> str:
    """What the page answers; HTML."""
    return _render("lead", of_topic.name_area(area))


def render_outcomes() -> str:
    """The five outcomes with how far each is published, leading to each; HTML."""
    return _render(
        "outcomes", [(s, describe_state(s)) for s in of_topic.list_sections(PAGE) if s.outcome]
    )


def describe_state(section: Section) -> str:
    """How far an outcome is published, in a few words."""
    if not section.measures:
        return "Nothing published for local authorities"
    return "Figures of a wider group only" if section.id in NEARLY else "Figures in part"
