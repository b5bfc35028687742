-- Where a publisher also gives the result, ours is set against it, to the precision it is published
-- with; and where local authorities should add up to England, whether they do.
CREATE TABLE reconciliation AS
WITH published AS (
    SELECT
        metric.id AS metric,
        observation.indicator,
        metric.published_differs AS explained,
        metric_value.value AS ours,
        observation.value AS theirs,
        max(length(rtrim(regexp_extract(observation.published, '[.]([0-9]{1,6})$', 1), '0')))
            OVER (PARTITION BY metric.id, observation.indicator, observation.period_end) AS places,
    FROM (SELECT *, unnest(published_indicators) AS indicator FROM metric) AS metric
    JOIN observation ON observation.indicator = metric.indicator
    JOIN metric_value
        ON metric_value.metric = metric.id
        AND metric_value.breakdown = observation.breakdown
        AND metric_value.area_code = observation.area_code
        AND metric_value.period_end = observation.period_end
    WHERE observation.value IS NOT NULL AND metric_value.value IS NOT NULL
        -- Not where theirs was adopted.
        AND (metric.denominator_indicator IS NULL OR metric_value.denominator IS NOT NULL)
),
sums AS (
    SELECT
        observation.indicator,
        observation.breakdown,
        observation.period_end,
        sum(value) FILTER (area.level = 'local_authority') AS ours,
        any_value(value) FILTER (area.level = 'country') AS theirs,
        bool_and(status = 'ok') AS is_whole,
    FROM observation
    JOIN area USING (area_code)
    WHERE observation.indicator IN (
        SELECT indicator FROM indicator WHERE adds_up_within IS NOT NULL
    )
        AND observation.indicator NOT IN (SELECT unnest(published_indicators) FROM metric)
    GROUP BY observation.indicator, observation.breakdown, observation.period_end
),
compared AS (
    SELECT
        metric,
        (SELECT any_value(words ORDER BY words) FROM indicator WHERE indicator.indicator = published.indicator)
            AS against,
        ours,
        theirs,
        abs(ours - theirs) <= 0.5 * pow(10, -places) + 1e-9 AS agrees,
        explained,
    FROM published
    UNION ALL
    SELECT
        metric.id, concat('England: ', words.words), ours, theirs, abs(ours - theirs) < 0.5,
        'Local authorities that sent amended or partial returns.',
    FROM sums
    JOIN metric ON sums.indicator IN (metric.numerator_indicator, metric.denominator_indicator)
    JOIN (SELECT indicator, any_value(words ORDER BY words) AS words FROM indicator GROUP BY indicator)
        AS words ON words.indicator = sums.indicator
    WHERE is_whole AND theirs IS NOT NULL AND ours IS NOT NULL
)
SELECT
    metric,
    against,
    count(*)::INTEGER AS compared,
    count_if(agrees)::INTEGER AS agreeing,
    count_if(NOT agrees)::INTEGER AS differing,
    round(max(abs(ours - theirs)), 4) AS largest_difference,
    if(count_if(NOT agrees) > 0, any_value(explained), NULL) AS explained,
FROM compared
GROUP BY metric, against
