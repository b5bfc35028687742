-- Each local authority of today is drawn once, under a code and a name of its own.
WITH drawn AS (
    SELECT boundary.*, area_key.area_code, area."end"
    FROM boundary
    LEFT JOIN area_key ON area_key.key = boundary.area
    LEFT JOIN area USING (area_code)
),
file AS (SELECT max(source) AS source, max(file) AS file FROM boundary HAVING count(*) > 0)
SELECT source, file, concat('shape ', area) AS place, concat('code ', area) AS found,
    'that of a local authority of today' AS wanted
FROM drawn
WHERE area_code IS NULL OR "end" IS NOT NULL
UNION ALL
SELECT source, file, concat('shape ', area), concat('name ', coalesce(area_name, '')),
    'a name of the area with that code'
FROM drawn
WHERE area_code IS NOT NULL AND NOT EXISTS (
    SELECT 1
    FROM area_name
    WHERE area_name.area_code = drawn.area_code AND area_name.name = plain_name(drawn.area_name)
)
UNION ALL
SELECT file.source, file.file, concat(area.name, ' (', area.area_code, ')'),
    concat(count(drawn.area), ' shapes'), 'one'
FROM area
CROSS JOIN file
LEFT JOIN drawn ON drawn.area_code = area.area_code
WHERE area.level = 'local_authority' AND area."end" IS NULL
GROUP BY ALL
HAVING count(drawn.area) != 1
ORDER BY ALL
