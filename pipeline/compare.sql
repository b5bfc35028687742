-- Each value beside England, its region and its statistical neighbours of the May 2025 model, with
-- its position among areas of its level and its change on the period a year before.
CREATE TABLE comparison AS
WITH series AS (
    -- What is compared with one another, under one number: joins on it cost a third.
    SELECT
        row_number() OVER (ORDER BY metric, breakdown, period_end)::INTEGER AS series,
        metric, breakdown, period_end, any_value(time_period) AS time_period,
    FROM metric_value
    GROUP BY metric, breakdown, period_end
),
before AS (
    -- The year before, and only within one series: never across a break or a gap.
    SELECT mine.series, earlier.series AS earlier, earlier.time_period
    FROM series AS mine
    JOIN metric ON metric.id = mine.metric
    JOIN series AS earlier
        ON earlier.metric = mine.metric
        AND earlier.breakdown = mine.breakdown
        AND earlier.period_end = last_day(mine.period_end - INTERVAL 1 YEAR)
    WHERE NOT list_contains(metric.breaks, mine.time_period) AND metric.unit != 'category'
),
newest AS (
    SELECT metric, breakdown, max(period_end) AS period_end
    FROM metric_value
    WHERE value IS NOT NULL
    GROUP BY ALL
),
place AS (
    SELECT
        row_number() OVER (ORDER BY area_code)::INTEGER AS place,
        area_code, region_code, level,
        -- Very small populations are shown and never ranked: City of London, Isles of Scilly.
        level IN ('local_authority', 'nhs')
            AND old_la_code IS DISTINCT FROM '201'
            AND old_la_code IS DISTINCT FROM '420' AS is_ranked,
    FROM area
),
near AS (
    SELECT mine.place, theirs.place AS neighbour
    FROM neighbour
    JOIN place AS mine USING (area_code)
    JOIN place AS theirs ON theirs.area_code = neighbour.neighbour_code
    WHERE neighbour.model = '2025-05'
),
judged AS (
    SELECT
        series.series,
        place.place,
        region.place AS region_place,
        place.level,
        metric_value.value,
        metric_value.status,
        metric.unit != 'category' AS is_measured,
        place.is_ranked AND metric.unit != 'category' AND metric_value.value IS NOT NULL AS is_ranked,
        if(metric.polarity = 'low_is_good', metric_value.value, -metric_value.value) AS badness,
    FROM metric_value
    JOIN series USING (metric, breakdown, period_end)
    JOIN metric ON metric.id = metric_value.metric
    JOIN place USING (area_code)
    LEFT JOIN place AS region ON region.area_code = place.region_code
),
position AS (
    SELECT
        series, place,
        rank() OVER (PARTITION BY series, level ORDER BY badness) AS rank,
        count(*) OVER everyone AS number_ranked,
        CASE
            WHEN badness <= quantile_cont(badness, 0.25) OVER everyone THEN 1
            WHEN badness <= quantile_cont(badness, 0.5) OVER everyone THEN 2
            WHEN badness <= quantile_cont(badness, 0.75) OVER everyone THEN 3
            ELSE 4
        END AS quartile,
    FROM judged
    WHERE is_ranked
    WINDOW everyone AS (PARTITION BY series, level)
),
neighbours AS (
    SELECT
        mine.series, mine.place,
        avg(theirs.value) AS neighbour_mean,
        median(theirs.value) AS neighbour_median,
        count(theirs.value)::INTEGER AS neighbours_with_value,
    FROM judged AS mine
    JOIN near USING (place)
    LEFT JOIN judged AS theirs ON theirs.series = mine.series AND theirs.place = near.neighbour
    WHERE mine.is_measured
    GROUP BY ALL
)
SELECT
    series.metric,
    series.breakdown,
    place.area_code,
    series.time_period,
    series.period_end,
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
    round(mine.value - earlier.value, 10) AS change,
    if(earlier.value IS NULL OR mine.value IS NULL, NULL, before.time_period) AS previous_time_period,
    coalesce(series.period_end = newest.period_end, false) AS is_latest,
FROM judged AS mine
JOIN series USING (series)
JOIN place USING (place)
LEFT JOIN newest USING (metric, breakdown)
LEFT JOIN judged AS england
    ON england.series = mine.series
    AND england.place = (SELECT place FROM place WHERE level = 'country')
LEFT JOIN judged AS region ON region.series = mine.series AND region.place = mine.region_place
LEFT JOIN neighbours ON neighbours.series = mine.series AND neighbours.place = mine.place
LEFT JOIN position ON position.series = mine.series AND position.place = mine.place
LEFT JOIN before ON before.series = mine.series
LEFT JOIN judged AS earlier ON earlier.series = before.earlier AND earlier.place = mine.place
