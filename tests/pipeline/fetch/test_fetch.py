"""Every file arrives byte for byte where the catalogue reads it, and says where it is from."""

import csv
import hashlib
import json
import shutil
import ssl
import subprocess
import sys

import httpx
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from pipeline import catalogue, kept
from pipeline.build import build
from pipeline.errors import CatalogueError, SourceError
from pipeline.fetch import Options, Patience, fetch, routes
from pipeline.fetch.run import is_given_by
from pipeline.fetch.web import build_agent
from pipeline.refresh import Code, Job, refresh
from tests.loopback import serving, sites
from tests.pipeline.conftest import RAW, ROOT, current_folder, needs_raw
from tests.pipeline.fetch.conftest import KNOWN, World, odd, only_row

CONTENT_HOST = "content.explore-education-statistics.service.gov.uk"

# Where a file is from may differ: in the invented lake some have other names than those published.
PROVENANCE = {"source_file", "denominator_source_file", "sources", "path", "against"}


# The inspectorates' list has no last day of an inspection, and no row without an outcome.
INSPECTIONS = "area_send_inspection_outcome"
ABOUT_FILES = {"source_file.parquet", "freshness.parquet"}


def tables(folder):
    return {path.name: pq.read_table(path) for path in sorted(folder.glob("*.parquet"))}


def differing(one, other):
    """The tables of two builds that differ in any column but those of provenance."""
    return [
        name
        for name, table in tables(one).items()
        if name not in ABOUT_FILES and not values(table).equals(values(tables(other)[name]))
    ]


def values(table):
    if "metric" in table.column_names:
        table = table.filter(pc.field("metric") != INSPECTIONS)
    return table.drop_columns([name for name in table.column_names if name in PROVENANCE])


def outcomes(folder):
    """Each area's inspection outcome, for those that have one."""
    rows = tables(folder)["metric_value.parquet"].to_pylist()
    key = ("area_code", "time_period", "value")
    mine = (row for row in rows if row["metric"] == INSPECTIONS)
    return {tuple(row[name] for name in key) for row in mine if row["value"] is not None}


def manifest(raw):
    with (raw / "MANIFEST.csv").open(newline="") as file:
        return {row["path"]: row for row in csv.DictReader(file)}


@pytest.mark.exhaustive
def test_a_build_of_what_was_fetched_is_the_build_of_the_lake(
    arrived, built, kept_rows, tmp_path, monkeypatch
):
    """Into an empty folder: of what no fetch can bring, the rows are kept."""
    whole, report = arrived
    assert odd(report) == []
    monkeypatch.setattr(kept, "KEPT", kept_rows)
    build(whole.raw, tmp_path)
    made = current_folder(tmp_path)
    assert len(tables(made)) > 15
    assert differing(built, made) == []
    assert outcomes(built) == outcomes(made)
    assert (made / "boundaries.json").read_bytes() == (built / "boundaries.json").read_bytes()


@pytest.mark.exhaustive
@needs_raw
def test_a_refresh_from_nothing_publishes_the_committed_figures(committed, tmp_path):
    """Of what the lake holds a copy, in its publisher's own layout."""
    with serving(sites.pages(RAW, KNOWN)) as server:
        world = World(server, RAW, tmp_path / "raw")
        hosts = server.hosts(KNOWN.hosts)
        outcome = refresh(Job(world.raw, tmp_path / "out", hosts=hosts))
        assert (outcome.code, outcome.refused) == (Code.PUBLISHED, [])
        assert [row for row in outcome.fetched if row.what not in {"new", "kept"}] == []
        held = {path: data for path, data in world.files().items() if (RAW / path).is_file()}
        same = {path for path, data in held.items() if (RAW / path).read_bytes() == data}
        # The two that the lake holds packed are published as plain text.
        assert set(held) - same == {
            "alternative-provision/2022-23/ap_placements_ap_census.csv.gz",
            "autism-waiting-times/2022-12/AutismStatsDec22_subICB.csv.gz",
        }
    made = current_folder(tmp_path / "out")
    assert set(differing(committed, made)) <= {"reconciliation.parquet"}  # digits of a difference
    assert outcomes(committed) == outcomes(made)
    read = set(tables(made)["source_file.parquet"]["path"].to_pylist())
    suspensions = "suspensions-and-permanent-exclusions-in-england/2024-25-spring"
    assert f"{suspensions}/published_by_characteristic.csv" in read
    assert read >= {
        "area-send-inspections/2025-08/published_ofsted_csc_send_overview.xlsx",
        "la-and-school-expenditure/2024-25/published_outturn.csv",
        "participation-and-neet/2025/published_neet.csv",
        "pupil-absence-in-schools-in-england/2024-25/published_by_characteristic.csv",
        "pupil-attendance-in-schools/2025-26-spring/published_by_sen.csv",
    }


