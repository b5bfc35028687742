-- Every metric at once: a metric is a row, so a new metric needs no new SQL.
CREATE TABLE metric_value AS
WITH top AS (
    SELECT
        metric.id AS metric,
        metric.multiplier,
        metric.denominator_indicator,
        metric.denominator_period AS match,
        metric.is_published_ratio,
        observation.*,
    FROM metric
    JOIN observation ON observation.indicator = metric.numerator_indicator
    WHERE list_contains(metric.breakdowns, observation.breakdown)
),
bottom AS (
    SELECT *
    FROM observation
    WHERE indicator IN (SELECT denominator_indicator FROM metric)
),
denominator_group AS (
    SELECT DISTINCT indicator, breakdown FROM bottom
),
below AS (
    -- A group is set against its own denominator where the source has one, else against all.
    SELECT top.*, coalesce(denominator_group.breakdown, 'Total') AS denominator_breakdown
    FROM top
    LEFT JOIN denominator_group
        ON denominator_group.indicator = top.denominator_indicator
        AND denominator_group.breakdown = top.breakdown
    WHERE top.denominator_indicator IS NOT NULL
),
standing AS (
    SELECT *, period_end AS on_day FROM bottom
    UNION ALL
    -- A population stands until there is a newer one, for less than three years.
    SELECT bottom.*, needed.on_day
    FROM (
        SELECT DISTINCT
            denominator_indicator AS indicator, denominator_breakdown AS breakdown, area_code,
            period_end AS on_day,
        FROM below
        WHERE match = 'latest'
    ) AS needed
    ASOF JOIN bottom
        ON bottom.indicator = needed.indicator
        AND bottom.breakdown = needed.breakdown
        AND bottom.area_code = needed.area_code
        AND bottom.period_end <= needed.on_day
    WHERE bottom.period_end < needed.on_day
        AND bottom.period_end > needed.on_day - INTERVAL 3 YEAR
),
matched AS (
    SELECT
        below.*,
        standing.on_day IS NOT NULL AS is_match,
        standing.value AS denominator,
        standing.status AS denominator_status,
        standing.note AS denominator_note,
        standing.file AS denominator_file,
        standing.time_period AS denominator_period,
    FROM below
    LEFT JOIN standing
        ON standing.indicator = below.denominator_indicator
        AND standing.breakdown = below.denominator_breakdown
        AND standing.area_code = below.area_code
        AND standing.on_day = below.period_end
        AND (below.match = 'latest' OR standing.period_end = below.period_end)
),
ratio AS (
    SELECT
        *,
        CASE
            WHEN status != 'ok' OR is_published_ratio THEN status
            WHEN NOT is_match THEN 'no_denominator'
            WHEN denominator = 0 THEN 'not_applicable'
            ELSE denominator_status
        END AS ratio_status,
    FROM matched
)
SELECT
    metric,
    breakdown,
    area_code,
    time_period,
    period_end,
    CASE
        WHEN is_published_ratio THEN value
        WHEN ratio_status = 'ok' THEN multiplier * value / denominator
    END AS value,
    if(is_published_ratio, NULL, value) AS numerator,
    if(is_match, denominator, NULL) AS denominator,
    if(is_match, denominator_period, NULL) AS denominator_period,
    ratio_status AS status,
    CASE
        WHEN NOT is_match OR is_published_ratio OR denominator_note IS NULL OR denominator_note = note THEN note
        ELSE concat_ws(' ', note, denominator_note)
    END AS note,
    file AS source_file,
    if(is_match, denominator_file, NULL) AS denominator_source_file,
FROM ratio
UNION ALL
SELECT
    metric, breakdown, area_code, time_period, period_end, value, NULL, NULL, NULL, status, note, file,
    NULL,
FROM top
WHERE denominator_indicator IS NULL
