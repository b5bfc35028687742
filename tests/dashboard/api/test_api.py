"""The API answers what the build holds, says how it stands, and fails in plain words."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import duckdb
import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import copies
from dashboard.api import questions, reply
from dashboard.api.app import api
from dashboard.api.schema import EXAMPLES
from dashboard.charts.model import LICENCE
from dashboard.domain import choices
from dashboard.store import comparators, served
from dashboard.store.serving import Serving
from dashboard.words.numbers import STATUS_LABEL, STATUS_MEANING
from tests.dashboard.ask import ask
from tests.dashboard.make import ENGLAND, KENT, MEDWAY

BUILD = served.find_current_build()
PLACE = served.builds_folder() / BUILD.id
IN_TIME = "plans_issued_in_20_weeks"
DESCRIPTION = api.openapi()
NUMBERS = ("value", "numerator", "denominator", "low", "high", "rank", "england", "region")

metrics = st.sampled_from(sorted(BUILD.metrics))
areas = st.sampled_from(sorted(BUILD.areas))


@pytest.fixture(scope="module")
def table():
    """Every figure of the build as its files have it, read without the dashboard."""
    sql = f"""
        SELECT v.*, c.low, c.high, c.rank, c.england, c.region, s.publisher, s.release, s.licence
        FROM '{PLACE}/metric_value.parquet' AS v
        JOIN '{PLACE}/comparison.parquet' AS c USING (metric, breakdown, area_code, time_period)
        JOIN '{PLACE}/source_file.parquet' AS s ON s.path = v.source_file
        WHERE v.metric = ? AND v.area_code = ?
        ORDER BY v.breakdown, v.period_end
    """
    with duckdb.connect() as db:

        def read(metric, area):
            found = db.execute(sql, [metric, area])
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

        yield read


def rows(path, **headers):
    return ask(path, **headers).json()["rows"]


def table_of(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


@settings(max_examples=40)
@given(metric=metrics, area=areas)
def test_figures_are_those_of_the_build(table, metric, area):
    answer = ask(f"/api/metrics/{metric}/values?area={area}&limit=5000").json()
    published = table(metric, area)
    assert len(answer["rows"]) == len(published) == answer["page"]["total"]
    for row, known in zip(answer["rows"], published, strict=True):
        assert [row[name] for name in NUMBERS] == [known[name] for name in NUMBERS]
        same = ("metric", "breakdown", "area_code", "time_period", "status", "note", "source_file")
        assert [row[name] for name in same] == [known[name] for name in same]
        assert row["period_end"] == known["period_end"].isoformat()
        assert row["source"].startswith(known["publisher"])
        assert (row["release"], row["licence"]) == (
            known["release"],
            known["licence"].replace("OGL", "Open Government Licence"),
        )
        assert row["area"] == BUILD.areas[area].name
        assert row["unit"] == BUILD.metrics[metric].unit


@settings(max_examples=40)
@given(metric=metrics, area=areas)
def test_a_missing_figure_is_null_with_its_reason(metric, area):
    for row in rows(f"/api/metrics/{metric}/values?area={area}&limit=5000"):
        if row["status"] == "ok":
            assert row["value"] is not None
        else:
            assert row["value"] is None
            assert row["shown"] == STATUS_LABEL[row["status"]]
            assert STATUS_MEANING[row["status"]] in row["status_words"]


def test_there_are_missing_figures_to_say_so_of():
    statuses = {row["status"] for row in rows(f"/api/metrics/{IN_TIME}/values?limit=5000")}
    assert len(statuses) > 1


@pytest.mark.sample(12)
@pytest.mark.parametrize("path", EXAMPLES.values())
def test_every_example_is_answered_as_the_description_says(path):
    answer = ask(f"/api{path}")
    assert answer.status_code == 200
    template = next(key for key, value in EXAMPLES.items() if value == path)
    described = DESCRIPTION["paths"][template]["get"]["responses"]["200"]["content"]
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind in described
    if kind == "application/json" and described[kind].get("schema"):
        check(answer.json(), described[kind]["schema"])


LISTS = [
    "/metrics?limit=5000",
    f"/metrics/{IN_TIME}/values?limit=300",
    "/areas",
    f"/areas/{KENT}/scorecard",
    f"/areas/{KENT}/neighbours",
    "/sources",
]


@pytest.mark.parametrize("path", LISTS)
def test_lists_are_as_described_and_say_the_same_as_csv(path):
    template = next(
        key for key in EXAMPLES if re.fullmatch(re.sub("{.*?}", "[^/]+", key), path.split("?")[0])
    )
    content = DESCRIPTION["paths"][template]["get"]["responses"]["200"]["content"]
    answer = ask(f"/api{path}").json()
    check(answer, content["application/json"]["schema"])
    as_csv = ask(f"/api{path}", accept="text/csv")
    assert as_csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert as_csv.headers["x-total-count"] == str(answer["page"]["total"])
    found = table_of(as_csv.text)
    assert len(found) == len(answer["rows"]) > 0
    for line, row in zip(found, answer["rows"], strict=True):
        assert line.pop("attribution") == answer["attribution"] == f"{LICENCE}."
        assert line.pop("build") == answer["build"] == BUILD.id
        assert line == {name: written(value) for name, value in row.items()}


def written(value):
    made = reply.format_cell(value)
    return "" if made is None else str(made)


def check(answer, schema):
    """Fail unless an answer is as the API's description says, and has no field it leaves out."""
    components = json.loads(json.dumps(DESCRIPTION["components"]))
    for each in components["schemas"].values():
        each["additionalProperties"] = False
    jsonschema.Draft202012Validator(
        {**schema, "components": components},
        format_checker=jsonschema.FormatChecker(),
    ).validate(answer)


