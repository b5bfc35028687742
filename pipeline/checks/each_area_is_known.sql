-- An area is one that the list of local authorities and regions knows.
SELECT
    source, file, concat('time period ', coalesce(time_period, '?')),
    concat('area ''', coalesce(area, area_name, ''), ''''), 'an area of the list of local authorities',
FROM observation
WHERE area_code IS NULL
UNION ALL
SELECT
    source, file, concat('neighbour ', position, ' of ', area_name),
    concat('area ''', neighbour, ''' beside ''', area, ''''),
    'two areas of the list of local authorities',
FROM neighbour_pair
WHERE area IS NULL
    OR neighbour IS NULL
    OR area NOT IN (SELECT old_la_code FROM area WHERE old_la_code IS NOT NULL)
    OR neighbour NOT IN (SELECT old_la_code FROM area WHERE old_la_code IS NOT NULL)
UNION ALL
SELECT
    source, file, concat('programme ', programme), concat('area ''', area_name, ''''),
    'a local authority of today',
FROM membership
WHERE area_name IS NULL
    OR plain_name(area_name) NOT IN (SELECT name FROM area_name WHERE "end" IS NULL)
UNION ALL
SELECT
    source, file, 'overlap', concat('areas ''', area, ''' and ''', nhs_area_code, ''''),
    'a local authority and an integrated care board',
FROM overlap
WHERE area IS NULL
    OR nhs_area_code IS NULL
    OR area NOT IN (SELECT old_la_code FROM area WHERE old_la_code IS NOT NULL)
    OR nhs_area_code NOT IN (SELECT area_code FROM nhs_area)
