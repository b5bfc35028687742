"""The five outcomes of alternative provision, and how far each is published."""

import re

from dashboard.bodies import alternative
from dashboard.charts import of_topic
from dashboard.store import served

BUILD = served.find_current_build()


def test_the_five_outcomes_stand_in_the_order_of_the_framework_and_lead_to_themselves():
    shown = alternative.render_outcomes()
    assert re.findall(r'href="#([a-z]+)"', shown) == [
        "outreach",
        "attendance",
        "reintegration",
        "attainment",
        "transitions",
    ]
    numbers = [s.outcome for s in of_topic.list_sections(alternative.PAGE) if s.outcome]
    assert numbers == [1, 2, 3, 4, 5]


def test_what_is_not_published_is_said_of_every_outcome_with_what_a_council_holds():
    for section in of_topic.list_sections(alternative.PAGE):
        if section.outcome:
            assert section.silent
            assert section.held


def test_an_outcome_says_how_far_it_is_published():
    said = {
        s.id: alternative.describe_state(s)
        for s in of_topic.list_sections(alternative.PAGE)
        if s.outcome
    }
    assert said == {
        "outreach": "Nothing published for local authorities",
        "attendance": "Figures in part",
        "reintegration": "Nothing published for local authorities",
        "attainment": "Figures of a wider group only",
        "transitions": "Figures of a wider group only",
    }


def test_the_lead_names_the_area_and_is_escaped():
    kent = BUILD.areas["E10000016"]
    assert "alternative provision in Kent" in alternative.render_lead(kent)
    assert "in England" in alternative.render_lead(None)
