-- A category is one of those that its metric names.
SELECT
    source_of(metric_value.source_file), metric_value.source_file,
    concat(metric, ', ', area.name, ', ', time_period),
    value, concat('one of ', array_to_string(labels, '; ')),
FROM metric_value
JOIN metric ON metric.id = metric_value.metric
JOIN area USING (area_code)
WHERE metric.unit = 'category'
    AND NOT list_contains(
        list_transform(labels, lambda label: split_part(label, ':', 1)::DOUBLE), value
    )
