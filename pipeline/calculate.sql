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
matched AS (
    SELECT
        top.*,
        -- The same period, or, for a population, the newest one not later and under three years old.
        coalesce(
            bottom.period_end = top.period_end
            OR top.match = 'latest' AND bottom.period_end > top.period_end - INTERVAL 3 YEAR,
            false
        ) AS is_match,
        bottom.value AS denominator,
        bottom.status AS denominator_status,
        bottom.note AS denominator_note,
        bottom.file AS denominator_file,
        bottom.time_period AS denominator_period,
    FROM (
        -- A group is set against its own denominator where the source has one, else against all.
        SELECT top.*, coalesce(denominator_group.breakdown, 'Total') AS denominator_breakdown
        FROM top
        LEFT JOIN denominator_group
            ON denominator_group.indicator = top.denominator_indicator
            AND denominator_group.breakdown = top.breakdown
        WHERE top.denominator_indicator IS NOT NULL
    ) AS top
    ASOF LEFT JOIN bottom
        ON bottom.indicator = top.denominator_indicator
        AND bottom.breakdown = top.denominator_breakdown
        AND bottom.area_code = top.area_code
        AND bottom.period_end <= top.period_end
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
