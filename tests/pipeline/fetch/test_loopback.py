"""The server that stands in for the publishers' answers as their published code says they do."""

import gzip
import json
import re

import httpx
import jsonschema
import pytest

from tests.loopback import Fault, sites
from tests.loopback.server import as_json
from tests.pipeline.conftest import RAW, needs_raw
from tests.pipeline.fetch.conftest import KNOWN

DESIGN = RAW.parent / "design" / "ees"
API = "api.education.gov.uk/statistics/v1"
CONTENT = sites.CONTENT
ABSENCE = "cbbd299f-8297-44bc-92ac-558bcf51f8ad"


@pytest.fixture
def ask(world):
    """Ask the server as any client would."""
    with httpx.Client(base_url=f"{world.server.base}/", trust_env=False) as client:
        yield client.get


def repaired(schema):
    """The official description cannot validate a location: its parts each allow nothing else."""
    if isinstance(schema, list):
        return [repaired(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {k: repaired(v) for k, v in schema.items() if k != "additionalProperties"}
    if "oneOf" in kept:
        kept["anyOf"] = kept.pop("oneOf")
    return kept


def described(official, path):
    """The schema of what is answered at a path of the public API, or None for what is no JSON."""
    for template, methods in official["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
            content = methods["get"]["responses"]["200"].get("content", {})
            return content.get("application/json", {}).get("schema")
    raise AssertionError(path)


@needs_raw
def test_every_answer_of_the_public_api_is_as_officially_described(world, ask):
    official = repaired(json.loads((DESIGN / "openapi-v1.json").read_text()))
    world.fetch("pupil-absence-in-schools-in-england")
    for page in list(world.server.pages):
        if page.startswith(API) and "/csv" not in page:
            ask(page)
    checked = 0
    for place, answer in world.server.answered:
        path = place.removeprefix("api.education.gov.uk/statistics")
        if place.startswith(API) and (schema := described(official, path)):
            whole = {**schema, "components": official["components"]}
            jsonschema.Draft202012Validator(whole).validate(json.loads(answer.body))
            checked += 1
    assert checked >= 8


@needs_raw
def test_every_answer_of_the_content_api_has_the_keys_of_the_examples(world):
    examples = {
        "data-content": "content_data_content.json",
        "data-set-files/": "content_data_set_file.json",
        "www.gov.uk/api/content/government/statistics/": "govuk_content.json",
    }
    world.fetch()
    for part, name in examples.items():
        wanted = json.loads((DESIGN / "examples" / name).read_text())
        found = [json.loads(a.body) for place, a in world.server.answered if part in place]
        assert found
        for answer in found:
            assert set(answer) <= set(wanted)
            first = next(iter(wanted.get("dataSets", [])), {})
            for item in answer.get("dataSets", []):
                assert set(item) <= set(first)


def test_an_empty_list_has_one_page_and_a_wrong_question_is_an_error(ask):
    empty = ask(f"{API}/publications?search=abc&page=1&pageSize=20").json()
    assert empty == {
        "paging": {"page": 1, "pageSize": 20, "totalResults": 0, "totalPages": 1},
        "results": [],
    }
    assert ask(f"{API}/publications?pageSize=1").json()["paging"]["totalPages"] == 0
    stray = ask(f"{API}/publications?pageSiz=1")
    assert stray.status_code == 400
    assert stray.json()["errors"][0]["code"] == "UnknownField"
    assert ask(f"{API}/publications/{ABSENCE}/data-sets?pageSize=21").status_code == 400


def test_a_csv_of_the_public_api_is_always_packed(world, ask):
    [place] = [p for p in world.server.pages if p.startswith(API) and p.endswith("/csv")]
    answer = ask(place, headers={"Accept-Encoding": "identity"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"] == "text/csv"
    assert answer.content.startswith(b"\xef\xbb\xbftime_period")
    assert "etag" not in answer.headers
    with httpx.stream("GET", f"{world.server.base}/{place}", trust_env=False) as raw:
        assert gzip.decompress(b"".join(raw.iter_raw())) == answer.content


@pytest.mark.parametrize(
    ("asked", "found"),
    [("", "1.1"), ("*", "1.1"), ("1", "1.0"), ("v1.1", "1.1"), ("1.*", "1.1"), ("2.*", None)],
)
def test_a_version_is_found_by_its_number_or_by_a_star(world, ask, asked, found):
    [place] = [p for p in world.server.pages if p.startswith(API) and p.endswith("/csv")]
    answer = ask(place, params={"dataSetVersion": asked} if asked else {})
    if found is None:
        assert answer.status_code == 404
        assert answer.json()["status"] == 404
    else:
        assert f"_v{found}.csv" in answer.headers["content-disposition"]


def test_a_star_skips_what_was_withdrawn():
    rows = [sites.version("2.1") | {"status": "Withdrawn"}, sites.version("2.0.1")]
    assert sites.resolve(rows, "2.*")["version"] == "2.0.1"
    assert sites.resolve(rows, "2.1")["status"] == "Withdrawn"


def test_a_release_archive_has_no_length_and_is_not_sent_again_unchanged(world, ask):
    [place, *_] = [p for p in world.server.pages if p.startswith(CONTENT) and p.endswith("/files")]
    answer = ask(place, params={"fromPage": "ReleaseDownloads"})
    assert "content-length" not in answer.headers
    since = {"If-Modified-Since": answer.headers["last-modified"]}
    assert ask(place, headers=since).status_code == 304


def test_an_old_identifier_goes_on_serving_the_old_year(ask):
    slug = "school-pupils-and-their-characteristics"
    old = sites.identifier(slug, "an older release", "spc_ap_setting.csv")
    assert ask(f"{sites.CATALOGUE}/{old}/csv").text == "time_period\n199900\n"
    about = ask(f"{CONTENT}/data-set-files/{old}").json()["release"]
    assert about["isLatestPublishedRelease"] is False


def test_the_rest_of_a_file_is_given_only_of_the_same_file(world, ask):
    place = world.page_of("statistical-neighbours/2025-05/sn_may_2025.xlsx")
    whole = ask(place)
    part = {"Range": "bytes=100-", "If-Range": whole.headers["etag"]}
    rest = ask(place, headers=part)
    assert (rest.status_code, rest.content) == (206, whole.content[100:])
    assert ask(place, headers={**part, "If-Range": '"other"'}).status_code == 200
    assert ask(place, headers={**part, "Range": "bytes=99999999-"}).status_code == 416


@pytest.mark.parametrize("status", [403, 404, 406, 429, 500, 503, 504])
def test_it_goes_wrong_when_told_to(world, ask, status):
    world.server.faults = lambda _: Fault(status, {"Retry-After": "3"})
    answer = ask(f"{API}/publications")
    assert (answer.status_code, answer.headers["retry-after"]) == (status, "3")


def test_it_answers_on_this_machine_only_and_leaves_out_what_is_null(world):
    assert world.server.server_address[0] == "127.0.0.1"
    assert json.loads(as_json({"a": None, "b": [{"c": None}]}).body) == {"b": [{}]}
    assert all(
        base.startswith(world.server.base) for base in world.server.hosts(KNOWN.hosts).values()
    )
