"""Lists of figures as tables and bars: what is said of them, and what they are lists of."""

import re
from dataclasses import replace
from datetime import date

import pytest

from dashboard.bodies import topic_sections
from dashboard.charts import of_topic, registry
from dashboard.charts.model import LICENCE, Kind, Role
from dashboard.charts.of_topic import Chart, Entry, Section
from dashboard.domain import choices
from dashboard.domain.comparators import COMPARATORS
from dashboard.draw import table
from dashboard.store import served
from dashboard.store.figures import load_history
from dashboard.web.site import SITE
from dashboard.words import findings
from pipeline import catalogue
from pipeline.shown import load_metrics
from tests.dashboard.make import ENGLAND, KENT, MEDWAY, build, figure, metric, view

BUILD = served.find_current_build()
PAGES = {page.file for page in SITE}
LINES = metric(
    id="lines",
    title="Invented spending by line",
    short_title="Invented lines",
    topic="high_needs_lines",
    unit="pounds",
    decimals=2,
    polarity="no_judgement",
    breakdowns=("Boats", "Trains", "Kites"),
)


def line(breakdown, value, **changes):
    given = {
        "metric": "lines",
        "breakdown": breakdown,
        "value": value,
        "status": "ok" if value is not None else "suppressed",
        "time_period": "2031-32",
        "england": 7.0,
        "neighbour_median": 6.5,
    }
    return figure(**(given | changes))


def chart(**changes):
    entries = [Entry("Boats", "lines", "Boats"), Entry("Trains", "lines", "Trains")]
    given = {
        "name": "money-lines",
        "title": "Invented lines, £ per head",
        "entries": tuple(entries),
        "finding": "most",
        "lead": "most was spent on",
        "per": " per head",
        "note": "An invented note.",
    }
    return Chart(**(given | changes))


def drawn(monkeypatch, asked, figures, area=KENT):
    monkeypatch.setitem(of_topic.CHARTS, asked.name, asked)
    return of_topic.build_listed_chart(view(build([LINES], figures), area), asked.name)


# --- the lists themselves


@pytest.mark.parametrize("section", of_topic.SECTIONS, ids=lambda s: f"{s.page}/{s.id}")
def test_every_measure_and_chart_of_a_section_is_one_the_build_has(section):
    assert section.page in PAGES
    for name, breakdown in section.measures:
        assert not breakdown or breakdown in BUILD.metrics[name].breakdowns
    assert set(section.charts) <= set(of_topic.CHARTS)
    assert section.measures or section.charts or section.silent or section.text


@pytest.mark.parametrize("name", of_topic.CHARTS)
def test_every_entry_of_a_chart_is_one_the_build_has_and_all_are_in_one_unit(name):
    entries = of_topic.CHARTS[name].entries
    for entry in entries:
        known = BUILD.metrics[entry.metric]
        assert entry.breakdown in known.breakdowns or not entry.breakdown
        assert len(known.breakdowns) == 1 or entry.breakdown
        held = load_history(BUILD, entry.metric, entry.breakdown or "Total", [KENT])
        assert not entry.period or entry.period in {f.time_period for f in held}
    assert len({BUILD.metrics[entry.metric].unit for entry in entries}) == 1
    assert len({entry.label for entry in entries}) == len(entries)
    assert name in registry.CHARTS
    assert of_topic.PLACES[name].replace("-", "_") in PAGES


def test_no_anchor_is_used_twice_on_a_page():
    for page in PAGES:
        anchors = [section.id for section in of_topic.list_sections(page)]
        assert len(anchors) == len(set(anchors))


def test_every_amount_on_the_money_page_says_if_it_is_a_budget_or_an_outturn():
    money = [
        BUILD.metrics[name]
        for name in topic_sections.list_topic_metrics(choices.read_view(BUILD, {}), "money")
    ]
    asked = [m for m in money if load_metrics()[m.id].is_money]
    assert len(asked) > 15
    for known in asked:
        said = of_topic.describe_basis(known)
        assert "outturn" in said or "allocation" in said, known.id


def test_a_ratio_of_money_names_both_its_numbers():
    said = [m for m in catalogue.load_catalogue().metrics.values() if m.over != "of {}"]
    assert len(said) > 15
    for known in said:
        assert "{}" in known.over
        assert known.denominator, known.id


