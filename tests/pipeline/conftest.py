"""One invented lake and the build made of it, shared by every test; and the committed build."""

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline import catalogue
from pipeline.build import HERE, build
from scripts.keep import keep
from tests.lake import write_lake

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "data" / "built"
RAW = ROOT.parent / "shared" / "raw"

needs_raw = pytest.mark.skipif(
    not RAW.is_dir(), reason=f"the published files are not here: put them in {RAW.name} to run this"
)


def table(folder, name):
    """Read one table of a build as a list of dictionaries."""
    return pq.read_table(folder / f"{name}.parquet").to_pylist()


def current_folder(out):
    return out / json.loads((out / "current.json").read_text())["build"]


@pytest.fixture(scope="session")
def lake(tmp_path_factory):
    return write_lake(tmp_path_factory.mktemp("lake"))


@pytest.fixture(scope="session")
def kept_rows(lake, tmp_path_factory):
    """The rows of the invented files that are nowhere online."""
    folder = tmp_path_factory.mktemp("kept")
    assert keep(lake, folder)
    return folder


@pytest.fixture(scope="session")
def built(lake, tmp_path_factory):
    out = tmp_path_factory.mktemp("built")
    build(lake, out)
    return current_folder(out)


@pytest.fixture(scope="session")
def one_topic(tmp_path_factory):
    """A catalogue of one topic and the sources it needs: quick to build."""
    root = tmp_path_factory.mktemp("catalogue")
    known = catalogue.load()
    metrics = [metric for metric in known.metrics.values() if metric.topic == "timeliness"]
    used = {i for m in metrics for i in (*m.numerator, *m.below)}
    for folder in ("sources", "metrics"):
        (root / folder).mkdir()
    shutil.copy(HERE / "metrics" / "timeliness.toml", root / "metrics")
    for source in known.sources.values():
        if source.gives != "observation" or used & {i.id for i in source.indicators.values()}:
            shutil.copy(HERE / "sources" / f"{source.id}.toml", root / "sources")
    return root


@pytest.fixture(scope="session")
def committed():
    return current_folder(BUILT)
