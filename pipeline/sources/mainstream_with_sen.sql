-- One row per area and group; areas by name only. The year is the school year of the January census.
SELECT
    "SEN provision" AS label,
    if(geographic_level = 'National', 'E92000001', NULL) AS area,
    CASE geographic_level WHEN 'Regional' THEN region_name WHEN 'Local authority' THEN la_name END
        AS area_name,
    split_part(time_period, '.', 1) AS period,
    "% of pupils" AS published,
FROM raw
