-- One row per area, year from 2025 and published column. A local authority of today that the file
-- leaves out is given a row with nothing in it, so that its missing figure says why, unless the file
-- leaves out many.
WITH kept AS (
    FROM raw
    WHERE ({where}) AND time_period >= '2025'
),
whole AS (
    SELECT time_period
    FROM kept
    GROUP BY time_period
    HAVING count(old_la_code) >= 150
),
listed AS (
    FROM kept
    UNION ALL BY NAME
    SELECT
        'Local authority' AS geographic_level,
        area.old_la_code,
        area.name AS la_name,
        whole.time_period,
    FROM area, whole
    WHERE area.level = 'local_authority'
        AND area."end" IS NULL
        AND (area.old_la_code, whole.time_period) NOT IN (
            SELECT (old_la_code, time_period) FROM kept WHERE old_la_code IS NOT NULL
        )
)
SELECT
    label,
    at_level(geographic_level, country_code, region_code, old_la_code) AS area,
    at_level(geographic_level, country_name, region_name, la_name) AS area_name,
    time_period AS period,
    published,
FROM listed
UNPIVOT INCLUDE NULLS (
    published FOR label IN (
        plans_issued_den, plans_issued_den_ex, plans_issued_within_20_weeks, plans_issued_20_weeks_ex,
        pc_plans_issued_within_20_weeks, pc_plans_issued_20_weeks_ex, avg_weeks_issue_plan
    )
)
