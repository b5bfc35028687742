-- One row per kind of provision, area and year. An area in which nobody was counted has no row.
SELECT
    prov_type AS label,
    CASE geographic_level WHEN 'National' THEN 'E92000001' WHEN 'Local authority' THEN old_la_code END AS area,
    if(geographic_level = 'Local authority', la_name, region_name) AS area_name,
    time_period AS period,
    total AS published,
FROM raw
