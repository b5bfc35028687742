-- Counts by sub-ICB location, rounded to the nearest five, under five suppressed. They are added up
-- to the boards here; a board with a suppressed part has no figure.
SELECT
    METRIC AS label,
    part.nhs_code AS area,
    strftime(strptime(REPORTING_PERIOD_START, '%d/%m/%Y'), '%Y-%m') AS period,
    if(count(*) = any_value(part.parts), added_up(METRIC_VALUE), 'not every part') AS published,
FROM raw
LEFT JOIN (
    SELECT part_code, nhs_code, count(*) OVER (PARTITION BY nhs_code) AS parts FROM nhs_part
) AS part ON part.part_code = raw.PRIMARY_LEVEL
WHERE SECONDARY_LEVEL = 'NONE'
    AND METRIC IN ('ASD16b', 'ASD16c', 'ASD18e', 'ASD18f')
    AND PRIMARY_LEVEL != 'UNKNOWN'
    AND REPORTING_PERIOD_END != REPORTING_PERIOD_START
GROUP BY METRIC, part.nhs_code, REPORTING_PERIOD_START
