"""One invented lake and the build made of it, shared by every test; and the committed build."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.build import build
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
def built(lake, tmp_path_factory):
    out = tmp_path_factory.mktemp("built")
    build(lake, out)
    return current_folder(out)


@pytest.fixture(scope="session")
def committed():
    return current_folder(BUILT)
