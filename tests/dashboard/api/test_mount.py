"""The API answers beside the pages, on a real server, and the examples work with it."""

import gzip
import json
import subprocess
import sys
import urllib.request

import pytest

from dashboard.store import served
from scripts.browser import ROOT, serve_dashboard
from tests.dashboard.make import KENT

IN_TIME = "plans_issued_in_20_weeks"


@pytest.fixture(scope="module")
def server():
    with serve_dashboard() as url:
        yield url


def run(*command):
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, check=False, capture_output=True, text=True
    )


def test_it_answers_beside_the_pages(server):
    with urllib.request.urlopen(f"{server}/api/areas/{KENT}") as answer:
        assert json.load(answer)["item"]["name"] == "Kent"
    with urllib.request.urlopen(f"{server}/api") as answer:
        assert b"<h1>SEND System Health: the API</h1>" in answer.read()
    for path in ("/", "/about", "/_stcore/health"):
        with urllib.request.urlopen(f"{server}{path}") as answer:
            assert answer.status == 200


def test_answers_are_compressed_and_tables_are_not_twice(server):
    asked = urllib.request.Request(f"{server}/api/metrics", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        packed = answer.read()
    assert len(json.loads(gzip.decompress(packed))["rows"]) == len(
        served.find_current_build().metrics
    )
    asked.full_url = f"{server}/api/files/area.parquet"
    with urllib.request.urlopen(asked) as answer:
        assert answer.read().startswith(b"PAR1")


def test_the_pages_may_be_framed_by_other_sites(server):
    with urllib.request.urlopen(f"{server}/metric?embed=true&chart=trend") as answer:
        assert "x-frame-options" not in answer.headers
        assert "frame-ancestors" not in answer.headers.get("content-security-policy", "")


def test_the_example_compares_areas(server):
    done = run("examples/compare_areas.py", "Kent", IN_TIME, "--server", server)
    assert (done.returncode, done.stderr) == (0, "")
    build = served.find_current_build()
    shown = f"{build.newest[KENT][IN_TIME, 'Total'].value:.1f}%"
    assert f"Kent: {shown}" in done.stdout
    for code in build.neighbours[KENT]:
        assert build.areas[code].name in done.stdout
    assert "Open Government Licence v3.0" in done.stdout


def test_the_example_says_what_is_not_there(server):
    done = run("examples/compare_areas.py", "Atlantis", IN_TIME, "--server", server)
    assert (done.returncode, done.stderr) == (1, "There is no area called Atlantis.\n")
    done = run("examples/compare_areas.py", "Kent", "plans_in_20_weeks", "--server", server)
    assert done.returncode == 1
    assert IN_TIME in done.stderr


def test_the_example_reads_the_files():
    place = served.builds_folder() / served.find_current_build().id
    done = run("examples/read_parquet.py", str(place), IN_TIME)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert len(lines) == 10
    assert lines[0].startswith("East Midlands")
    assert "Open Government Licence v3.0" in lines[-1]
    assert run("examples/read_parquet.py", str(place), "no_such_metric").returncode == 1


def test_the_server_does_not_wait_for_the_api():
    asked = "import dashboard.web.server, sys; print('fastapi' in sys.modules)"
    assert run("-c", asked).stdout == "False\n"