def test_every_file_is_the_bytes_that_were_published(arrived):
    whole, _ = arrived
    files, published = whole.files(), {item.body for item in whole.items}
    brought = [path for path, row in manifest(whole.raw).items() if row["retrieved"]]
    assert len(brought) > 30
    assert [path for path in brought if files[path] not in published] == []
    assert whole.hidden() == []


def test_the_manifest_says_where_each_file_is_from(arrived):
    whole, _ = arrived
    rows = manifest(whole.raw)
    assert set(rows) == set(whole.files())
    for path, data in whole.files().items():
        assert rows[path]["sha256"] == hashlib.sha256(data).hexdigest()
    row = rows["education-health-and-care-plans/2025/education-health-and-care-plans_2025.zip"]
    assert row["official_url"].startswith("https://content.explore-education-statistics.service")
    assert (row["release"], row["published"]) == ("2025", "2026-06-11")
    assert row["retrieved"] == "2026-09-21T14:13:20Z"  # by the server's clock
    assert row["licence"] == "OGL v3.0"
    assert int(row["bytes"]) == (whole.raw / row["path"]).stat().st_size


def test_a_second_fetch_changes_nothing_and_asks_for_no_bytes_again(filled):
    before = {path: path.stat().st_mtime_ns for path in filled.raw.rglob("*") if path.is_file()}
    report = filled.fetch()
    assert {row.what for row in report.rows} == {"unchanged", "kept", "not found"}
    assert odd(report) == []
    after = {path: path.stat().st_mtime_ns for path in filled.raw.rglob("*") if path.is_file()}
    assert {p for p in after if after[p] != before.get(p)} <= {filled.raw / ".fetch.lock"}
    conditional = [
        a for a in filled.server.asked if {"If-None-Match", "If-Modified-Since"} & set(a.headers)
    ]
    assert len(conditional) > 20


def test_at_most_two_connections_reach_a_host(arrived):
    assert max(arrived[0].server.most_open.values()) <= 2


def test_only_some_publications_or_sources_are_asked_for(world):
    report = world.fetch("alternative-provision", "neighbours_2025")
    assert {row.path.split("/")[0] for row in report.rows} == {
        "alternative-provision",
        "statistical-neighbours",
    }
    assert "statistical-neighbours/2021-04/sn_april_2021.xlsx" not in world.files()
    with pytest.raises(SourceError, match=r"'neighbours_2052'; the nearest are: neighbours_2025"):
        world.fetch("neighbours_2052")


def test_a_fetch_of_some_keeps_what_the_manifest_says_of_the_others(filled):
    before = manifest(filled.raw)
    filled.fetch("statistical-neighbours")
    assert manifest(filled.raw) == before


def test_a_dry_run_says_what_would_come_and_writes_nothing(world):
    report = world.fetch("education-health-and-care-plans", dry_run=True)
    assert {row.release for row in report.rows if row.what == "new"} >= {"2022", "2025"}
    assert not world.raw.exists()
    assert not [a for a in world.server.asked if a.path.endswith("/files")]


def test_a_dry_run_of_what_is_there_already_finds_it_unchanged(filled):
    assert odd(filled.fetch(dry_run=True)) == []
    assert {row.what for row in filled.fetch(dry_run=True).rows} <= {
        "unchanged",
        "kept",
        "not found",
    }


