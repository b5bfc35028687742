"""The publishers' own layouts, made from the copies that a lake holds of them.

Headers are those of the published files. What a copy does not have is given as a symbol, and rows
are added that nobody may read: of other topics, other lines, and of Inner and Outer London.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

import xlsxwriter
from python_calamine import CalamineWorkbook

Row = Mapping[str, str]

PLACE = (
    "geographic_level,country_code,country_name,region_code,region_name,old_la_code,new_la_code,"
    "la_name"
)
ABSENCE = (
    f"time_period,time_identifier,absence_terms,{PLACE},education_phase,breakdown_topic,breakdown,"
    "enrolments,sess_possible,sess_overall,sess_authorised,sess_unauthorised,sess_overall_percent,"
    "sess_authorised_percent,sess_unauthorised_percent,enrolments_pa_10_exact,"
    "enrolments_pa_10_exact_percent,enrolments_pa_50_exact,enrolments_pa_50_exact_percent"
)
SUSPENSIONS = (
    f"time_identifier,time_period,{PLACE},education_phase,breakdown_topic,breakdown,headcount,"
    "perm_excl,perm_excl_rate,suspension,susp_rate,one_plus_susp,one_plus_susp_rate"
)
ATTENDANCE = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,"
    "region_name,new_la_code,la_name,old_la_code,education_phase,sen,num_schools,present_sessions,"
    "overall_attendance,possible_sessions,reason_c2_authorised_temp_reduced_timetable,"
    "reason_k_aea_education_arranged_by_la,attendance_perc,overall_absence_perc,"
    "authorised_absence_perc,unauthorised_absence_perc,illness_perc"
)
OUTTURN = (
    "time_period,time_identifier,geographic_level,country_name,country_code,region_name,"
    "region_code,la_name,old_la_code,new_la_code,main_category,category_of_expenditure,"
    "early_years_establishments,primary_schools,secondary_schools,sen_and_special_schools,"
    "pupil_referral_units_and_alt_provision,post_16,gross_expenditure,income,net_expenditure,"
    "net_per_capita_expenditure,EES_order"
)
NEET = (
    f"time_period,time_identifier,{PLACE},age,characteristic_grouping,characteristic,"
    "avg_cohort_count,avg_neet_nk_count,avg_neet_count,avg_nk_count,neet_nk_percent,neet_percent,"
    "nk_percent,annual_change_neet_nk_percent"
)
OUTCOMES = (
    "Typically positive experiences and outcomes",
    "Inconsistent experiences and outcomes",
    "Widespread and/or systemic failings",
)
INSPECTIONS = (
    *("Link to report webpage", "Local area partnership", "Ofsted region"),
    *("Inspection start date", "Inspection publication date", "Inspection outcome"),
    *("Priority action plan required?", "Number of areas for priority action"),
)


def published(path: str, body: bytes) -> bytes:
    """Give a copy in its publisher's own layout."""
    return LAYOUTS[path.partition("/")[0]](body)


def by_topic(header: str, topic: Row) -> Callable[[bytes], bytes]:
    """Make a file of the open data standard that holds another topic and the parts of London."""

    def make(body: bytes) -> bytes:
        rows = read(body)
        london = {
            "geographic_level": "Regional",
            "region_code": "E13000002",
            "region_name": "Outer London",
            **dict.fromkeys(("old_la_code", "new_la_code", "la_name"), ""),
        }
        return text(header, [*rows, *(row | topic for row in rows[:50]), rows[0] | london])

    return make


