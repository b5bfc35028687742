-- Where a publisher gives the result too, ours is the same: within one unit, and to the last place in
-- 99 of 100. Where the metric says why some differ, more may, as long as they are the lesser part or
-- differ by next to nothing. Exchanged columns would not agree.
SELECT
    files.source, files.file, concat(reconciliation.metric, ' against ', lower(against)),
    concat(differing, ' of ', compared, ' results that differ, by up to ', largest_difference),
    'results that agree',
FROM reconciliation
JOIN metric ON metric.id = reconciliation.metric
JOIN (
    SELECT
        metric,
        string_agg(DISTINCT source, ' and ' ORDER BY source) AS source,
        string_agg(DISTINCT file, ' and ' ORDER BY file) AS file,
    FROM (
        SELECT id AS metric, unnest(list_append(published_indicators, numerator_indicator)) AS indicator
        FROM metric
    )
    JOIN (SELECT DISTINCT indicator, source, file FROM observation) USING (indicator)
    GROUP BY metric
) AS files ON files.metric = reconciliation.metric
WHERE NOT starts_with(against, 'England: ')
    AND if(
        metric.published_differs IS NULL,
        differing > 0.01 * compared OR largest_difference > 1,
        differing > 0.5 * compared AND largest_difference > 0.1
    )
