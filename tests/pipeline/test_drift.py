"""Files that say the same under other names: known layouts are read, unknown ones are refused.

In tests/pipeline/layouts stand the headers of the EHC plans files of three releases, as published,
with some headline rows; where no row of a release was to be had, the test adds an invented one.
"""

import csv
import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import build, catalogue, lake, readers
from pipeline.errors import SourceError
from pipeline.refresh import Code, Job, refresh
from tests.pipeline.conftest import table

LAYOUTS = Path(__file__).parent / "layouts"
KNOWN = catalogue.load_catalogue()

# Which file of which release each source can read.
READ = {
    "2022": {
        "ehc_requests_2016_to_2018": "sen2_mi",
        "ehc_timeliness_2014_to_2018": "sen2_mi",
        "ehc_statements_and_plans": "sen2_age_caseload",
    },
    "2025": {
        "ehc_annual_reviews": "annual_reviews",
        "ehc_assessments": "assessments",
        "ehc_caseload": "caseload",
        "ehc_ceased": "ceased_plans",
        "ehc_new_plans": "newplans",
        "ehc_personal_budgets": "personal_budgets",
        "ehc_primary_need": "sen_needs_all_plans",
        "ehc_primary_need_new": "sen_need_newplans",
        "ehc_requests": "requests",
        "ehc_residential": "residential_settings",
        "ehc_timeliness": "timeliness_20_week",
        "ehc_work_based": "work_based_placements",
    },
}
READ["2026"] = {
    **{source: file for source, file in READ["2025"].items() if source != "ehc_annual_reviews"},
    "ehc_primary_need": "sen_needs_caseload",
    "ehc_timeliness_2025": "timeliness_20_week",
}
EVERY = [(release, *pair) for release, files in READ.items() for pair in files.items()]

# What the release of 2026 calls what that of 2025 called otherwise, from its published headers.
NAMES_2026 = {
    "AP_PRU_total_pc": "ap_pru_total_pc",
    "PC_plans_issued_20_weeks_ex": "pc_plans_issued_20_weeks_ex",
    "Res_3851": "res_3851",
    "Res_52": "res_52",
    "Res_tot": "res_tot",
}
TOTALS = {
    "2025": {"ehc_new_plans": "New EHC plans", "ehc_timeliness": "All EHC plans issued",
             "ehc_requests": "All requests for EHC needs assessments"},
    "2026": {"ehc_new_plans": "All new EHC plans", "ehc_timeliness": "All EHC plans",
             "ehc_timeliness_2025": "All EHC plans",
             "ehc_requests": "All requests for an EHC needs assessment"},
}  # fmt: skip


def total_label(release, source):
    """The label of the total rows of a release."""
    own = KNOWN.sources[source].looks_for.get("breakdown")
    return TOTALS.get(release, {}).get(source, own)


