-- name: reconciliation
SELECT {Reconciled:r}
FROM reconciliation AS r JOIN metric AS m ON m.id = r.metric
ORDER BY m.position, against

-- name: freshness
SELECT {Fresh} FROM freshness ORDER BY source_file, metric NULLS FIRST

-- name: remarks
SELECT
    metric, note, list(DISTINCT area_code ORDER BY area_code),
    list(DISTINCT time_period ORDER BY time_period)
FROM (
    SELECT metric, note, area_code, time_period, position
    FROM figure JOIN metric ON metric.id = figure.metric
    WHERE note IS NOT NULL
)
GROUP BY metric, note, position
ORDER BY position, note

-- name: files_of_figures
SELECT metric, breakdown, area_code, time_period, source_file
FROM figure
WHERE list_contains($metrics, metric) AND list_contains($areas, area_code)
