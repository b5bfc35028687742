"""Every page runs inside its frame: with every metric, many areas, and what no one knows."""

import re
import sys
import time
from pathlib import Path
from statistics import median

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts import of_topic
from dashboard.charts.model import LICENCE
from dashboard.domain import choices
from dashboard.domain.build import NEIGHBOUR_MODEL
from dashboard.domain.comparators import COMPARATORS
from dashboard.store import served
from dashboard.store.figures import list_newest_figures
from dashboard.store.loading import load_build
from dashboard.store.serving import Serving
from dashboard.web import reader

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("[!_]*.py"))
BUILD = served.find_current_build()
KENT, MEDWAY, LONDON, SCILLY, CUMBRIA = (
    "E10000016",
    "E06000035",
    "E09000001",
    "E06000053",
    "E10000006",
)


TOPIC_PAGES = {section.page for section in of_topic.SECTIONS}
SHARES = ["a few", pytest.param("the others", marks=pytest.mark.exhaustive)]


def places(share):
    """A few of the local authorities, those of former years too, or all the others."""
    every = [area for area in BUILD.areas.values() if area.level == "local_authority"]
    assert len(every) >= len(BUILD.local_authorities) == 153
    few = every[::40]
    return few if share == "a few" else [area for area in every if area not in few]


def open_page(page, **asked):
    app = AppTest.from_file(str(ROOT / "dashboard" / "web" / "script.py"), default_timeout=30)
    app.run()
    app.query_params.update(asked)
    app.switch_page(f"../../pages/{page}.py")
    return app.run()


def text(app):
    """All the HTML of a page, without its style."""
    bodies = [element.proto.body for element in app.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


@pytest.mark.sample(1, each="page")
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"area": KENT},
        {"area": LONDON, "areas": f"{LONDON},{SCILLY}"},
        {"area": SCILLY, "metric": "attainment_8", "breakdown": "EHC plan"},
        {"area": CUMBRIA, "areas": f"{CUMBRIA},{KENT}"},
        {"area": KENT, "areas": f"{KENT},{MEDWAY}", "topic": "need"},
        {"area": CUMBRIA, "against": "own", "group": MEDWAY},
    ],
    ids=lambda asked: ",".join(asked.values()) or "nothing",
)
def test_every_page_runs_and_has_one_heading_and_its_licence(page, asked):
    app = open_page(page, **asked)
    assert not app.exception
    assert text(app).count("<h1") == 1
    assert LICENCE in text(app)
    assert "nan" not in re.findall(r">([^<>]*)<", text(app))


@pytest.mark.sample(1)
@pytest.mark.parametrize("tenth", range(10))
def test_every_metric_has_its_page_with_definition_source_and_ranking(tenth, record_property):
    app, seconds = open_page("metric", area=KENT), []
    for known in list(BUILD.metrics.values())[tenth::10]:
        for breakdown in known.breakdowns:
            show(app, seconds, metric=known.id, breakdown=breakdown)
            shown = text(app)
            assert "What this counts" in shown, known.id
            assert "Source" in shown
            assert known.is_category or shown.count("<details>") >= 2, known.id
            assert app.selectbox(key="pick_metric").value == known.id
    report(record_property, "metric, of every metric", seconds)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("page", sorted({*PAGES} - TOPIC_PAGES))  # test_topic_pages.py has those
def test_every_page_runs_for_every_local_authority(page, share, record_property):
    app, seconds = open_page(page), []
    for area in places(share):
        show(app, seconds, area=area.code)
        shown = text(app)
        assert shown.count("<h1") == 1, area.name
        assert "nan" not in re.findall(r">([^<>]*)<", shown), area.name
        if page == "local_area":
            assert f"<h1>{area.name}</h1>" in shown
    report(record_property, f"{page}, for every local authority", seconds)


def show(app, seconds, **asked):
    """The same app with other choices, as a reader makes them one after another."""
    app.query_params.update(asked)
    started = time.process_time()
    app.run()
    seconds.append(time.process_time() - started)
    assert not app.exception, asked