# --- numbers


@pytest.mark.parametrize(
    ("pounds", "shown"),
    [
        (773_983, "£773,983"),
        (308_369_391, "£308.4m"),
        (-4_767_000, "−£4.8m"),
        (999_949_999, "£999.9m"),
        (999_950_001, "£1.00bn"),
        (10_216_354_607, "£10.22bn"),
        (-0.3, "£0"),
        (-12, "−£12"),
    ],
)
def test_pounds_are_written_in_millions_and_billions(pounds, shown):
    assert of_topic.format_pounds(pounds) == shown


def test_only_pounds_from_a_million_up_are_shortened():
    pounds = metric(unit="pounds", decimals=0)
    assert of_topic.format_figure(pounds, 14_944.4) == "£14,944"
    assert of_topic.format_figure(pounds, 5_000_000) == "£5.0m"
    assert of_topic.format_figure(metric(unit="count", decimals=0), 5_000_000) == "5,000,000"
    assert of_topic.format_figure(pounds, None, "suppressed") == "Suppressed"


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (
            {"id": "high_needs_spend_per_ehc_plan", "topic": "high_needs", "unit": "pounds"},
            "£6.0m over 3,000 EHC plans",
        ),
        (
            {"id": "independent_share_of_all_top_up", "topic": "top_up", "unit": "percent"},
            "£6.0m of £3,000 of top-up",
        ),
        (
            {"id": "high_needs_outturn_against_budget", "topic": "high_needs_lines"},
            "£6.0m spent, £3,000 budgeted",
        ),
        ({"id": "ap_placements_per_1000"}, "6,000,000 over 3,000 people aged 2 to 18"),
        ({"id": "another", "topic": "plans"}, "6,000,000 of 3,000"),
        ({"id": "growth", "unit": "percent_change"}, ""),
    ],
)
def test_a_figure_is_given_with_what_it_was_made_from(about, said):
    made = figure(numerator=6_000_000.0, denominator=3000.0)
    assert of_topic.describe_parts(metric(**about), made) == said
    assert of_topic.describe_parts(metric(**about), made._replace(denominator=None)) == ""


# --- charts


def test_bars_are_the_area_its_neighbours_and_england(monkeypatch):
    figures = [line("Boats", 3.0, numerator=3e6, denominator=1e6), line("Trains", 9.0)]
    made = drawn(monkeypatch, chart(), figures)
    assert made.kind is Kind.GROUPED_BAR
    assert made.title == (
        "Kent: most was spent on trains, £9.00 per head (neighbours’ median £6.50, England £7.00)"
    )
    assert [(r.group, r.label, r.role, r.shown) for r in made.rows[:3]] == [
        ("Boats", "Kent", Role.FOCUS, "£3.00"),
        ("Boats", "Neighbours’ median", Role.NEIGHBOURS, "£6.50"),
        ("Boats", "England", Role.ENGLAND, "£7.00"),
    ]
    assert made.rows[0].note == "£3.0m of 1,000,000"
    assert made.subtitle == "Invented lines, £ per head, 2031-32"
    assert made.highlights == (KENT,)
    assert made.licence == LICENCE
    assert "2 headings with Kent, Neighbours’ median and England" in made.alt
    assert made.permalink == f"money?area={KENT}"


def test_what_stands_apart_is_never_named_as_the_largest(monkeypatch):
    kites = Entry("Kites", "lines", "Kites", is_apart=True)
    asked = chart(entries=(*chart().entries, kites))
    figures = [line("Boats", 3.0), line("Trains", 2.0), line("Kites", 99.0)]
    assert "most was spent on boats, £3.00" in drawn(monkeypatch, asked, figures).title
    only = [line("Boats", None), line("Kites", 99.0)]
    found = drawn(monkeypatch, asked, only).title
    assert found == "Kent: no figure to show (suppressed and no figure held)"


def test_a_bar_that_is_missing_says_why_and_is_never_nought(monkeypatch):
    made = drawn(monkeypatch, chart(), [line("Boats", None)])
    own = [row for row in made.rows if row.role is Role.FOCUS]
    assert [(row.value, row.shown) for row in own] == [
        (None, "Suppressed"),
        (None, "No figure held"),
    ]
    assert made.title == "Kent: no figure to show (suppressed and no figure held)"
    assert drawn(monkeypatch, chart(), []).title == "Kent: no figure held"