def rows_of(release, source, file):
    """A file's rows as dictionaries, with an invented headline row where it has none."""
    with (LAYOUTS / release / f"{file}.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
        opened.seek(0)
        header = next(csv.reader(opened))
    label = total_label(release, source)
    if label and not any(row["breakdown"] == label for row in rows):
        [identifier] = KNOWN.sources[source].expect["time_identifier"]
        rows.append(
            {name: str(1000 + number) for number, name in enumerate(header)}
            | dict.fromkeys(("region_code", "region_name", "old_la_code", "new_la_code"), "")
            | {
                "la_name": "",
                "time_period": "202526" if identifier == "Academic year" else "2025",
                "time_identifier": identifier,
                "geographic_level": "National",
                "country_code": "E92000001",
                "country_name": "England",
                "breakdown_topic": label,
                "breakdown": label,
            }
        )
    return header, rows


def written(place, header, rows):
    text = io.StringIO()
    out = csv.DictWriter(text, header, lineterminator="\n")
    out.writeheader()
    out.writerows(rows)
    place.write_text(text.getvalue(), encoding="utf-8")
    return place


@pytest.fixture
def db():
    with build.connect() as made:
        build.insert_definitions(made, replace(KNOWN, sources={}))
        made.execute('CREATE TABLE area (level TEXT, "end" DATE, old_la_code TEXT, name TEXT)')
        yield made


def read(db, source, path, release="2027"):
    name = f"education-health-and-care-plans/{release}/plans.zip!data/{path.name}"
    readers.read(db, KNOWN.sources[source], name, path)


@pytest.mark.sample(2, each="release")
@pytest.mark.parametrize(("release", "source", "file"), EVERY)
def test_each_known_layout_is_read_by_name(db, tmp_path, release, source, file):
    header, rows = rows_of(release, source, file)
    backwards = header[::-1]  # columns have no place of their own
    read(db, source, written(tmp_path / f"{file}.csv", backwards, rows))
    found = db.execute(f"SELECT label, area, period, published FROM ({select(source)})").fetchall()
    labels = KNOWN.sources[source].indicators
    if release == "2022":
        assert {row[1] for row in found} == {"E92000001", "202"}
        assert {label for label, *_ in found} <= labels.keys()
        return
    label = total_label(release, source)
    wanted = [row for row in rows if row["breakdown"] == label]
    if source == "ehc_timeliness_2025":
        wanted = [row for row in wanted if row["time_period"] >= "2025"]
    names = NAMES_2026 if release == "2026" else {}
    assert len(found) == len(wanted) * len(labels)
    for row in wanted:
        area = row["old_la_code"] or row["region_code"] or row["country_code"]
        own = {f[0]: f[3] for f in found if f[1:3] == (area, row["time_period"])}
        if "special_academy" in row:  # two columns since 2026, which are one here
            both = row["special_academy"], row["special_free_school"]
            row["special_academy_free"] = str(sum(map(int, both))) if "x" not in both else "x"
        assert own == {label: row.get(names.get(label, label), "x") or None for label in labels}, (
            area
        )


def select(source):
    return build.build_query(KNOWN.sources[source])


def test_what_a_release_dropped_is_not_available_and_nothing_else(db, tmp_path):
    header, rows = rows_of("2026", "ehc_ceased", "ceased_plans")
    assert "not_rec" not in header
    read(db, "ehc_ceased", written(tmp_path / "ceased_plans.csv", header, rows))
    assert db.execute("SELECT DISTINCT not_rec FROM raw").fetchall() == [("x",)]
    assert KNOWN.sources["ehc_ceased"].symbols["x"] == "not_available"


def refusal(db, source, path):
    with pytest.raises(SourceError) as raised:
        read(db, source, path)
    return str(raised.value)


def test_unknown_columns_are_refused_with_the_nearest_and_the_lines_to_add(db, tmp_path):
    header, rows = rows_of("2026", "ehc_residential", "residential_settings")
    new = {"res_3851": "res_38_51", "res_52": "res_52_weeks"}
    header = [new.get(name, name) for name in header]
    rows = [{new.get(name, name): cell for name, cell in row.items()} for row in rows]
    path = written(tmp_path / "residential_settings.csv", header, rows)
    assert refusal(db, "ehc_residential", path) == (
        "ehc_residential: education-health-and-care-plans/2027/plans.zip!data/"
        "residential_settings.csv: header (row 1): found no column 'Res_3851'; the nearest is "
        "'res_38_51'\n"
        "  If they mean the same, add at the end of pipeline/sources/ehc_residential.toml:\n"
        "    [[accepts]]\n"
        '    release = "2027"\n'
        '    columns = { "Res_3851" = "res_38_51", "Res_52" = "res_52_weeks" }'
    )


def test_an_unknown_label_is_refused_with_the_nearest_and_the_lines_to_add(db, tmp_path):
    header, rows = rows_of("2026", "ehc_new_plans", "newplans")
    for row in rows:
        for column in ("breakdown_topic", "breakdown"):
            row[column] = row[column].replace("All new EHC plans", "All new EHC plans issued")
    path = written(tmp_path / "newplans.csv", header, rows)
    assert refusal(db, "ehc_new_plans", path) == (
        "ehc_new_plans: education-health-and-care-plans/2027/plans.zip!data/newplans.csv: column "
        "'breakdown_topic': found no row of 'New EHC plans', wanted rows; the nearest is 'All new "
        "EHC plans issued'\n"
        "  If they mean the same, add at the end of pipeline/sources/ehc_new_plans.toml:\n"
        "    [[accepts]]\n"
        '    release = "2027"\n'
        '    labels = { "New EHC plans" = "All new EHC plans issued" }'
    )


def another_column(row):
    return {("plans_issued_total" if n == "plans_issued_den" else n): c for n, c in row.items()}


def another_label(row):
    return {n: "All EHC plans made" if c.startswith("All EHC plans") else c for n, c in row.items()}


@pytest.mark.sample(1, each="change")
@pytest.mark.parametrize("release", ["2025", "2026"])
@pytest.mark.parametrize("change", [another_column, another_label])
def test_the_lines_that_are_shown_accept_the_file(db, tmp_path, release, change):
    """What a reader is told to add is what is needed, and is TOML."""
    _, rows = rows_of(release, "ehc_timeliness", "timeliness_20_week")
    rows = [change(row) for row in rows]
    path = written(tmp_path / "timeliness_20_week.csv", list(rows[0]), rows)
    lines = refusal(db, "ehc_timeliness", path).splitlines()[2:]
    text = "\n".join(line.strip() for line in lines)
    [given] = catalogue.tomllib.loads(text)["accepts"]
    source = KNOWN.sources["ehc_timeliness"]
    more = source.model_copy(
        update={"accepts": (*source.accepts, catalogue.Accepted.model_validate(given))}
    )
    readers.read(db, more, "plans/2027/time.csv", path)
    assert db.execute(f"FROM raw WHERE plans_issued_den IS NOT NULL AND {source.where}").fetchall()


def test_a_layout_with_nothing_near_says_what_it_has_and_advises_nothing(db, tmp_path):
    header, rows = rows_of("2026", "ehc_residential", "residential_settings")
    new = {"res_3851": "aaa", "res_52": "bbb", "res_tot": "ccc"}
    header = [new.get(name, name) for name in header]
    rows = [{new.get(name, name): cell for name, cell in row.items()} for row in rows]
    said = refusal(db, "ehc_residential", written(tmp_path / "r.csv", header, rows))
    assert "found no column 'Res_3851'; it has time_period, " in said
    assert "[[accepts]]" not in said


def test_the_annual_reviews_of_2026_count_otherwise_and_are_refused(db):
    """Columns by year, other outcomes: no name alone makes it the file of 2025."""
    said = refusal(db, "ehc_annual_reviews", LAYOUTS / "2026" / "annual_reviews.csv")
    assert said.startswith("ehc_annual_reviews: ")
    assert "found no column 'pc_decsion_4weeks'" in said


# A later release is read in place of the one that the catalogue names.


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A catalogue of requests for assessment alone."""
    place = tmp_path_factory.mktemp("requests")
    for folder in ("sources", "metrics"):
        (place / folder).mkdir()
    metrics = [m for m in KNOWN.metrics.values() if m.topic == "requests"]
    used = {i for m in metrics for i in (*m.numerator, *m.below)}
    shutil.copy(build.HERE / "metrics" / "requests.toml", place / "metrics")
    for source in KNOWN.sources.values():
        if source.gives != "observation" or used & {i.id for i in source.indicators.values()}:
            shutil.copy(build.HERE / "sources" / f"{source.id}.toml", place / "sources")
    return place


ARCHIVE = "education-health-and-care-plans/{0}/education-health-and-care-plans_{0}.zip"


def release_of_2026(raw, change=lambda rows: rows):
    """Put into a lake one archive with what stands in two files, under the labels of 2026."""
    with zipfile.ZipFile(raw / ARCHIVE.format("2025")) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    old = read_rows(members["data/requests.csv"].decode("utf-8-sig"))
    folder = raw / "education-health-and-care-plans" / "2026"
    new = read_rows((folder / "requests_2025.csv").read_text(encoding="utf-8-sig"))
    header = list(dict.fromkeys([*old[0], *new[0]]))
    own, other = TOTALS["2025"]["ehc_requests"], TOTALS["2026"]["ehc_requests"]
    rows = [
        {name: other if row.get(name, "") == own else row.get(name, "") for name in header}
        | ({"breakdown_topic": other, "breakdown": other} if row in new else {})
        for row in [*old, *new]
    ]
    text = io.StringIO()
    out = csv.DictWriter(text, header, lineterminator="\n")
    out.writeheader()
    out.writerows(change(rows))
    with zipfile.ZipFile(raw / ARCHIVE.format("2026"), "w") as archive:
        for name, data in {**members, "data/requests.csv": text.getvalue().encode()}.items():
            archive.writestr(name, data)
    with (raw / "MANIFEST.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = [r for r in csv.DictReader(file) if r["path"] == ARCHIVE.format("2025")]
    with (raw / "MANIFEST.csv").open("a", encoding="utf-8", newline="") as file:
        changes = {"path": ARCHIVE.format("2026"), "release": "2026", "sha256": "as fetched"}
        csv.DictWriter(file, row.keys()).writerow(row | changes)


def read_rows(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def raw(lake, tmp_path):
    return shutil.copytree(lake, tmp_path / "raw")


def values(out, build_id):
    rows = table(out / build_id, "metric_value")
    keep = ("metric", "breakdown", "area_code", "time_period", "value", "status")
    return [tuple(row[name] for name in keep) for row in rows]


def test_a_later_release_gives_the_same_values_as_the_files_that_stood_in_for_it(
    raw, root, tmp_path
):
    before = build.build(raw, tmp_path / "before", root)
    release_of_2026(raw)
    after = build.build(raw, tmp_path / "after", root)
    assert values(tmp_path / "after", after) == values(tmp_path / "before", before)
    files = {row["path"] for row in table(tmp_path / "after" / after, "source_file")}
    assert f"{ARCHIVE.format('2026')}!data/requests.csv" in files
    assert "education-health-and-care-plans/2026/requests_2025.csv" not in files
    assert f"{ARCHIVE.format('2025')}!data/requests.csv" not in files


def test_a_later_release_that_is_refused_is_left_out_and_said_so(raw, root, tmp_path):
    """The figures that can be had are published; the scheduler hears of the refusal."""
    job = Job(raw, tmp_path / "built", root=root, offline=True)
    release_of_2026(raw, unknown_total)
    first = refresh(job)
    assert first.code == Code.PUBLISHED
    assert first.report[0].endswith("without newer releases that were refused")
    assert any("ehc_requests: " in line and "found no row of" in line for line in first.refused)
    assert any(line.strip().startswith("labels = ") for line in first.refused)
    again = refresh(job)
    assert again.code == Code.REFUSED
    assert again.refused == first.refused
    kept = f"build {first.build} keeps being shown"
    assert again.report[0] == f"# Refused: nothing was published, {kept}"


def unknown_total(rows):
    for row in rows:
        row["breakdown_topic"] = row["breakdown"] = "Every request for an assessment"
    return rows


def test_of_several_later_releases_the_newest_is_read(tmp_path):
    for year in ("2022", "2025", "2026", "2027"):
        path = tmp_path / ARCHIVE.format(year)
        path.parent.mkdir(parents=True)
        path.write_text("")
    caseload, stand_in = KNOWN.sources["ehc_caseload"], KNOWN.sources["ehc_caseload_2026"]
    with lake.Lake(tmp_path, {}) as held:
        assert lake.read_by(held, caseload) == [f"{ARCHIVE.format('2027')}!data/caseload.csv"]
        assert lake.read_by(held, stand_in) == []
    with lake.Lake(tmp_path, {}, frozenset(lake.EVERY)) as held:
        assert lake.read_by(held, caseload) == list(caseload.files)
        with pytest.raises(SourceError, match="found no such file"):
            lake.read_by(held, stand_in)
