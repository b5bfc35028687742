"""Facts that go stale stand in facts.toml alone, each with who says so."""

import ast
from datetime import date

import pytest

from pipeline.facts import FACTS, ONE_COUNCIL_SINCE
from tests.pipeline.conftest import ROOT, table

# The one place beside facts.toml: what an address may ask for, which people have in their links.
ADDRESSES = {"dashboard/api/app.py", "dashboard/api/schema.py", "dashboard/domain/choices.py"}


def list_texts(path):
    """The texts and the days that a module has, without its docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if hasattr(node, "body")
        and isinstance(node.body, list)
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "date":
            numbers = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if len(numbers) == 3:
                yield str(date(*numbers))


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_says_who_says_so_and_stands_in_no_code(name):
    fact = FACTS[name]
    assert len(fact.source) > 20
    assert isinstance(fact.entered, date)
    modules = [
        p for part in ("pipeline", "dashboard", "pages") for p in (ROOT / part).rglob("*.py")
    ]
    held = {
        path.relative_to(ROOT).as_posix()
        for path in modules
        if any(str(fact.value) in text for text in list_texts(path))
    }
    assert held <= ADDRESSES
    sql = [p.name for p in (ROOT / "pipeline").rglob("*.sql") if str(fact.value) in p.read_text()]
    assert sql == []


def test_a_fact_in_code_would_be_found(tmp_path):
    module = tmp_path / "m.py"
    module.write_text('"""As of August 2022."""\nA = "to August 2025"\nB = date(2026, 11, 22)\n')
    assert list(list_texts(module)) == ["to August 2025", "2026-11-22"]


def test_the_councils_are_areas_of_the_build(committed):
    areas = {row["area_code"] for row in table(committed, "area")}
    assert len(ONE_COUNCIL_SINCE) == 3
    assert areas >= ONE_COUNCIL_SINCE.keys()
