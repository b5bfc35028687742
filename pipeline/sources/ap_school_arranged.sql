-- One row per area, reason and kind of setting; each is read where the other is 'Total'. The file
-- leaves out groups of nobody: where the groups it lists add up to the area's total, a group it
-- leaves out is 0. Placements outside registered schools are the total less those in schools.
WITH one AS (
    SELECT
        at_level(geographic_level, country_code, region_code, old_la_code) AS area,
        CASE geographic_level WHEN 'Regional' THEN region_name WHEN 'Local authority' THEN la_name END AS area_name,
        time_period AS period,
        pupil_characteristic AS reason,
        setting_type AS setting,
        pupils::INTEGER AS number,
    FROM raw
    WHERE 'Total' IN (pupil_characteristic, setting_type)
),
held AS (
    SELECT 'reason: ' AS cut, reason AS part, * FROM one WHERE setting = 'Total' AND reason != 'Total'
    UNION ALL
    SELECT 'setting: ', setting, * FROM one WHERE reason = 'Total' AND setting != 'Total'
),
whole AS (
    SELECT area, area_name, period, number AS total FROM one WHERE reason = 'Total' AND setting = 'Total'
),
filled AS (
    SELECT
        whole.*,
        parts.cut,
        parts.part,
        coalesce(
            held.number,
            if(sum(held.number) OVER (PARTITION BY whole.area, whole.period, parts.cut) = total, 0, NULL)
        ) AS number,
    FROM whole
    CROSS JOIN (SELECT DISTINCT cut, part FROM held) AS parts
    LEFT JOIN held USING (area, period, cut, part)
)
SELECT cut || part AS label, area, area_name, period, number::TEXT AS published FROM filled
UNION ALL
SELECT unnest(['Total', 'of its kind']), area, area_name, period, total::TEXT FROM whole
UNION ALL
SELECT 'outside registered schools', area, area_name, period, (total - number)::TEXT
FROM filled
WHERE cut = 'setting: ' AND part = 'Education setting with URN'
