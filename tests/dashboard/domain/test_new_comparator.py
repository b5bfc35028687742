"""A new comparator is one entry: written, it is offered, read and named everywhere."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.store import served
from tests.dashboard.make import KENT

ROOT = Path(__file__).parents[3]
ENTRIES = {
    "partners": """
[partners]
by = "programme"
of = "Safety Valve"
label = "Partners, as listed"
named = "local authorities that are partners"
short = "partners"
member = "partner"
file = "programmes/partners"
""",
    "neighbours_2031": """
[neighbours_2031]
by = "model"
of = "2021-04"
label = "Statistical neighbours (2031 model)"
named = "its statistical neighbours of the 2031 model"
short = "neighbours"
member = "neighbour of the 2031 model"
members = "neighbours of 2031"
title = "2031 model"
in_words = "statistical neighbours of 2031"
""",
}


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """A copy of the dashboard with two entries more, and nothing else changed."""
    place = tmp_path_factory.mktemp("program")
    shutil.copytree(
        ROOT / "dashboard", place / "dashboard", ignore=shutil.ignore_patterns("__pycache__")
    )
    with (place / "dashboard/domain/comparators.toml").open("a", encoding="utf-8") as file:
        file.writelines(ENTRIES.values())
    return place


def tell(place, name):
    path = os.pathsep.join(map(str, (place, ROOT)))
    told = subprocess.run(
        [sys.executable, "-m", "tests.dashboard.told", name],
        cwd=place,
        env=os.environ | {"PYTHONPATH": path, "SEND_DATA": str(served.builds_folder())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


@pytest.mark.parametrize(
    ("name", "label", "named", "member"),
    [
        (
            "partners",
            "Partners, as listed",
            "local authorities that are partners",
            "partner",
        ),
        (
            "neighbours_2031",
            "Statistical neighbours (2031 model)",
            "its statistical neighbours of the 2031 model",
            "neighbour of the 2031 model",
        ),
    ],
)
def test_comparator_of_one_entry_is_offered_and_named_everywhere(
    program, name, label, named, member
):
    told = tell(program, name)
    assert told["notes"] == []
    assert told["chooser"] == label
    assert told["address"] == f"local-area?area={KENT}&against={name}"
    assert told["group"] == name
    assert told["members"]
    assert f"the median of {named}" in told["sentence"]
    assert f"the median of {named}" in told["over time"]
    assert told["legend"] == member
    assert f"{member}s" in told["caption"]
    assert f"{name}, " in told["api"]


def test_comparator_without_an_entry_is_said_not_to_be_one(tmp_path):
    told = tell(tmp_path, "partners")
    assert "There is no comparison with “partners”" in " ".join(told["notes"])
    assert told["group"] == "neighbours"
