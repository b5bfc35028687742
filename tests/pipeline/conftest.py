"""One invented lake and the build made of it, shared by every test; and the committed build."""

import json
import os
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from filelock import FileLock

from pipeline import catalogue
from pipeline.build import HERE, build
from pipeline.values import BUILT
from scripts.keep import keep
from tests.lake import write_lake

ROOT = Path(__file__).parents[2]
RAW = ROOT.parent / "shared" / "raw"

needs_raw = pytest.mark.skipif(
    not RAW.is_dir(), reason=f"the published files are not here: put them in {RAW.name} to run this"
)


def table(folder, name, columns=None):
    """Read one table of a build, or some of its columns, as a list of dictionaries."""
    return pq.read_table(folder / f"{name}.parquet", columns=columns).to_pylist()


def current_folder(out):
    return out / json.loads((out / "current.json").read_text())["build"]


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """Make a folder once, whichever of the processes that test side by side asks first."""
    of_all = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        of_all = of_all.parent  # each process has its own folder in this one

    def folder(name, make):
        whole, unfinished = of_all / name, of_all / f"{name}-unfinished"
        with FileLock(of_all / f"{name}.lock"):
            if not whole.exists():
                make(unfinished)
                unfinished.rename(whole)
        return whole

    return folder


@pytest.fixture(scope="session")
def lake(shared):
    return shared("the-lake", write_lake)


@pytest.fixture(scope="session")
def kept_rows(lake, shared):
    """The rows of the invented files that are nowhere online."""
    return shared("the-kept-rows", lambda folder: keep(lake, folder))


@pytest.fixture(scope="session")
def built(lake, shared):
    return current_folder(shared("the-build", lambda folder: build(lake, folder)))


@pytest.fixture(scope="session")
def one_topic(tmp_path_factory):
    """A catalogue of one topic and the sources it needs: quick to build."""
    root = tmp_path_factory.mktemp("catalogue")
    known = catalogue.load_catalogue()
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
