"""Attendance, exclusion, attainment and destinations, by SEN provision."""

from itertools import product

from pipeline.catalogue import Source
from tests.lake.areas import AREAS, ENGLAND, LOCAL_AUTHORITIES, REGIONAL, REGIONS
from tests.lake.geography import table
from tests.lake.rows import Group, Rows, cell, long, makes

SEN = ("EHC plan", "SEN support", "No SEN")
SUB_NATIONAL = (*REGIONAL, *LOCAL_AUTHORITIES)


@makes("lait")
def lait(source: Source, _: str) -> Rows:
    """One row per indicator, year and area, England and the regions numbered from 970."""
    numbers = {name: str(980 + i) for i, name in enumerate(REGIONS.values())}
    body = []
    for label in source.indicators:
        for year in ("2024", "2025"):
            body += [
                {
                    "Short Desc": label,
                    "Years": year,
                    "LA and Regions": area.name,
                    "Values": cell(source, label, area, year, old=year == "2024"),
                    "LA Number": area.old_code or numbers.get(area.name, "970"),
                }
                for area in AREAS
            ]
    return table(source, body)


def by_phase(source: Source, sen: str, phases: dict[str, str], counts: list[str]) -> list[Group]:
    """Make a group per phase of school and SEN provision; in special schools only plans."""
    allowed = source.expect["education_phase"]
    return [
        (
            {"education_phase": phase, sen: group},
            {count: f"{count}: {group}{suffix}" for count in counts},
        )
        for (phase, suffix), group in product(phases.items(), SEN)
        if phase in allowed and (group == SEN[0] or "special" not in phase.lower())
    ]


@makes("absence_by_sen", "suspensions_by_sen", "suspensions_by_sen_yearly", "attendance_by_sen")
def by_sen_and_phase(source: Source, _: str) -> Rows:
    """Local authorities only, by phase of school and SEN provision; a year, or terms of it."""
    kind = "" if source.id == "attendance_by_sen" else "State-funded "
    phases = {
        "Total": "",
        f"{kind}primary".capitalize(): ", primary",
        f"{kind}secondary".capitalize(): ", secondary",
        "Special": ", special schools",
    }
    first = 1 + source.columns.index("education_phase")
    counts = [c for c in source.columns[first:] if c not in source.expect]
    sen = "sen" if "sen" in source.expect else "breakdown"
    year = "202526" if source.id == "attendance_by_sen" else "202425"
    named = [(year, "Autumn"), (year, "Spring")]
    if source.id.startswith("suspensions"):  # a whole year before it, whose terms are added up
        named = [("202324", term) for term in ("Autumn", "Spring", "Summer")] + named
    terms = ({"time_period": year, "time_identifier": f"{term} term"} for year, term in named)
    periods = terms if "term" in source.expect["time_identifier"][0] else ()
    return long(source, by_phase(source, sen, phases, counts), periods, LOCAL_AUTHORITIES)


@makes("early_years_2022")
def early_years(source: Source, _: str) -> Rows:
    """Groups of SEN provision; the sexes apart, which nobody reads."""
    counts = {label.partition(": ")[0] for label in source.indicators}
    names = {group: group for group in ("EHC plan", "SEN support", "All SEN")}
    groups: list[Group] = [
        (
            {
                "characteristic": "SEN provision",
                "characteristic_type": published,
                "gender": gender,
            },
            {c: f"{c}: {group}" for c in sorted(counts)},
        )
        for gender, (published, group) in product(
            ("Total", "Boys"), (names | {"No identified SEN": "No SEN"}).items()
        )
    ]
    return long(source, groups, ("202122",))


