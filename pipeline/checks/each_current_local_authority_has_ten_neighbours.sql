-- The newest model gives each local authority of today ten different neighbours.
SELECT
    (SELECT min(source) FROM neighbour_pair WHERE model = getvariable('neighbour_model')),
    (SELECT min(file) FROM neighbour_pair WHERE model = getvariable('neighbour_model')),
    area.name, concat(count(DISTINCT neighbour_code), ' neighbours'),
    'ten',
FROM area
LEFT JOIN neighbour ON neighbour.area_code = area.area_code AND neighbour.model = getvariable('neighbour_model')
WHERE area.level = 'local_authority' AND area."end" IS NULL
GROUP BY area.name
HAVING count(DISTINCT neighbour_code) != 10
