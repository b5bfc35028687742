-- Numbers of schools by judgement. The frame leaves out judgements that no school has: the numbers it
-- lists add up to all schools, so a judgement it leaves out is 0.
WITH held AS (
    SELECT
        CASE geographic_level WHEN 'National' THEN 'E92000001' END AS area,
        if(geographic_level = 'Local authority', la_name, Region) AS area_name,
        "Year" AS period,
        school_type,
        "Overall effectiveness" AS grade,
        "Value"::DOUBLE::INTEGER AS number,
        grand_total_schools::INTEGER AS schools,
    FROM raw
    WHERE "Measure" = 'Overall effectiveness (number of schools)'
),
whole AS (
    SELECT
        area, area_name, period, school_type,
        any_value(schools) AS schools,
        sum(number) = any_value(schools) AS is_complete,
    FROM held
    GROUP BY area, area_name, period, school_type
),
every AS (
    SELECT
        whole.area, whole.area_name, whole.period, whole.school_type, grades.grade,
        coalesce(held.number, if(is_complete, 0, NULL)) AS number,
    FROM whole
    CROSS JOIN (SELECT DISTINCT grade FROM held) AS grades
    LEFT JOIN held
        ON held.area_name = whole.area_name AND held.period = whole.period
        AND held.school_type = whole.school_type AND held.grade = grades.grade
    UNION ALL
    SELECT area, area_name, period, school_type, 'all', schools FROM whole
)
SELECT concat(school_type, ': ', grade) AS label, area, area_name, period, number::TEXT AS published
FROM every
UNION ALL
SELECT concat('alternative provision by outcome: ', grade), area, area_name, period, number::TEXT
FROM every
WHERE school_type = 'State-funded AP school'
