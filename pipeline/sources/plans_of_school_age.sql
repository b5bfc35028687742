-- One row per area and year: two age groups of the frame are added up here, as it has no such total.
SELECT
    'of school age' AS label,
    at_level(geographic_level, country_code, region_code, old_la_code) AS area,
    CASE geographic_level
        WHEN 'Regional' THEN region_name WHEN 'Local authority' THEN la_name
    END AS area_name,
    time_period AS period,
    added_up(num_caseload) AS published,
FROM raw
WHERE characteristic_age IN ('Age 5 to 10', 'Age 11 to 15')
GROUP BY ALL
