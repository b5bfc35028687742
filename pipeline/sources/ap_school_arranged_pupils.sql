-- SEN provision and free school meals, each with a total. The file leaves out groups of nobody:
-- where the groups it lists add up to the area's total, a group it leaves out is 0.
WITH held AS (
    SELECT
        at_level(geographic_level, country_code, region_code, old_la_code) AS area,
        CASE geographic_level WHEN 'Regional' THEN region_name WHEN 'Local authority' THEN la_name END AS area_name,
        time_period AS period,
        characteristic_grouping AS topic,
        pupil_characteristic AS part,
        pupils::INTEGER AS number,
    FROM raw
    WHERE setting_type = 'Total' AND characteristic_grouping IN ('SEN on entry', 'FSM eligibility')
),
whole AS (
    SELECT
        area, area_name, period, topic,
        sum(number) FILTER (part != 'Total') = sum(number) FILTER (part = 'Total') AS is_complete,
    FROM held
    GROUP BY area, area_name, period, topic
)
SELECT
    part AS label, whole.area, whole.area_name, whole.period,
    coalesce(held.number, if(is_complete, 0, NULL))::TEXT AS published,
FROM whole
JOIN (SELECT DISTINCT topic, part FROM held) AS parts USING (topic)
LEFT JOIN held USING (area, period, topic, part)
WHERE NOT (topic = 'FSM eligibility' AND part = 'Total')