def report(record_property, what, seconds):
    """Say what the runs took: for a person with -rA, for a machine in the report; never a test."""
    said = f"{what}: {len(seconds)} runs, median {1000 * median(seconds):.0f} ms of CPU each"
    record_property("time", said)
    sys.stdout.write(f"{said}\n")


def test_a_local_authority_with_values_missing_says_why():
    code = next(
        area.code
        for area in BUILD.local_authorities
        if any(f.status == "not_available" for f in list_newest_figures(BUILD, area.code))
    )
    assert "Not available" in text(open_page("local_area", area=code, part="all"))


def test_small_local_authorities_are_shown_and_never_ranked():
    shown = text(open_page("local_area", area=SCILLY))
    assert "never ranked" in shown
    assert "Not ranked" in shown
    assert " of 151" not in shown


def test_an_abolished_local_authority_names_its_successors():
    shown = text(open_page("local_area", area=CUMBRIA))
    assert "was abolished on 1 April 2023" in shown
    assert "Cumberland" in shown
    assert "Westmorland and Furness" in shown


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("E06000063", "Cumberland replaced part of the former Cumbria on 1 April 2023"),
        ("E06000063", "the rest of the former Cumbria is now in Westmorland and Furness"),
        ("E06000061", "the rest of the former Northamptonshire is now in West Northamptonshire"),
        ("E06000058", "Bournemouth, part of the former Dorset and Poole on 1 April 2019"),
        ("E06000060", "became one council for county and districts on 1 April 2020"),
        ("E06000066", "became one council for county and districts on 1 April 2023"),
        ("E06000065", "stand in one line with its own"),
    ],
)
def test_a_successor_says_what_it_has_replaced(code, said):
    assert said in re.sub("<[^>]+>", "", text(open_page("local_area", area=code)))


def test_a_local_area_shows_its_charts_when_they_are_opened():
    app = open_page("local_area", area=KENT)
    assert not app.get("plotly_chart")
    app.session_state["ranks"] = app.session_state["over_time"] = True
    app.run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == 2
    assert "headline metrics, in the worst quarter" in text(app)


def test_what_surrounds_an_area_is_named_with_its_sources():
    shown = text(open_page("local_area", area=KENT))
    about = re.sub("<[^>]+>", "|", shown[shown.index('id="about"') :])
    for said in (
        "Written statement of action; not revisited by August 2022",
        "letter published 29 March 2019",
        "|Safety Valve|, 2022-23",
        "Evidence: listed by gov.uk",
        "NHS Kent and Medway",
        "Deprivation score",
        "Office for National Statistics, Mid-year population estimates",
    ):
        assert said in about, said


def test_a_year_before_any_list_of_inspections_says_so():
    shown = text(open_page("local_area", area=KENT, year="2019"))
    assert "No outcome of an area SEND inspection is held" in shown


@pytest.mark.sample(1, each="against")
@pytest.mark.parametrize("against", ["neighbours", "type", "context", "own"])
@pytest.mark.parametrize("year", [BUILD.years[0], 2019, BUILD.years[-1]])
def test_a_scorecard_of_an_earlier_year_is_of_that_year_alone(year, against):
    app = open_page("local_area", area=KENT, year=str(year), against=against, group=MEDWAY)
    assert not app.exception
    shown = text(app)
    assert f"At the end of {year}." in shown
    assert "What stands out in" not in shown
    scorecard = shown[shown.index('id="outcomes"') : shown.index('id="about"')]
    periods = re.findall(r"</strong><small>(?:[A-Z][a-z]+ )?(\d{4})", scorecard)
    assert periods
    assert max(int(period) for period in periods) <= year
    is_held = against in {"neighbours", "type"}
    assert ("compared for the latest figures alone" in shown) is not is_held
    assert ("median<small>mean" in scorecard) is is_held


@pytest.mark.sample(1)
@pytest.mark.parametrize("year", BUILD.years)
def test_every_year_runs_for_areas_of_every_kind(year):
    app, seconds = open_page("local_area", year=str(year), part="all"), []
    for code in (KENT, LONDON, SCILLY, CUMBRIA, "E06000063"):
        show(app, seconds, area=code)
        assert "nan" not in re.findall(r">([^<>]*)<", text(app))


