"""The publishers' own layouts of what the lake holds as a copy, and releases that add to others.

Every row here is invented; headers and labels are those of the published files.
"""

import csv
import io
import shutil
from dataclasses import replace

import pytest

from pipeline import build, catalogue, lake, readers
from pipeline.errors import SourceError
from pipeline.refresh import Code, Job, find_blamed, refresh
from tests.loopback.official import ABSENCE, ATTENDANCE, NEET, OUTTURN, SUSPENSIONS, text
from tests.pipeline.conftest import table

KNOWN = catalogue.load_catalogue()
OFFICIAL = [source for source in KNOWN.sources.values() if source.official]
PLACES = (
    {"geographic_level": "National", "country_code": "E92000001", "country_name": "England"},
    {"geographic_level": "Regional", "region_code": "E12000007", "region_name": "London"},
    {"geographic_level": "Regional", "region_code": "E13000001", "region_name": "Inner London"},
    {
        "geographic_level": "Local authority",
        "region_code": "E13000001",
        "old_la_code": "202",
        "la_name": "Camden",
    },
)
BLANK = dict.fromkeys(
    ("country_code", "country_name", "region_code", "region_name", "old_la_code", "la_name"), ""
)
AREAS = {"E92000001", "E12000007", "202"}


@pytest.fixture
def db():
    with build.connect() as made:
        build.insert_definitions(made, replace(KNOWN, sources={}))
        yield made


def published(db, id_, body, name=None):
    """Read one official file and give what its source selects of it."""
    source = KNOWN.sources[id_]
    name = name or source.as_published.files[-1].replace("*", "2027")
    with lake.Lake(db.folder, {}) as held:
        path = held.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        described = lake.read_as(source, name)
        readers.read(db, described, name, lake.get_readable_path(held, described, name))
    return db.execute(f"SELECT * FROM ({build.build_query(source)})").fetchall()


@pytest.fixture
def read(db, tmp_path):
    class Database:
        """The database, with a folder of raw files."""

        folder = tmp_path
        execute = db.execute

    def read(id_, body, name=None):
        return published(Database(), id_, body, name)

    return read


@pytest.mark.parametrize("source", OFFICIAL, ids=lambda source: source.id)
def test_an_official_layout_is_a_sound_description(source):
    found = source.as_published
    assert found.indicators == source.indicators
    assert found.files != source.files
    assert not found.official
    assert found.as_published is found


@pytest.mark.parametrize(
    ("source", "header", "more"),
    [
        ("absence_by_sen", ABSENCE, {"time_identifier": "Academic year", "time_period": "202526"}),
        (
            "suspensions_by_sen",
            SUSPENSIONS,
            {"time_identifier": "Autumn term", "time_period": "202526"},
        ),
        ("attendance_by_sen", ATTENDANCE, {"time_identifier": "Autumn term", "sen": "EHC plan"}),
    ],
)
def test_the_whole_file_gives_england_and_regions_too(read, source, header, more):
    wanted = {"education_phase": "Total", "breakdown_topic": "SEN provision"}
    wanted |= {"breakdown": "EHC plan", "time_period": "202526"} | more
    numbers = dict.fromkeys(KNOWN.sources[source].columns, "12.5")
    rows = [numbers | BLANK | wanted | place for place in PLACES]
    if "breakdown_topic" in header:  # what another topic calls the same is not read
        rows += [row | {"breakdown_topic": "FSM", "breakdown": "FSM eligible"} for row in rows]
    found = read(source, text(header, rows))
    assert {row[1] for row in found} == AREAS
    assert len(found) == len({(row[0], row[1]) for row in found})
    assert {row[-1] for row in found} == {"12.5"}


def test_a_group_under_another_name_is_refused(read):
    row = BLANK | PLACES[0] | {"time_period": "202526", "time_identifier": "Academic year"}
    row |= {"education_phase": "Total", "breakdown_topic": "SEN provision", "breakdown": "EHCP"}
    with pytest.raises(SourceError, match="column 'breakdown', row 2: found 'EHCP', wanted one of"):
        read("absence_by_sen", text(ABSENCE, [row]))


def test_a_file_without_any_wanted_row_is_refused(read):
    row = BLANK | PLACES[0] | {"breakdown_topic": "FSM"}
    with pytest.raises(SourceError, match="rows where breakdown_topic = 'SEN provision' AND"):
        read("absence_by_sen", text(ABSENCE, [row]))


