"""The worked examples that the Methods page prints are what the code gives."""

import doctest
import importlib
import pkgutil

import pytest

from pipeline import methods

SUBJECTS = [module.name for module in pkgutil.iter_modules(methods.__path__)]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_method_says_its_formula_its_source_and_a_worked_example(subject):
    module = importlib.import_module(f"pipeline.methods.{subject}")
    for name in module.__all__:
        words = getattr(module, name).__doc__
        places = [words.index(f"\n    {part}:\n") for part in ("Formula", "Source", "Example")]
        assert places == sorted(places), name
        assert ">>>" in words[places[-1] :], name


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_worked_example_holds(subject):
    module = importlib.import_module(f"pipeline.methods.{subject}")
    result = doctest.testmod(module)
    assert result.failed == 0
    assert result.attempted >= len(module.__all__)
