-- State-funded schools only: the rows on provision arranged by schools repeat a publisher file that
-- is read by itself. 'No SEN' stands in two groupings. The frame has no total: the sexes are added
-- up. It leaves out groups of nobody: where the groups it lists add up to the total, a group it
-- leaves out is 0.
WITH held AS (
    SELECT
        CASE geographic_level WHEN 'National' THEN 'E92000001' WHEN 'Local authority' THEN new_la_code END AS area,
        CASE geographic_level
            WHEN 'Regional' THEN region_name WHEN 'Local authority' THEN la_name ELSE 'England'
        END AS area_name,
        left(time_period, 6) AS period,
        pupil_characteristic AS topic,
        char_dv AS part,
        pupils_dv::DOUBLE::INTEGER AS number,
    FROM raw
    WHERE prov_type = 'State-funded AP school'
        AND pupil_characteristic IN ('SEN status', 'Free school meal status', 'Gender')
),
whole AS (
    SELECT area, area_name, period, sum(number)::INTEGER AS total FROM held WHERE topic = 'Gender'
    GROUP BY area, area_name, period
),
filled AS (
    SELECT
        whole.*,
        parts.part,
        coalesce(
            held.number,
            if(sum(held.number) OVER (PARTITION BY whole.area_name, whole.area, whole.period, parts.topic) = total, 0, NULL)
        ) AS number,
    FROM whole
    CROSS JOIN (SELECT DISTINCT topic, part FROM held WHERE topic != 'Gender') AS parts
    LEFT JOIN held
        ON held.area IS NOT DISTINCT FROM whole.area AND held.area_name = whole.area_name
        AND held.period = whole.period AND held.topic = parts.topic AND held.part = parts.part
)
SELECT part AS label, area, area_name, period, number::TEXT AS published FROM filled
UNION ALL
SELECT 'of its kind', area, area_name, period, total::TEXT FROM whole
