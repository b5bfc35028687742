"""The catalogue is whole, and says where it is wrong."""

import shutil
import tomllib

import pytest

from pipeline import catalogue, shown
from pipeline.build import HERE
from pipeline.catalogue import Unit
from pipeline.errors import CatalogueError

KNOWN = catalogue.load_catalogue()


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
        catalogue.load_catalogue(root)


def test_a_metric_needs_one_origin(root):
    path = root / "metrics" / "spending.toml"
    path.write_text(path.read_text().replace('numerator = "sen_weekly_unit_cost"', ""))
    with pytest.raises(CatalogueError, match="wanted either a numerator or another metric"):
        catalogue.load_catalogue(root)


@pytest.mark.parametrize("more", ['denominator = "ap_enrolments"', 'unit = "per_100"'])
def test_a_base_is_only_for_percentages_as_published(root, more):
    path = root / "metrics" / "alternative_provision_attendance.toml"
    text, base = path.read_text(), 'base = "ap_enrolments"\n'
    name = more.partition(" ")[0]
    before, mark, after = text.partition("[ap_severe_absence]")
    lines = [line for line in after.splitlines(keepends=True) if not line.startswith(name)]
    path.write_text(before + mark + "".join(lines).replace(base, f"{base}{more}\n", 1))
    with pytest.raises(CatalogueError, match="wanted a base only where percentages are published"):
        catalogue.load_catalogue(root)


def test_a_source_with_an_unknown_key_is_refused(root):
    path = root / "sources" / "lait.toml"
    path.write_text("colour = 'blue'\n" + path.read_text())
    with pytest.raises(CatalogueError, match=r"lait.toml: colour: Extra inputs"):
        catalogue.load_catalogue(root)


def test_units_know_what_a_ratio_is_multiplied_by():
    assert [Unit.PERCENT.multiplier, Unit.PER_1000.multiplier, Unit.POUNDS.multiplier] == [
        100,
        1000,
        1,
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            'shown = ["money/spendng"]',
            (
                "found 'money/spendng', wanted a section, chart or list of sections.toml; "
                "the nearest is 'money/spending'"
            ),
        ),
        (
            'breakdowns = ["Boys", "Girls"]\nshown = [{ at = "money/spending", group = "Boy" }]',
            "found 'Boy', wanted a group of it for money/spending; the nearest is 'Boys'",
        ),
    ],
)
def test_a_metric_shown_where_nothing_is_is_refused_with_the_nearest_place(root, line, message):
    (root / "metrics" / "x.toml").write_text(AMOUNT + line)
    with pytest.raises(CatalogueError, match=rf"x.toml \[m\]: .*{message}"):
        catalogue.load_catalogue(root)


AMOUNT = """[topic]
title = "T"
pillar = "outcomes"
position = 1
[m]
title = "Spending on kites"
short_title = "Kites"
description = "Invented."
why = "Invented."
unit = "pounds"
polarity = "no_judgement"
decimals = 0
numerator = "kites"
population = "Kites."
year_type = "financial"
"""


@pytest.mark.parametrize(
    ("line", "is_size"),
    [("", True), ('denominator = "children"', False), ("is_size = false", False)],
)
def test_an_amount_in_pounds_is_money_and_a_size_though_no_list_names_it(line, is_size):
    [made] = shown._parse_topic(tomllib.loads(AMOUNT + line))  # noqa: SLF001 - of no real file
    assert (made.counts_money, made.depends_on_size) == (True, is_size)
    assert made.shown == ()


def test_the_pages_read_of_each_metric_what_the_catalogue_checked():
    read = shown.load_metrics()
    assert list(read) == list(KNOWN.metrics)
    for name, metric in KNOWN.metrics.items():
        assert read[name].shown == metric.shown
        for field in ("unit", "basis", "over", "is_money", "is_size"):
            assert getattr(read[name], field) == getattr(metric, field)


@pytest.mark.parametrize("section", shown.list_places())
def test_each_place_that_a_metric_may_name_is_named_by_one_or_says_why_not(section):
    metrics = shown.list_shown(section)
    places = [one.place for _, one in metrics]
    assert len(set(places)) == len(places)
    is_of_words_alone = "/" in section
    assert metrics or is_of_words_alone
