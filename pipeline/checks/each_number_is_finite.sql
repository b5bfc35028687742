-- A value is a finite number.
SELECT
    source_of(source_file), source_file, concat(metric, ' (', breakdown, '), ', area_code, ', ', time_period),
    value, 'a finite number',
FROM metric_value
WHERE NOT isfinite(value)