def kind_of(schema):
    if "anyOf" in schema:
        return " or ".join(map(kind_of, schema["anyOf"]))
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    inside = f" of {kind_of(schema['items'])}" if "items" in schema else ""
    return schema["type"] + inside + (f" ({schema['format']})" if "format" in schema else "")


def shape():
    """Every parameter and every field in its order, with its type, a line each."""
    for path, operations in DESCRIPTION["paths"].items():
        for one in operations["get"].get("parameters", ()):
            needed = ", needed" if one["required"] else ""
            yield f"{path} {one['name']}: {kind_of(one['schema'])}{needed}"
    for name, schema in DESCRIPTION["components"]["schemas"].items():
        for field, about in schema["properties"].items():
            needed = "" if field in schema.get("required", ()) else ", may be left out"
            yield f"{name} {field}: {kind_of(about)}{needed}"


def test_programs_of_others_find_every_field_where_it_was():
    kept = Path(__file__).parent / "api_shape.txt"
    assert list(shape()) == kept.read_text(encoding="utf-8").splitlines()


def test_every_field_and_parameter_is_explained():
    for name, schema in DESCRIPTION["components"]["schemas"].items():
        for field, about in schema["properties"].items():
            assert about.get("description"), (name, field)
    for path, operations in DESCRIPTION["paths"].items():
        assert set(operations) == {"get"}
        for parameter in operations["get"].get("parameters", ()):
            assert parameter["description"], (path, parameter)


def test_pages_of_a_list_hold_every_row_once_and_in_order():
    whole = rows(f"/api/metrics/{IN_TIME}/values?limit=5000&breakdown=Total")
    found, path = [], f"/api/metrics/{IN_TIME}/values?breakdown=Total&limit=700"
    while path:
        answer = ask(path)
        found += answer.json()["rows"]
        path = answer.json()["page"]["next"]
        link = answer.headers.get("link")
        assert link == (f'<{path}>; rel="next"' if path else None)
    assert found == whole
    assert len(found) > 1400


def test_figures_are_filtered():
    path = f"/api/metrics/{IN_TIME}/values"
    both = rows(f"{path}?area={KENT},{MEDWAY}&latest=true")
    assert {row["area_code"] for row in both} == {KENT, MEDWAY}
    assert all(row["is_latest"] for row in both)
    assert both == rows(f"{path}?area={KENT}&area={MEDWAY}&latest=true")
    assert {row["time_period"] for row in rows(f"{path}?period=2022")} == {"2022"}
    support = rows("/api/metrics/attainment_8/values?breakdown=SEN support&latest=true")
    assert {row["breakdown"] for row in support} == {"SEN support"}
    headlines = rows("/api/metrics?headline=true")
    assert [row["id"] for row in headlines] == [m.id for m in choices.list_headlines(BUILD)]


@pytest.mark.sample(2)
@pytest.mark.parametrize("against", ["neighbours", "type", "region", "england", "context", "own"])
@settings(max_examples=8)
@given(area=st.sampled_from([a.code for a in BUILD.local_authorities]), metric=metrics)
def test_a_comparison_is_the_one_the_pages_show(against, area, metric):
    asked = {"area": area, "metric": metric, "against": against, "group": f"{KENT},{MEDWAY}"}
    view = choices.read_view(BUILD, asked)
    answer = ask(
        f"/api/areas/{area}/metrics/{metric}/comparison?against={against}&group={KENT},{MEDWAY}"
    )
    figure = BUILD.newest[area].get((metric, view.breakdown))
    if figure is None or against not in comparators.list_options(view):
        assert answer.status_code == 404
        return
    check(answer.json(), schema_of("/areas/{code}/metrics/{metric}/comparison"))
    item = answer.json()["item"]
    known = comparators.build_comparator(view, comparators.find_chosen_group(view), figure)
    same = ("mean", "median", "published", "above", "below", "against")
    is_category = BUILD.metrics[metric].is_category
    assert [item[name] for name in same] == [
        None if is_category else getattr(known, name) for name in same
    ]
    assert (item["members"], item["missing"]) == (known.members, list(known.missing))
    assert item["figure"]["value"] == figure.value
    valued = [each["value"] for each in item["figures"] if each["value"] is not None]
    assert not figure.is_latest or len(valued) == item["with_value"]
    assert is_category or item["with_value"] == known.with_value
    assert not figure.is_latest or len(valued) + len(item["missing"]) == item["members"]


