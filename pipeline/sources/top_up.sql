-- One row per local authority by name, category and year. The frame gives each authority all four
-- years: those of years in which it did not exist are left out. 'Dorset' is the authority abolished
-- in 2019. Mid-2021 populations are those of the benchmarking tool, which has Dorset too.
WITH live AS (
    SELECT *
    FROM raw
    WHERE NOT (la_name IN ('Bournemouth', 'Poole') AND year > '2018-19')
        AND NOT (la_name = 'Bournemouth, Christchurch and Poole' AND year = '2018-19')
        AND NOT (la_name IN ('North Northamptonshire', 'West Northamptonshire') AND year < '2021-22')
)
SELECT concat(category, ', spend') AS label, la_name AS area_name, year AS period, total_spend AS published
FROM live
UNION ALL
SELECT concat(category, ', share'), la_name, year, total_spend FROM live WHERE starts_with(category, 'Independent')
UNION ALL
SELECT concat(category, ', per head'), la_name, year, "Spend per head" FROM live
UNION ALL
SELECT 'population', la_name, year, pop_est FROM live WHERE category = 'Total'
UNION ALL
SELECT 'population_2_18', la_name, left(year, 4), pop_est FROM live WHERE category = 'Total' AND year < '2021-22'
UNION ALL
-- The publisher's population of England for 2018 counts Bournemouth, Christchurch and Poole twice.
SELECT
    'population_2_18', 'England', '2018',
    if(count(pop_est) < local_authorities_on(DATE '2019-03-31'), 'not every local authority',
        sum(pop_est::BIGINT)::TEXT)
FROM live
WHERE category = 'Total' AND year = '2018-19'
