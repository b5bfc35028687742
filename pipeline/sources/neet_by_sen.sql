-- One row per area, one column per group. Some local authorities record next to no young people in a
-- group: the share of the cohort that is in it stands beside such a figure.
SELECT
    label,
    CASE geographic_level
        WHEN 'National' THEN country_code
        WHEN 'Regional' THEN region_code
        ELSE old_la_code
    END AS area,
    if(geographic_level = 'Regional', region_name, la_name) AS area_name,
    time_period AS period,
    published,
    if(
        label IN ('NEET_NK_EHCP_percent', 'NEET_NK_SENDsupport_percent') AND try_cast(share AS DOUBLE) < 2,
        concat('The local authority records ', share, '% of its 16 and 17 year olds in this group, so few young people decide the figure.'),
        NULL
    ) AS note,
FROM (
    SELECT
        *,
        unnest([
            'NEET_NK_EHCP_percent', 'NEET_NK_SENDsupport_percent', 'NEET_NK_noSEN_percent',
            'cohort_EHCP_percent', 'cohort_SENDsupport_percent', 'cohort_noSEN_percent',
            'NEET_not_known_percent'
        ]) AS label,
        unnest([
            "NEET_NK_EHCP_percent", "NEET_NK_SENDsupport_percent", "NEET_NK_noSEN_percent",
            "cohort_EHCP_percent", "cohort_SENDsupport_percent", "cohort_noSEN_percent",
            "NEET_not_known_percent"
        ]) AS published,
        unnest(["cohort_EHCP_percent", "cohort_SENDsupport_percent"]) AS share,
    FROM raw
)
