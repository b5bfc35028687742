-- One row per area, for the January of the placements: the share of plans whose placement is
-- recorded, and whether that is enough: not where it is not known, nor where the return has far
-- fewer plans than the year before.
CREATE OR REPLACE TEMP TABLE returned AS
SELECT
    area_code,
    period_end,
    round(any_value(100 * (1 - value / plans)) FILTER (is_unrecorded), 6) AS recorded,
    count(*) FILTER (is_unrecorded AND value IS NULL) = 0
        AND coalesce(recorded >= getvariable('enough'), true)
        AND coalesce(any_value(plans) >= getvariable('enough') / 100 * any_value(before), true) AS is_enough,
FROM (
    SELECT
        area_code, period_end, value, indicator = getvariable('unrecorded') AS is_unrecorded,
        max(value) FILTER (indicator = getvariable('plans')) OVER same AS plans,
        lag(if(indicator = getvariable('plans'), value, NULL)) OVER own AS before,
    FROM observation
    WHERE indicator IN (getvariable('plans'), getvariable('unrecorded')) AND breakdown = 'Total'
    WINDOW
        same AS (PARTITION BY area_code, period_end),
        own AS (PARTITION BY area_code, indicator ORDER BY period_end)
)
WHERE period_end = (SELECT max(period_end) FROM observation WHERE indicator = getvariable('placements')[1])
GROUP BY area_code, period_end;

-- One row per area: its plans by group of placements and need, in one order everywhere.
CREATE VIEW placed AS
WITH newest AS (
    SELECT *, list_position(getvariable('placements'), indicator) AS placement
    FROM observation
    WHERE list_contains(getvariable('placements'), indicator) AND breakdown != 'Total'
    QUALIFY period_end = max(period_end) OVER ()
)
SELECT
    area_code, any_value(time_period), any_value(level) = 2, any_value(is_ranked),
    any_value(recorded), coalesce(any_value(is_enough), true),
    list(value ORDER BY placement, breakdown),
FROM newest
JOIN place USING (area_code)
LEFT JOIN returned USING (area_code, period_end)
GROUP BY area_code
ORDER BY area_code;

-- One row per measure: its newest values in every local authority that is judged, or none.
CREATE VIEW measured AS
WITH judged AS (
    SELECT area_code
    FROM place
    LEFT JOIN returned USING (area_code)
    WHERE level = 2 AND is_ranked AND coalesce(is_enough, true)
),
newest AS (
    SELECT metric, breakdown, time_period, area_code, value
    FROM metric_value
    SEMI JOIN judged USING (area_code)
    WHERE list_contains(getvariable('metrics'), metric) AND value IS NOT NULL
    QUALIFY period_end = max(period_end) OVER (PARTITION BY metric, breakdown)
),
measure AS (
    SELECT metric, breakdown, any_value(time_period) AS time_period FROM newest GROUP BY ALL
)
SELECT metric, breakdown, any_value(measure.time_period), list(value ORDER BY area_code),
FROM measure
CROSS JOIN judged
LEFT JOIN newest USING (metric, breakdown, area_code)
GROUP BY metric, breakdown
ORDER BY metric, breakdown;

CREATE TABLE provision (
    area_code TEXT,
    placement TEXT,  -- the id of the metric that has its shares by need
    time_period TEXT, plans INTEGER, observed INTEGER, expected DOUBLE, ratio DOUBLE, low DOUBLE,
    high DOUBLE, is_judged BOOLEAN
);
CREATE TABLE provision_mix (
    area_code TEXT, time_period TEXT, plans INTEGER, recorded_per_cent DOUBLE,
    dissimilarity DOUBLE, by_chance DOUBLE, chance_limit DOUBLE, is_judged BOOLEAN, rank INTEGER,
    number_ranked INTEGER
);
CREATE TABLE association (
    first_metric TEXT, first_breakdown TEXT, first_time_period TEXT, second_metric TEXT,
    second_breakdown TEXT, second_time_period TEXT, areas INTEGER, rho DOUBLE, low DOUBLE,
    high DOUBLE, p DOUBLE, adjusted_p DOUBLE, tested INTEGER, pearson DOUBLE, pearson_low DOUBLE,
    pearson_high DOUBLE
);
