-- Each period of a table that has local authorities, or integrated care boards, has about as many as
-- there are, and its newest has them: a file cut short or a renamed headline would not.
WITH held AS (
    SELECT source, time_period, period_end, area_code, any_value(file) AS file
    FROM observation
    GROUP BY source, time_period, period_end, area_code
)
SELECT
    source.id, any_value(held.file), held.time_period,
    concat(count(area.area_code), ' areas'),
    concat('at least ', source.least_areas),
FROM source
JOIN held ON held.source = source.id
LEFT JOIN area
    ON area.area_code = held.area_code AND area.level IN ('local_authority', 'nhs')
WHERE source.least_areas > 0
GROUP BY source.id, source.least_areas, held.time_period, held.period_end
QUALIFY count(area.area_code) < source.least_areas
    AND (
        count(area.area_code) > 0
        OR held.period_end = max(held.period_end) OVER (PARTITION BY source.id)
    )
UNION ALL
SELECT source.id, any_value(file), 'list', concat(count(*), ' areas'), concat('at least ', source.least_areas)
FROM source
JOIN (
    SELECT DISTINCT source, file, old_la_code AS area FROM la_code
    UNION ALL
    SELECT DISTINCT source, file, area FROM neighbour_pair
    UNION ALL
    SELECT DISTINCT source, file, area FROM membership
) AS listed ON listed.source = source.id
GROUP BY source.id, source.least_areas
HAVING count(*) < source.least_areas
