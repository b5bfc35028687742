"""Many briefings in one go: made once for a build, the others made where one fails."""

import sys

import pytest

from dashboard.briefing import batch, forms
from pipeline import __main__ as pipeline
from tests.dashboard.briefing.make import BUILD, KENT, RUTLAND

REGION = "E12000008"
RECIPE = ["--pack", "board", "--format", "pptx", "--out"]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """A form that takes no time to make: what is made is tested elsewhere."""
    made = []

    def render(briefing, form):
        made.append((briefing.area, briefing.recipe, form, briefing.beside, briefing.permalink))
        return f"{briefing.area} {form}".encode()

    monkeypatch.setattr(forms, "render_file", render)
    return made


def run(out, *arguments):
    with pytest.raises(SystemExit) as end:
        batch.main(
            [
                "--pack",
                "board",
                "--format",
                "pptx",
                "--out",
                str(out),
                "--processes",
                "1",
                *arguments,
            ]
        )
    return end.value.code


def test_a_briefing_is_made_once_for_the_same_build(tmp_path, quick):
    out = tmp_path / "made" / "here"
    assert run(out, "--area", KENT) == 0
    (file,) = out.iterdir()
    assert file.name == f"send-briefing-kent-board-{BUILD.id}.pptx"
    assert file.read_bytes() == b"Kent pptx"
    assert run(out, "--area", KENT, "--area", RUTLAND) == 0
    assert [made[0] for made in quick] == ["Kent", "Rutland"]
    assert run(out, "--area", KENT, "--force") == 0
    assert [made[0] for made in quick] == ["Kent", "Rutland", "Kent"]


@pytest.mark.exhaustive
def test_all_areas_are_the_151_that_are_ranked(tmp_path, quick):
    assert run(tmp_path, "--all-areas") == 0
    assert len(list(tmp_path.iterdir())) == 151
    assert len({made[0] for made in quick}) == 151
    assert "Isles of Scilly" not in {made[0] for made in quick}


def test_one_that_fails_is_listed_and_stops_no_other(tmp_path, quick, caplog):
    caplog.set_level("INFO")
    assert run(tmp_path, "--area", REGION, "--area", KENT) == 1
    assert [made[0] for made in quick] == ["Kent"]
    assert "1 made" in caplog.text
    assert "not made: South East (E12000008): ValueError" in caplog.text
    assert [file.suffix for file in tmp_path.iterdir()] == [".pptx"]


def test_comparator_and_site_are_kept(tmp_path, quick):
    run(tmp_path, "--area", KENT, "--against", "region", "--site", "https://send.example.org/")
    (made,) = quick
    assert made[3] == "Region: South East"
    assert made[4].startswith("https://send.example.org/briefing?area=E10000016&against=region")
    assert "region" in next(tmp_path.iterdir()).name


def test_an_unknown_area_and_a_missing_build_are_said(tmp_path, monkeypatch):
    assert run(tmp_path, "--area", "X99") == "error: no area has the code X99"
    monkeypatch.setenv("SEND_DATA", str(tmp_path / "nowhere"))
    assert run(tmp_path, "--area", KENT).startswith("error: there is no build in")
    with pytest.raises(LookupError):
        batch.make_briefing(batch.Job(KENT, "board", "pptx", "", "", tmp_path / "x.pptx"))


def test_the_command_of_the_pipeline_is_this_one(tmp_path, monkeypatch, capfd):
    for words, status in ((["--help"], 0), (["--area", "X99", *RECIPE, str(tmp_path)], 1)):
        monkeypatch.setattr(sys, "argv", ["pipeline", "brief", *words])
        with pytest.raises(SystemExit) as end:
            pipeline.main()
        assert end.value.code == status
    said = capfd.readouterr()
    assert said.out.startswith("usage: python -m dashboard.briefing")
    assert "error: no area has the code X99" in said.err
