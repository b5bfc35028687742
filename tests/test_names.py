"""Names follow docs/naming.md: counted over the program, without its tests."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = ("benchmarks", "dashboard", "examples", "pages", "pipeline", "scripts")
VAGUE = {"found", "said", "known", "held"}
# Words that are verbs in this program wherever a function begins with one.
VERBS = set((ROOT / "tests" / "verbs.txt").read_text(encoding="utf-8").split())


def trees():
    for part in PARTS:
        for path in sorted((ROOT / part).rglob("*.py")):
            yield ast.parse(path.read_text(encoding="utf-8"))


def is_property(function):
    return any("property" in ast.unparse(decorator) for decorator in function.decorator_list)


def functions():
    """Every function that the rule is about: no property, and nothing that Python names."""
    for tree in trees():
        for node in ast.walk(tree):
            is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            if is_function and not node.name.startswith("__") and not is_property(node):
                yield node.name


def names():
    """Everything that is given a name: functions, their arguments, and variables."""
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.name
            elif isinstance(node, ast.arg):
                yield node.arg
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id


def test_functions_begin_with_a_verb_unless_they_give_a_simple_value():
    every = list(functions())
    begun = [name for name in every if name.strip("_").split("_")[0] in VERBS]
    assert len(every) > 1_000
    assert len(begun) >= 0.4 * len(every)


def test_names_say_what_they_name():
    every = list(names())
    vague = [name for name in every if name.strip("_") in VAGUE]
    assert len(vague) < 0.03 * len(every)
