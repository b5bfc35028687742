"""Publishing: a folder per build, named by its content, and a pointer replaced atomically."""

import json
import os
import shutil
import tempfile
import time
from pathlib import Path

import duckdb

from pipeline import boundaries, package

# What is published under each name, in which order: the same rows always give the same bytes.
TABLES = {
    "area": "FROM area ORDER BY area_code",
    "comparison": "FROM comparison",  # already in order: metric, breakdown, period_end, area_code
    "context": "FROM context ORDER BY area_code, position",
    "metric": "FROM published_metric ORDER BY position",
    "metric_value": "FROM metric_value",  # in the same order
    "benchmark": "FROM benchmark",
    "group_summary": "FROM group_summary",
    "funnel": "FROM funnel",
    "signal": "FROM signal",
    "area_index": "FROM area_index",
    "index_part": "SELECT * EXCLUDE (series) FROM index_part ORDER BY name, metric, breakdown",
    "area_overlap": "FROM area_overlap ORDER BY area_code, nhs_area_code",
    "programme": "FROM programme ORDER BY programme, area_code",
    "reconciliation": "FROM reconciliation ORDER BY metric, against",
    "neighbour": "FROM neighbour ORDER BY model, area_code, position",
    "provision": "FROM provision ORDER BY area_code, placement",
    "provision_mix": "FROM provision_mix ORDER BY area_code",
    "association": "FROM association "
    "ORDER BY first_metric, first_breakdown, second_metric, second_breakdown",
    "source_file": "SELECT DISTINCT * EXCLUDE (source, archive_date) FROM source_file "
    "ORDER BY path",
    "freshness": "FROM freshness ORDER BY source_file, metric",
}
BOUNDARIES = "boundaries.json"
POINTER = "current.json"
UNFINISHED = ".unfinished-"


def publish(db: duckdb.DuckDBPyConnection, out: Path) -> str:
    """Write every table beside the last build, then point at it. Gives the build's id.

    The id is a hash of the data package, which has the hash of every file: the same figures give
    the same id and change no file, and new words for a column are a new build too.
    A build that is killed leaves a folder that no reader looks at; the last build keeps serving.
    """
    out.mkdir(parents=True, exist_ok=True)
    _clear_unfinished(out)
    partial = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=out))
    try:
        for table, query in TABLES.items():
            _write(db, query, partial / f"{table}.parquet")
        _synced(partial / BOUNDARIES, boundaries.collection(db))
        build_id = _describe(db, partial)
        if not (out / build_id).exists():
            partial.chmod(0o755)
            partial.rename(out / build_id)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    last = current(out)
    if last != build_id:
        _point(out, build_id)
        _prune(out, keep={build_id, last})
    return build_id


def _describe(db: duckdb.DuckDBPyConnection, partial: Path) -> str:
    """Write the data package, and give the id of everything in the folder, which is its version."""
    found = package.descriptor(db, partial)
    found["version"] = build_id = package.identity(found)
    _synced(partial / package.DESCRIPTOR, package.text(found))
    return build_id


def current(out: Path) -> str | None:
    """Name the build that is being served; None when there is none yet."""
    pointer = out / POINTER
    return json.loads(pointer.read_text(encoding="utf-8"))["build"] if pointer.exists() else None


def _write(db: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    db.execute(
        f"COPY ({query}) TO ? (FORMAT parquet, COMPRESSION zstd)",
        [str(path)],
    )
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _synced(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _point(out: Path, build_id: str) -> None:
    handle, beside = tempfile.mkstemp(prefix=UNFINISHED, dir=out)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(json.dumps({"build": build_id}) + "\n")
        file.flush()
        os.fsync(file.fileno())
    Path(beside).chmod(0o644)
    os.replace(beside, out / POINTER)  # noqa: PTH105 - the one call known to be atomic everywhere


def _prune(out: Path, keep: set[str | None]) -> None:
    """Keep the build before this one: a slow reader may still hold it."""
    for folder in out.iterdir():
        if folder.is_dir() and folder.name not in keep and not folder.name.startswith(UNFINISHED):
            shutil.rmtree(folder)


def _clear_unfinished(out: Path) -> None:
    """Remove what a killed build left, unless it is so young that another may be writing it."""
    for left in out.glob(f"{UNFINISHED}*"):
        if time.time() - left.stat().st_mtime > 24 * 3600:
            shutil.rmtree(left) if left.is_dir() else left.unlink()
