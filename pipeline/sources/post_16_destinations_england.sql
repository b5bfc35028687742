-- One row per group and destination. Specialist provision is published for England alone and is left
-- out: its cohort falls from 7,490 to 1,626 students in the last year.
SELECT
    concat(
        destination_raw, ': ',
        CASE characteristic
            WHEN 'Identified SEN (mainstream)' THEN 'SEN (mainstream)'
            WHEN 'No identified SEN' THEN 'No SEN'
            WHEN 'Identified LLDD (mainstream)' THEN 'LLDD (mainstream)'
            WHEN 'No identified LLDD' THEN 'No LLDD'
        END
    ) AS label,
    'E92000001' AS area,
    time_period AS period,
    "% of pupils" AS published,
FROM raw
WHERE characteristic != 'Specialist provision'
