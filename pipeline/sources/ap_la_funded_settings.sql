-- One row per area and kind of setting. The file leaves out settings in which an area placed nobody:
-- where the settings it lists add up to the area's total, a setting it leaves out is 0. Placements
-- outside registered schools are the total less those in schools: the file has no row for them.
WITH held AS (
    SELECT
        at_level(geographic_level, country_code, region_code, old_la_code) AS area,
        CASE geographic_level WHEN 'Regional' THEN region_name WHEN 'Local authority' THEN la_name END AS area_name,
        time_period AS period,
        setting_type AS setting,
        placements::INTEGER AS number,
    FROM raw
),
whole AS (
    SELECT
        area, area_name, period,
        sum(number) FILTER (setting = 'Total') AS total,
        sum(number) FILTER (setting != 'Total') = total AS is_complete,
    FROM held
    GROUP BY area, area_name, period
),
filled AS (
    SELECT
        whole.*,
        settings.setting,
        coalesce(held.number, if(is_complete, 0, NULL)) AS number,
    FROM whole
    CROSS JOIN (SELECT DISTINCT setting FROM held) AS settings
    LEFT JOIN held USING (area, period, setting)
)
SELECT setting AS label, area, area_name, period, number::TEXT AS published FROM filled
UNION ALL
SELECT 'of its kind', area, area_name, period, total::TEXT FROM whole
UNION ALL
SELECT 'outside registered schools', area, area_name, period, (total - number)::TEXT
FROM filled
WHERE setting = 'Education setting with URN'
