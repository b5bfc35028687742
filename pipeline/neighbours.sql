-- Neighbours under current ONS codes, nearest first. The Department gives no distance; our own model,
-- which is added once there are figures, does.
CREATE TABLE neighbour AS
SELECT
    pair.model, mine.area_code, theirs.area_code AS neighbour_code, pair.position, pair.closeness,
    NULL::DOUBLE AS distance,
FROM neighbour_pair AS pair
JOIN area AS mine ON mine.old_la_code = pair.area
JOIN area AS theirs ON theirs.old_la_code = pair.neighbour