def test_england_stands_beside_an_area_without_a_figure(monkeypatch):
    made = drawn(monkeypatch, chart(), [line("Boats", 8.0, area_code=ENGLAND)])
    assert [(r.label, r.shown) for r in made.rows if r.group == "Boats"] == [
        ("Kent", "No figure held"),
        ("England", "£8.00"),
    ]


def test_periods_that_differ_are_named_under_their_own_headings(monkeypatch):
    figures = [line("Boats", 3.0), line("Trains", 2.0, time_period="2029-30")]
    made = drawn(monkeypatch, chart(), figures)
    assert {row.group for row in made.rows} == {"Boats, 2031-32", "Trains, 2029-30"}
    assert made.subtitle == "Invented lines, £ per head"


def test_a_note_on_the_figures_is_written_once(monkeypatch):
    figures = [
        line("Boats", 3.0, note="Invented twice"),
        line("Trains", 2.0, note="Invented twice"),
    ]
    assert drawn(monkeypatch, chart(), figures).note == "An invented note. Invented twice."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"finding": "first", "lead": "boats had"},
            "Kent: boats had £3.00 per head (neighbours’ median £6.50, England £7.00)",
        ),
        (
            {"finding": "first", "lead": ""},
            "Kent: boats £3.00 (neighbours’ median £6.50, England £7.00)",
        ),
        (
            {"finding": "pair", "pair": (1, 0), "lead": "went by train;", "pair_end": "by boat"},
            "Kent: £2.00 went by train; £3.00 by boat",
        ),
    ],
)
def test_findings_are_whole_sentences(monkeypatch, changes, said):
    figures = [line("Boats", 3.0), line("Trains", 2.0)]
    assert drawn(monkeypatch, chart(**changes), figures).title == said


def test_a_pair_without_one_of_its_figures_says_what_is_held(monkeypatch):
    asked = chart(finding="pair", pair=(1, 0), lead="went by train;")
    made = drawn(monkeypatch, asked, [line("Boats", 3.0)])
    assert made.title == "Kent: boats £3.00 (2031-32)"


def shares(monkeypatch, first, second, **changes):
    lines = replace(LINES, unit="percent", decimals=1, interval="wilson")
    asked = chart(lead="the largest share is by", over_half="most are by", per=" of all")
    monkeypatch.setitem(of_topic.CHARTS, asked.name, asked)
    held = {"england": None, "neighbour_median": None, "numerator": None, "denominator": None}
    figures = [line("Boats", first, **held | changes), line("Trains", second, **held | changes)]
    return of_topic.build_listed_chart(view(build([lines], figures), KENT), asked.name).title


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (50.1, "most are by boats, 50.1% of all"),
        (50.04, "the largest share is by boats, 50.0% of all"),
        (50.0, "the largest share is by boats, 50.0% of all"),
        (43.6, "the largest share is by boats, 43.6% of all"),
    ],
)
def test_most_is_said_of_more_than_a_half_alone(monkeypatch, first, said):
    assert shares(monkeypatch, first, 40.0) == f"Kent: {said}"


def test_neither_of_two_equal_shares_is_called_the_largest(monkeypatch):
    assert shares(monkeypatch, 45.0, 45.0) == (
        "Kent: boats and trains are equal and the largest, 45.0% each"
    )


def test_a_title_built_on_small_numbers_says_so(monkeypatch):
    said = shares(monkeypatch, 54.2, 10.0, numerator=13.0, denominator=24.0)
    assert said == "Kent: most are by boats, 54.2% of all (small numbers: 13 of 24)"


def test_the_title_of_an_old_figure_says_its_period_and_its_age(monkeypatch):
    newer = figure(area_code=MEDWAY, period_end=date(2028, 4, 30))
    monkeypatch.setitem(of_topic.CHARTS, "money-lines", chart())
    figures = [line("Boats", 3.0, period_end=date(2024, 3, 31)), newer]
    made = of_topic.build_listed_chart(view(build([LINES], figures), KENT), "money-lines")
    assert made.title.endswith(
        "boats, £3.00 per head (2031-32, four years old; neighbours’ median £6.50, England £7.00)"
    )


