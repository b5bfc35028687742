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
    """Every name with its exact version: two of them where versions of Python differ."""
    return {(line.split("==")[0].lower(), line.split()[0].split("==")[1]) for line in lines(name)}


@pytest.mark.parametrize("name", LOCKS)
def test_each_locked_package_has_an_exact_version_and_its_hashes(name):
    for line in lines(name):
        assert re.match(r"[a-z0-9-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}", line), line


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(name):
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_the_versions_that_are_asked_for(name):
    asked = Path(name).with_suffix(".in")
    wanted = {line for line in lines(asked) if not line.startswith("-c")}
    exact = {(line.split("==")[0], line.split()[0].split("==")[1]) for line in wanted}
    assert exact
    assert exact <= pins(name)


def test_the_tests_run_on_the_versions_that_are_served():
    served, tested = pins("requirements.txt"), pins("requirements-dev.txt")
    both = {name for name, _ in served} & {name for name, _ in tested}
    assert both
    assert {p for p in served if p[0] in both} == {p for p in tested if p[0] in both}
