-- In periods the catalogue names, some areas returned totals without their parts: there our ratio is
-- wrong and the publisher's own percentage, which leaves them out, is shown in its place.
UPDATE metric_value
SET
    value = published.value,
    numerator = NULL,
    denominator = NULL,
    denominator_period = NULL,
    denominator_source_file = NULL,
    status = 'ok',
    note = concat_ws(' ', metric_value.note, 'The publisher''s own percentage.', metric.published_differs),
FROM metric
JOIN observation AS published ON published.indicator = metric.published_indicators[1]
WHERE metric.id = metric_value.metric
    AND list_contains(metric.adopt_published, metric_value.time_period)
    AND published.breakdown = metric_value.breakdown
    AND published.area_code = metric_value.area_code
    AND published.period_end = metric_value.period_end
    AND published.value IS NOT NULL
    AND (
        metric_value.status = 'withheld'
        OR abs(metric_value.value - published.value) > 0.05 + 1e-9
    )
