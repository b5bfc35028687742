"""A fresh machine installs what was tested: exact versions, with hashes, from no named host."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from itertools import product
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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
    exact = {(line.split("==")[0], line.split()[0].split("==")[1]) for line in lines(asked)}
    assert exact
    assert exact <= pins(name)


def test_the_tests_run_on_the_versions_that_are_served():
    served, tested = pins("requirements.txt"), pins("requirements-dev.txt")
    both = {name for name, _ in served} & {name for name, _ in tested}
    assert both
    assert {p for p in served if p[0] in both} == {p for p in tested if p[0] in both}


# Old pips resolve a requirement with an extra to the newest release, which has no hash in the lock.
FROM_LOCK = "--no-deps --require-hashes --only-binary :all: "
INSTALLERS = ["Makefile", "README.md", "CONTRIBUTING.md", ".ci/run"]


def installs(name):
    """Each `pip install` that a file says, with the Makefile's variable filled in."""
    text = (ROOT / name).read_text(encoding="utf-8")
    flags = re.search(r"^FROM_LOCK := (.*)$", text, re.MULTILINE)
    text = text.replace("$(FROM_LOCK)", f"{flags[1]} -r" if flags else "")
    return re.findall(r"pip install(?: .*)$", text, re.MULTILINE)


def test_every_line_that_installs_a_lock_leaves_nothing_to_resolve():
    said = [line for name in INSTALLERS for line in installs(name) if " -r" in line]
    assert len(said) >= 4
    assert [line for line in said if FROM_LOCK not in line] == []


# What a marker of today's locks can ask, for every Python and system that the README names.
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
SYSTEMS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "mac": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}


def place(python, system):
    """The environment of a marker, with no extra asked for."""
    machine = "AMD64" if system == "windows" else "x86_64"
    return {
        **SYSTEMS[system],
        "python_version": python,
        "python_full_version": f"{python}.9",
        "platform_machine": machine,
        "extra": "",
    }


def locked(there):
    """The version of every package that the two locks install there."""
    asked = (Requirement(line.split(" --hash")[0]) for name in LOCKS for line in lines(name))
    return {
        canonicalize_name(item.name): next(iter(item.specifier)).version
        for item in asked
        if item.marker is None or item.marker.evaluate(there)
    }


def needs(name, extras, there):
    """What a package, with these of its extras, says it needs there; nothing if not installed."""
    try:
        every = [Requirement(line) for line in requires(name) or []]
    except PackageNotFoundError:  # another system's
        return []
    asked = [{**there, "extra": extra} for extra in ["", *sorted(extras)]]
    return [item for item in every if item.marker is None or any(map(item.marker.evaluate, asked))]


def lacking(there):
    """What the locked packages and the extras asked of them need there, and no lock has."""
    versions = locked(there)
    todo = [(name, frozenset()) for name in versions]
    done, missing = set(), []
    while todo:
        name, extras = todo.pop()
        if (name, extras) in done:
            continue
        done.add((name, extras))
        for item in needs(name, extras, there):
            needed = canonicalize_name(item.name)
            if needed not in versions or not item.specifier.contains(
                versions[needed], prereleases=True
            ):
                missing.append(f"{name}{sorted(extras)} needs {item}")
            todo.append((needed, frozenset(item.extras)))
    return missing


@pytest.mark.parametrize(("python", "system"), list(product(PYTHONS, SYSTEMS)))
def test_the_locks_have_all_that_they_need_extras_included(python, system):
    """So nothing is left out where pip is told to resolve nothing."""
    assert lacking(place(python, system)) == []


# What a wheel is made of.


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_what_is_asked_for_can_be_written_into_a_wheel(name):
    """It reads a list of requirements, not the options of pip."""
    for line in lines(name):
        assert Requirement(line).specifier


def test_a_wheel_has_every_file_of_the_program():
    """`.ci/run` makes one and compares; here, that no kind of file is left out."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    kinds = {".py", *(kind.removeprefix("*") for kind in told["setuptools"]["package-data"]["*"])}
    parts = [part.rstrip("*") for part in told["setuptools"]["packages"]["find"]["include"]]
    assert {"dashboard", "pages", "pipeline"} <= set(parts)
    files = [f for part in set(parts) - {"data"} for f in (ROOT / part).rglob("*") if f.is_file()]
    assert {f.suffix for f in files if "__pycache__" not in f.parts} == kinds
