-- The tool's own long table: one row per indicator, area and year. It numbers England and the regions
-- from 970; they are found by name, and the two parts of London are not areas of this dashboard.
SELECT
    "Short Desc" AS label,
    if(left("LA Number", 2) IN ('97', '98', '99'), NULL, split_part("LA Number", '.', 1)) AS area,
    "LA and Regions" AS area_name,
    "Years" AS period,
    "Values" AS published,
FROM raw
WHERE "Short Desc" IN (SELECT label FROM indicator WHERE source = 'lait')
    AND "LA and Regions" NOT IN ('London (Inner)', 'London (Outer)')
