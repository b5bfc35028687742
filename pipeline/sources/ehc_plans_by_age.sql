-- Published for each year of age, with no row where there is no plan. They are added up here because
-- earlier releases have five groups only; a group with a year that is not available is not available.
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
            'Total'
        ]) AS breakdown,
    FROM aged
)
SELECT
    if(breakdown = 'Total', 'ehcplans, all ages', 'ehcplans') AS label,
    at_level(geographic_level, country_code, region_code, old_la_code) AS area,
    any_value(la_name) FILTER (geographic_level = 'Local authority') AS area_name,
    time_period AS period,
    breakdown,
    added_up(ehcplans) AS published,
FROM grouped
GROUP BY geographic_level, country_code, region_code, old_la_code, time_period, breakdown
