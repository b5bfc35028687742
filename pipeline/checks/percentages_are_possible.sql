-- A percentage is from 0 to 100.
SELECT
    source_of(metric_value.source_file), metric_value.source_file,
    concat(metric, ' (', breakdown, '), ', area.name, ', ', time_period),
    concat(round(value, 3), '%'), 'a percentage from 0 to 100',
FROM metric_value
JOIN metric ON metric.id = metric_value.metric
JOIN area USING (area_code)
WHERE metric.unit = 'percent' AND NOT metric.may_exceed_100 AND value NOT BETWEEN 0 AND 100
