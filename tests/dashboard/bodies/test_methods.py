"""The methods are printed from their own docstrings: every one, with each of its parts."""

import inspect
import pkgutil
from html import unescape
from importlib import import_module

import pytest

import pipeline.methods
from dashboard.bodies import methods
from dashboard.domain import choices
from pipeline.limits import LIMITS

MODULES = [module.name for module in pkgutil.iter_modules(pipeline.methods.__path__)]
PUBLIC = [
    (module, name)
    for module in MODULES
    for name in getattr(import_module(f"pipeline.methods.{module}"), "__all__", ())
    if callable(getattr(import_module(f"pipeline.methods.{module}"), name))
]


def shown():
    return methods.render_methods()


def squeezed(text):
    return " ".join(text.split())


def test_every_subject_is_there_in_the_stated_order():
    names = [subject.name for subject in methods.list_subjects()]
    known = [name for name in names if name in methods.ORDER]
    assert set(names) == set(MODULES)
    assert known == [name for name in methods.ORDER if name in MODULES]
    assert names[: len(known)] == known


@pytest.mark.parametrize(("module", "name"), PUBLIC)
def test_every_method_has_its_formula_source_and_example_on_the_page(module, name):
    found = getattr(import_module(f"pipeline.methods.{module}"), name)
    method = methods.parse_method(name, inspect.getdoc(found))
    assert {"Formula", "Source", "Example"} <= set(method.parts)
    page = squeezed(unescape(shown()))
    for heading in ("Formula", "Example"):
        assert squeezed(method.parts[heading]) in page
    assert ">>>" in method.parts["Example"]
    assert f"<code>{name}</code>" in page
    assert method.summary
    assert method.text


def test_the_words_of_the_docstring_are_the_words_of_the_page():
    method = methods.parse_method(
        "wilson",
        """Give the interval of `a`.

        When it is used,
        and its limits.

        Formula:
            a = b
              + c

        Source:
            Wilson (1927).

        Example:
            >>> 1 < 2
            True
        """,
    )
    assert method.summary == "Give the interval of `a`."
    assert method.text == ("When it is used, and its limits.",)
    assert method.parts == {
        "Formula": "a = b\n  + c",
        "Source": "Wilson (1927).",
        "Example": ">>> 1 < 2\nTrue",
    }


def test_a_heading_says_what_a_method_gives():
    assert "The 95% interval of a proportion by Wilson's score method" in unescape(shown())
    assert "<h3>Give " not in shown()
    assert "`" not in shown()


def test_each_metric_is_listed_under_how_its_interval_is_made(build):
    html = methods.render_used_intervals(choices.read_view(build, {}))
    for metric in build.metrics.values():
        assert metric.interval in methods.KINDS
        assert (
            html.count(f"metric?metric={metric.id}&") + html.count(f'metric?metric={metric.id}"')
            == 1
        ), metric.id


def test_every_subject_can_be_reached_from_the_contents():
    for subject in methods.list_subjects():
        assert f'href="#{subject.name}"' in methods.render_contents()
        assert f'id="{subject.name}"' in shown()


def test_every_limit_is_printed_with_its_reason_and_its_source():
    printed = unescape(methods.render_limits())
    for limit in LIMITS.values():
        assert limit.title in printed
        assert f"{limit.value:g}" in printed
        assert limit.reason in printed
        assert limit.source in printed