def test_choosing_a_year_writes_it_into_the_address():
    app = open_page("local_area", area=KENT)
    assert app.selectbox(key="pick_year").value == ""
    app.selectbox(key="pick_year").select("2022").run()
    assert app.query_params["year"] == "2022"
    app.selectbox(key="pick_year").select("").run()
    assert "year" not in app.query_params


def test_an_area_kept_in_the_browser_is_offered_on_the_first_page(monkeypatch):
    monkeypatch.setattr(reader, "find_remembered_area", lambda view: view.build.areas[KENT])
    app = open_page("england")
    assert "Go to Kent</a>" in text(app)
    assert "Go to Kent</a>" not in text(open_page("england", area=MEDWAY))
    assert "is offered first when you come back" in text(open_page("local_area", area=KENT))
    assert "Offer Medway first next time" in text(open_page("local_area", area=MEDWAY))


@pytest.mark.sample(4)
@pytest.mark.parametrize("page", PAGES)
def test_what_nobody_knows_is_said_on_the_page(page):
    unknown = {"area": "E99", "metric": "<b>", "breakdown": "x", "areas": "E98", "topic": "y"}
    app = open_page(page, **unknown, against="nobody", group="E97")
    assert not app.exception
    shown = text(app)
    assert "E99" in shown
    assert "E98" in shown
    assert "E97" in shown
    assert "There is no comparison with “nobody”" in shown
    assert "&lt;b&gt;" in shown
    assert "“<b>”" not in shown


def test_choosing_an_area_writes_its_code_into_the_address():
    app = open_page("local_area", area=KENT)
    app.selectbox(key="pick_area").select(MEDWAY).run()
    assert app.query_params["area"] == MEDWAY
    assert "<h1>Medway</h1>" in text(app)


@pytest.mark.sample(1, each="against")
@pytest.mark.parametrize("against", COMPARATORS)
@pytest.mark.parametrize("page", ["local_area", "metric"])
def test_every_comparison_is_shown_with_how_many_have_a_figure(page, against):
    app = open_page(page, area=KENT, against=against, group=f"{MEDWAY},{LONDON}")
    assert not app.exception
    is_held = choices.MODELS.get(against, NEIGHBOUR_MODEL) in BUILD.near
    assert app.selectbox(key="pick_against").value == (against if is_held else "neighbours")
    assert ("There is no comparison" in text(app)) is not is_held
    if page == "metric":
        assert "have a figure, from" in text(app)
        assert "95% interval" in text(app)


def test_choosing_a_comparison_writes_it_into_the_address():
    app = open_page("metric", area=KENT)
    assert app.selectbox(key="pick_against").value == "neighbours"
    app.selectbox(key="pick_against").select("own").run()
    assert app.query_params["against"] == "own"
    assert "No local authority is chosen" in text(app)
    app.multiselect(key="pick_group").select(MEDWAY).run()
    assert app.query_params["group"] == MEDWAY
    assert "the median of your own group" in text(app)


def test_an_empty_group_offers_to_start_from_the_neighbours():
    shown = text(open_page("local_area", area=KENT, against="own"))
    assert "start from its ten neighbours" in shown
    assert f"group={','.join(BUILD.neighbours[KENT])}" in shown


def test_the_funnel_is_drawn_when_it_is_opened():
    app = open_page("metric", area=KENT, metric="plans_discontinued_needs_met")
    assert "funnel" in text(app)
    assert "The over-dispersion is" not in text(app)
    app.session_state["funnel"] = True
    app.run()
    assert not app.exception
    assert "The over-dispersion is" in text(app)


@pytest.mark.parametrize("page", ["metric", "england"])
def test_the_map_is_drawn_when_it_is_opened(page):
    app = open_page(page, area=KENT, metric="plans_issued_in_20_weeks")
    assert "local authorities with the highest figures" in text(app)
    assert 'class="tiles"' not in text(app)
    app.session_state["map"] = True
    app.run()
    assert not app.exception
    drawn = text(app)[text(app).index('class="tiles"') :]
    drawn, after = drawn.split("Licence v3.0", 1)
    assert drawn.count('tabindex="-1"') == len(BUILD.local_authorities)
    assert "Outlined: Kent and its statistical neighbours" in text(app)
    assert "Every square is one local authority" in drawn
    assert "Source: " in drawn
    listed = after.split("<h2")[0].split("<footer")[0]
    assert ("View this chart as a table" in listed) is (page == "england")


