-- One row per area, year and measure; regions by name.
SELECT
    "Absence measure" AS label,
    CASE geographic_level WHEN 'National' THEN 'E92000001' WHEN 'Local authority' THEN new_la_code END AS area,
    if(geographic_level = 'Local authority', la_name, region_name) AS area_name,
    left(time_period, 6) AS period,
    "Percentage" AS published,
FROM raw
