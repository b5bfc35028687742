"""A stranger adds things to a copy of the program as CONTRIBUTING.md says, and finds them shown.

Each thing that can be added is one function below: it writes its files into the copy, and nothing
else may be touched. What must then be seen is asked of the copy, built from the invented lake.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAM = ("app.py", "dashboard", "pages", "pipeline", "tests")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

# Run in the copy: the invented lake, the build, and what readers would see of it.
BUILD = """
from pathlib import Path
from pipeline.build import build
from tests.lake import write_lake
build(write_lake(Path("lake")), Path("data/built"))
"""
SHOWN = """
import asyncio, json, sys
import httpx
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest
from dashboard.web import server

async def ask(path):
    transport = httpx.ASGITransport(app=Starlette(routes=server.ROUTES))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return (await client.get(path)).text

def page(name, **asked):
    app = AppTest.from_file("dashboard/web/script.py", default_timeout=120).run()
    app.query_params.update(asked)
    app.switch_page(f"../../pages/{name}.py").run()
    assert not app.exception, app.exception
    return " ".join(str(getattr(each.proto, "body", "")) for each in app.get("html"))

metrics = sys.argv[1:]
shown = {m: [asyncio.run(ask(f"/api/metrics/{m}")), page("metric", metric=m)] for m in metrics}
print(json.dumps({"metrics": shown, "money": page("money", area="E06999003")}))
"""


def example(heading: str) -> list[tuple[str, str]]:
    """Give the files that CONTRIBUTING.md shows under a heading, each with its text."""
    _, said = CONTRIBUTING.split(f"## {heading}\n")
    part = said.partition("\n## ")[0]
    return re.findall(r"`(pipeline/\S+?)`[^`]*```\w+\n(.*?)```", part, re.DOTALL)


def add(root: Path, heading: str) -> None:
    """Write what is shown under a heading at the end of each file that it names."""
    for name, text in example(heading):
        path = root / name
        path.write_text(path.read_text() + "\n" + text if path.exists() else text)


def add_metric(root: Path) -> list[str]:
    """A metric is one file, or a table more in one."""
    add(root, "Add a metric")
    return ["pipeline/metrics/high_needs.toml"]


def add_source(root: Path) -> list[str]:
    """A source is two files; the invented lake makes rows for it from these alone."""
    add(root, "Add a source")
    return ["pipeline/sources/short_breaks.sql", "pipeline/sources/short_breaks.toml"]


ADDITIONS = (add_source, add_metric)


def contents(root: Path) -> dict[str, bytes]:
    names = ("*.py", "*.toml", "*.sql", "*.j2", "*.css")
    paths = (path for name in PROGRAM for kind in names for path in (root / name).rglob(kind))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def run(root: Path, program: str, *arguments: str) -> str:
    command = [sys.executable, "-W", "ignore", "-c", program, *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """The copy with every addition, built; and the files that changed."""
    root = tmp_path_factory.mktemp("stranger")
    for name in PROGRAM:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "looks")
            shutil.copytree(ROOT / name, root / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, root / name)
    before = contents(root)
    named = [path for addition in ADDITIONS for path in addition(root)]
    after = contents(root)
    changed = [path for path in after if after[path] != before.get(path)]
    run(root, BUILD)
    return root, sorted(named), sorted(changed)


@pytest.fixture(scope="module")
def shown(trial):
    """What readers see of the metrics that were added."""
    said = run(trial[0], SHOWN, "short_breaks", "short_breaks_per_1000")
    return json.loads(said.splitlines()[-1])


def test_each_addition_touches_its_own_files_alone(trial):
    _, named, changed = trial
    assert len(named) == 3
    assert changed == named


def test_the_metrics_are_in_the_api_and_have_their_pages(shown):
    for metric, (answer, page) in shown["metrics"].items():
        assert json.loads(answer)["item"]["id"] == metric
        assert "Spending on short breaks" in answer
        assert "pending on short breaks" in page


def test_the_amount_is_money_and_a_size_where_its_own_file_says_that_it_is_shown(shown):
    [row] = [each for each in shown["money"].split("<tr>") if ">Short breaks</a>" in each]
    assert row.count("not compared: it depends on size") == 2
    assert "<small>Outturn</small>" in row
    assert "<strong>£" in row
