-- A value is missing exactly when its status says why.
SELECT
    source_of(source_file), source_file, concat(metric, ' (', breakdown, '), ', area_code, ', ', time_period),
    concat(coalesce(value::TEXT, 'no value'), ' with status ', coalesce(status, 'none')),
    'a value, or a status that says why not',
FROM metric_value
WHERE (value IS NULL) = (status = 'ok') OR status IS NULL
