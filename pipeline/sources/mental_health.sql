-- Counts by sub-ICB location of residence, rounded to the nearest five, are added up to the boards
-- here; a board with a suppressed part has no figure. Boards began in July 2022, and locations whose
-- boundaries moved then are not recast, so boards have no earlier figures.
SELECT
    MEASURE_ID AS label,
    if(BREAKDOWN = 'England', 'E92000001', nhs_part.nhs_code) AS area,
    left("Year ending", 7) AS period,
    coalesce(
        max(MEASURE_VALUE) FILTER (MEASURE_VALUE = '*'), sum(try_cast(MEASURE_VALUE AS INTEGER))::TEXT
    ) AS published,
FROM raw
LEFT JOIN nhs_part ON nhs_part.part_code = raw.PRIMARY_LEVEL
WHERE BREAKDOWN IN ('England', 'Sub ICB of Residence')
GROUP BY MEASURE_ID, BREAKDOWN, nhs_part.nhs_code, "Year ending"
