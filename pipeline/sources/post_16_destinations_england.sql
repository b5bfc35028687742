-- One row per group and destination. The whole cohort is published beside each percentage.
-- Specialist provision is published for England alone and is left out: its cohort falls from 7,490
-- to 1,626 students in the last year.
WITH held AS (
    SELECT
        destination_raw,
        CASE characteristic
            WHEN 'Identified SEN (mainstream)' THEN 'SEN (mainstream)'
            WHEN 'No identified SEN' THEN 'No SEN'
            WHEN 'Identified LLDD (mainstream)' THEN 'LLDD (mainstream)'
            WHEN 'No identified LLDD' THEN 'No LLDD'
        END AS kind,
        'E92000001' AS area,
        year_before(time_period) AS period,
        "% of pupils" AS share,
        cohort,
    FROM raw
    WHERE characteristic != 'Specialist provision'
)
SELECT concat(destination_raw, ': ', kind) AS label, area, period, share AS published
FROM held
UNION ALL
SELECT DISTINCT concat('cohort: ', kind), area, period, cohort
FROM held
