-- The catalogue as it is published: what each metric means, in words, and the files behind it.
CREATE TABLE published_metric AS
WITH words AS (
    SELECT indicator, any_value(words ORDER BY source, label) AS words
    FROM indicator
    GROUP BY indicator
    UNION ALL
    SELECT total, string_agg(words, '; plus ' ORDER BY part)
    FROM (SELECT DISTINCT total.total, total.part, indicator.words FROM total JOIN indicator ON indicator.indicator = total.part)
    GROUP BY total
),
files AS (
    SELECT metric, list(DISTINCT file ORDER BY file) AS sources
    FROM (
        SELECT metric, source_file AS file FROM metric_value
        UNION ALL
        SELECT metric, denominator_source_file FROM metric_value
    )
    WHERE file IS NOT NULL
    GROUP BY metric
)
SELECT
    id, metric.title, short_title, description, why, pillar, topic, topic_title, position, unit, decimals,
    polarity,
    CASE
        WHEN gap IS NOT NULL THEN concat(origin.title, ': ', gap[1], ' less ', gap[2])
        WHEN of_metric IS NOT NULL THEN origin.title
        ELSE top.words
    END AS numerator,
    if(of_metric IS NOT NULL AND gap IS NULL, concat(origin.title, ', a year before'), bottom.words)
        AS denominator,
    denominator_period, population, level, year_type, breakdowns, breaks, caveat, headline, labels, sources,
    -- How its 95% interval is made; a gap has one where the two groups it lies between have.
    if(gap IS NOT NULL AND origin.interval <> 'none', 'difference', metric.interval) AS interval,
    duty, metric.signed, counts, fact, metric.ended,
FROM metric
LEFT JOIN words AS top ON top.indicator = metric.numerator_indicator
LEFT JOIN (SELECT id AS origin_id, title, interval FROM metric) AS origin ON origin.origin_id = of_metric
LEFT JOIN words AS bottom ON bottom.indicator = metric.denominator_indicator
LEFT JOIN files ON files.metric = metric.id
