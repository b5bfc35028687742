-- The shares of a local authority that lie in integrated care boards add up to the whole of it.
SELECT
    (SELECT min(source) FROM overlap), (SELECT min(file) FROM overlap), area.name,
    concat('shares that add up to ', coalesce(sum(overlap.share), 0)), 'shares that add up to 1',
FROM area
LEFT JOIN overlap ON overlap.area = area.old_la_code
WHERE area.level = 'local_authority' AND area."end" IS NULL
GROUP BY area.name
HAVING abs(coalesce(sum(overlap.share), 0) - 1) > 0.01
