-- One row per area, year and social care group, one column per SEN provision. The two parts of London
-- are not areas of this dashboard.
SELECT concat(social_care_group, ': ', measure) AS label, area, area_name, period, published
FROM (
    SELECT
        *,
        at_level(geographic_level, country_code, region_code, old_la_code) AS area,
        CASE geographic_level WHEN 'Regional' THEN region_name WHEN 'Local authority' THEN la_name END AS area_name,
        time_period AS period,
    FROM raw
    WHERE NOT (geographic_level = 'Regional' AND starts_with(region_code, 'E13'))
)
UNPIVOT INCLUDE NULLS (published FOR measure IN (
    t_pupils, t_SEN_support, t_statement_or_EHC_plan, pt_SEN_support, pt_statement_or_EHC_plan
))
