"""Metrics, figures, areas and sources made up for tests; never shown as statistics."""

from datetime import date
from functools import cache

import duckdb

from dashboard.charts.model import About
from dashboard.domain.build import Build
from dashboard.domain.choices import View
from dashboard.domain.records import Area, Comparator, Figure, Funnel, Group, Metric, Source

KENT, MEDWAY, ENGLAND = "E10000016", "E06000035", "E92000001"


def metric(**changes):
    given = {
        "id": "plans_issued_in_20_weeks",
        "title": "EHC plans issued within 20 weeks",
        "short_title": "Plans in 20 weeks",
        "description": "New EHC plans issued in time.",
        "why": None,
        "pillar": "identification",
        "topic": "timeliness",
        "topic_title": "Timeliness",
        "position": 1,
        "unit": "percent",
        "decimals": 1,
        "polarity": "high_is_good",
        "numerator": "Plans issued in time",
        "denominator": "Plans issued",
        "population": "Children for whom the local authority is responsible",
        "year_type": "calendar",
        "breakdowns": ("Total",),
        "breaks": (),
        "caveat": None,
        "headline": True,
        "sources": ("plans/2025/time.csv",),
        "interval": "wilson",
    }
    return Metric(**(given | changes))


def figure(**changes):
    given = {
        "metric": "plans_issued_in_20_weeks",
        "breakdown": "Total",
        "area_code": KENT,
        "time_period": "2024",
        "period_end": date(2024, 12, 31),
        "value": 50.0,
        "status": "ok",
        "numerator": None,
        "denominator": None,
        "note": None,
        "england": 46.4,
        "region": 48.0,
        "neighbour_mean": 47.0,
        "neighbour_median": 46.0,
        "neighbours_with_value": 10,
        "rank": 60,
        "number_ranked": 151,
        "quartile": 2,
        "change": None,
        "previous_time_period": None,
        "is_latest": True,
        "tied": False,
        "low": None,
        "high": None,
        "against_england": None,
        "against_neighbours": None,
        "against_before": None,
        "trend": None,
        "run": None,
        "funnel": None,
    }
    return Figure(**(given | changes))


def over_time(values, first=2019, **changes):
    """One figure a year; None is a year without a figure."""
    return [
        figure(
            time_period=str(year),
            period_end=date(year, 12, 31),
            value=value,
            status="ok" if value is not None else "suppressed",
            previous_time_period=str(year - 1) if year > first else None,
            **changes,
        )
        for year, value in enumerate(values, start=first)
    ]


def area(code=KENT, name="Kent", **changes):
    given = {
        "old_la_code": "886",
        "level": "local_authority",
        "region_code": "E12000008",
        "start": None,
        "end": None,
        "successor_codes": (),
        "authority_type": "county",
    }
    return Area(code=code, name=name, **(given | changes))


def source(**changes):
    given = {
        "path": "plans/2025/time.csv",
        "title": "Time to issue",
        "publisher": "Department for Education",
        "publication": "education-health-and-care-plans",
        "release": "2025",
        "official_url": "https://example.org/plans",
        "licence": "OGL v3.0",
        "obtained": "publisher file",
        "sha256": "0" * 64,
        "note": None,
        "publication_title": "Education, health and care plans",
    }
    return Source(**(given | changes))


def group(*members, **changes):
    given = {
        "id": "neighbours",
        "label": "Statistical neighbours (May 2025 model)",
        "named": "its statistical neighbours",
        "short": "neighbours",
        "members": members or (MEDWAY,),
    }
    return Group(**(given | changes))


def comparator(**changes):
    given = {
        "group": group(),
        "mean": 47.0,
        "median": 46.0,
        "published": None,
        "with_value": 10,
        "members": 10,
        "lowest": ("Devon", 5.1),
        "highest": ("Bedford", 94.3),
        "missing": (),
        "above": 7,
        "below": 3,
        "against": None,
    }
    return Comparator(**(given | changes))


def funnel(**changes):
    given = {
        "metric": "plans_issued_in_20_weeks",
        "breakdown": "Total",
        "time_period": "2024",
        "areas": 151,
        "overall": 46.4,
        "dispersion": 13.31,
        "sizes": [100.0, 1000.0],
        "low998": [5.0, 8.0],
        "low95": [10.0, 15.0],
        "high95": [80.0, 75.0],
        "high998": [90.0, 85.0],
    }
    return Funnel(**(given | changes))


def about(**changes):
    return About(metric(**changes), "Total", [source()], "metric?area=E10000016")


def build(metrics=(), figures=(), **changes):
    """A build that holds only what a test makes up: Kent beside Medway, in one invented board."""
    newest = {}
    for one in figures:
        newest.setdefault(one.area_code, {})[one.metric, one.breakdown] = one
    given = {
        "id": "invented",
        "db": _no_series(),
        "areas": {
            KENT: area(),
            MEDWAY: area(MEDWAY, "Medway"),
            "E12000008": area("E12000008", "South East", level="region"),
            "E54000099": area("E54000099", "NHS Invented", level="nhs", region_code=None),
            "E54000098": area("E54000098", "NHS Made Up", level="nhs", region_code=None),
        },
        "metrics": {one.id: one for one in metrics},
        "sources": {one.path: one for one in [source()]},
        "near": {"2025-05": {KENT: (MEDWAY,)}},
        "boards": {KENT: (("E54000099", 0.75), ("E54000098", 0.25)), MEDWAY: (("E54000099", 1.0),)},
        "programmes": {},
        "peers": {},
        "spreads": {},
        "newest": newest,
        "signals": {},
        "tests": {},
        "usual_spreads": (),
        "in_years": {},
    }
    return Build(**(given | changes))


@cache
def _no_series():
    """The database of a build without a series of any figure: no sparks are drawn from it."""
    db = duckdb.connect()
    db.execute(
        "CREATE TABLE series (area_code VARCHAR, metric VARCHAR, breakdown VARCHAR, "
        'years DOUBLE[], "values" DOUBLE[], joins BOOLEAN[])'
    )
    return db


def view(held, area=None, **changes):
    """The choices of a reader of that build."""
    first = next(iter(held.metrics.values()))
    given = {
        "build": held,
        "area": held.areas[area] if area else None,
        "metric": first,
        "breakdown": first.breakdowns[0],
        "areas": (),
        "topic": "",
        "asked": {"area": area or ""},
        "notes": (),
    }
    return View(**(given | changes))
