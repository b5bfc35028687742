-- One row per area, year and measure, with the pupils enrolled beside each; regions by name.
WITH held AS (
    SELECT
        "Absence measure" AS label,
        CASE geographic_level
            WHEN 'National' THEN 'E92000001'
            WHEN 'Local authority' THEN new_la_code
        END AS area,
        if(geographic_level = 'Local authority', la_name, region_name) AS area_name,
        left(time_period, 6) AS period,
        "Percentage" AS published,
        total_enrolments,
    FROM raw
)
SELECT * EXCLUDE (total_enrolments)
FROM held
UNION ALL
SELECT DISTINCT 'total_enrolments', area, area_name, period, total_enrolments
FROM held
