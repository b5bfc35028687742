-- One row per area, one column per group. Some local authorities record next to no young people in a
-- group: the share of the cohort that is in it stands beside such a figure. The number of young
-- people in a group is not published: it is worked out here from the cohort and the group's share.
WITH held AS (
    SELECT
        at_level(geographic_level, country_code, region_code, old_la_code) AS area,
        if(geographic_level = 'Regional', region_name, la_name) AS area_name,
        time_period AS period,
        "Cohort_DJFavg" AS cohort,
        unnest([
            'NEET_NK_EHCP_percent', 'NEET_NK_SENDsupport_percent', 'NEET_NK_noSEN_percent',
            'cohort_EHCP_percent', 'cohort_SENDsupport_percent', 'cohort_noSEN_percent',
            'NEET_not_known_percent', 'Cohort_DJFavg'
        ]) AS label,
        unnest([
            "NEET_NK_EHCP_percent", "NEET_NK_SENDsupport_percent", "NEET_NK_noSEN_percent",
            "cohort_EHCP_percent", "cohort_SENDsupport_percent", "cohort_noSEN_percent",
            "NEET_not_known_percent", "Cohort_DJFavg"
        ]) AS published,
        unnest(["cohort_EHCP_percent", "cohort_SENDsupport_percent"]) AS share,
    FROM raw
)
SELECT
    label,
    area,
    area_name,
    period,
    published,
    if(
        label IN ('NEET_NK_EHCP_percent', 'NEET_NK_SENDsupport_percent') AND try_cast(share AS DOUBLE) < 2,
        concat('The local authority records ', share, '% of its 16 and 17 year olds in this group, so few young people decide the figure.'),
        NULL
    ) AS note,
FROM held
UNION ALL BY NAME
SELECT
    concat(
        'Cohort_DJFavg: ',
        CASE label
            WHEN 'cohort_EHCP_percent' THEN 'EHC plan'
            WHEN 'cohort_SENDsupport_percent' THEN 'SEN support'
            ELSE 'No SEN'
        END
    ) AS label,
    area,
    area_name,
    period,
    coalesce(
        round(try_cast(replace(cohort, ',', '') AS DOUBLE) * try_cast(published AS DOUBLE) / 100)::TEXT,
        published
    ) AS published,
FROM held
WHERE label LIKE 'cohort%percent'
