-- Percentages without their counts, by sub-ICB location and age: they cannot be added up, so a board
-- has a figure only where it is one single location. Boards began in July 2022.
WITH single AS (
    SELECT any_value(part_code) AS part_code, nhs_code
    FROM nhs_part
    GROUP BY nhs_code
    HAVING count(*) = 1
)
SELECT
    METRIC AS label,
    if(data_level = 'National', 'E92000001', single.nhs_code) AS area,
    left(REPORTING_PERIOD_START, 7) AS period,
    CASE if(data_level = 'National', PRIMARY_LEVEL, SECONDARY_LEVEL)
        WHEN 'Under 10' THEN 'Aged under 10'
        WHEN '10 to 17' THEN 'Aged 10 to 17'
    END AS breakdown,
    METRIC_VALUE AS published,
FROM raw
LEFT JOIN single ON single.part_code = raw.PRIMARY_LEVEL
WHERE METRIC = 'ASD19e'
    AND (
        data_level = 'National'
        OR data_level = 'CCG or Sub ICB' AND single.nhs_code IS NOT NULL
        AND REPORTING_PERIOD_START >= '2022-07-01'
    )
