-- A percentage is from 0 to 100, unless its metric says that it can be otherwise.
SELECT
    source_of(metric_value.source_file), metric_value.source_file,
    concat(metric, ' (', breakdown, '), ', area.name, ', ', time_period),
    concat(round(value, 3), '%'), 'a percentage from 0 to 100',
FROM metric_value
JOIN metric ON metric.id = metric_value.metric
JOIN area USING (area_code)
WHERE metric.unit = 'percent'
    AND (value > 100 AND NOT metric.may_exceed_100 OR value < 0 AND NOT metric.may_be_below_0)
