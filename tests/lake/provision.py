"""Alternative provision, inspections of areas, and schools."""

import datetime as dt
from itertools import product

from pipeline.catalogue import Source
from tests.lake.areas import AREAS, LOCAL_AUTHORITIES, PARTS, Area
from tests.lake.geography import table
from tests.lake.numbers import number
from tests.lake.rows import Group, Rows, long, makes, place, text


@makes("ap_census")
def census(source: Source, _: str) -> Rows:
    """All pupils, and the sexes apart, which nobody reads."""
    every = dict.fromkeys(("gender", "age", "ethnicity_minor", "fsm"), "Total")
    groups: list[Group] = [
        (every, {"number_of_pupils": "Total"}),
        (every | {"gender": "Female"}, {"number_of_pupils": "nobody reads this"}),
    ]
    return long(source, groups, ("202122", "202223"))


@makes("ap_unregistered")
def counts(source: Source, _: str) -> Rows:
    """One row per kind of provision and area; regions by name."""
    total = {"setting_type": "Grand total unregistered AP (all setting types)"}
    groups = [({"prov_type": each} | total, {"total": each}) for each in source.indicators]
    return long(source, groups, ("202223",))


def parts(
    whole: tuple[str, ...], named: dict[str, tuple[str, str]], area: Area
) -> dict[str, float]:
    """Give a whole and its named groups, leaving out those of nobody, as the files do."""
    found = {part: number(*key, area, 2023) for part, key in named.items()}
    return {"Total": number(*whole, area, 2023)} | {k: n for k, n in found.items() if n}


