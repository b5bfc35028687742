"""The address is read and written by id, and no address breaks a page."""

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain import choices
from tests.dashboard.make import ENGLAND, KENT, MEDWAY

ROOT = Path(__file__).parents[3]


def test_what_is_asked_for_by_id_is_what_is_shown(build):
    view = choices.read_view(
        build,
        {
            "area": KENT,
            "metric": "attainment_8",
            "breakdown": "SEN support",
            "areas": f"{KENT},{MEDWAY}",
            "topic": "timeliness",
        },
    )
    assert view.area.name == "Kent"
    assert view.metric.id == "attainment_8"
    assert view.breakdown == "SEN support"
    assert [area.name for area in view.areas] == ["Kent", "Medway"]
    assert view.topic == "timeliness"
    assert view.notes == ()


def test_an_empty_address_is_a_view_without_an_area(build):
    view = choices.read_view(build, {})
    assert view.area is None
    assert view.metric.id == choices.FIRST_METRIC
    assert view.query() == {}
    assert view.link("") == "./"
    assert view.link("metric") == "metric"


@pytest.mark.parametrize(
    ("given_", "note"),
    [
        ({"area": "E99999999"}, "E99999999"),
        ({"area": ENGLAND}, "England is not a local authority"),
        ({"metric": "nope"}, "nope"),
        ({"metric": "attainment_8", "breakdown": "Nobody"}, "Nobody"),
        ({"areas": f"{KENT},E99999999"}, "E99999999"),
        ({"topic": "nope"}, "nope"),
        ({"against": "nope"}, "There is no comparison with “nope”"),
        ({"group": f"{KENT},E99999999"}, "E99999999"),
    ],
)
def test_what_is_unknown_is_said_and_dropped_from_links(build, given_, note):
    view = choices.read_view(build, given_)
    assert note in " ".join(view.notes)
    assert "E99999999" not in view.link("metric")
    assert "nope" not in view.link("metric")


def test_an_abolished_local_authority_can_be_asked_for(build):
    view = choices.read_view(build, {"area": "E10000006"})
    assert view.area.name == "Cumbria"
    assert view.notes == ()
    assert choices.list_area_names(build, [view.area])["E10000006"] == "Cumbria (abolished)"


def test_more_areas_than_fit_are_cut_with_a_note(build):
    codes = [area.code for area in build.local_authorities][: choices.MOST_AREAS + 3]
    view = choices.read_view(build, {"areas": ",".join(codes)})
    assert len(view.areas) == choices.MOST_AREAS
    assert "first 12" in view.notes[0]


def test_a_group_of_ones_own_holds_twenty_at_most(build):
    codes = [area.code for area in build.local_authorities][: choices.MOST_IN_GROUP + 1]
    view = choices.read_view(build, {"against": "own", "group": ",".join(codes)})
    assert view.against == "own"
    assert len(view.group) == choices.MOST_IN_GROUP == 20
    assert "first 20 of 21" in view.notes[0]


def test_a_metric_of_another_topic_gives_way_to_the_topics_first(build):
    view = choices.read_view(build, {"metric": "attainment_8", "breakdown": "No SEN"})
    timeliness = choices.select_of_topic(build, "timeliness")
    assert choices.put_metric_within(view, timeliness).metric is timeliness[0]
    assert choices.put_metric_within(view, [view.metric]) is view


def test_every_metric_belongs_to_a_known_pillar(build):
    assert len(choices.sort_by_pillar(build.metrics.values())) == len(build.metrics)
    assert choices.list_headlines(build)


def test_a_long_id_is_shortened_before_it_is_repeated(build):
    view = choices.read_view(build, {"area": "x" * 500})
    assert len(view.notes[0]) < 120


@given(st.dictionaries(st.sampled_from(sorted(choices.CHOICES)), st.text(max_size=60)))
def test_no_address_whatever_raises(build, given_):
    view = choices.read_view(build, given_)
    assert view.metric.id in build.metrics
    assert view.breakdown in view.metric.breakdowns


@given(st.data())
def test_a_link_brings_back_the_view_it_was_made_from(build, data):
    metric = data.draw(st.sampled_from(list(build.metrics.values())))
    codes = [area.code for area in build.local_authorities]
    asked = {
        "area": data.draw(st.sampled_from(codes)),
        "metric": metric.id,
        "breakdown": data.draw(st.sampled_from(metric.breakdowns)),
        "areas": ",".join(data.draw(st.lists(st.sampled_from(codes), max_size=5, unique=True))),
        "topic": data.draw(st.sampled_from(list(choices.list_topics(build)))),
        "group": ",".join(data.draw(st.lists(st.sampled_from(codes), max_size=5, unique=True))),
        "against": data.draw(st.sampled_from(["neighbours", "type", "own"])),
    }
    view = choices.read_view(build, asked)
    again = choices.read_view(build, dict(parse_qsl(urlsplit(view.link("metric")).query)))
    assert again == view


def test_a_scorecard_can_be_of_an_earlier_year(build):
    view = choices.read_view(build, {"area": KENT, "year": "2022"})
    assert view.year == 2022
    assert view.query()["year"] == "2022"
    assert choices.list_years(build)["2022"] == "At the end of 2022"
    assert next(iter(choices.list_years(build).values())) == "Latest figures"


@pytest.mark.parametrize("year", ["1066", "2022.5", "next", "-1", "٢٠٢٢"])
def test_a_year_that_is_not_held_is_said(build, year):
    view = choices.read_view(build, {"year": year})
    assert view.year is None
    assert f"no scorecard for the year “{year}”" in view.notes[0]
    assert "year" not in view.query()


def test_the_readme_names_every_key_of_the_address():
    text = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    for choice in choices.CHOICES.values():
        assert f"`{choice.key}` {choice.about}" in text
