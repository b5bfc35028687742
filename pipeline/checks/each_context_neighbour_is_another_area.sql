-- Where an area has context neighbours, they are ten others, and none is nearer than the one before.
SELECT
    'context', 'context.toml', area.name,
    concat(
        count(DISTINCT neighbour_code) FILTER (neighbour_code != mine.area_code), ' neighbours, ',
        if(bool_and(is_ordered), 'in order', 'not in order')
    ),
    'ten others, the nearest first',
FROM (
    SELECT
        *,
        coalesce(distance >= lag(distance) OVER (PARTITION BY area_code ORDER BY position), true)
            AS is_ordered,
    FROM neighbour
    WHERE model = 'context'
) AS mine
JOIN area USING (area_code)
GROUP BY area.name
HAVING count(DISTINCT neighbour_code) FILTER (neighbour_code != mine.area_code) != 10
    OR NOT bool_and(is_ordered)
