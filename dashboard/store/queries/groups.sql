-- name: benchmarks_of_area
SELECT
    metric, breakdown, area_code, mean, median, with_value, lowest, highest, above, below, against
FROM benchmark
WHERE model = ? AND area_code = ?

-- name: benchmarks_of_metric
SELECT
    metric, breakdown, area_code, mean, median, with_value, lowest, highest, above, below, against
FROM benchmark
WHERE model = ? AND metric = ? AND breakdown = ?

-- name: group_summaries
SELECT metric, breakdown, mean, median, with_value, members, lowest, highest
FROM group_summary JOIN latest USING (metric, breakdown, time_period)
WHERE area_group = ?

-- name: group_summaries_then
SELECT metric, breakdown, time_period, mean, median, with_value, members, lowest, highest
FROM group_summary WHERE area_group = ?

-- name: group_medians
SELECT {Middle}
FROM group_summary
WHERE area_group = ? AND metric = ? AND breakdown = ?
ORDER BY period_end

-- name: memberships
SELECT area_code, {Membership} FROM programme ORDER BY area_code, programme

-- name: neighbours
SELECT model, neighbour_code, position, closeness, distance
FROM neighbour
WHERE area_code = ?
ORDER BY model, position

-- name: nearest_distances
SELECT area_code, distance FROM neighbour WHERE position = 1 AND distance IS NOT NULL
ORDER BY area_code

-- name: context
SELECT {Context} FROM context ORDER BY area_code, position
