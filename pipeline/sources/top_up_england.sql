-- One row per category and year. The population of mid-2018 is made from local authorities (top_up.sql),
-- that of mid-2021 comes from the benchmarking tool.
WITH live AS (SELECT *, 'England' AS area_name FROM raw)
SELECT concat(category, ', spend') AS label, area_name, year AS period, total_spend AS published FROM live
UNION ALL
SELECT concat(category, ', share'), area_name, year, total_spend FROM live WHERE starts_with(category, 'Independent')
UNION ALL
SELECT concat(category, ', per head'), area_name, year, "Spend per head" FROM live
UNION ALL
SELECT 'population', area_name, year, pop_est FROM live WHERE category = 'Total'
UNION ALL
SELECT 'population_2_18', area_name, left(year, 4), pop_est FROM live WHERE category = 'Total' AND year IN ('2019-20', '2020-21')