def test_offline_asks_nobody_and_finds_what_is_damaged(filled):
    (filled.raw / "statistical-neighbours/2025-05/sn_may_2025.xlsx").write_bytes(b"PK")
    report = filled.fetch("statistical-neighbours", offline=True)
    assert {row.path: row.what for row in report.rows} == {
        "statistical-neighbours/2021-04/sn_april_2021.xlsx": "unchanged",
        "statistical-neighbours/2025-05/sn_may_2025.xlsx": "not found",
    }
    assert report.failed
    assert filled.server.asked == []


def test_a_new_release_comes_beside_the_old_ones(filled):
    slug = "education-health-and-care-plans"
    content = "content.explore-education-statistics.service.gov.uk/api"
    pages = filled.server.pages
    newest = {"id": "1", "slug": "2027", "title": "Reporting year 2027"}
    pages[f"{content}/publications/{slug}"] = sites.as_json({"latestRelease": newest})
    start = f"{content}/publications/{slug}/releases/2027"
    about = {"id": "version-2027", "slug": "2027", "published": "2027-06-10T08:30:00Z"}
    pages[f"{start}/version-summary"] = sites.as_json(about)
    body = sites.packed({"data/caseload.csv": b"time_period\n202627\n"})
    pages[f"{content}/releases/version-2027/files"] = sites.file(body, "a.zip")
    report = filled.fetch(slug)
    new = f"{slug}/2027/{slug}_2027.zip"
    assert [row.path for row in report.rows if row.what == "new"] == [new]
    assert (filled.raw / new).read_bytes() == body
    assert (filled.raw / f"{slug}/2025/{slug}_2025.zip").exists()


def test_a_newest_release_without_the_file_is_told_and_does_not_fail_the_fetch(filled):
    content = "content.explore-education-statistics.service.gov.uk/api/publications"
    start = f"{content}/suspensions-and-permanent-exclusions-in-england/releases/2024-25-spring"
    answer = json.loads(filled.server.pages[f"{start}/data-content"].body)
    answer["dataSets"][0]["title"] = "Suspensions by characteristics of pupils"
    filled.server.pages[f"{start}/data-content"] = sites.as_json(answer)
    report = filled.fetch("suspensions-and-permanent-exclusions-in-england")
    [row] = [row for row in report.rows if row.what not in {"unchanged", "kept"}]
    assert row.what == "not found"
    assert not report.failed


def test_a_corrected_attachment_replaces_the_old_one(filled):
    """gov.uk gives a correction a new address; the page that lists it stays where it was."""
    path = "local-authority-revenue-outturn/2024-25/RSX_LA_Data_2024-25_data_by_LA.ods"
    place = filled.page_of(path)
    page = "www.gov.uk/api/content/government/statistics/data-2024-25"
    corrected = (filled.raw / path).read_bytes() + b"\0"
    moved = place.replace("/media/", "/media/abc")
    filled.server.pages[page] = sites.Answer(
        filled.server.pages[page].body.replace(b"/media/", b"/media/abc")
    )
    filled.server.pages[moved] = sites.file(corrected, "a.ods")
    report = filled.fetch("local-authority-revenue-outturn")
    assert only_row(report).what == "replaced"
    assert (filled.raw / path).read_bytes() == corrected
    assert manifest(filled.raw)[path]["official_url"] == f"https://{moved}"


def test_another_file_under_the_same_address_replaces_the_old_one(filled):
    path = "statistical-neighbours/2025-05/sn_may_2025.xlsx"
    other = (filled.raw / path).read_bytes() + b"\0"
    filled.server.pages[filled.page_of(path)] = sites.file(other, path)
    report = filled.fetch("neighbours_2025")
    assert only_row(report).what == "replaced"
    assert (filled.raw / path).read_bytes() == other


def test_an_edition_under_another_name_takes_the_place_of_the_one_before(filled):
    [old] = filled.raw.glob("dedicated-schools-grant/2023-24/*.ods")
    page = filled.server.pages
    place = "skillsfunding.service.gov.uk/view-latest-funding/national-funding-allocations/DSG/"
    words = "Download DSG allocations for all local authorities and regions"
    name = "dedicated-schools-grant_2025_01_20.ods"
    page[f"{place}2023-to-2024"] = sites.Answer(
        f"<a href='/files/{name}'>{words}</a>".encode(), "text/html"
    )
    page[f"skillsfunding.service.gov.uk/files/{name}"] = sites.file(old.read_bytes(), name)
    filled.fetch("dedicated-schools-grant")
    assert [p.name for p in filled.raw.glob("dedicated-schools-grant/2023-24/*.ods")] == [name]
    assert old.relative_to(filled.raw).as_posix() not in manifest(filled.raw)


