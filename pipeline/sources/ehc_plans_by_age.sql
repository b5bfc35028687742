-- Published for each year of age, with no row where there is no plan. They are added up here because
-- earlier releases have five groups only, and once more from 16 to 25, for what only they can have; a group with a year that is not available is not available.
WITH aged AS (
    SELECT
        *,
        if(breakdown = 'under 3', 2, regexp_extract(breakdown, '^age ([0-9]+)$', 1)::INTEGER) AS age,
    FROM raw
    WHERE breakdown_topic = 'Child or young persons age'
),
grouped AS (
    SELECT
        * EXCLUDE (breakdown),
        unnest([
            CASE
                WHEN age < 5 THEN 'Under 5'
                WHEN age < 11 THEN 'Age 5 to 10'
                WHEN age < 16 THEN 'Age 11 to 15'
                WHEN age < 20 THEN 'Age 16 to 19'
                ELSE 'Age 20 to 25'
            END,
            'Total',
            if(age >= 16, 'Age 16 to 25', NULL)
        ]) AS breakdown,
    FROM aged
)
SELECT
    CASE grouped.breakdown
        WHEN 'Total' THEN 'ehcplans, all ages'
        WHEN 'Age 16 to 25' THEN 'ehcplans, 16 to 25'
        ELSE 'ehcplans'
    END AS label,
    at_level(geographic_level, country_code, region_code, old_la_code) AS area,
    any_value(la_name) FILTER (geographic_level = 'Local authority') AS area_name,
    time_period AS period,
    if(grouped.breakdown = 'Age 16 to 25', 'Total', grouped.breakdown) AS breakdown,
    added_up(ehcplans) AS published,
FROM grouped
WHERE grouped.breakdown IS NOT NULL
GROUP BY geographic_level, country_code, region_code, old_la_code, time_period, grouped.breakdown
