-- A metric with a figure below nought says in the catalogue what that means: else a sentence about it
-- would call a deficit that grew "lower".
SELECT
    source_of(metric_value.source_file), metric_value.source_file,
    concat(metric, ' (', breakdown, '), ', area.name, ', ', time_period),
    value::TEXT, 'no figure below nought, or `signed` in the metric''s TOML',
FROM metric_value
JOIN metric ON metric.id = metric_value.metric
JOIN area USING (area_code)
WHERE value < 0 AND signed IS NULL
