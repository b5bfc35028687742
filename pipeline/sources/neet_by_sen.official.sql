-- A row for each area and year, with a column for each group and for the share of the cohort in it,
-- to one decimal as the scorecard has it. A number that is withheld leaves its symbol. Everyone is in
-- one of the three groups: numbers that do not add up, but for rounding, are refused.
WITH area AS (
    SELECT
        time_period, geographic_level, country_code, country_name, region_code, region_name,
        old_la_code, la_name,
        any_value(avg_cohort_count) FILTER (characteristic = 'Total') AS everyone,
        any_value(neet_nk_percent) FILTER (characteristic = 'Total') AS neet,
        any_value(avg_cohort_count) FILTER (characteristic = 'EHCP') AS plans,
        any_value(neet_nk_percent) FILTER (characteristic = 'EHCP') AS neet_plans,
        any_value(avg_cohort_count) FILTER (characteristic = 'SEN support') AS support,
        any_value(neet_nk_percent) FILTER (characteristic = 'SEN support') AS neet_support,
        any_value(avg_cohort_count) FILTER (characteristic = 'No SEN') AS others,
        any_value(neet_nk_percent) FILTER (characteristic = 'No SEN') AS neet_others,
    FROM raw
    GROUP BY ALL
)
SELECT
    time_period, geographic_level, country_code, region_code, region_name, old_la_code, la_name,
    everyone AS "Cohort_DJFavg",
    neet AS "NEET_not_known_percent",
    neet_plans AS "NEET_NK_EHCP_percent",
    neet_support AS "NEET_NK_SENDsupport_percent",
    neet_others AS "NEET_NK_noSEN_percent",
    share(plans, everyone) AS "cohort_EHCP_percent",
    share(support, everyone) AS "cohort_SENDsupport_percent",
    share(others, everyone) AS "cohort_noSEN_percent",
FROM area
WHERE if(
    abs(
        TRY_CAST(plans AS DOUBLE) + TRY_CAST(support AS DOUBLE) + TRY_CAST(others AS DOUBLE)
        - TRY_CAST(everyone AS DOUBLE)
    ) > 30 + 0.01 * TRY_CAST(everyone AS DOUBLE),
    error(concat('groups that do not add up to ', everyone, ': ', coalesce(la_name, region_name, country_name), ', ', time_period)),
    true
)
