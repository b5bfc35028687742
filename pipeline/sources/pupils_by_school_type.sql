-- One row per area, type of school and group. The year is the school year of the January census.
SELECT
    concat("Provision type", ': ', phase_type_grouping) AS label,
    CASE geographic_level WHEN 'National' THEN 'E92000001' WHEN 'Local authority' THEN new_la_code END
        AS area,
    CASE geographic_level WHEN 'Regional' THEN region_name WHEN 'Local authority' THEN la_name END
        AS area_name,
    replace(academic_year, '/', '') AS period,
    "% of pupils (with SEN provision type)" AS published,
FROM raw
WHERE "Provision type" != 'all pupils'
