"""The one formula behind every invented number."""

import zlib

from pipeline import catalogue
from tests.lake.areas import Area

METRICS = catalogue.load().metrics.values()
DENOMINATORS = {i for metric in METRICS for i in metric.denominator}
RESULTS = {i for metric in METRICS for i in metric.published} | {
    i
    for metric in METRICS
    if not metric.denominator and metric.unit not in {"count", "pounds"}
    for i in metric.numerator
}


def number(indicator: str, breakdown: str, area: Area, period: int) -> float:
    """Give the invented number of an indicator, one of its groups, an area and a period (from 0).

    Counts are proportional to the area's size, so that local authorities add up to regions and to
    England. Denominators are a thousand times as large as numerators, so that no share passes 100%.
    """
    weight = zlib.crc32(f"{indicator}|{breakdown}".encode()) % 40 + 1
    if indicator in RESULTS:
        return (weight + area.size % 7 + period) / 2
    if indicator in DENOMINATORS:
        return area.size * (5000 + weight + 50 * period)
    return area.size * (weight + period)
