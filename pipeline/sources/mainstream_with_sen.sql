-- One row per area and group, with all pupils beside each; areas by name only. The year is the school
-- year of the January census.
WITH held AS (
    SELECT
        "SEN provision" AS label,
        if(geographic_level = 'National', 'E92000001', NULL) AS area,
        CASE geographic_level WHEN 'Regional' THEN region_name WHEN 'Local authority' THEN la_name END
            AS area_name,
        split_part(time_period, '.', 1) AS period,
        "% of pupils" AS published,
        total_pupils,
    FROM raw
)
SELECT * EXCLUDE (total_pupils)
FROM held
UNION ALL
SELECT DISTINCT 'total_pupils', area, area_name, period, total_pupils
FROM held
