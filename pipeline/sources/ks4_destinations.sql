-- One row per area, group and destination. The whole cohort is published beside each percentage.
WITH held AS (
    SELECT
        destination_raw,
        CASE characteristic
            WHEN 'EHC plan or Statement' THEN 'EHC plan'
            WHEN 'SEN support' THEN 'SEN support'
            WHEN 'No identified SEN' THEN 'No SEN'
        END AS sen,
        if(geographic_level = 'Regional', NULL, split_part(old_la_code, '.', 1)) AS area,
        if(geographic_level = 'Regional', region_name, la_name) AS area_name,
        year_before(time_period) AS period,
        "% of pupils" AS share,
        cohort,
    FROM raw
    WHERE characteristic != 'Identified SEN'
        AND NOT (geographic_level = 'Regional' AND region_name IN ('Inner London', 'Outer London'))
)
SELECT
    concat(destination_raw, ': ', sen) AS label,
    area,
    area_name,
    period,
    share AS published,
    if(
        try_cast(cohort AS INTEGER) < 20,
        concat('A group of ', cohort, if(cohort = '1', ' pupil.', ' pupils.')),
        NULL
    ) AS note,
FROM held
UNION ALL BY NAME
SELECT DISTINCT concat('cohort: ', sen) AS label, area, area_name, period, cohort AS published
FROM held
