"""EHC plans, tribunals and the standard layout of the Department for Education."""

from itertools import product

from pipeline.catalogue import Source
from tests.lake.areas import ENGLAND, LOCAL_AUTHORITIES
from tests.lake.geography import table
from tests.lake.rows import Group, Rows, cell, long, makes

AGES = ("Under 5", "Age 5 to 10", "Age 11 to 15", "Age 16 to 19", "Age 20 to 25")


@makes("ehc_plans_by_age")
def by_single_age(source: Source, _: str) -> Rows:
    """Single years of age; an age group may have several, or one."""
    ages = ["under 3", *(f"age {age}" for age in (4, 7, 8, 12, 17, 22))]
    groups = [
        (
            {"breakdown_topic": "Child or young persons age", "breakdown": age},
            {"ehcplans": ("ehcplans", age)},
        )
        for age in ages
    ]
    return long(source, groups)


# One kind of placement in each group; the others have no row, as where nobody has them.
KINDS = {
    "Mainstream - academy": "mainstream",
    "Mainstream - academy (resourced provision)": "unit",
    "Special - Academy/free schools": "state_special",
    "Special - independent": "independent_special",
    "FE - specialist post-16 institutions": "further_education",
    "Educated elsewhere - NEET": "elsewhere",
}
NEED_COLUMNS = {
    "ehc_plans": "Total",
    "number_asd": "Autistic spectrum disorder",
    "number_hi": "Hearing impairment",
    "number_mld": "Moderate learning difficulty",
    "number_msi": "Multi-sensory impairment",
    "number_oth": "Other difficulty or disability",
    "number_pd": "Physical disability",
    "number_pmld": "Profound and multiple learning difficulty",
    "number_semh": "Social, emotional and mental health",
    "number_slcn": "Speech, language and communication needs",
    "number_sld": "Severe learning difficulty",
    "number_spld": "Specific learning difficulty",
    "number_vi": "Vision impairment",
    "number_need_unknown": "Not recorded",
}


@makes("ehc_need_by_placement")
def need_by_placement(source: Source, _: str) -> Rows:
    """One row per kind of placement, a column per need; a total that nobody reads."""
    topic = {"breakdown_topic": "Type of placement"}
    groups: list[Group] = [
        (
            topic | {"breakdown": kind},
            {column: (label, need) for column, need in NEED_COLUMNS.items()},
        )
        for kind, label in KINDS.items()
    ]
    unread = dict.fromkeys(NEED_COLUMNS, "nobody reads this")
    return long(source, [*groups, (topic | {"breakdown": "Special - total"}, unread)])


@makes("ehc_plans_by_age_2023", "plans_of_school_age")
def by_age_group(source: Source, _: str) -> Rows:
    """Five age groups, without a total."""
    groups = [
        ({"characteristic_age": age}, {"num_caseload": ("num_caseload", age)}) for age in AGES
    ]
    return long(source, groups, ("2022", "2023"))


@makes("designated_officers", "designated_officers_2026")
def officers(source: Source, _: str) -> Rows:
    """Answers in words; of social care officers nobody was asked in the older period."""
    answers = {"1": "Yes", "2": "Recruiting", "3": "No"}
    periods = source.expect.get("time_period", ("2024", "2025"))
    body = [
        {
            "time_period": period,
            "time_identifier": "Calendar year",
            "geographic_level": area.level,
            "old_la_code": area.old_code,
            "la_name": area.name,
        }
        | {
            label: answers[cell(source, label, area, period, old=False)]
            for label in source.indicators
        }
        | ({"des_so_care_off": "n/a"} if period == "2024" else {})
        for period, area in product(periods, LOCAL_AUTHORITIES)
    ]
    if source.symbols:
        body[-1]["des_so_care_off"] = "Not returned"
    return table(source, body)


@makes("tribunal_old_method", "tribunal_appeals")
def tribunal_report(source: Source, _: str) -> Rows:
    """Three columns per year under the year's title; the title of a region; England by its name."""
    titles, below = ["Local Authority", "LA code"], ["", ""]
    for column in source.columns[2:]:
        year, _, name = column.partition(" | ")
        titles.append(year if name.startswith("Appeals") else "")
        below.append(name)
    labels = {
        "Appeals": "Appeals registered",
        "Total": "Total Appealable Decisions",
        "SEND": "SEND Tribunal Appeal Rate",
    }
    body = [["NORTH EAST"]]
    for area in (*LOCAL_AUTHORITIES, ENGLAND):
        cells = [
            cell(source, labels[column[7:].split()[0]], area, column[:4], old=column < "2024")
            for column in source.columns[2:]
        ]
        name = "England Total4,9" if area is ENGLAND else area.name
        body.append([name, area.old_code, *cells])
    return [["title"], [], [], titles, below, *body, ["Notes:"]]


@makes("tribunal_new_method")
def tribunal_table(source: Source, _: str) -> Rows:
    """A name and three columns per year."""
    body = [
        {"la_name_as_published": "England Total" if area is ENGLAND else area.name}
        | {
            column: cell(source, column[:-5], area, column[-4:], old=column.endswith("2024"))
            for column in source.columns[1:]
        }
        for area in (*LOCAL_AUTHORITIES, ENGLAND)
    ]
    return table(source, body)
