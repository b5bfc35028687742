-- Counts, numerators, denominators and rates are not negative. Scores can be, and
-- balances whose metric says so.
SELECT
    source_of(metric_value.source_file), metric_value.source_file,
    concat(metric, ' (', breakdown, '), ', area.name, ', ', time_period),
    concat(value, ' from ', coalesce(numerator::TEXT, 'no count'), ' and ', coalesce(denominator::TEXT, 'no count')),
    'numbers of zero or more',
FROM metric_value
JOIN metric ON metric.id = metric_value.metric
JOIN area USING (area_code)
WHERE metric.unit IN ('count', 'percent', 'per_100', 'per_1000')
    AND NOT metric.may_be_below_0
    AND least(value, numerator, denominator) < 0
