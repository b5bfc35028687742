-- A number is finite: as published, and what is worked out of it.
SELECT
    source, file, concat(indicator, ' (', breakdown, '), ', area_name, ', ', time_period),
    published, 'a finite number',
FROM observation
WHERE NOT isfinite(value)
UNION ALL
SELECT
    source_of(source_file), source_file,
    concat(metric, ' (', breakdown, '), ', area_code, ', ', time_period),
    value::TEXT, 'a finite number',
FROM metric_value
WHERE NOT isfinite(value)
