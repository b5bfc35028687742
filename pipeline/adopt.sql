-- Where a publisher also prints the percentage and the published counts give another, the publisher's
-- own is shown: in the periods that the catalogue names, or always. The note says what the counts
-- give; no interval can be made of counts that do not agree with the percentage.
UPDATE metric_value
SET
    value = published.value,
    numerator = NULL,
    denominator = NULL,
    denominator_period = NULL,
    denominator_source_file = NULL,
    status = 'ok',
    note = concat_ws(
        ' ',
        metric_value.note,
        'The publisher''s own percentage.',
        CASE
            -- What is not finite is refused by a rule, which must be reached.
            WHEN isfinite(metric_value.numerator) AND isfinite(metric_value.denominator) THEN format(
                'The published counts give {}% ({:,} of {:,}).',
                round(metric_value.value, greatest(published.places, 1)::INTEGER),
                metric_value.numerator::BIGINT,
                metric_value.denominator::BIGINT
            )
        END,
        metric.published_differs
    ),
FROM metric
JOIN (
    SELECT
        *,
        -- To how many decimals the publisher gives this percentage in this period.
        max(length(rtrim(regexp_extract(published, '[.]([0-9]{1,6})$', 1), '0')))
            OVER (PARTITION BY indicator, period_end) AS places,
    FROM observation
    WHERE indicator IN (SELECT published_indicators[1] FROM metric WHERE adopt_published != [])
) AS published ON published.indicator = metric.published_indicators[1]
WHERE metric.id = metric_value.metric
    AND (
        list_contains(metric.adopt_published, metric_value.time_period)
        OR (metric.adopt_published = ['always'] AND metric_value.status != 'withheld')
    )
    AND published.breakdown = metric_value.breakdown
    AND published.area_code = metric_value.area_code
    AND published.period_end = metric_value.period_end
    AND published.value IS NOT NULL
    AND (
        metric_value.status = 'withheld'
        OR (metric_value.value IS NULL AND metric.adopt_published = ['always'])
        OR abs(metric_value.value - published.value) > 0.5 * pow(10, -published.places) + 1e-9
    );

-- In those periods it also stands where no counts are published at all.
INSERT INTO metric_value BY NAME
SELECT
    metric.id AS metric,
    published.breakdown,
    published.area_code,
    published.time_period,
    published.period_end,
    published.value,
    published.status,
    concat_ws(' ', published.note, 'The publisher''s own percentage.') AS note,
    published.file AS source_file,
FROM metric
JOIN observation AS published ON published.indicator = metric.published_indicators[1]
WHERE list_contains(metric.adopt_published, published.time_period)
    AND list_contains(metric.breakdowns, published.breakdown)
    AND NOT EXISTS (
        SELECT 1 FROM metric_value
        WHERE metric_value.metric = metric.id
            AND metric_value.breakdown = published.breakdown
            AND metric_value.period_end = published.period_end
    )
