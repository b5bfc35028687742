-- One row per area, group and destination; areas by name only. The whole cohort is published beside
-- each percentage. Until 2018/19, when Bournemouth and Poole stand beside it, Dorset is the county
-- abolished in April 2019; in 2019/20 one student is still counted there, in a second row of the
-- same name.
WITH held AS (
    SELECT
        destination_raw,
        CASE characteristic
            WHEN 'Identified SEN (mainstream)' THEN 'SEN (mainstream)'
            WHEN 'No identified SEN' THEN 'No SEN'
            WHEN 'Identified LLDD (mainstream)' THEN 'LLDD (mainstream)'
            WHEN 'No identified LLDD' THEN 'No LLDD'
        END AS kind,
        if(la_name = 'Dorset' AND (time_period <= '201819' OR cohort = '1'), '835', NULL) AS area,
        if(geographic_level = 'Regional', region_name, la_name) AS area_name,
        year_before(time_period) AS period,
        "% of pupils" AS share,
        cohort,
    FROM raw
    WHERE NOT (geographic_level = 'Regional' AND region_name IN ('Inner London', 'Outer London'))
)
SELECT
    concat(destination_raw, ': ', kind) AS label,
    area,
    area_name,
    period,
    share AS published,
    if(
        try_cast(cohort AS INTEGER) < 20,
        concat('A group of ', cohort, if(cohort = '1', ' student.', ' students.')),
        NULL
    ) AS note,
FROM held
UNION ALL BY NAME
SELECT DISTINCT concat('cohort: ', kind) AS label, area, area_name, period, cohort AS published
FROM held
