"""Bars under headings as HTML: where they start, how long they are, and what stands for none."""

import re

from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.model import ChartModel, Kind, Role, Row
from dashboard.draw.screen import grouped

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)


def model(*rows, **changes):
    given_ = dict.fromkeys(
        ("title", "subtitle", "source", "source_url", "release", "licence", "note", "alt"), ""
    )
    given_ |= {"unit": "percent", "decimals": 1, "permalink": "", "highlights": ()}
    return ChartModel(kind=Kind.GROUPED_BAR, rows=rows, **(given_ | changes))


def row(value, group="Boats", role=Role.FOCUS, **changes):
    return Row("Kent", role, value, f"{value}", group=group, **changes)


def places(shown):
    """Where each bar starts and how long it is, in per cent."""
    found = re.findall(r'<i style="(?:left:([-0-9.e+]+)%;)?width:([-0-9.e+]+)%">', shown)
    return [(float(left or 0), float(width)) for left, width in found]


def test_bars_start_at_nought_and_are_as_long_as_their_values():
    shown = grouped.render_groups(model(row(10.0), row(5.0, role=Role.ENGLAND), row(0.0, "Trains")))
    assert places(shown) == [(0, 100), (0, 50), (0, 0)]
    assert "<u style" not in shown
    assert shown.count("<li>") == 2
    assert 'class="gb focus"' in shown
    assert 'class="gb england"' in shown


def test_a_deficit_lies_to_the_left_of_nought_and_a_surplus_to_the_right():
    shown = grouped.render_groups(model(row(-6.0), row(2.0, role=Role.ENGLAND)))
    assert places(shown) == [(0, 75), (75, 25)]
    assert shown.count('<u style="left:75%">') == 2


def test_a_missing_value_is_words_and_no_bar():
    lost = Row("Kent", Role.FOCUS, None, "Suppressed", status="suppressed", group="Boats")
    shown = grouped.render_groups(model(lost))
    assert "<em>Suppressed</em>" in shown
    assert places(shown) == []


def test_what_a_heading_was_made_from_stands_below_it_and_all_is_escaped():
    shown = grouped.render_groups(model(row(1.0, group="<Boats>", note="1 of <2>")))
    assert "&lt;Boats&gt; <small>1 of &lt;2&gt;</small>" in shown


def test_panels_share_their_headings_and_say_what_is_not_held():
    money = model(row(100.0, "2030-31"), row(200.0, "2031-32"))
    balance = model(row(-3.0, "2030-31"))
    shown = grouped.render_panels([money, balance], ["Block", "Balance"], {"2031-32": "grew"})
    assert shown.count("<li>") == 2
    assert shown.count("No figure held for this year") == 1
    assert "2031-32 <small>grew</small>" in shown
    # each panel has a scale of its own
    assert places(shown) == [(0, 50), (0, 100), (0, 100)]
    assert shown.count('<b class="t">Balance</b>') == 2


@given(st.lists(NUMBERS, min_size=1, max_size=12))
def test_every_bar_lies_within_its_picture_and_touches_nought(values):
    shown = grouped.render_groups(model(*[row(value) for value in values]))
    low, high = min([0.0, *values]), max([0.0, *values])
    nought = 100 * -low / ((high - low) or 1.0)
    for (left, width), value in zip(places(shown), values, strict=True):
        assert left >= 0
        assert left + width <= 100.6  # three digits are written
        assert abs((left + width if value < 0 else left) - nought) < 0.6
