-- Each value beside England, its region and its statistical neighbours of the May 2025 model, with
-- its position among areas of its level and its change on the period a year before.
CREATE TABLE comparison AS
WITH before AS (
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
    -- The newest period in which the areas that are compared have values: one that is published for
    -- England and the regions alone is part of their series, and not yet the latest.
    SELECT
        metric, breakdown,
        coalesce(max(period_end) FILTER (level IN ('local_authority', 'nhs')), max(period_end))
            AS period_end,
    FROM metric_value
    JOIN area USING (area_code)
    WHERE value IS NOT NULL
    GROUP BY metric, breakdown
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
ranking AS (
    SELECT
        series, level, count(*) AS number_ranked,
        quantile_cont(badness, [0.25, 0.5, 0.75]) AS quartiles,
    FROM judged
    WHERE is_ranked
    GROUP BY series, level
),
position AS (
    SELECT
        judged.series,
        judged.place,
        rank() OVER (PARTITION BY judged.series, judged.level ORDER BY badness) AS rank,
        ranking.number_ranked,
        1 + (badness > quartiles[1])::INTEGER + (badness > quartiles[2])::INTEGER
            + (badness > quartiles[3])::INTEGER AS quartile,
    FROM judged
    JOIN ranking USING (series, level)
    WHERE is_ranked
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
    AND england.place = (SELECT place FROM place WHERE area_code = 'E92000001')
LEFT JOIN judged AS region ON region.series = mine.series AND region.place = mine.region_place
LEFT JOIN neighbours ON neighbours.series = mine.series AND neighbours.place = mine.place
LEFT JOIN position ON position.series = mine.series AND position.place = mine.place
LEFT JOIN before ON before.series = mine.series
LEFT JOIN judged AS earlier ON earlier.series = before.earlier AND earlier.place = mine.place
ORDER BY mine.series, mine.place