@makes("attainment_by_19")
def attainment_by_19(source: Source, _: str) -> Rows:
    """Counts at 16 and at 19; 'ALL' stands for every region, authority and pupil."""
    names = {
        "SEN with statements or EHC plans": "EHC plan",
        "SEN without statements or EHC plans": "SEN support",
        "No SEN": "No SEN",
    }
    body = []
    for period, area, (sen, group) in product(("2021", "2022"), AREAS, names.items()):
        reached, below, rate = (
            cell(source, f"{label}: {group}", area, period, old=False)
            for label in ("l2_em_by19_belowat16", "below_at_16", "l2_em_by19_belowat16_rate")
        )
        is_local = area in LOCAL_AUTHORITIES
        body.append(
            {
                "cohort_19_in": period,
                "region": "ALL" if area is ENGLAND else REGIONS[area.region or area.code],
                "la_code_3": area.old_code if is_local else "ALL",
                "la_name": area.name if is_local else "ALL",
                "gender": "ALL",
                "fsm": "ALL",
                "sen": sen,
                "number_in_ss_cohort": str(int(below) + 1000),
                "l2_em_by16": "1000",
                "l2_em_by19_belowat16": reached,
                "l2_em_by19_belowat16_rate": rate,
            }
        )
    return table(source, body)


KS4 = {
    "EHC plan or Statement": "EHC plan",
    "SEN support": "SEN support",
    "No identified SEN": "No SEN",
}
POST_16 = {
    "Identified SEN (mainstream)": "SEN (mainstream)",
    "No identified SEN": "No SEN",
    "Identified LLDD (mainstream)": "LLDD (mainstream)",
    "No identified LLDD": "No LLDD",
}


@makes(
    *("ks4_destinations", "ks4_destinations_england"),
    *("post_16_destinations", "post_16_destinations_england"),
)
def destinations(source: Source, _: str) -> Rows:
    """One row per area, group and destination."""
    names = KS4 if source.id.startswith("ks4") else POST_16
    kinds = dict.fromkeys(label.partition(": ")[0] for label in source.indicators)
    del kinds["cohort"]
    groups: list[Group] = [
        (
            {"characteristic": published, "destination_raw": kind},
            {"% of pupils": f"{kind}: {group}", "cohort": f"cohort: {group}"},
        )
        for kind, (published, group) in product(kinds, names.items())
    ]
    areas = (ENGLAND,) if source.id.endswith("england") else SUB_NATIONAL
    return long(source, groups, ("202021", "202122"), areas)


@makes("ks4_destinations_published")
def destinations_of_england(source: Source, _: str) -> Rows:
    """One row per group, a column per destination; numbers of pupils too, which nobody reads."""
    names = {
        "Statement of SEN/Education Health and Care plan": "EHC plan",
        "School Action/SEN support": "SEN support",
        "No identified SEN": "No SEN",
    }
    kinds = dict.fromkeys(label.partition(": ")[0] for label in source.indicators)
    groups: list[Group] = [
        (
            {
                "institution_group": "State-funded mainstream & special schools",
                "breakdown_topic": "SEN Provision",
                "breakdown": published,
                "data_type": data_type,
            },
            {kind: f"{kind}: {group}" for kind in kinds},
        )
        for data_type, (published, group) in product(
            ("Percentage", "Number of pupils"), names.items()
        )
    ]
    return long(source, groups, ("202021", "202122"), (ENGLAND,))


@makes("pupils_by_school_type")
def by_school_type(source: Source, _: str) -> Rows:
    """One row per area, type of school and group; all pupils too, which nobody reads."""
    number = "% of pupils (with SEN provision type)"
    labels = [*source.indicators, "all pupils: State-funded primary"]
    groups: list[Group] = []
    for label in labels:
        group, _, phase = label.partition(": ")
        groups.append(({"Provision type": group, "phase_type_grouping": phase}, {number: label}))
    periods = [
        {"time_period": y, "academic_year": f"{y[:4]}/{y[4:]}"} for y in ("202122", "202223")
    ]
    return long(source, groups, periods)


@makes("neet_by_sen")
def neet(source: Source, name: str) -> Rows:
    """One column per group, one file per year; everyone is in one of the three groups."""
    [folder] = [part for part in name.split("/") if part.isdigit()]
    header, *body = long(source, [({}, {label: label for label in source.indicators})], (folder,))
    groups = [i for i, column in enumerate(header) if column.startswith("cohort_")]
    for row in body:
        whole = sum(float(row[i]) for i in groups)
        *some, last = groups
        for i in some:
            row[i] = str(round(100 * float(row[i]) / whole, 1))
        row[last] = str(round(100 - sum(float(row[i]) for i in some), 1))
    return [header, *body]
