-- Metrics made of another metric: the gap between two of its groups, or its growth on the year
-- before in per cent, never across a break in the series.
INSERT INTO metric_value BY NAME
WITH pair AS (
    SELECT
        metric.id AS metric,
        metric.gap IS NOT NULL AS is_gap,
        if(metric.gap IS NULL, mine.breakdown, 'Total') AS breakdown,
        mine.area_code,
        mine.time_period,
        mine.period_end,
        mine.value,
        other.value AS other_value,
        other.time_period AS other_period,
        CASE
            WHEN mine.status != 'ok' THEN mine.status
            WHEN other.status != 'ok' THEN other.status
            WHEN metric.gap IS NULL AND other.value = 0 THEN 'not_applicable'
            ELSE 'ok'
        END AS status,
        nullif(concat_ws(' ', mine.note, if(other.note = mine.note, NULL, other.note)), '') AS note,
        mine.source_file,
        other.source_file AS other_file,
    FROM metric
    JOIN metric AS origin ON origin.id = metric.of_metric
    JOIN metric_value AS mine
        ON mine.metric = origin.id
        AND if(metric.gap IS NULL, NOT list_contains(origin.breaks, mine.time_period),
            mine.breakdown = metric.gap[1])
    JOIN metric_value AS other
        ON other.metric = origin.id
        AND other.area_code = mine.area_code
        AND if(metric.gap IS NULL, other.breakdown = mine.breakdown, other.breakdown = metric.gap[2])
        AND other.period_end
            = if(metric.gap IS NULL, last_day(mine.period_end - INTERVAL 1 YEAR), mine.period_end)
    WHERE metric.gap IS NOT NULL OR list_contains(metric.breakdowns, mine.breakdown)
)
SELECT
    metric,
    breakdown,
    area_code,
    time_period,
    period_end,
    CASE
        WHEN status != 'ok' THEN NULL
        WHEN is_gap THEN round(value - other_value, 10)
        ELSE 100 * (value / other_value - 1)
    END AS value,
    if(is_gap, NULL, value) AS numerator,
    if(is_gap, NULL, other_value) AS denominator,
    if(is_gap, NULL, other_period) AS denominator_period,
    status,
    note,
    source_file,
    if(is_gap, NULL, other_file) AS denominator_source_file,
FROM pair
