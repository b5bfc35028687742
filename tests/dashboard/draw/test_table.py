"""Tables are semantic, and nothing from outside becomes markup."""

from dashboard.draw import table
from dashboard.draw.table import Column


def test_a_table_has_a_caption_and_headings_with_scope():
    html = table.render_table(
        "Rates <2025>", [Column("Area"), Column("Rate", "a year", numeric=True)], [["x", "1"]]
    )
    assert "<caption>Rates &lt;2025&gt;</caption>" in html
    assert '<th scope="col">Area</th>' in html
    assert '<th scope="col" class="num">Rate<small>a year</small></th>' in html
    assert '<th scope="row">x</th><td class="num">1</td>' in html
    assert 'role="region" aria-label="Rates &lt;2025&gt;" tabindex="0"' in html


def test_a_caption_can_be_there_for_screen_readers_alone():
    assert '<caption class="hide">' in table.render_table(
        "x", [Column("a")], [], caption_is_seen=False
    )


def test_a_card_is_told_what_each_of_its_figures_is():
    columns = [Column("Metric"), Column("King's \\ <b>"), Column("Rank")]
    html = table.render_table("x", columns, [["A", "1", "2"]], "topic cards")
    assert """ style="--c2:'King\\27 s  &lt;b&gt;';--c3:'Rank'">""" in html
    assert "--c2" not in table.render_table("x", columns, [], "files")


def test_links_are_escaped():
    assert table.render_link('a"b', "<x>") == '<a href="a&quot;b">&lt;x&gt;</a>'
    assert 'rel="noopener noreferrer"' in table.render_outside_link("https://example.org", "x")
    assert (
        table.render_details("More", "<p>x</p>")
        == "<details><summary>More</summary><p>x</p></details>"
    )


def test_rows_in_groups_have_a_title_that_spans_the_table():
    columns = [table.Column("Metric"), table.Column("Value", numeric=True)]
    groups = [("Time & place", [["A", "1"], ["B", "2"]]), ("Other", [["C", "3"]])]
    html = table.render_grouped("All of it", columns, groups, "pillar", "--k:none")
    assert html.count("<tbody>") == 2
    assert '<th class="part" colspan="2" scope="rowgroup">Time &amp; place' in html
    assert '<tr><th scope="row">B<td>2' in html
    assert '<caption class="hide">All of it</caption>' in html
    assert """style="--k:none;--c2:'Value'">""" in html
