-- A table reaches the period that its source names: an older release of it would not.
SELECT
    source.id, any_value(observation.file), 'newest period',
    arg_max(time_period, period_end), concat(source.newest, ' or later'),
FROM source
JOIN observation ON observation.source = source.id
WHERE source.newest IS NOT NULL
GROUP BY source.id, source.newest
HAVING max(period_end) < period_end(source.newest)
