"""Tables are semantic, and nothing from outside becomes markup."""

from dashboard import table
from dashboard.table import Column


def test_a_table_has_a_caption_and_headings_with_scope():
    html = table.table(
        "Rates <2025>", [Column("Area"), Column("Rate", "a year", numeric=True)], [["x", "1"]]
    )
    assert "<caption>Rates &lt;2025&gt;</caption>" in html
    assert '<th scope="col">Area</th>' in html
    assert '<th scope="col" class="num">Rate<small>a year</small></th>' in html
    assert '<th scope="row">x</th><td class="num">1</td>' in html
    assert 'role="region" aria-label="Rates &lt;2025&gt;" tabindex="0"' in html


def test_a_caption_can_be_there_for_screen_readers_alone():
    assert '<caption class="hide">' in table.table("x", [Column("a")], [], caption_is_seen=False)


def test_links_are_escaped():
    assert table.link('a"b', "<x>") == '<a href="a&quot;b">&lt;x&gt;</a>'
    assert 'rel="noopener noreferrer"' in table.outside("https://example.org", "x")
    assert table.details("More", "<p>x</p>") == "<details><summary>More</summary><p>x</p></details>"
