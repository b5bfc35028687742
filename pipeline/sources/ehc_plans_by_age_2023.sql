-- Five age groups per area; the total, which the table lacks, is their sum. Other years are held in
-- the releases themselves.
SELECT
    if(characteristic_age IS NULL, 'num_caseload, all ages', 'num_caseload') AS label,
    at_level(geographic_level, country_code, region_code, old_la_code) AS area,
    any_value(la_name) FILTER (geographic_level = 'Local authority') AS area_name,
    time_period AS period,
    coalesce(characteristic_age, 'Total') AS breakdown,
    added_up(num_caseload) AS published,
FROM raw
WHERE time_period = '2023'
GROUP BY GROUPING SETS (
    (geographic_level, country_code, region_code, old_la_code, time_period, characteristic_age),
    (geographic_level, country_code, region_code, old_la_code, time_period)
)