def schema_of(path):
    content = DESCRIPTION["paths"][path]["get"]["responses"]["200"]["content"]
    return content["application/json"]["schema"]


def test_the_scorecard_has_every_figure_of_the_area():
    found = {(row["metric"], row["breakdown"]): row for row in rows(f"/api/areas/{KENT}/scorecard")}
    assert found.keys() == BUILD.newest[KENT].keys()
    for key, figure in BUILD.newest[KENT].items():
        assert found[key]["value"] == figure.value


def test_neighbours_are_in_order():
    found = rows(f"/api/areas/{KENT}/neighbours?model=2025-05")
    assert [row["neighbour_code"] for row in found] == list(BUILD.neighbours[KENT])


@pytest.mark.parametrize(
    ("path", "status", "said", "nearest"),
    [
        ("/metrics/plans_in_20_weeks", 404, "no metric called “plans_in_20_weeks”", IN_TIME),
        ("/areas/Kent", 404, "E10000016 (Kent)", KENT),
        ("/areas/E1000016", 404, "no area called “E1000016”", KENT),
        (f"/metrics/{IN_TIME}/values?area=Kent", 404, "no area called “Kent”", KENT),
        (f"/metrics/{IN_TIME}/values?breakdown=All", 404, "nearest is Total", "Total"),
        (f"/metrics/{IN_TIME}/values?period=2032", 404, "no period called “2032”", "2022"),
        ("/metrics?topic=timelines", 404, "nearest is timeliness", "timeliness"),
        ("/areas?level=county", 404, "no level called “county”", "country"),
        (f"/areas/{KENT}/neighbours?model=2025", 404, "no model of neighbours", "2025-05"),
        (f"/areas/{KENT}/metrics/{IN_TIME}/comparison?against=foes", 404, "comparison", "region"),
        (f"/areas/{ENGLAND}/metrics/{IN_TIME}/comparison", 404, "not a local authority", None),
        ("/files/metric_value.csv", 404, "no file called", "metric_value.parquet"),
        ("/metric", 404, "nothing at this address", "/api/metrics"),
        ("/metrics?limt=10", 400, "no parameter called limt: it has limit", "limit"),
        ("/build?area=Kent", 400, "no parameter called area", None),
        ("/metrics?limit=0", 400, "limit: Input should be greater than or equal to 1", None),
        ("/metrics?limit=99999", 400, "less than or equal to 5000", None),
        ("/metrics?format=xml", 400, "format: Input should be 'json' or 'csv'", None),
    ],
)
def test_an_error_says_what_was_asked_and_what_is_nearest(path, status, said, nearest):
    answer = ask(f"/api{path}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    found = answer.json()
    check(found, {"$ref": "#/components/schemas/Problem"})
    assert said in found["title"]
    assert nearest is None or nearest in found["nearest"]
    assert found["status"] == status


def test_what_is_asked_is_never_repeated_at_length():
    answer = ask(f"/api/areas/{'x' * 5000}")
    assert answer.status_code == 404
    assert len(answer.text) < 700


def test_nothing_can_be_written():
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = ask("/api/metrics", method)
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD"
        assert "can only be read" in answer.json()["title"]


@pytest.mark.sample(4)
@pytest.mark.parametrize("path", ["/api", *(f"/api{path}" for path in EXAMPLES.values())])
def test_head_is_answered_with_the_same_headers_and_no_body(path):
    head, whole = ask(path, "HEAD"), ask(path)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers == whole.headers


@pytest.mark.sample(4)
@pytest.mark.parametrize("path", EXAMPLES.values())
def test_an_unchanged_build_is_not_sent_again(path):
    answer = ask(f"/api{path}")
    tag = answer.headers["etag"]
    assert BUILD.id in tag
    again = ask(f"/api{path}", if_none_match=f'"other", {tag}')
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert ask(f"/api{path}", if_none_match='W/"other"').status_code == 200


def test_json_and_csv_have_tags_of_their_own():
    assert ask("/api/areas").headers["etag"] != ask("/api/areas?format=csv").headers["etag"]
    assert "Accept" in ask("/api/areas").headers["vary"]


def test_a_new_build_has_a_new_tag(tmp_path, monkeypatch):
    before = ask("/api/areas").headers["etag"]
    another = copies.copy(PLACE, tmp_path, " of a test")
    copies.serve_in_turn(tmp_path, another)
    monkeypatch.setenv("SEND_DATA", str(tmp_path))
    monkeypatch.setattr(served, "SERVING", Serving(lambda place: replace(BUILD, id=place.name)))
    after = ask("/api/areas", if_none_match=before)
    assert after.status_code == 200
    assert another in after.headers["etag"]
    assert after.json()["build"] == another


def test_without_a_build_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("SEND_DATA", str(tmp_path))
    monkeypatch.setattr(served, "SERVING", Serving(lambda place: replace(BUILD, id=place.name)))
    answer = ask("/api/areas")
    assert answer.status_code == 503
    assert answer.json()["title"] == "No build has been published yet."
    assert ask("/api").status_code == 200
    (tmp_path / "current.json").write_text("nonsense")
    assert (
        ask("/api/areas").json()["title"] == "The figures on this server cannot be read just now."
    )


def test_a_fault_is_said_and_nothing_of_it_is_shown(monkeypatch):
    def broken(_build):
        raise ValueError("a secret of the server")

    monkeypatch.setattr(questions, "build_about", broken)
    answer = ask("/api/build")
    assert answer.status_code == 500
    assert answer.json()["title"] == "Something went wrong on this server."
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/csv", "text/csv"),
        ("*/*", "application/json"),
        ("application/json, text/csv", "application/json"),
        ("application/json;q=0.5, text/csv", "text/csv"),
        ("text/csv;q=0.2, application/json;q=0.9", "application/json"),
        ("text/csv;q=high", "text/csv"),
    ],
)
def test_the_accept_header_chooses_the_form(accept, kind):
    assert ask("/api/areas", accept=accept).headers["content-type"].startswith(kind)


