"""A fresh machine installs what was tested: exact versions, with hashes, from no named host."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ["requirements.txt", "requirements-dev.txt"]


def lines(name):
    """The lines of a requirements file that are not comments, with continued lines joined."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]


def pins(name):
    return {line.split("==")[0].lower(): line.split()[0].split("==")[1] for line in lines(name)}


@pytest.mark.parametrize("name", LOCKS)
def test_each_locked_package_has_an_exact_version_and_its_hashes(name):
    for line in lines(name):
        assert re.match(r"[a-z0-9-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}", line), line


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(name):
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_the_versions_that_are_asked_for(name):
    locked = pins(name)
    asked = [line for line in lines(Path(name).with_suffix(".in")) if not line.startswith("-c")]
    assert {line.split("==")[0] for line in asked} <= locked.keys()
    assert all(locked[line.split("==")[0]] == line.split("==")[1] for line in asked)


def test_the_tests_run_on_the_versions_that_are_served():
    served, tested = pins("requirements.txt"), pins("requirements-dev.txt")
    both = served.keys() & tested.keys()
    assert both
    assert {name: served[name] for name in both} == {name: tested[name] for name in both}