def test_a_corrected_workbook_is_taken_where_a_page_links_both(filled):
    """NHS England leaves the first upload on the page, with the revised one below it."""
    release = "community-health-services-waiting-lists/2025-12/nhs_waiting_times.xlsx"
    place = filled.page_of(release)
    revised = place.replace(".xlsx", "-revised.xlsx")
    index = (
        "www.england.nhs.uk/statistics/statistical-work-areas/"
        "community-health-services-waiting-lists/"
    )
    page = filled.server.pages[index]
    link = f"<a href='https://{revised}'>October 2025 (revised)</a>".encode()
    filled.server.pages[index] = sites.Answer(page.body + link, page.kind)
    body = filled.server.pages[place].body
    filled.server.pages[revised] = sites.file(body + b"\0", revised)
    filled.fetch("community-health-services-waiting-lists")
    assert (filled.raw / release).read_bytes() == body + b"\0"


def test_of_a_file_that_is_nowhere_online_the_rows_are_kept(world, tmp_path):
    report = world.fetch("programmes", kept=tmp_path / "none")
    assert only_row(report).what == "not found"
    assert "in no place online in this form" in only_row(report).message
    assert report.failed
    report = world.fetch("programmes")
    assert {row.what for row in report.rows} == {"kept"}
    assert len(report.rows) == 2
    assert not report.failed
    assert not report.changed
    assert world.files() == {}


def test_a_file_that_is_nowhere_online_and_is_there_stays(world, lake, tmp_path):
    shutil.copytree(lake, world.raw)
    before = manifest(world.raw)
    for rows in (world.kept, tmp_path / "none"):
        assert {row.what for row in world.fetch("programmes", kept=rows).rows} == {"unchanged"}
    assert manifest(world.raw).keys() == before.keys()
    # The build reads the file that is there: kept rows do not hide that it is another.
    (world.raw / "programmes/safety_valve.csv").write_text("a,b\n1,2\n")
    report = world.fetch("programmes")
    assert sorted(row.what for row in report.rows) == ["not found", "unchanged"]
    assert report.failed


def test_every_file_that_the_catalogue_reads_has_a_route():
    for source in catalogue.load_catalogue().sources.values():
        for pattern in source.files:
            file = pattern.partition("!")[0]
            assert [r for r in KNOWN.file if is_given_by(r, file)], f"{source.id}: {file}"


@needs_raw
def test_each_file_of_the_lake_has_one_route_and_its_publishers_name():
    wanted = manifest(RAW)
    read = {
        p.partition("!")[0] for s in catalogue.load_catalogue().sources.values() for p in s.files
    }
    for path in sorted(set(wanted) & read):
        held = [r for r in KNOWN.file if r.pattern.fullmatch(path)]
        exact = [r for r in held if "{name}" not in r.path] or held
        assert len(exact) == 1, path
        if exact[0].by != "held":  # what is held brings its own
            assert exact[0].publisher == wanted[path]["publisher"], path


def test_a_route_names_a_known_host_and_one_release_or_more(tmp_path):
    for route in KNOWN.file:
        if route.place.startswith("https://"):
            assert httpx.URL(route.place.replace("{years}", "1")).host in KNOWN.hosts
    for broken, message in (
        ('path = "a/b.csv"\nby = "file"', "found no place or no release"),
        ('path = "a/b.csv"\nby = "file"\nplace = "x"\nreleases = ["1", "2"]', "several releases"),
        ('path = "a/b.csv"\nby = "held"\nwanted = "("', "found no pattern"),
        ('path = "a/b.csv"\nby = "hand"', "routes.toml"),
    ):
        (tmp_path / "routes.toml").write_text(f'hosts = ["x"]\n[[file]]\n{broken}\n')
        with pytest.raises(CatalogueError, match=message):
            routes.load(tmp_path / "routes.toml")


