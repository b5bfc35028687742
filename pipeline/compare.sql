-- Each value beside England, its region and its statistical neighbours of the May 2025 model, with
-- its position among areas of its level and its change on the period a year before.
CREATE TABLE comparison AS
WITH judged AS (
    SELECT
        metric_value.*,
        area.level,
        area.region_code,
        metric.polarity,
        metric.unit,
        metric.breaks,
        -- Very small populations are shown and never ranked: City of London, Isles of Scilly.
        area.level IN ('local_authority', 'nhs')
            AND area.old_la_code IS DISTINCT FROM '201'
            AND area.old_la_code IS DISTINCT FROM '420'
            AND metric.unit != 'category'
            AND metric_value.value IS NOT NULL AS is_ranked,
        if(metric.polarity = 'low_is_good', metric_value.value, -metric_value.value) AS badness,
    FROM metric_value
    JOIN area USING (area_code)
    JOIN metric ON metric.id = metric_value.metric
),
position AS (
    SELECT
        metric, breakdown, area_code, period_end,
        rank() OVER (PARTITION BY metric, breakdown, period_end, level ORDER BY badness) AS rank,
        count(*) OVER (PARTITION BY metric, breakdown, period_end, level) AS number_ranked,
        CASE
            WHEN badness <= quantile_cont(badness, 0.25) OVER everyone THEN 1
            WHEN badness <= quantile_cont(badness, 0.5) OVER everyone THEN 2
            WHEN badness <= quantile_cont(badness, 0.75) OVER everyone THEN 3
            ELSE 4
        END AS quartile,
    FROM judged
    WHERE is_ranked
    WINDOW everyone AS (PARTITION BY metric, breakdown, period_end, level)
),
neighbours AS (
    SELECT
        mine.metric, mine.breakdown, mine.area_code, mine.period_end,
        avg(theirs.value) AS neighbour_mean,
        median(theirs.value) AS neighbour_median,
        count(theirs.value)::INTEGER AS neighbours_with_value,
    FROM judged AS mine
    JOIN neighbour ON neighbour.area_code = mine.area_code AND neighbour.model = '2025-05'
    LEFT JOIN metric_value AS theirs
        ON theirs.metric = mine.metric
        AND theirs.breakdown = mine.breakdown
        AND theirs.period_end = mine.period_end
        AND theirs.area_code = neighbour.neighbour_code
    WHERE mine.unit != 'category'
    GROUP BY ALL
),
newest AS (
    SELECT metric, breakdown, max(period_end) AS period_end
    FROM metric_value
    WHERE value IS NOT NULL
    GROUP BY ALL
)
SELECT
    mine.metric,
    mine.breakdown,
    mine.area_code,
    mine.time_period,
    mine.period_end,
    mine.value,
    mine.status,
    england.value AS england,
    region.value AS region,
    neighbours.neighbour_mean,
    neighbours.neighbour_median,
    neighbours.neighbours_with_value,
    position.rank::INTEGER AS rank,
    position.number_ranked::INTEGER AS number_ranked,
    position.quartile::INTEGER AS quartile,
    -- Floating noise of a subtraction is not a change.
    if(mine.unit = 'category', NULL, round(mine.value - before.value, 10)) AS change,
    if(before.value IS NULL, NULL, before.time_period) AS previous_time_period,
    coalesce(mine.period_end = newest.period_end, false) AS is_latest,
FROM judged AS mine
LEFT JOIN metric_value AS england
    ON england.metric = mine.metric AND england.breakdown = mine.breakdown
    AND england.period_end = mine.period_end AND england.area_code = 'E92000001'
LEFT JOIN metric_value AS region
    ON region.metric = mine.metric AND region.breakdown = mine.breakdown
    AND region.period_end = mine.period_end AND region.area_code = mine.region_code
LEFT JOIN neighbours
    ON neighbours.metric = mine.metric AND neighbours.breakdown = mine.breakdown
    AND neighbours.period_end = mine.period_end AND neighbours.area_code = mine.area_code
LEFT JOIN position
    ON position.metric = mine.metric AND position.breakdown = mine.breakdown
    AND position.period_end = mine.period_end AND position.area_code = mine.area_code
LEFT JOIN newest ON newest.metric = mine.metric AND newest.breakdown = mine.breakdown
-- The year before, and only within one series: never across a break or a gap.
LEFT JOIN metric_value AS before
    ON before.metric = mine.metric AND before.breakdown = mine.breakdown
    AND before.area_code = mine.area_code
    AND before.period_end = last_day(mine.period_end - INTERVAL 1 YEAR)
    AND mine.value IS NOT NULL
    AND NOT list_contains(mine.breaks, mine.time_period)
