-- The newest model gives each local authority of today ten different neighbours.
SELECT
    (SELECT min(source) FROM neighbour_pair WHERE model = '2025-05'),
    (SELECT min(file) FROM neighbour_pair WHERE model = '2025-05'),
    area.name, concat(count(DISTINCT neighbour_code), ' neighbours'),
    'ten',
FROM area
LEFT JOIN neighbour ON neighbour.area_code = area.area_code AND neighbour.model = '2025-05'
WHERE area.level = 'local_authority' AND area."end" IS NULL
GROUP BY area.name
HAVING count(DISTINCT neighbour_code) != 10
