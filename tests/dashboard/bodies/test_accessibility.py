"""The statement names what the tests test, and nobody who does not exist."""

import re
from pathlib import Path

from dashboard.bodies import accessibility
from dashboard.domain import choices


def shown(build):
    return re.sub(r"\s+", " ", accessibility.render_statement(choices.read_view(build, {})))


def test_the_statement_has_the_parts_of_the_model_statement(build):
    html = shown(build)
    for part in ("How accessible these pages are", "What does not work", "not been tested"):
        assert part in html
    assert "Reporting a problem" in html
    assert "Equality and Human Rights Commission" in html
    assert f"last on {accessibility.TESTED.day} {accessibility.TESTED:%B %Y}" in html


def test_every_known_fault_names_its_criterion_and_the_way_round(build):
    fails = shown(build).partition("What does not work")[2].partition("</dl>")[0]
    texts = re.findall(r"<dd>(.*?)</dd>", fails)
    assert len(texts) >= 3
    for text in texts:
        assert re.search(r"\(WCAG \d\.\d\.\d+, [A-Z][a-z ]+\)$", text)
    assert "contact us" not in shown(build).lower()
    assert not re.search(r"[\w.]+@[\w.]+|\d{5,}", re.sub("2018|2026", "", shown(build)))


def test_the_tests_take_their_rules_from_the_statement():
    tests = Path(__file__).parents[2] / "browser" / "test_access.py"
    text = tests.read_text(encoding="utf-8")
    for name in ("RULES", "WIDTHS", "NARROWEST", "ZOOM", "LONGEST_MOVE"):
        assert f"accessibility.{name}" in text
