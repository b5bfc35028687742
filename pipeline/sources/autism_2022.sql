-- Counts by sub-ICB location, rounded to the nearest five, under five suppressed. They are added up
-- to the boards here; a board with a suppressed part has no figure.
SELECT
    METRIC AS label,
    nhs_part.nhs_code AS area,
    strftime(strptime(REPORTING_PERIOD_START, '%d/%m/%Y'), '%Y-%m') AS period,
    coalesce(max(METRIC_VALUE) FILTER (METRIC_VALUE = '*'), sum(try_cast(METRIC_VALUE AS INTEGER))::TEXT)
        AS published,
FROM raw
JOIN nhs_part ON nhs_part.part_code = raw.PRIMARY_LEVEL
WHERE SECONDARY_LEVEL = 'NONE'
    AND METRIC IN ('ASD16b', 'ASD16c', 'ASD18e', 'ASD18f')
    AND REPORTING_PERIOD_END != REPORTING_PERIOD_START
GROUP BY METRIC, nhs_part.nhs_code, REPORTING_PERIOD_START
