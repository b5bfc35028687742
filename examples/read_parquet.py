"""Ask the published files with DuckDB: no server, no API.

    python examples/read_parquet.py data/built/<build> plans_issued_in_20_weeks

prints, for each region, the middle of its local authorities in the metric's newest period. The
files of a build can also be had from a running dashboard, under /api/files/; datapackage.json says
what each of them holds.
"""

import argparse
import json
import sys
from pathlib import Path

import duckdb

MEDIANS = """
SELECT
    region.name, v.time_period, median(v.value), count(v.value),
    count(*) FILTER (v.status <> 'ok')
FROM read_parquet($values) AS v
JOIN read_parquet($comparisons) AS c USING (metric, breakdown, area_code, time_period)
JOIN read_parquet($areas) AS area USING (area_code)
JOIN read_parquet($areas) AS region ON region.area_code = area.region_code
WHERE v.metric = $metric AND v.breakdown = $breakdown AND c.is_latest
    AND area.level = 'local_authority'
GROUP BY ALL
ORDER BY region.name
"""


def main() -> int:
    """Print the medians, and what to write beside them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder of a build")
    parser.add_argument("metric", help="a metric's id")
    parser.add_argument("--breakdown", default="Total")
    asked = parser.parse_args()
    package = json.loads((asked.folder / "datapackage.json").read_text(encoding="utf-8"))
    files = {each["name"]: str(asked.folder / each["path"]) for each in package["resources"]}
    given = {
        "values": files["metric_value"],
        "comparisons": files["comparison"],
        "areas": files["area"],
        "metric": asked.metric,
        "breakdown": asked.breakdown,
    }
    found = duckdb.execute(MEDIANS, given).fetchall()
    for region, period, median, valued, without in found:
        middle = "no figure" if median is None else f"{median:.1f}"
        print(f"{region:<26} {period}  {middle:>9}  ({valued} with a figure, {without} without)")
    print(f"Build {package['version']}. {package['attribution']}")
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
