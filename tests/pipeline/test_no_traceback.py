"""Whatever is in a file, a build ends with a message of ours, never with a traceback."""

import csv
import io
import shutil
import zipfile

import pytest

from pipeline import build as building
from pipeline import readers
from pipeline.build import build
from pipeline.errors import CheckError, SourceError
from pipeline.refresh import Code, Job, refresh
from pipeline.tables import run_step

ARCHIVE = "education-health-and-care-plans/2025/education-health-and-care-plans_2025.zip"
NEEDS = "data/sen_needs_all_plans.csv"


@pytest.fixture
def own(lake, tmp_path):
    return shutil.copytree(lake, tmp_path / "lake")


def without_special_schools(root):
    """Take the rows of one kind of placement away, as an early edition of the file lacked some."""
    path = root / ARCHIVE
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rows = list(csv.reader(io.StringIO(parts[NEEDS].decode("utf-8-sig"))))
    at = rows[0].index("breakdown")
    text = io.StringIO()
    csv.writer(text).writerows(row for row in rows if row[at] != "Special - independent")
    parts[NEEDS] = text.getvalue().encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


@pytest.mark.exhaustive
def test_placements_that_do_not_add_up_are_refused_by_name_and_the_last_build_is_kept(
    own, built, tmp_path
):
    out = shutil.copytree(built.parent, tmp_path / "built")
    without_special_schools(own)
    outcome = refresh(Job(own, out, offline=True))
    assert outcome.code == Code.REFUSED
    said = "\n".join(outcome.refused)
    assert f"ehc_need_by_placement: {ARCHIVE}!{NEEDS}: " in said
    assert "found 'placements do not add up to all plans', wanted" in said
    assert (out / "current.json").read_text() == (built.parent / "current.json").read_text()


def test_a_step_that_trips_is_refused_with_the_rows_that_broke_a_rule(sound):
    sound.execute("CREATE TABLE as_it_was AS FROM observation")
    sound.execute("UPDATE observation SET status = 'unknown', published = '??' WHERE rowid = 1000")

    def trip(_):
        raise IndexError("list index out of range")

    with pytest.raises(CheckError, match=r"found '\?\?', wanted a number or a symbol"):
        building.take_step(sound, trip)
    sound.execute("DELETE FROM observation; INSERT INTO observation FROM as_it_was")


def test_a_step_that_trips_over_what_no_rule_knows_says_so(sound):
    def trip(_):
        raise ValueError("'E92000001' is not in list")

    with pytest.raises(CheckError, match=r"found ValueError \('E92000001' is not in list\)"):
        building.take_step(sound, trip)


@pytest.fixture(scope="module")
def sound(lake):
    from pipeline import catalogue  # noqa: PLC0415 - for this fixture alone
    from pipeline.lake import open_lake  # noqa: PLC0415

    with open_lake(lake) as files, building.connect() as db:
        building.insert_definitions(db, catalogue.load_catalogue())
        building.ingest_sources(db, files, building.sort_sources(catalogue.load_catalogue()))
        for step in ("conform.sql", "add_up.sql"):
            run_step(db, step)
        yield db


@pytest.mark.parametrize("error", [IndexError("x"), ValueError("x"), KeyError("x"), TypeError("x")])
def test_whatever_a_reader_trips_over_the_file_is_named(own, tmp_path, monkeypatch, error):
    def trip(*_):
        raise error

    monkeypatch.setattr(readers, "read", trip)
    with pytest.raises(SourceError, match=rf"could not be read: found {type(error).__name__}"):
        build(own, tmp_path / "built")


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    "damage", [lambda b: b"\xff\xfe" + b, lambda b: b[:-40], lambda b: b + b"a\n", lambda _: b""]
)
def test_a_damaged_list_of_files_ends_in_a_message(own, tmp_path, damage):
    path = own / "MANIFEST.csv"
    path.write_bytes(damage(path.read_bytes()))
    outcome = refresh(Job(own, tmp_path / "built", offline=True))
    assert outcome.code in {Code.REFUSED, Code.PUBLISHED}
    assert not outcome.refused or "MANIFEST.csv" in outcome.refused[0]
