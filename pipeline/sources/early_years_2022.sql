-- One row per area and group, boys and girls together. Districts are not areas of this dashboard; the
-- primary need of children is published for England alone.
SELECT
    concat(
        column_name, ': ',
        if(characteristic_type = 'No identified SEN', 'No SEN', characteristic_type)
    ) AS label,
    at_level(geographic_level, country_code, region_code, old_la_code) AS area,
    CASE geographic_level WHEN 'Regional' THEN region_name WHEN 'Local authority' THEN la_name END
        AS area_name,
    time_period AS period,
    published,
FROM (
    SELECT *
    FROM raw
    WHERE characteristic = 'SEN provision'
        AND gender = 'Total'
        AND geographic_level != 'Local authority district'
        AND NOT (geographic_level = 'Regional' AND region_code IN ('E13000001', 'E13000002'))
)
UNPIVOT INCLUDE NULLS (
    published FOR column_name IN (
        children_number, average_elgs, gld_number, gld_percentage, comm_lang_lit_number,
        comm_lang_lit_percentage
    )
)
