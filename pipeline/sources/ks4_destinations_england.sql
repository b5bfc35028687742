-- One row per group and destination. The whole cohort is published beside each percentage.
WITH held AS (
    SELECT
        destination_raw,
        CASE characteristic
            WHEN 'EHC plan or Statement' THEN 'EHC plan'
            WHEN 'SEN support' THEN 'SEN support'
            WHEN 'No identified SEN' THEN 'No SEN'
        END AS sen,
        country_code AS area,
        year_before(time_period) AS period,
        "% of pupils" AS share,
        cohort,
    FROM raw
    WHERE characteristic != 'Identified SEN'
)
SELECT concat(destination_raw, ': ', sen) AS label, area, period, share AS published
FROM held
UNION ALL
SELECT DISTINCT concat('cohort: ', sen), area, period, cohort
FROM held