@pytest.mark.parametrize("page", ["metric", "england"])
def test_the_map_is_drawn_by_boundaries_when_they_are_asked_for(page):
    app = open_page(page, area=KENT, metric="plans_issued_in_20_weeks")
    app.session_state["map"] = True
    app.run()
    app.radio(key="pick_map").set_value("boundaries").run()
    assert app.query_params["map"] == "boundaries"
    assert not app.exception
    assert 'class="tiles"' not in text(app)
    assert 'class="key-steps"' in text(app)
    assert "Contains OS data © Crown copyright and database right" in text(app)
    assert "Every square is one local authority" not in text(app)


def test_the_address_says_how_the_map_is_drawn_and_so_do_its_downloads():
    asked = {"area": KENT, "metric": "plans_issued_in_20_weeks"}
    shown = text(open_page("metric", **asked, map="boundaries"))  # it is open: it was asked for
    assert 'class="tiles"' not in shown
    assert "Contains OS data" in shown
    form = shown.split("<form action=download/map>")[1].split("</form>")[0]
    assert "map=boundaries" in form
    assert "map=boundaries" in shown.split("<nav")[1].split("</nav>")[0]  # every link keeps it
    app = open_page("metric", **asked, map="boundaries")
    app.radio(key="pick_map").set_value("").run()
    assert "map" not in app.query_params
    assert 'class="tiles"' in text(app)
    assert "map=" not in text(app).split("<form action=download/map>")[1].split("</form>")[0]


def test_an_unknown_way_to_draw_the_map_is_said():
    shown = text(open_page("metric", metric="plans_issued_in_20_weeks", map="globe"))
    assert "There is no way to draw the map called “globe”" in shown


def test_the_first_screen_has_the_story_and_one_line_for_each_headline_metric():
    shown = text(open_page("england"))
    assert "What England’s headline figures say" in shown
    assert shown.count('<p class="range">') == len(choices.list_headlines(BUILD))
    assert "can be tested" in shown
    assert "Choose your local authority to see where it stands" in shown


@pytest.mark.parametrize("asked", [{}, {"area": KENT}, {"area": KENT, "against": "type"}])
def test_a_metric_says_once_what_it_counts_and_how_its_figures_lie(asked):
    shown = text(open_page("metric", metric="plans_issued_in_20_weeks", **asked))
    assert shown.count("What this counts") == 1
    assert shown.count('class="histogram"') == 1
    assert ("What this figure says" in shown) is ("area" in asked)


def test_there_is_no_map_of_integrated_care_boards_or_of_words():
    nhs = next(m.id for m in BUILD.metrics.values() if m.is_nhs)
    said = next(m.id for m in BUILD.metrics.values() if m.is_category)
    for metric in (nhs, said):
        for page in ("metric", "england"):
            app = open_page(page, metric=metric)
            assert not app.exception
            assert not any(each.label == "Show the map" for each in app.expander)


def test_where_a_funnel_could_not_tell_areas_apart_none_is_drawn_and_the_place_is_said():
    shown = text(open_page("metric", area="E10000008", metric="plans_issued_in_20_weeks"))
    assert "Show the funnel plot" not in shown
    assert "times as much as chance alone would make them" in shown
    assert "146th of 147" in shown
    assert "within the limits" not in shown


@pytest.mark.parametrize("code", ["E06000053", "E09000001"])
@pytest.mark.parametrize("page", ["metric", "local_area", "money", "compare"])
def test_an_area_of_very_small_numbers_is_never_said_to_stand_anywhere(page, code):
    shown = text(open_page(page, area=code))
    for said in ("of its ten", "Higher than England", "Lower than England", "which is worse"):
        assert said not in shown
    assert "mall numbers" in shown


def test_a_metric_without_a_funnel_says_why():
    shown = text(open_page("metric", area=KENT, metric="high_needs_spend_per_head_2_18"))
    assert "There is no funnel plot: pounds do not vary like separate children" in shown
    assert "no interval: pounds do not vary" in shown.lower()