# Section 251: lines of a return, which the copy has added up.


def line(name, pounds, area="202", **more):
    return {
        "time_period": "202526",
        "time_identifier": "Financial year",
        "geographic_level": "Local authority",
        "old_la_code": area,
        "la_name": {"202": "Camden", "203": "Greenwich"}[area],
        "category_of_expenditure": name,
        "net_expenditure": pounds,
    } | more


TOP_UP, SUPPORT, OLD = (
    *("1.2.1 Top-up funding – maintained schools", "1.2.5 SEN support service"),
    "1.2.12 Carbon allowances (PRUs)",
)


@pytest.fixture
def spend(db, read):
    db.execute(
        'CREATE TABLE area (level TEXT, start DATE, "end" DATE, old_la_code TEXT, region_code TEXT)'
    )

    def spend(rows, encoding="cp1252"):
        found = read("high_needs_spend", text(OUTTURN, rows, encoding))
        return {(row[1], row[3]): row[4] for row in found if row[1] in {"202", "203"}}

    return spend


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig"])
def test_the_lines_of_high_needs_are_added_up(spend, encoding):
    rows = [
        line(TOP_UP, "100"),
        line(SUPPORT, "-20"),
        line(OLD, ":"),  # of which no authority has a number
        line("1.4.11 SEN transport", "7"),
        line(TOP_UP, "9", time_period="201617"),  # before the years that are shown
        line(TOP_UP, "5", geographic_level="National"),
    ]
    assert spend(rows, encoding) == {("202", "2025-26"): "80"}


@pytest.mark.parametrize(("cell", "sum_"), [("c", None), (":", None), ("", None), ("z", "100")])
def test_a_line_that_others_returned_leaves_the_sum_unknown(spend, cell, sum_):
    rows = [line(TOP_UP, "100"), line(SUPPORT, cell)]
    rows += [line(TOP_UP, "1", "203"), line(SUPPORT, "2", "203")]
    assert spend(rows) == {("202", "2025-26"): sum_, ("203", "2025-26"): "3"}


def test_a_line_that_stands_for_others_alone_leaves_the_sum_unknown(spend):
    rows = [line(TOP_UP, "100"), line(TOP_UP, "1", "203"), line(SUPPORT, "2", "203")]
    assert spend(rows) == {("202", "2025-26"): None, ("203", "2025-26"): "3"}


def test_millions_are_refused(spend):
    with pytest.raises(SourceError, match="amounts of 2025-26 with decimals, wanted whole pounds"):
        spend([line(TOP_UP, "27.11627")])


def test_a_line_twice_is_refused(spend):
    with pytest.raises(SourceError, match=r"found 2 rows of '202526, 202, 1\.2\.5 SEN support"):
        spend([line(SUPPORT, "1"), line(SUPPORT, "1")])


# NEET: a row for each group, of which the copy has one row.


def group(name, cohort, percent, **more):
    return BLANK | PLACES[3] | {
        "time_period": "2026",
        "time_identifier": "Calendar year",
        "age": "16 to 17",
        "characteristic_grouping": "Total" if name == "Total" else "SEND",
        "characteristic": name,
        "avg_cohort_count": cohort,
        "neet_nk_percent": percent,
    } | more  # fmt: skip


GROUPS = [
    group("Total", "2000", "5.5"),
    group("EHCP", "100", "10.1"),
    group("SEN support", "c", "c"),
    group("No SEN", "1600", "4"),
]
OLD_NAMES = {
    "age": "Age",
    "characteristic_grouping": "Characteristic_grouping",
    "characteristic": "Characteristic",
    "avg_cohort_count": "avgcohort",
    "neet_nk_percent": "NEETNKprop",
}