def test_a_request_says_who_asks(world, monkeypatch):
    world.fetch("statistical-neighbours")
    assert world.server.asked[0].headers["User-Agent"].startswith("send-system-health/")
    monkeypatch.setenv("SEND_CONTACT", "data@council.example")
    assert build_agent("https://a.example") == "send-system-health/0.1 (+data@council.example)"


def test_the_proxy_of_the_environment_is_used(world, monkeypatch):
    """The loopback server stands in for a proxy: it is asked for what another host has."""
    proxied = []
    monkeypatch.setenv("HTTP_PROXY", world.server.base)
    monkeypatch.setenv("NO_PROXY", "")
    world.server.faults = lambda ask: proxied.append(ask.host)
    options = Options(
        only=("neighbours_2025",),
        hosts={"raw.githubusercontent.com": "http://localhost:9/elsewhere"},
        progress=False,
    )
    fetch(world.raw, options)
    assert proxied


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not here: it makes a key")
def test_the_certificates_of_the_environment_are_trusted_and_no_others(
    world, tmp_path, monkeypatch
):
    """A council's network often has certificates of its own, which SSL_CERT_FILE names."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
    subprocess.run(
        [*command.split(), "-subj", "/CN=loopback", "-addext", "subjectAltName=IP:127.0.0.1",
         "-addext", "basicConstraints=critical,CA:TRUE", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    world.server.socket = context.wrap_socket(world.server.socket, server_side=True)
    hosts = {"raw.githubusercontent.com": world.server.base.replace("http:", "https:")}
    hosts = {name: f"{base}/{name}" for name, base in hosts.items()}
    hasty = Patience(answer=2, first_wait=0.01, tries=1)
    row = only_row(world.fetch("neighbours_2025", hosts=hosts, patience=hasty))
    assert row.what == "failed"
    assert "CERTIFICATE_VERIFY_FAILED" in row.message
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    row = only_row(world.fetch("neighbours_2025", hosts=hosts, patience=hasty))
    assert row.what == "new"


def test_the_command_line_says_what_came_and_what_did_not(tmp_path):
    """A file that is not what it should be: exit status 1 and a line that names it; else 0."""
    raw = tmp_path / "raw"
    command = [sys.executable, "-m", "pipeline", "fetch", "--raw", str(raw), "--only", "programmes"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "2 files are nowhere online: their figures are kept" in run.stderr
    (raw / "programmes").mkdir()
    (raw / "programmes/safety_valve.csv").write_text("a,b\n1,2\n")
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "not found: programmes/safety_valve.csv: " in run.stderr


def test_a_file_beside_the_data_sets_of_a_release_is_found_by_its_name(world, tmp_path):
    """Its identifier belongs to one release, so it is asked for each time."""
    name = "SEND Tribunals and appeal rate 2014-2024.csv"
    (tmp_path / "routes.toml").write_text(
        f"""
        hosts = ["{CONTENT_HOST}"]
        [[file]]
        path = "education-health-and-care-plans/{{release}}/{{name}}"
        by = "supporting file"
        place = "a-publication"
        wanted = '^SEND Tribunals'
        releases = ["2025"]
        """
    )
    lake = tmp_path / "education-health-and-care-plans" / "2025"
    lake.mkdir(parents=True)
    (lake / name).write_bytes(b"a,b\n1,2\n")
    mine = tmp_path / "routes.toml"
    world.server.pages |= sites.pages(tmp_path, routes.load(mine))
    row = only_row(world.fetch(routes=mine))
    assert (row.what, row.release) == ("new", "2025")
    assert (world.raw / row.path).read_bytes() == b"a,b\n1,2\n"
    assert only_row(world.fetch(routes=mine)).what == "unchanged"
    (lake / name).rename(lake / "Another.csv")
    world.server.pages |= sites.pages(tmp_path, routes.load(mine))
    row = only_row(world.fetch(routes=mine))
    assert row.what == "not found"
    assert "the nearest are: Another.csv" in row.message
