-- Counts by sub-ICB location of residence, rounded to the nearest five, are added up to the boards
-- here; a board with a suppressed part has no figure. Boards began in July 2022, and locations whose
-- boundaries moved then are not recast, so boards have no earlier figures.
SELECT
    MEASURE_ID AS label,
    if(BREAKDOWN = 'England', 'E92000001', part.nhs_code) AS area,
    left("Year ending", 7) AS period,
    if(count(*) = coalesce(any_value(part.parts), 1), added_up(MEASURE_VALUE), 'not every part')
        AS published,
FROM raw
LEFT JOIN (
    SELECT part_code, nhs_code, count(*) OVER (PARTITION BY nhs_code) AS parts FROM nhs_part
) AS part ON part.part_code = raw.PRIMARY_LEVEL
WHERE BREAKDOWN IN ('England', 'Sub ICB of Residence')
GROUP BY MEASURE_ID, BREAKDOWN, part.nhs_code, "Year ending"