def test_the_scorecard_says_in_words_where_a_figure_stands():
    shown = text(open_page("local_area", area=KENT, part="identification"))
    assert "higher than neighbours" in shown
    assert "lower than England" in shown
    assert "no different" in shown


def test_nothing_is_called_better_where_no_way_is():
    unjudged = [m for m in BUILD.metrics.values() if m.polarity == "no_judgement"]
    shown = text(open_page("metric", area=KENT, metric=unjudged[0].id))
    assert "which is" not in shown
    assert 'class="better"' not in shown
    assert 'class="worse"' not in shown


def test_every_method_is_on_the_methods_page():
    shown = text(open_page("methods"))
    for name in ("compute_wilson_interval", "compute_byar_interval", "assign_quartile"):
        assert f"<code>{name}</code>" in shown
    for name in ("rank", "summarise_group", "compute_trend", "compute_funnel_limits"):
        assert f"<code>{name}</code>" in shown
    assert shown.count("<dt>Formula</dt>") == shown.count("<dt>Source</dt>")
    assert "Where each is used" in shown


def test_choosing_another_metric_forgets_the_group_of_the_last_one():
    app = open_page("metric", metric="attainment_8", breakdown="No SEN")
    app.selectbox(key="pick_metric").select("plans_issued_in_20_weeks").run()
    assert app.query_params["metric"] == "plans_issued_in_20_weeks"
    assert "breakdown" not in app.query_params
    assert not app.exception


def test_choosing_areas_to_compare_writes_their_codes():
    app = open_page("compare", areas=KENT)
    app.multiselect(key="pick_areas").select(MEDWAY).run()
    assert app.query_params["areas"] == f"{KENT},{MEDWAY}"
    assert "Medway" in text(app)


def test_the_address_decides_over_what_was_chosen_before():
    app = open_page("local_area", area=KENT)
    app.query_params["area"] = MEDWAY
    app.run()
    assert app.selectbox(key="pick_area").value == MEDWAY
    assert "<h1>Medway</h1>" in text(app)


def test_every_source_file_and_every_metric_is_printed():
    shown = text(open_page("about"))
    for source in BUILD.sources.values():
        assert source.path.replace("&", "&amp;") in shown
    for metric in BUILD.metrics:
        assert f"metric={metric}" in shown


def test_without_a_build_the_page_says_how_to_make_one(tmp_path, monkeypatch):
    monkeypatch.setenv("SEND_DATA", str(tmp_path))
    monkeypatch.setattr(served, "SERVING", Serving(load_build))
    app = AppTest.from_file(str(ROOT / "dashboard" / "web" / "script.py")).run()
    assert not app.exception
    assert "python -m pipeline build" in text(app)


def test_long_tables_are_sent_as_they_are_written():
    bodies = [element.proto.body for element in open_page("local_area", area=KENT).get("html")]
    longest = max((body for body in bodies if not body.startswith("<style>")), key=len)
    assert longest.startswith("<h2")
    assert longest.endswith("</div>")


@pytest.mark.sample(3)
@pytest.mark.parametrize("part", choices.PARTS)
def test_every_part_of_the_scorecard_shows_its_metrics(part):
    app = open_page("local_area", area=KENT, part=part)
    assert not app.exception
    shown = text(app)
    wanted = [
        m
        for m in BUILD.metrics.values()
        if (part == "headlines" and m.headline and not m.is_nhs)
        or (part in {m.pillar, "all"} and not m.is_nhs)
        or (part in {"health", "all"} and m.is_nhs)
    ]
    assert wanted
    held = {f.metric for f in list_newest_figures(BUILD, KENT)}
    boards = {f.metric for code, _ in BUILD.boards[KENT] for f in list_newest_figures(BUILD, code)}
    for metric in wanted:
        if metric.id in held | boards:
            assert f"metric={metric.id}" in shown, metric.id


def test_an_unknown_part_is_said_and_the_headlines_are_shown():
    app = open_page("local_area", area=KENT, part="nowhere")
    assert not app.exception
    assert "There is no part of the scorecard called" in text(app)
