"""The figures as git keeps them: a file for each topic, and beside them what no figure gives.

A build is worked out of these alone (see derive.py). A figure names its note by a number within its
metric, so that other words for a note change one small file.

Who is newer is never asked of a clock. A pointer names the lists of figures, by their hash, that
its build stands for or was built after: nothing is worked out of those by itself, so that a refresh
or a rollback of one's own is not undone. A list that it does not name has come since, by `git
pull`, and gives the build that is shown.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from pipeline import builds, package, revisions
from pipeline.builds import UNFINISHED, Pointer
from pipeline.errors import DamagedError
from pipeline.tables import connect, run_step, set_variables

ROOT = Path(__file__).parents[1]
BUILT, VALUES = ROOT / "data" / "built", ROOT / "data" / "values"
LIST = "values.json"  # names the build that the files give, and has the hash of each
TABLES, SINCE = "tables", "since"
REMEDY = "have it again with git restore, or make all of it anew: python -m pipeline refresh"
# What is worked out anew of the figures; every other file of a build is kept as it is.
DERIVED = {
    *("metric_value", "comparison", "benchmark", "group_summary", "funnel", "signal"),
    *("signal_test", "usual_spread", "area_index", "index_part"),
}
# What comparing needs to know of a metric beyond what is published of it.
METHOD = """
SELECT
    id, unit, polarity, multiplier, interval, is_published_ratio, breaks, gap, of_metric, level,
    topic, signals, fact, denominator_indicator,
FROM metric ORDER BY id
"""
LOADED = {"method": "metric", "area": "area", "programme": "programme", "neighbour": "neighbour"}


@dataclass(frozen=True, slots=True)
class Values:
    """The files of the figures, what was published of them, and the hash of their list."""

    folder: Path
    shown: Pointer
    files: dict[str, str]
    seal: str

    @property
    def tables(self) -> Path:
        """Where the files stand that a build has as they are."""
        return self.folder / TABLES

    @property
    def topics(self) -> list[str]:
        """The paths of the files of figures."""
        return [str(self.folder / name) for name in self.files if "/" not in name]


def find_values(out: Path) -> Path | None:
    """Where git keeps the figures of the builds beside the program; of those elsewhere, nowhere."""
    return VALUES if out.resolve() == BUILT.resolve() else None


def prepare_build(out: Path) -> str:
    """See that the folder beside the program has the build of its figures; say why it has not.

    It is made in a process of its own, which gives back the memory. Nothing is done, and nothing
    said, about any other folder: there only `python -m pipeline derive --out` makes a build.
    """
    if not find_values(out) or not is_due(out, VALUES):
        return ""
    command = [sys.executable, "-m", "pipeline.derive"]
    ended = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603 - all of it is ours
    return ended.stderr.strip().rpartition("\n")[2] if ended.returncode else ""


def is_due(out: Path, folder: Path) -> bool:
    """Tell whether there are figures that no build in `out` was made of or after."""
    try:
        last = builds.read_pointer(out)
        seal = builds.compute_sha256(folder / LIST)
    except DamagedError:
        return not builds.list_kept_builds(
            out
        )  # with one to show, those who ask for it hear what is wrong
    return last is None or seal not in last.values or not (out / last.build).is_dir()


def read_values(folder: Path) -> Values:
    """Read which files there are, each against its hash.

    Raises:
        DamagedError: one is missing or is not as it was written. It is named, with the remedy.
    """
    try:
        given = builds.read_json(folder / LIST, f"{folder.name}/{LIST}")
        shown, files = builds.parse_pointer(given, f"{folder.name}/{LIST}"), given.get("files", {})
        for name in {*files, "tables/note.parquet"}:
            builds.check_file(folder / name, files.get(name, "none"))
        return Values(folder, shown, files, builds.compute_sha256(folder / LIST))
    except DamagedError as e:
        raise DamagedError(f"{folder}: {e}; {REMEDY}") from e


def load_figures(db: duckdb.DuckDBPyConnection, given: Values) -> None:
    """Make the tables that figures are numbered and compared from."""
    for name, table in LOADED.items():
        path = _quote(given.tables / f"{name}.parquet")
        db.execute(f"CREATE TABLE {table} AS FROM read_parquet({path})")
    set_variables(db, topics=given.topics, notes=str(given.tables / "note.parquet"))
    run_step(db, "figures.sql")


def write_values(db: duckdb.DuckDBPyConnection, out: Path, shown: Pointer, folder: Path) -> str:
    """Write what git is to keep of a build; gives the hash of the list, which is written last.

    A file that would be the same is not touched. `db` is the one that the build was made in.
    """
    partial = folder.with_name(f"{UNFINISHED}{folder.name}")
    shutil.rmtree(partial, ignore_errors=True)  # what was killed: the lock is held for this one
    partial.mkdir(parents=True)
    try:
        _write_tables(db, out / shown.build, partial)
        _write_topics(out / shown.build / "metric_value.parquet", partial)
        if (
            shown.before
            and (since := revisions.get_folder_between(out, shown.before[0], shown.build)).is_dir()
        ):
            shutil.copytree(since, partial / SINCE)
        files = {name: builds.compute_sha256(partial / name) for name in _list_files(partial)}
        content = {key: value for key, value in asdict(shown).items() if key in _SAID and value}
        text = json.dumps(content | {"files": files}, indent=1) + "\n"
        (partial / LIST).write_text(text, encoding="utf-8", newline="\n")
        _replace_files(partial, folder, [*files, LIST])
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return builds.compute_sha256(folder / LIST)


_SAID = {"build", "before", "inputs"}  # of a pointer, what holds wherever the figures are read


def _write_tables(db: duckdb.DuckDBPyConnection, build: Path, partial: Path) -> None:
    """Copy what is published as it is, and add what comparing needs to know of each metric."""
    (partial / TABLES).mkdir()
    for path in build.iterdir():
        if path.stem not in DERIVED and path.name != package.DESCRIPTOR:
            shutil.copyfile(path, partial / TABLES / path.name)
    _write_table(db, METHOD, partial / TABLES / "method.parquet")


def _write_topics(figures: Path, partial: Path) -> None:
    """Write the figures of each topic, in an order that no other topic changes."""
    with connect() as db:
        set_variables(db, figures=str(figures), methods=str(partial / TABLES / "method.parquet"))
        run_step(db, "values.sql")
        note = partial / TABLES / "note.parquet"
        _write_table(db, "FROM numbered_note ORDER BY metric, number", note)
        for (topic,) in db.execute("SELECT DISTINCT topic FROM of_topic").fetchall():
            set_variables(db, topic=topic)
            _write_table(db, "FROM chosen_figure", partial / f"{topic}.parquet")


def _write_table(db: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    db.execute(f"COPY ({query}) TO {_quote(path)} (FORMAT parquet, COMPRESSION zstd)")


def _list_files(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in files)


def _replace_files(partial: Path, folder: Path, names: list[str]) -> None:
    """Put files in their places, the last of them last, and take away what is none of them."""
    for name in names:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.is_file() or place.read_bytes() != (partial / name).read_bytes():
            os.replace(partial / name, place)  # noqa: PTH105 - the one call known to be atomic
    for name in set(_list_files(folder)) - set(names):
        (folder / name).unlink()


def _quote(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
