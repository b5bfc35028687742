-- Asked of the files that are written beside a build: they are no part of its database.

-- name: metric_changes
SELECT {MetricChange} FROM read_parquet(?)

-- name: file_changes
SELECT {FileChange} FROM read_parquet(?)

-- name: number_revised
SELECT count(*) FROM read_parquet(?)

-- name: revisions
SELECT {Revision:r} FROM read_parquet(?) AS r JOIN metric ON metric.id = r.metric
WHERE r.area_code = ?
ORDER BY metric.position, r.breakdown, r.period_end DESC
