-- What is counted is not negative, and no rate made of it. Amounts, scores and balances can be.
SELECT
    source, file, concat(indicator, ' (', breakdown, '), ', area_name, ', ', time_period),
    value::TEXT, 'a number of zero or more',
FROM observation
WHERE value < 0
    AND indicator NOT IN (
        SELECT unnest(list_append(published_indicators, numerator_indicator))
        FROM metric
        WHERE numerator_indicator IS NOT NULL AND (unit IN ('pounds', 'score') OR may_be_below_0)
    )
UNION ALL
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
