-- The Department for Education's open data standard: one row per area, period and group in; one
-- row per area, period and published column out. A level nobody expects has no area and is refused.
-- The two parts of London are not areas of this dashboard.
SELECT
    label,
    at_level(geographic_level, country_code, region_code, old_la_code) AS area,
    at_level(geographic_level, country_name, region_name, la_name) AS area_name,
    {period} AS period,
    {breakdown} AS breakdown,
    published,
FROM (
    SELECT *
    FROM raw
    WHERE ({where})
        AND NOT (geographic_level = 'Regional' AND region_code IN ('E13000001', 'E13000002'))
)
UNPIVOT INCLUDE NULLS (published FOR label IN ({labels}))
