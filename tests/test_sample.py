"""What `make test` leaves out is marked, and `.ci/run` leaves out nothing."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import sample

ROOT = Path(__file__).parents[1]


def cases(*args, **asked):
    """Twelve cases of one test, as pytest collects them."""
    marker = SimpleNamespace(args=args, kwargs=asked)
    made = [
        SimpleNamespace(
            nodeid=f"tests/test_it.py::test_it[{page}-{number}]",
            callspec=SimpleNamespace(params={"page": page, "number": number}),
            get_closest_marker=lambda name: marker if args and name == "sample" else None,
            marks=[],
        )
        for page in ("money", "about")
        for number in range(6)
    ]
    for case in made:
        case.add_marker = case.marks.append
    return made


def left(made):
    sample.mark(made)
    return [case.callspec.params["page"] for case in made if not case.marks]


def test_of_many_cases_as_many_as_are_asked_for_are_left():
    assert len(left(cases(3))) == 3
    assert len(left(cases(100))) == 12
    assert len(left(cases())) == 12


def test_each_value_of_a_parameter_has_its_own():
    assert sorted(left(cases(2, each="page"))) == ["about", "about", "money", "money"]


def test_tests_with_the_same_cases_share_those_that_are_left():
    one, other = cases(4), cases(4)
    for case in other:
        case.nodeid = case.nodeid.replace("test_it.py", "test_other.py")
    sample.mark(one)
    sample.mark(other)
    assert [bool(case.marks) for case in one] == [bool(case.marks) for case in other]


@pytest.mark.parametrize(("target", "is_left_out"), [("test", True), ("test-all", False)])
def test_only_make_test_leaves_out_what_is_exhaustive(target, is_left_out):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    [name] = re.findall(rf"^{target}:.*\n\t.* -m pytest \$\((\w+)\)", makefile, re.MULTILINE)
    [options] = re.findall(rf"^{name} := (.*)$", makefile, re.MULTILINE)
    assert ('-m "not exhaustive"' in options) is is_left_out


def test_a_change_lands_only_after_every_test():
    assert "check test-all" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
