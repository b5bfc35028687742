"""The invented areas: local authorities in the nine real regions, and integrated care boards.

Two of the authorities stand for the very small ones, one has a name that is not plain ASCII, and
one is a county of two districts.
"""

from dataclasses import dataclass

REGIONS = {
    "E12000001": "North East",
    "E12000002": "North West",
    "E12000003": "Yorkshire and The Humber",
    "E12000004": "East Midlands",
    "E12000005": "West Midlands",
    "E12000006": "East of England",
    "E12000007": "London",
    "E12000008": "South East",
    "E12000009": "South West",
}


@dataclass(frozen=True)
class Area:
    """One area: how it is named in published files, and which local authorities it is made of."""

    code: str
    name: str
    level: str
    old_code: str = ""
    region: str = ""
    size: int = 0


def _local_authority(i: int) -> Area:
    old = {0: "201", 1: "420"}.get(i, str(500 + i))
    region = list(REGIONS)[i % len(REGIONS)]
    name = f"Testshir{'é' if i == 7 else 'e'} {_letters(i)}"
    return Area(f"E06999{i:03}", name, "Local authority", old, region, i + 3)


def _letters(i: int) -> str:
    """Name in letters: digits at the end of a published name are footnotes."""
    return chr(65 + i // 26) + chr(65 + i % 26)


def _board(i: int) -> Area:
    return Area(
        f"E54999{i:03}",
        f"NHS Testwold {_letters(i)} Integrated Care Board",
        "Board",
        f"Q{i:02}",
        size=i + 20,
    )


LOCAL_AUTHORITIES = tuple(_local_authority(i) for i in range(153))
REGIONAL = tuple(
    Area(code, name, "Regional", size=sum(a.size for a in LOCAL_AUTHORITIES if a.region == code))
    for code, name in REGIONS.items()
)
ENGLAND = Area(
    "E92000001", "England", "National", size=sum(area.size for area in LOCAL_AUTHORITIES)
)
AREAS = (ENGLAND, *REGIONAL, *LOCAL_AUTHORITIES)
BOARDS = tuple(_board(i) for i in range(42))
COUNTY = LOCAL_AUTHORITIES[5]  # of two districts

# What an area is made of: England and the regions of authorities.
PARTS = {ENGLAND.code: LOCAL_AUTHORITIES} | {
    region.code: tuple(a for a in LOCAL_AUTHORITIES if a.region == region.code)
    for region in REGIONAL
}