def read(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def text(header: str, rows: Iterable[Row], encoding: str = "utf-8-sig") -> bytes:
    """Write rows under a header; what a row does not have does not apply."""
    out = io.StringIO()
    writer = csv.DictWriter(out, header.split(","), restval="z", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def outturn(body: bytes) -> bytes:
    """Split what was added up into lines again, beside other lines and a line no longer asked."""
    rows = []
    for row in read(body):
        place = {
            "time_period": row["financial_year"].replace("-", ""),
            "time_identifier": "Financial year",
            "geographic_level": "Local authority",
            "la_name": row["la_name"],
            "old_la_code": row["old_la_code"],
        }
        pounds = int(float(row["net_pounds"])) if row["net_pounds"] else None
        if row["bucket"] == "High needs (SEND)":
            part = pounds // 3 if pounds is not None else None
            rest = pounds - part if pounds is not None else None
            lines = {"1.2.1 Top-up funding – maintained schools": rest}
            lines |= {"1.2.5 SEN support service": part, "1.2.12 Carbon allowances (PRUs)": ":"}
            lines |= {"1.2.6 Hospital education services": "z"}
        else:
            lines = {"1.4.11 SEN transport": pounds}
        rows += [
            place | {"category_of_expenditure": line, "net_expenditure": "c" if n is None else n}
            for line, n in lines.items()
        ]
    nation = {"geographic_level": "National", "old_la_code": "", "la_name": ""}
    return text(OUTTURN, [*rows, rows[0] | nation], "cp1252")  # without a mark, with real dashes


def inspections(body: bytes) -> bytes:
    """Write the list with areas by name and outcomes in words, below four rows of notes."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0)
    header, *rows = sheet.to_python()
    held = [dict(zip(header, map(str, row), strict=True)) for row in rows]
    graded = [row for row in held if row["outcome_grade"] != "nan"]
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime(2025, 9, 11)})  # the same bytes each time
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    out = book.add_worksheet("All_ASEND_Jan_2023_to_Aug_2025")
    for number in range(4):
        out.write(number, 0, f"Note {number + 1}")
    out.write_row(4, 0, INSPECTIONS)
    for number, row in enumerate(graded, start=5):
        out.write(number, 1, row["local_authority"].title())
        out.write(number, 5, OUTCOMES[int(float(row["outcome_grade"])) - 1])
        for place, column in ((3, "inspection_start_date"), (4, "publication_date")):
            if row[column]:
                out.write_datetime(number, place, datetime.strptime(row[column], "%d/%m/%y"), day)
    book.close()
    return buffer.getvalue()


def neet(body: bytes) -> bytes:
    """Give a group a row of its own, with its number as far as the scorecard's share tells it."""
    groups = {
        ("Total", "Total"): ("Cohort_DJFavg", "NEET_not_known_percent"),
        ("SEND", "EHCP"): ("cohort_EHCP_percent", "NEET_NK_EHCP_percent"),
        ("SEND", "SEN support"): ("cohort_SENDsupport_percent", "NEET_NK_SENDsupport_percent"),
        ("SEND", "No SEN"): ("cohort_noSEN_percent", "NEET_NK_noSEN_percent"),
    }
    rows = []
    for row in read(body):
        for (grouping, group), (cohort, percent) in groups.items():
            number = row[cohort]
            if group != "Total" and is_number(number) and is_number(row["Cohort_DJFavg"]):
                number = str(float(number) * float(row["Cohort_DJFavg"]) / 100)
            rows.append(
                row
                | {"age": "16 to 17", "characteristic_grouping": grouping, "characteristic": group}
                | {"avg_cohort_count": number, "neet_nk_percent": row[percent]}
            )
    other = {"characteristic_grouping": "sex", "characteristic": "Female"}
    return text(NEET, [*rows, *(row | other for row in rows[:50]), rows[0] | {"age": "16"}])


def is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).isdigit()


LAYOUTS: Mapping[str, Callable[[bytes], bytes]] = {
    "pupil-absence-in-schools-in-england": by_topic(ABSENCE, {"breakdown_topic": "FSM"}),
    "suspensions-and-permanent-exclusions-in-england": by_topic(
        SUSPENSIONS, {"breakdown_topic": "FSM"}
    ),
    "pupil-attendance-in-schools": by_topic(
        ATTENDANCE, {"geographic_level": "Regional", "region_code": "E13000001", "sen": "No SEN"}
    ),
    "la-and-school-expenditure": outturn,
    "area-send-inspections": inspections,
    "participation-and-neet": neet,
}
