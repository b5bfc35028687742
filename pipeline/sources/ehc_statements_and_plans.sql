-- One row per area and age group. EHC plans alone are taken from January 2019: in the years before,
-- some children still had a statement.
SELECT
    if(characteristic_age = 'Total', concat(label, ', all ages'), label) AS label,
    at_level(geographic_level, country_code, region_code, old_la_code) AS area,
    if(geographic_level = 'Local authority', la_name, NULL) AS area_name,
    time_period AS period,
    characteristic_age AS breakdown,
    published,
FROM raw
UNPIVOT INCLUDE NULLS (published FOR label IN (Total_all, Total_all_pc, Total_ehc))
WHERE (label != 'Total_ehc' OR time_period >= '2019')
    AND NOT (label = 'Total_all_pc' AND characteristic_age = 'Total')
