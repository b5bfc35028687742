-- One row per region by name, category and year; rows without a region are abolished authorities.
WITH live AS (SELECT *, region AS area_name FROM raw WHERE region IS NOT NULL)
SELECT concat(category, ', spend') AS label, area_name, year AS period, total_spend AS published FROM live
UNION ALL
SELECT concat(category, ', share'), area_name, year, total_spend FROM live WHERE starts_with(category, 'Independent')
UNION ALL
SELECT concat(category, ', per head'), area_name, year, "Spend per head" FROM live
UNION ALL
SELECT 'population', area_name, year, pop_est FROM live WHERE category = 'Total'
UNION ALL
SELECT 'population_2_18', area_name, left(year, 4), pop_est FROM live WHERE category = 'Total' AND year < '2021-22'