@pytest.mark.parametrize("is_old", [False, True])
def test_groups_become_columns_with_their_shares(read, is_old):
    header, rows = NEET, [*GROUPS, group("EHCP", "7", "50", age="16")]
    if is_old:
        header = ",".join(OLD_NAMES.get(name, name) for name in NEET.split(","))
        rows = [{OLD_NAMES.get(name, name): cell for name, cell in row.items()} for row in rows]
        rows = [row | {"Age": row["Age"].replace(" to ", "-")} for row in rows]
    found = {row[0]: row[4] for row in read("neet_by_sen", text(header, rows))}
    assert found == {
        "Cohort_DJFavg": "2000",
        "NEET_not_known_percent": "5.5",
        "NEET_NK_EHCP_percent": "10.1",
        "NEET_NK_SENDsupport_percent": "c",
        "NEET_NK_noSEN_percent": "4",
        "cohort_EHCP_percent": "5.0",
        "cohort_SENDsupport_percent": "c",
        "cohort_noSEN_percent": "80.0",
        "Cohort_DJFavg: EHC plan": "100.0",
        "Cohort_DJFavg: SEN support": "c",
        "Cohort_DJFavg: No SEN": "1600.0",
    }


def test_groups_that_do_not_add_up_are_refused(read):
    rows = [*GROUPS[:2], group("SEN support", "200", "8"), group("No SEN", "1600", "4")]
    with pytest.raises(SourceError, match="groups that do not add up to 2000: Camden, 2026"):
        read("neet_by_sen", text(NEET, rows))


# Which files are read, and what a later one takes the place of.


