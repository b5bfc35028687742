-- Every metric at once: a metric is a row, so a new metric needs no new SQL.
CREATE TABLE metric_value AS
WITH top AS (
    SELECT
        metric.id AS metric,
        metric.multiplier,
        metric.denominator_indicator,
        metric.denominator_period AS match,
        observation.*,
        -- A group is set against its own denominator where the source has one, else against all.
        if(
            (metric.denominator_indicator, observation.breakdown)
                IN (SELECT (indicator, breakdown) FROM indicator),
            observation.breakdown,
            'Total'
        ) AS denominator_breakdown,
    FROM metric
    JOIN observation ON observation.indicator = metric.numerator_indicator
    WHERE list_contains(metric.breakdowns, observation.breakdown)
),
part AS (
    SELECT
        top.metric,
        top.multiplier,
        top.denominator_indicator IS NOT NULL AS is_ratio,
        top.breakdown,
        top.area_code,
        top.time_period,
        top.period_end,
        top.value AS numerator,
        top.file AS source_file,
        top.status AS numerator_status,
        top.note AS numerator_note,
        -- The same period, or, for a population, the newest one not later and under three years old.
        bottom.period_end = top.period_end
            OR top.match = 'latest' AND bottom.period_end > top.period_end - INTERVAL 3 YEAR
            AS is_match,
        bottom.value AS denominator,
        bottom.status AS denominator_status,
        bottom.note AS denominator_note,
        bottom.file AS denominator_source_file,
        bottom.time_period AS denominator_period,
    FROM top
    ASOF LEFT JOIN observation AS bottom
        ON bottom.indicator = top.denominator_indicator
        AND bottom.breakdown = top.denominator_breakdown
        AND bottom.area_code = top.area_code
        AND bottom.period_end <= top.period_end
),
settled AS (
    SELECT
        metric, multiplier, is_ratio, breakdown, area_code, time_period, period_end, numerator,
        source_file,
        if(is_match, denominator, NULL) AS denominator,
        if(is_match, denominator_source_file, NULL) AS denominator_source_file,
        if(is_match, denominator_period, NULL) AS denominator_period,
        nullif(concat_ws(' ', numerator_note, if(is_match, denominator_note, NULL)), '') AS note,
        CASE
            WHEN numerator_status != 'ok' OR NOT is_ratio THEN numerator_status
            WHEN NOT coalesce(is_match, false) THEN 'no_denominator'
            WHEN denominator = 0 THEN 'not_applicable'
            ELSE denominator_status
        END AS status,
    FROM part
)
SELECT
    metric,
    breakdown,
    area_code,
    time_period,
    period_end,
    CASE
        WHEN status != 'ok' THEN NULL
        WHEN is_ratio THEN multiplier * numerator / denominator
        ELSE numerator
    END AS value,
    CASE WHEN is_ratio THEN numerator END AS numerator,
    CASE WHEN is_ratio THEN denominator END AS denominator,
    denominator_period,
    status,
    note,
    source_file,
    denominator_source_file,
FROM settled
