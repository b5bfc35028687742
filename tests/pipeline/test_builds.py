"""A build is believed only to the byte, and only where this program can read what wrote it."""

import json
import random
import shutil

import duckdb
import pytest

from benchmarks import copies
from pipeline import __main__ as program
from pipeline import builds, package, publish, refresh, revisions, status
from pipeline.errors import DamagedError, PublishError
from tests.pipeline.conftest import BUILT
from tests.pipeline.test_publish import published_in_turn, tiny

FLIPS = 12  # of each file, at places that are the same each time


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Two tiny builds, the second in place of the first."""
    out = tmp_path_factory.mktemp("two")
    return out, published_in_turn(out, (1, 2))


@pytest.fixture
def out(two, tmp_path):
    """A copy of them that a test may damage, the ids in the order of publishing beside it."""
    shutil.copytree(two[0], tmp_path / "out")
    return tmp_path / "out", *two[1]


def flip(path, bit):
    """Change one bit of a file."""
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


def damage(folder):
    """Change one bit of a build's figures."""
    flip(folder / "metric_value.parquet", 800)


def reworded(out, name, **changes):
    """A build whose data package has other words, named rightly by it."""
    found = json.loads((out / name / package.DESCRIPTOR).read_text()) | changes
    new = package.compute_identity(found | {"version": ""})
    (out / name).rename(out / new)
    (out / new / package.DESCRIPTOR).write_text(package.format_descriptor(found | {"version": new}))
    return out / new


def test_a_build_as_it_was_written_gives_the_hash_of_each_of_its_files(out):
    place, _, name = out
    hashes = builds.check_build(place / name)
    assert set(hashes) == {path.name for path in (place / name).iterdir()}
    assert len(hashes) == len(publish.TABLES) + 2


@pytest.mark.exhaustive
def test_a_bit_flipped_anywhere_in_any_file_is_seen(out):
    place, _, name = out
    chance = random.Random(57)  # noqa: S311 - nothing secret
    for path in sorted((place / name).iterdir()):
        bits = 8 * path.stat().st_size
        for bit in {0, bits - 1, *(chance.randrange(bits) for _ in range(FLIPS))}:
            flip(path, bit)
            with pytest.raises(DamagedError, match=name):
                builds.check_build(place / name)
            flip(path, bit)
    assert builds.is_sound(place / name)


def test_a_bit_flipped_in_the_committed_figures_is_seen(tmp_path):
    name = copies.copy(BUILT / publish.find_current_build(BUILT), tmp_path)
    path, chance = tmp_path / name / "metric_value.parquet", random.Random(60)  # noqa: S311 - nothing secret
    for _ in range(60):
        bit = chance.randrange(8 * path.stat().st_size)
        flip(path, bit)
        assert not builds.is_sound(tmp_path / name)
        flip(path, bit)
    assert builds.is_sound(tmp_path / name)


@pytest.mark.parametrize("file", ["metric.parquet", "boundaries.json", package.DESCRIPTOR])
@pytest.mark.parametrize("keep", [None, 0, -1])
def test_a_file_that_is_missing_empty_or_cut_short_is_named(out, file, keep):
    place, _, name = out
    path = place / name / file
    content = path.read_bytes()
    path.unlink()
    if keep is not None:
        path.write_bytes(content[:keep])
    with pytest.raises(DamagedError, match=f"{name}/{file}: "):
        builds.check_build(place / name)


@pytest.mark.parametrize("text", ["[]", "1", "nonsense", '{"version": 1}', "[" * 100_000, "\xff"])
def test_a_data_package_that_is_none_is_refused(out, text):
    place, _, name = out
    (place / name / package.DESCRIPTOR).write_text(text, encoding="latin-1")
    with pytest.raises(DamagedError, match=name):
        builds.check_build(place / name)


def test_a_build_under_the_name_of_another_is_refused(out):
    place, first, second = out
    shutil.rmtree(place / second)
    (place / first).rename(place / second)
    with pytest.raises(DamagedError, match=f"describes build {first}"):
        builds.check_build(place / second)


@pytest.mark.parametrize("layout", [0, 2, 99, "1", None])
def test_tables_laid_out_by_another_program_are_refused(out, layout):
    place, _, name = out
    with pytest.raises(DamagedError, match="this program reads version 1"):
        builds.check_build(reworded(place, name, layoutVersion=layout))


def test_a_package_from_before_layouts_were_numbered_is_read(out):
    place, _, name = out
    found = json.loads((place / name / package.DESCRIPTOR).read_text())
    del found["layoutVersion"]
    new = package.compute_identity(found | {"version": ""})
    (place / name).rename(place / new)
    (place / new / package.DESCRIPTOR).write_text(
        package.format_descriptor(found | {"version": new})
    )
    assert builds.is_sound(place / new)