def touch(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")


def test_the_official_file_goes_before_the_copy_of_the_same_release(tmp_path):
    source = KNOWN.sources["absence_by_sen"]
    place = "pupil-absence-in-schools-in-england/{}/published_by_characteristic.csv"
    touch(tmp_path, source.files[0], place.format("2023-24"))
    with lake.Lake(tmp_path, {}) as held:
        assert lake.read_by(held, source) == list(source.files)  # not an older one
        touch(tmp_path, place.format("2024-25"))
        assert lake.read_by(held, source) == [place.format("2024-25")]
    with lake.Lake(tmp_path, {}, frozenset({place.format("2024-25")})) as held:
        assert lake.read_by(held, source) == list(source.files)


def test_releases_that_add_are_read_in_their_order_week_9_before_week_14(tmp_path):
    source = KNOWN.sources["attendance_by_sen"]
    names = [
        f"pupil-attendance-in-schools/{release}/published_by_sen.csv"
        for release in ("2025-26-summer", "2026-week-9", "2026-week-14")
    ]
    touch(tmp_path, *source.files, *reversed(names))
    with lake.Lake(tmp_path, {}) as held:
        assert lake.read_by(held, source) == [*source.files, *names]
        assert [lake.read_as(source, name).adds for name in (*source.files, *names)] == [
            *(False, True, True, True)
        ]
        assert lake.list_later_files(held, source) == set(names)


def select(db, **cells):
    names = ", ".join(f"${name} AS {name}" for name in cells)
    db.execute(f"INSERT INTO selection BY NAME SELECT {names}", cells)


def selected(db):
    return db.execute("SELECT file, period, published FROM selection ORDER BY ALL").fetchall()


def test_only_the_release_that_an_error_names_is_left_out(tmp_path):
    absence, attendance = (
        *("pupil-absence-in-schools-in-england/2024-25/published_by_characteristic.csv",),
        *("pupil-attendance-in-schools/2026-27/published_by_sen.csv",),
    )
    touch(tmp_path, absence, attendance)
    (tmp_path / "MANIFEST.csv").write_text(",".join(("path", *lake.PROVENANCE)) + "\n")
    job = Job(tmp_path, tmp_path / "out")
    error = f"attendance_by_sen: {attendance}: header: found no column 'sen'"
    assert find_blamed(job, error, frozenset()) == {attendance}
    assert find_blamed(job, "found no room", frozenset()) == {absence, attendance}
    assert find_blamed(job, "found no room", frozenset({attendance})) == {absence}
    assert find_blamed(job, "found no room", frozenset({absence, attendance})) == set()


def test_a_period_of_a_later_release_takes_the_place_of_the_one_before(db):
    rows = [("a", "Autumn", "1"), ("a", "Spring", "2"), ("b", "Spring", "3"), ("b", "Summer", "4")]
    for file, period, number in rows:
        select(db, source="attendance_by_sen", file=file, period=period, published=number)
    select(db, source="other", file="a", period="Spring")
    build.remove_replaced_rows(db, KNOWN.sources["attendance_by_sen"], "b")
    assert selected(db) == [
        *(("a", "Autumn", "1"), ("a", "Spring", None), ("b", "Spring", "3"), ("b", "Summer", "4"))
    ]


def test_a_later_release_without_a_figure_of_every_label_is_refused(db):
    source = KNOWN.sources["ap_school_arranged_pupils"]
    *labels, last = source.indicators
    for label in labels:
        select(db, source=source.id, file="f", label=label, published="1")
    with pytest.raises(SourceError, match=f": f: found no figure of {last}, wanted each"):
        build.check_is_complete(db, source, "f")
    db.execute("UPDATE selection SET label = ? WHERE label = ?", [last, labels[0]])
    with pytest.raises(SourceError, match=f"found no figure of {labels[0]}"):
        build.check_is_complete(db, source, "f")


@pytest.mark.parametrize("source", KNOWN.sources.values(), ids=lambda source: source.id)
def test_a_trap_of_one_release_is_not_told_of_the_next(source):
    """Where a later release may be read, each note says which periods it is about."""
    if source.later or source.until or source.official:
        lasting = {"revenue_outturn", "ehc_plans_2026_by_la", "ehc_requests_2025"}
        assert source.id in lasting or all(note.periods for note in source.notes)


# A refresh with a later release: what it holds is added, what came before stays.


@pytest.fixture
def lake_folder(request):
    return request.getfixturevalue("lake")  # a name that a module has too


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A catalogue of suspensions and what it needs: quick to build."""
    place = tmp_path_factory.mktemp("suspensions")
    for folder in ("sources", "metrics"):
        (place / folder).mkdir()
    source = KNOWN.sources["suspensions_by_sen"]
    counted = {indicator.id for indicator in source.indicators.values()}
    topics = {m.topic for m in KNOWN.metrics.values() if counted & set(m.numerator)}
    for topic in topics:
        shutil.copy(build.HERE / "metrics" / f"{topic}.toml", place / "metrics")
    needed = {
        i for m in KNOWN.metrics.values() if m.topic in topics for i in (*m.numerator, *m.below)
    }
    for each in KNOWN.sources.values():
        if each.gives != "observation" or needed & {i.id for i in each.indicators.values()}:
            shutil.copy(build.HERE / "sources" / f"{each.id}.toml", place / "sources")
    return place


def test_a_later_release_adds_its_terms_and_england(lake_folder, tmp_path, root):
    source = KNOWN.sources["suspensions_by_sen"]
    raw = shutil.copytree(lake_folder, tmp_path / "raw")
    job = Job(raw, tmp_path / "built", root=root, offline=True)
    before = suspensions(job.out / str(refresh(job).build))
    rows = list(csv.DictReader(io.StringIO((raw / source.files[0]).read_text("utf-8-sig"))))
    last = max(row["time_period"] for row in rows)
    terms = [row for row in rows if row["time_period"] == last]
    places = [row for row in terms if row["time_identifier"] == "Autumn term"]
    england = (
        BLANK | PLACES[0] | {"susp_rate": "7.5", "one_plus_susp_rate": "5", "perm_excl_rate": "1"}
    )
    rows = [
        row | {"time_period": "202526"} for row in (*places, *(row | england for row in places))
    ]
    unique = {tuple(row.values()): row for row in rows}
    path = (
        raw
        / "suspensions-and-permanent-exclusions-in-england/2025-26/published_by_characteristic.csv"
    )
    path.parent.mkdir(parents=True)
    path.write_bytes(text(SUSPENSIONS, unique.values()))
    list_in_manifest(raw, path, source.files[0])
    outcome = refresh(job)
    assert (outcome.code, outcome.refused) == (Code.PUBLISHED, [])
    after = suspensions(job.out / str(outcome.build))
    assert before.items() <= after.items()
    assert after["E92000001", "EHC plan", "Autumn term 2025/26"] == 7.5
    assert ("E92000001", "EHC plan", "Autumn term 2024/25") not in after


def suspensions(folder):
    return {
        (row["area_code"], row["breakdown"], row["time_period"]): row["value"]
        for row in table(folder, "metric_value")
        if row["metric"] == "suspension_rate"
    }


def list_in_manifest(raw, path, like):
    """Say of a new file what the manifest says of another."""
    with (raw / "MANIFEST.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    [row] = [row for row in rows if row["path"] == like]
    name = path.relative_to(raw).as_posix()
    with (raw / "MANIFEST.csv").open("a", newline="") as file:
        csv.DictWriter(file, list(row)).writerow(
            row | {"path": name, "release": name.split("/")[1]}
        )
