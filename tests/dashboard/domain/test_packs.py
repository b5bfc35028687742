"""Every pack is of metrics the build has, and of as many as one table can be read with."""

import pytest

from dashboard.domain import packs
from dashboard.domain.packs import PACKS
from tests.dashboard.make import metric


def test_the_packs_are_those_that_were_asked_for():
    assert list(PACKS) == [
        *("board", "inspection", "finance", "adulthood", "alternative_provision", "health"),
    ]


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.id)
def test_a_pack_has_eight_to_twenty_metrics_that_exist_with_their_groups(build, pack):
    rows = [row for part in pack.parts for row in part.rows]
    assert 8 <= len(rows) <= 20
    assert len(set(rows)) == len(rows)
    assert pack.audience.endswith(".")
    for name, breakdown in rows:
        known = build.metrics[name].breakdowns
        assert breakdown in known if breakdown else len(known) == 1, name


def test_the_inspection_pack_has_three_parts():
    assert len(PACKS["inspection"].parts) == 3


def test_the_health_pack_says_what_its_nhs_figures_are():
    assert "integrated care boards" in PACKS["health"].note


def test_a_metric_is_written_with_its_group_only_where_it_has_groups():
    grouped = metric(id="attainment_8", breakdowns=("EHC plan", "SEN support"))
    assert packs.name_row(metric(), "Total") == "plans_issued_in_20_weeks"
    assert packs.name_row(grouped, "EHC plan") == "attainment_8: EHC plan"
    assert packs.split_name("attainment_8: EHC plan") == ("attainment_8", "EHC plan")
    assert packs.split_name("attainment_8") == ("attainment_8", "")