def test_what_is_not_described_is_not_of_the_build(out):
    place, _, name = out
    (place / name / "other.parquet").write_bytes(b"PAR1")
    assert "other.parquet" not in builds.check_build(place / name)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"build": 1}', '{"build": "a", "before": "b"}'])
def test_a_pointer_that_points_at_nothing_is_refused_and_the_next_build_replaces_it(out, text):
    place, first, second = out
    (place / builds.POINTER).write_text(text)
    with pytest.raises(DamagedError, match=r"current\.json"):
        builds.read_pointer(place)
    assert builds.find_last_pointer(place) == builds.Pointer(second, (first,))
    [third] = published_in_turn(place, (3,))
    assert publish.read_pointer(place) == builds.Pointer(third, (second, first), "files 3")


def test_builds_are_in_the_order_of_publishing_without_the_pointer(tmp_path):
    ids = published_in_turn(tmp_path, (5, 1, 4, 2))
    (tmp_path / builds.POINTER).unlink()
    assert builds.list_kept_builds(tmp_path) == tuple(reversed(ids))[: publish.KEEP]
    assert builds.list_kept_builds(tmp_path / "nowhere") == ()


def test_a_damaged_build_is_mended_by_building_it_again(out):
    place, _, name = out
    damage(place / name)
    with duckdb.connect() as db:
        tiny(db, 2)
        assert publish.publish_build(db, place) == name
    assert builds.is_sound(place / name)
    assert not list(place.glob(".unfinished-*"))


def test_nobody_goes_back_to_a_damaged_build(out):
    place, first, second = out
    damage(place / first)
    with pytest.raises(PublishError, match=f"{first} to go back to: {first}/metric_value.parquet"):
        publish.roll_back(place)
    assert publish.find_current_build(place) == second


def test_one_goes_back_from_a_pointer_that_points_at_nothing(out):
    place, first, second = out
    (place / builds.POINTER).write_text("nonsense")
    assert publish.roll_back(place, second).build == second
    assert publish.read_pointer(place) == builds.Pointer(second, (first,))


def test_status_says_that_the_build_is_damaged_and_to_what_one_can_go_back(out):
    place, first, second = out
    damage(place / second)
    said = "\n".join(status.describe_status(place, None))
    assert f"{second}/metric_value.parquet: its SHA-256 is" in said
    assert f"one can go back to: {first}" in said
    (place / builds.POINTER).write_text("nonsense")
    assert "current.json: found what is no JSON" in "\n".join(status.describe_status(place, None))


def test_a_refresh_builds_again_what_is_damaged(out, monkeypatch):
    place, _, name = out
    last = builds.Pointer(name, (), "the same")
    monkeypatch.setattr(refresh.inputs, "compute_inputs_digest", lambda *_: "the same")
    monkeypatch.setattr(refresh.catalogue, "load_catalogue", lambda _: None)
    monkeypatch.setattr(refresh, "open_lake", lambda *_: open(place / builds.POINTER))  # noqa: PTH123, SIM115 - any context
    job = refresh.Job(place, place)
    assert refresh._is_unchanged(job, last)  # noqa: SLF001
    damage(place / name)
    assert not refresh._is_unchanged(job, last)  # noqa: SLF001


def test_what_differs_is_not_told_of_a_damaged_build(out):
    place, first, second = out
    assert program._find_folder(place, second) == place / second  # noqa: SLF001
    damage(place / first)
    with pytest.raises(DamagedError, match=first):
        program._find_folder(place, first)  # noqa: SLF001
    shutil.rmtree(revisions.get_folder_between(place, first, second))
    [third] = published_in_turn(place, (3,))
    damage(place / third)
    [fourth] = published_in_turn(place, (4,))
    assert revisions.get_folder_between(place, second, third).is_dir()
    assert not revisions.get_folder_between(place, third, fourth).exists()


def test_a_bit_flipped_in_what_differs_is_seen(out):
    place = revisions.get_folder_between(*out)
    builds.check_seal(place)
    chance = random.Random(58)  # noqa: S311 - nothing secret
    for path in sorted(place.iterdir()):
        for _ in range(FLIPS):
            bit = chance.randrange(8 * path.stat().st_size)
            flip(path, bit)
            with pytest.raises(DamagedError):
                builds.check_seal(place)
            flip(path, bit)
    (place / builds.SEAL).unlink()
    with pytest.raises(DamagedError, match="No such file"):
        builds.check_seal(place)