MOST = re.compile(r"\bmost\b.*?([\d.]+)%")


@pytest.mark.parametrize("name", [n for n, c in of_topic.CHARTS.items() if c.finding == "most"])
def test_in_every_area_most_is_above_a_half_and_what_is_above_a_half_is_most(name):
    said = []
    for code in ("", *(area.code for area in BUILD.local_authorities)):
        title = of_topic.build_listed_chart(choices.read_view(BUILD, {"area": code}), name).title
        said += [float(found[1]) for found in [MOST.search(title)] if found]
        is_share = re.search(r"the largest share .*?([\d.]+)%", title)
        assert not is_share or float(is_share[1]) <= of_topic.HALF, title
    assert all(share > of_topic.HALF for share in said)
    assert bool(said) == bool(of_topic.CHARTS[name].over_half)


def test_the_title_of_every_area_says_small_numbers_and_old_periods_of_the_share_it_names():
    asked, are_small = of_topic.CHARTS["ap-school-settings"], 0
    for area in BUILD.local_authorities:
        chosen = choices.read_view(BUILD, {"area": area.code})
        figures = [of_topic.find_figure(chosen, entry) for entry in asked.entries]
        shown = [one for one in figures if one and one.value is not None]
        if shown:
            top = max(shown, key=lambda one: one.value)
            few = findings.describe_small_numbers(BUILD.metrics[top.metric], top)
            title = of_topic.build_listed_chart(chosen, asked.name).title
            assert "2022/23, three years old" in title
            assert few in title
            are_small += bool(few)
    assert are_small
    bedford = of_topic.build_listed_chart(
        choices.read_view(BUILD, {"area": "E06000055"}), "ap-school-settings"
    ).title
    assert "54.2% of all (2022/23, three years old; small numbers: 13 of 24; " in bedford
    nation = of_topic.build_listed_chart(choices.read_view(BUILD, {}), "money-shares").title
    assert "40.2% (2021-22, four years old) of its special school" in nation


def test_no_basis_is_a_sentence_in_a_sentence():
    bases = [m.basis for m in catalogue.load_catalogue().metrics.values() if m.basis]
    assert bases
    assert not [said for said in bases if re.match(r"\w+: ", said)]


def test_abbreviations_keep_their_capitals_inside_a_sentence():
    assert of_topic.format_lowered("SEN support and inclusion services").startswith("SEN")
    assert of_topic.format_lowered("Top-up funding") == "top-up funding"


def test_a_region_is_shown_as_it_is_published_and_england_once(monkeypatch):
    held = build([LINES], [line("Boats", 3.0, region=5.0)])
    monkeypatch.setitem(of_topic.CHARTS, "money-lines", chart())
    beside = of_topic.build_listed_chart(view(held, KENT, against="region"), "money-lines")
    assert [(r.label, r.role) for r in beside.rows[:3]] == [
        ("Kent", Role.FOCUS),
        ("South East", Role.REGION),
        ("England", Role.ENGLAND),
    ]
    alone = of_topic.build_listed_chart(view(held, KENT, against="england"), "money-lines")
    assert [row.label for row in alone.rows[:2]] == ["Kent", "England"]


@pytest.mark.parametrize("against", COMPARATORS)
def test_every_comparison_has_its_bar_also_in_an_earlier_period(against):
    asked = {"area": KENT, "against": against, "group": "E06000035,E10000030"}
    made = of_topic.build_listed_chart(choices.read_view(BUILD, asked), "money-shares")
    own, *others = [row for row in made.rows if row.group.startswith("Plans in independent")]
    assert own.shown == "7.5%"
    assert others[-1].shown == "4.3%"
    assert len(others) == (1 if against == "england" else 2)


# --- tables


