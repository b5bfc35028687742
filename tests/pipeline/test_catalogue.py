"""The catalogue is whole, and says where it is wrong."""

import shutil

import pytest

from pipeline import catalogue
from pipeline.build import HERE
from pipeline.catalogue import Unit
from pipeline.errors import CatalogueError

KNOWN = catalogue.load()


@pytest.fixture
def root(tmp_path):
    """A catalogue of one's own, to break."""
    for name in ("sources", "metrics"):
        shutil.copytree(HERE / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("metric", KNOWN.metrics.values(), ids=lambda metric: metric.id)
def test_a_metric_says_what_a_reader_must_know(metric):
    for text in (
        metric.title,
        metric.short_title,
        metric.description,
        metric.why,
        metric.population,
    ):
        assert text.strip() == text
        assert text
    for text in (metric.description, metric.why, metric.population, metric.caveat or "Sound."):
        assert text.endswith((".", ")"))
    assert "EHCP" not in metric.title + metric.description + metric.why
    assert len(metric.short_title) <= 48


def test_each_indicator_feeds_a_metric():
    used = {i for m in KNOWN.metrics.values() for i in (*m.numerator, *m.below, *m.published)}
    given = {i.id for s in KNOWN.sources.values() for i in s.indicators.values()}
    assert given == used


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[topic]\ntitle = 'T'\npillar = 'money'\nposition = 1",
            r"x.toml \[topic\]: pillar: Input",
        ),
        (
            "[topic]\ntitle = 'T'\npillar = 'outcomes'\nposition = 1\n[m]\ntitle = 3",
            r"x.toml \[m\]: ",
        ),
        ("[topic", r"x.toml: "),
        ("[topic]\ntitle = 'T'\npillar = 'outcomes'\nposition = 1\n[ehc_plans]\n", "another file"),
    ],
)
def test_a_malformed_topic_is_named_with_its_place(root, text, message):
    (root / "metrics" / "x.toml").write_text(text)
    with pytest.raises(CatalogueError, match=message):
        catalogue.load(root)


def test_a_metric_needs_one_origin(root):
    path = root / "metrics" / "spending.toml"
    path.write_text(path.read_text().replace('numerator = "sen_weekly_unit_cost"', ""))
    with pytest.raises(CatalogueError, match="wanted either a numerator or another metric"):
        catalogue.load(root)


@pytest.mark.parametrize("more", ['denominator = "ap_enrolments"', 'unit = "per_100"'])
def test_a_base_is_only_for_percentages_as_published(root, more):
    path = root / "metrics" / "alternative_provision_attendance.toml"
    text, base = path.read_text(), 'base = "ap_enrolments"\n'
    name = more.partition(" ")[0]
    before, mark, after = text.partition("[ap_severe_absence]")
    lines = [line for line in after.splitlines(keepends=True) if not line.startswith(name)]
    path.write_text(before + mark + "".join(lines).replace(base, f"{base}{more}\n", 1))
    with pytest.raises(CatalogueError, match="wanted a base only where percentages are published"):
        catalogue.load(root)


def test_a_source_with_an_unknown_key_is_refused(root):
    path = root / "sources" / "lait.toml"
    path.write_text("colour = 'blue'\n" + path.read_text())
    with pytest.raises(CatalogueError, match=r"lait.toml: colour: Extra inputs"):
        catalogue.load(root)


def test_units_know_what_a_ratio_is_multiplied_by():
    assert [Unit.PERCENT.multiplier, Unit.PER_1000.multiplier, Unit.POUNDS.multiplier] == [
        100,
        1000,
        1,
    ]
