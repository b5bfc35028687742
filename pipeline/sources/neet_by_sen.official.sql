-- A row for each area and year, with a column for each group and for the share of the cohort in it,
-- to one decimal as the scorecard has it. A number that is withheld leaves its symbol.
WITH area AS (
    SELECT
        time_period, geographic_level, country_code, region_code, region_name, old_la_code, la_name,
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