def halves(area: Area, whole: str, names: tuple[str, str]) -> dict[str, float]:
    """Cut a whole in two groups, a third and the rest."""
    made_of = PARTS.get(area.code, (area,))
    first = sum(number(whole, "Total", part, 2023) // 3 for part in made_of)
    return {names[0]: first, names[1]: number(whole, "Total", area, 2023) - first}


def named(source: Source, cut: str = "") -> dict[str, tuple[str, str]]:
    """List the groups of one cut as published, and what each counts."""
    return {
        label.removeprefix(cut): (indicator.id, indicator.breakdown)
        for label, indicator in source.indicators.items()
        if label.startswith(cut)
    }


@makes("ap_la_funded_settings")
def la_funded(source: Source, _: str) -> Rows:
    """One row per area and kind of setting, and their total."""
    settings = {
        part: key for part, key in named(source).items() if key[0] == "la_funded_ap_in_setting"
    }
    body = [
        _place(area) | {"setting_type": setting, "placements": text(count)}
        for area in AREAS
        for setting, count in parts(("la_funded_ap_placements", "Total"), settings, area).items()
    ]
    return table(source, body)


@makes("ap_school_arranged")
def school_arranged(source: Source, _: str) -> Rows:
    """Each reason and each kind of setting where the other is 'Total'."""
    whole = ("school_arranged_ap_pupils", "Total")
    body = []
    for area in AREAS:
        for reason, count in parts(whole, named(source, "reason: "), area).items():
            grouping = "Total" if reason == "Total" else "Placement Reason"
            body.append(_pupils(area, grouping, reason, "Total", count))
        for setting, count in list(parts(whole, named(source, "setting: "), area).items())[1:]:
            body.append(_pupils(area, "Total", "Total", setting, count))
    return table(source, body)


@makes("ap_school_arranged_pupils")
def school_arranged_pupils(source: Source, _: str) -> Rows:
    """SEN provision and free school meals, each with its total."""
    sen = {p: key for p, key in named(source).items() if key[0].endswith("with_sen")}
    body = []
    for area in AREAS:
        held = parts(("school_arranged_ap_pupils", "Total"), sen, area)
        for part, count in held.items():
            body.append(_pupils(area, "SEN on entry", part, "Total", count))
        meals = halves(area, "school_arranged_ap_pupils", ("FSM eligible", "FSM not eligible"))
        for part, count in ({"Total": held["Total"]} | meals).items():
            body.append(_pupils(area, "FSM eligibility", part, "Total", count))
    return table(source, body)


def _pupils(area: Area, grouping: str, part: str, setting: str, count: float) -> dict[str, str]:
    return _place(area) | {
        "characteristic_grouping": grouping,
        "pupil_characteristic": part,
        "setting_type": setting,
        "pupils": text(count),
    }


def _place(area: Area) -> dict[str, str]:
    return {"time_period": "202223", "time_identifier": "Academic year"} | place(area)


@makes("ap_state_pupils")
def state_pupils(source: Source, _: str) -> Rows:
    """Numbers by SEN provision, meals and sex, which alone adds up to all; regions by name."""
    sen = {p: key for p, key in named(source).items() if key[0] == "state_ap_pupils_with_sen"}
    body = []
    for area in AREAS:
        held = parts(("pupils_in_state_ap", "Total"), sen, area)
        held.pop("Total")
        topics = {
            "SEN status": held,
            "Free school meal status": halves(
                area, "pupils_in_state_ap", ("FSM eligible", "FSM not")
            ),
            "Gender": halves(area, "pupils_in_state_ap", ("Female", "Male")),
        }
        for topic, groups in topics.items():
            for part, count in groups.items():
                row = {"prov_type": "State-funded AP school", "pupil_characteristic": topic}
                body.append(_place(area) | row | {"char_dv": part, "pupils_dv": text(count)})
    return table(source, body)


@makes("ap_inspections")
def inspections(source: Source, _: str) -> Rows:
    """Numbers of schools by type and judgement; a judgement that no school has is left out."""
    grades = ("Outstanding", "Good", "Requires improvement", "Inadequate")
    kinds = dict.fromkeys(label.partition(": ")[0] for label in list(source.indicators)[:-5])
    body = []
    for year, area, kind in product(("2022", "2023"), AREAS, kinds):
        counts = judgements(area, int(year))
        for grade, count in zip(grades, counts, strict=True):
            if not count:
                continue
            body.append(
                place(area)
                | {
                    "Year": year,
                    "Region": place(area)["region_name"] or "England",
                    "school_type": kind,
                    "Overall effectiveness": grade,
                    "Measure": "Overall effectiveness (number of schools)",
                    "Value": str(count),
                    "grand_total_schools": str(sum(counts)),
                }
            )
    return table(source, body)


def judgements(area: Area, year: int) -> list[int]:
    """Count schools by grade; in one authority all of them are good."""
    if area.code in PARTS:
        return [
            sum(each) for each in zip(*(judgements(p, year) for p in PARTS[area.code]), strict=True)
        ]
    if area.size == 40:
        return [0, 40, 0, 0]
    return [area.size * (i + year - 2020) for i in range(4)]


@makes("area_send_2022")
def first_framework(source: Source, _: str) -> Rows:
    """Two columns of words make one outcome."""
    required, progress = source.expect, "Revisit outcome: sufficient progress in addressing all"
    [required] = source.expect
    progress = next(column for column in source.columns if column.startswith(progress))
    body = []
    for i, area in enumerate(LOCAL_AUTHORITIES):
        row = {
            "Local authority code": area.code,
            "Area name": area.name,
            required: "No" if i % 4 == 0 else "Yes",
            "Inspection start date": dt.date(2017, 3, 27).isoformat(),
            "Inspection publication date": "2017-06-29",
            progress: ("", "Yes", "Some", "No")[i % 4],
        }
        if i % 4:
            row |= {
                source.columns[4]: "3",
                "Revisit start date": "2019-03-04",
                "Revisit publication date": "2019-05-09",
                source.columns[-1]: "2",
            }
        body.append(row)
    return [*([f"note {i}"] for i in range(1, 5)), *table(source, body)]


@makes("area_send_2023")
def second_framework(source: Source, _: str) -> Rows:
    """The first inspections, by name; 'NA' where there is no number."""
    outcomes = source.expect["Inspection.outcome"]
    body = [
        {
            "Local.area.partnership": area.name,
            "Inspection.start.date": "27/03/2023",
            "Inspection.publication.date": "31/05/2023",
            "Inspection.outcome": outcomes[i % 3],
            "Number.of.areas.for.priority.action": "2" if i % 3 == 2 else "NA",
        }
        for i, area in enumerate(LOCAL_AUTHORITIES[:15])
    ]
    return table(source, body)


@makes("area_send_2025", "area_send_2026")
def second_framework_overview(source: Source, _: str) -> Rows:
    """A grade and dates as text; one report without its grade."""
    [unknown] = source.symbols
    body = [
        {
            "la_code": area.old_code,
            "local_authority": area.name.lower(),
            "outcome_grade": unknown if i == 7 else str(1 + i % 3),
            "inspection_start_date": "18/11/24",
            "inspection_end_date": "22/11/24",
            "publication_date": "04/02/25",
        }
        for i, area in enumerate(LOCAL_AUTHORITIES[: source.least_areas + 2])
    ]
    return table(source, body)
