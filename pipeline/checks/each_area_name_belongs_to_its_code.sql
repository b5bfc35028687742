-- A file that gives a code and a name gives those of one area: a shifted column would not.
SELECT
    source, file, concat('area ', area), concat('the name ''', area_name, ''''),
    concat('a name of ', area.name),
FROM (SELECT DISTINCT source, file, area, area_name, area_code FROM observation) AS observation
JOIN area USING (area_code)
WHERE observation.area IS NOT NULL
    AND observation.area_name IS NOT NULL
    AND (plain_name(observation.area_name), area_code) NOT IN (SELECT (name, area_code) FROM area_name)
    AND NOT (area.level = 'country' AND starts_with(plain_name(observation.area_name), 'england'))
UNION ALL
SELECT
    source, file, concat('area ', area), concat('the name ''', area_name, ''''),
    concat('a name of ', area.name),
FROM (
    SELECT source, file, area, area_name FROM neighbour_pair
    UNION
    SELECT source, file, area, area_name FROM overlap
    UNION
    SELECT source, file, area, area_name FROM membership
) AS pair
JOIN area ON area.old_la_code = pair.area
WHERE (plain_name(pair.area_name), area.area_code) NOT IN (SELECT (name, area_code) FROM area_name)