def test_a_table_says_its_basis_what_it_is_made_from_and_what_is_missing():
    spend = metric(id="high_needs_spend", topic="high_needs", unit="pounds", decimals=0)
    share = metric(id="independent_share_of_all_top_up", topic="top_up", short_title="Share")
    gone = metric(id="gone", short_title="Gone")
    figures = [
        figure(metric="high_needs_spend", value=5e6, england=9e9, note="Both."),
        figure(metric=share.id, value=40.0, numerator=2e6, denominator=5e6, note="Both."),
        figure(metric="gone", area_code=ENGLAND, value=12.0),
    ]
    section = Section(
        "money", "x", "Invented", measures=(("high_needs_spend", ""), (share.id, ""), ("gone", ""))
    )
    shown = topic_sections.render_measures(
        view(build([spend, share, gone], figures), KENT), section
    )
    assert "<strong>£5.0m</strong>" in shown
    assert "£9.00bn" in shown
    assert "Outturn, section 251, net; top-ups" in shown
    assert shown.count("not compared: it depends on size") == 2
    assert "£2.0m of £5.0m of top-up" in shown
    assert "No figure held" in shown
    assert "12.0%<small>2024</small>" in shown
    assert shown.count("Both.") == 1
    assert "Both. On: Plans in 20 weeks and Share." in shown
    assert LICENCE in shown


def test_a_new_amount_in_pounds_is_never_ranked_or_set_beside_a_median():
    kites = metric(id="kites", topic="invented", unit="pounds", decimals=0)
    assert "kites" not in load_metrics()
    section = Section("money", "x", "Invented", measures=(("kites", ""),))
    held = build([kites], [figure(metric="kites", value=5e6, england=9e9, numerator=5e6)])
    shown = topic_sections.render_measures(view(held, KENT), section)
    assert shown.count("not compared: it depends on size") == 2
    assert "£5.0m" in shown
    assert "6.5" not in shown


def test_a_table_of_england_has_its_change_and_where_the_areas_lie():
    spend = metric(id="high_needs_spend", topic="high_needs", unit="pounds", decimals=0)
    figures = [figure(metric="high_needs_spend", area_code=ENGLAND, value=9e9, change=-2e6)]
    section = Section("money", "x", "Invented", measures=(("high_needs_spend", ""),))
    shown = topic_sections.render_measures(view(build([spend], figures)), section)
    assert "down £2.0m" in shown
    assert "lowest to highest" in shown
    assert (
        topic_sections.render_measures(view(build([spend], [])), section).count("No figure held")
        == 1
    )
    assert topic_sections.render_measures(view(build([spend])), replace(section, measures=())) == ""


def test_silence_is_said_plainly_with_what_a_council_would_hold():
    one = Section("p", "x", "X", silent=("Nothing invented.",), held="a list of kites")
    assert "<strong>Not published:</strong> Nothing invented." in topic_sections.render_silence(one)
    assert (
        "What a council would hold itself:</strong> a list of kites."
        in topic_sections.render_silence(one)
    )
    many = Section("p", "x", "X", silent=("One.", "Two."), note="Read on.")
    assert topic_sections.render_silence(many).count("<li>") == 2
    assert "Read on." in topic_sections.render_silence(many)
    assert topic_sections.render_silence(Section("p", "x", "X")) == ""


def test_what_is_written_is_escaped():
    section = Section("p", "x", "<b>", text="<i>", silent=("<u>",))
    assert "<b>" not in topic_sections.render_section_words(section)
    assert "<i>" not in topic_sections.render_section_words(section)
    assert "<u>" not in topic_sections.render_silence(section)


def test_caveats_name_the_basis_the_population_and_the_release():
    view_ = choices.read_view(BUILD, {})
    shown = topic_sections.render_caveats(view_, ["high_needs_spend", "high_needs_spend"])
    assert shown.count("<dt>") == 1
    assert "<strong>Basis:</strong> Outturn, section 251" in shown
    assert "<strong>Caveat:</strong> Compiled from" in shown
    assert "(2024-25-compiled)" in shown


def test_the_table_of_a_chart_has_a_row_for_each_heading(monkeypatch):
    made = drawn(monkeypatch, chart(), [line("Boats", 3.0), line("Trains", None)])
    shown = table.render_chart_table(made)
    assert shown.count('<th scope="row">') == 2
    for heading in ("Kent", "Neighbours’ median", "England"):
        assert f">{heading}</th>" in shown
    assert '<span class="none">Suppressed</span>' in shown
    assert "Value (pounds)" in shown


def test_a_chart_of_metrics_the_build_does_not_have_is_no_chart(monkeypatch):
    asked = chart(entries=(Entry("Moons", "moons"),))
    assert drawn(monkeypatch, asked, []) is None