def test_the_address_outdoes_the_accept_header():
    answer = ask("/api/areas?format=json", accept="text/csv")
    assert answer.headers["content-type"] == "application/json"


def test_programs_of_other_sites_may_read():
    answer = ask("/api/areas", origin="https://example.org")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    asked = {"origin": "https://example.org", "access_control_request_method": "GET"}
    assert ask("/api/areas", "OPTIONS", **asked).status_code == 200
    asked["access_control_request_method"] = "POST"
    assert ask("/api/areas", "OPTIONS", **asked).status_code == 400


@given(st.one_of(st.text(), st.from_regex(r"\A[=+\-@\t\r\n].*\Z")))
def test_no_text_in_csv_can_begin_a_formula(text):
    made = reply.format_cell(text)
    assert not made.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert made.removeprefix("'") == text.removeprefix("'")


@given(st.one_of(st.integers(), st.floats(allow_nan=False)))
def test_numbers_in_csv_stay_numbers(number):
    assert reply.format_cell(number) is number


def test_a_negative_figure_is_a_number_in_csv():
    found = table_of(ask(f"/api/areas/{KENT}/scorecard?format=csv").text)
    below = [row for row in found if row["value"].startswith("-")]
    assert below
    assert all(float(row["value"]) < 0 for row in below)
    assert all(row["shown"][0] == "\N{MINUS SIGN}" for row in below)


def test_the_files_of_the_build_are_had_as_they_are():
    listed = ask("/api/build").json()["item"]["files"]
    assert {each["name"] for each in listed} == {path.name for path in PLACE.iterdir()}
    for each in listed:
        answer = ask(each["url"])
        assert answer.content == (PLACE / each["name"]).read_bytes()
        assert len(answer.content) == each["bytes"]
    assert ask("/api/datapackage.json").json()["version"] == BUILD.id
    part = ask("/api/files/metric_value.parquet", range="bytes=0-3")
    assert (part.status_code, part.content) == (206, b"PAR1")


@pytest.mark.parametrize(
    "name",
    ["../current.json", "..%2Fcurrent.json", "%2e%2e%2fcurrent.json", "/etc/passwd", ".", ""],
)
def test_no_other_file_is_had(name):
    assert ask(f"/api/files/{name}").status_code == 404


def test_the_page_has_every_address_and_no_script():
    page = ask("/api")
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<script" not in page.text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', page.text)
    assert '<html lang="en-GB">' in page.text
    assert page.text.count("<h1") == 1
    assert LICENCE in page.text
    for path, example in EXAMPLES.items():
        assert f"/api{path}" in page.text
        assert f'href="/api{example.replace("&", "&amp;")}"' in page.text
    assert ask("/api/openapi.json").json() == DESCRIPTION
