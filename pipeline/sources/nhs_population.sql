-- A board's population is that of its local authorities. One that lies in several boards is shared
-- out by neighbourhoods, which is an estimate: a board is given a population only where no more than
-- 2% of it could be placed wrongly, and only in years in which all its local authorities existed.
WITH national AS (
    SELECT country_code, time_period, population_estimate
    FROM raw
    WHERE geographic_level = 'National' AND time_period >= '2020'
),
shared AS (
    SELECT
        national.time_period,
        overlap.nhs_area_code,
        sum(raw.population_estimate::INTEGER * overlap.share) AS population,
        sum(raw.population_estimate::INTEGER * overlap.share * (1 - overlap.share)) AS unsure,
        count(*) = count(raw.population_estimate) AS is_whole,
    FROM overlap
    CROSS JOIN national
    LEFT JOIN raw ON raw.old_la_code = overlap.area AND raw.time_period = national.time_period
    GROUP BY national.time_period, overlap.nhs_area_code
)
SELECT
    'population_estimate' AS label,
    nhs_area_code AS area,
    time_period AS period,
    population::TEXT AS published,
    if(
        unsure > 0,
        'The population is an estimate: a local authority that lies in several boards is shared out by its neighbourhoods.',
        NULL
    ) AS note,
FROM shared
WHERE is_whole AND unsure <= 0.02 * population
UNION ALL
SELECT 'population_estimate', country_code, time_period, population_estimate, NULL
FROM national
