-- name: figures_then
-- Of each metric the newest period that had ended by a day; where the area has none in it, its own
-- last one before.
SELECT {Figure}
FROM figure JOIN ended_by($day) USING (metric, breakdown)
WHERE area_code = $area AND period_end <= $day
QUALIFY row_number() OVER (
    PARTITION BY metric, breakdown ORDER BY period_end = last_end DESC, period_end DESC
) = 1
ORDER BY metric, breakdown

-- name: figures_over_time
SELECT {Figure} FROM figure WHERE metric = ? AND breakdown = ? ORDER BY period_end

-- name: figures_of_topic
SELECT {Figure} FROM figure
WHERE area_code = ? AND metric IN (SELECT id FROM metric WHERE topic = ?)
ORDER BY period_end

-- name: figures_of_metric
-- Groups in the order of the catalogue, areas by name, periods in order.
SELECT {Figure:f}, f.source_file
FROM figure AS f JOIN metric AS m ON m.id = f.metric JOIN area AS a ON a.area_code = f.area_code
WHERE f.metric = $metric AND ($breakdown = '' OR f.breakdown = $breakdown)
ORDER BY list_position(m.breakdowns, f.breakdown), a.name, f.area_code, f.period_end

-- name: number_of_figures
SELECT count(*) FROM figure WHERE metric = ?

-- name: figures_wanted
SELECT {Figure}, source_file
FROM wanted(
    $metric, $areas::VARCHAR[], $breakdown::VARCHAR, $period::VARCHAR, $latest::BOOLEAN
)
ORDER BY breakdown, area_code, period_end
LIMIT $limit OFFSET $offset

-- name: number_wanted
SELECT count(*)
FROM wanted(
    $metric, $areas::VARCHAR[], $breakdown::VARCHAR, $period::VARCHAR, $latest::BOOLEAN
)

-- name: periods
SELECT time_period FROM figure WHERE metric = ? GROUP BY time_period ORDER BY max(period_end) DESC

-- name: series
SELECT metric, breakdown, years, "values", joins FROM series WHERE area_code = ?

-- name: spreads
SELECT
    metric, breakdown, time_period, period_end, count(*), min(value), quantile_cont(value, 0.25),
    median(value), quantile_cont(value, 0.75), max(value), list(value ORDER BY value)
FROM figure
WHERE rank IS NOT NULL AND metric = ? AND breakdown = ?
GROUP BY metric, breakdown, time_period, period_end
ORDER BY period_end

-- name: spreads_then
SELECT
    metric, breakdown, time_period, period_end, count(*), min(value), quantile_cont(value, 0.25),
    median(value), quantile_cont(value, 0.75), max(value), list(value)
FROM figure JOIN ended_by(?) USING (metric, breakdown)
WHERE rank IS NOT NULL AND period_end = last_end
GROUP BY metric, breakdown, time_period, period_end

-- name: funnel
SELECT {Funnel} FROM funnel WHERE metric = ? AND breakdown = ?
