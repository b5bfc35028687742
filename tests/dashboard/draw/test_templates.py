"""The engine of the pages' templates: all is escaped, nothing is guessed, little is sent."""

import re
from datetime import date
from pathlib import Path

import pytest
from jinja2 import TemplateSyntaxError, UndefinedError

from dashboard.draw.templates import ENVIRONMENT, mark_html

DASHBOARD = Path(__file__).parents[3] / "dashboard"
SHARED = '{% from "bodies/templates/_shared.html.j2" import data_table, details, facts %}'


def shown(source, **values):
    return ENVIRONMENT.from_string(source).render(values)


def test_plain_values_are_escaped_and_html_is_not():
    assert shown("{{ a }}{{ b }}", a="<b>", b=mark_html("<b>")) == "&lt;b&gt;<b>"
    assert shown("{{ ['<', link('a?b&c', '>')]|join_words }}") == (
        '&lt; and <a href="a?b&amp;c">&gt;</a>'
    )
    assert "<summary>&lt;" in shown(SHARED + "{% call details('<') %}x{% endcall %}")


def test_a_value_that_was_not_given_is_refused():
    with pytest.raises(UndefinedError, match="absent"):
        shown("{{ absent }}")


def test_line_breaks_between_tags_are_not_sent_and_those_of_prose_are_a_space():
    source = "<ul>\n  {% for n in (1, 2) %}\n  <li>\n    one\n    two</li>\n  {% endfor %}\n</ul>"
    assert shown(source) == "<ul>" + 2 * "<li> one two</li>" + "</ul>"


def test_an_error_names_the_line_of_the_file():
    with pytest.raises(TemplateSyntaxError) as told:
        shown("<p>\n  <b>\n</b>\n{% wrong %}")
    assert told.value.lineno == 4


def test_a_table_is_a_region_of_its_own_with_classes_for_numbers():
    source = (
        "{% call data_table('<All>', ['Name', ('Value', 'num', '95%')], 'files') %}"
        '<tr><th scope="row">Kent</th><td class="num">1</td></tr>{% endcall %}'
    )
    assert shown(SHARED + source) == (
        '<div class="scroll" role="region" aria-label="&lt;All&gt;" tabindex="0">'
        '<table class="data files"><caption>&lt;All&gt;</caption><thead><tr>'
        '<th scope="col">Name</th><th scope="col" class="num">Value<small>95%</small></th></tr>'
        '</thead><tbody><tr><th scope="row">Kent</th><td class="num">1</td></tr></tbody>'
        "</table></div>"
    )


def test_facts_without_a_text_are_left_out():
    source = SHARED + "{{ facts([('Rank', '1st'), ('Caveat', none)]) }}"
    assert shown(source) == '<dl class="facts"><dt>Rank</dt><dd>1st</dd></dl>'


def test_a_day_is_said_as_a_reader_would():
    assert shown("{{ when|day }}", when=date(2020, 4, 1)) == "1 April 2020"


def test_only_what_draws_takes_escape_from_the_engine():
    """That none imports `html` is a contract of imports."""
    layers = ["bodies", "charts", "design", "domain", "store", "words"]
    files = [file for layer in layers for file in (DASHBOARD / layer).rglob("*.py")]
    assert len(files) > 40
    takes = re.compile(r"from markupsafe import.*\bescape\b|import markupsafe|\bescape\(")
    assert [f.name for f in files if takes.search(f.read_text(encoding="utf-8"))] == []
