-- Each area by each variable, in its newest period. The two smallest authorities have values and are
-- nobody's neighbours.
CREATE TABLE context AS
WITH published AS (
    SELECT
        metric_value.metric, metric_value.breakdown, metric_value.area_code,
        metric_value.period_end, metric_value.time_period, metric_value.value,
    FROM metric_value
    WHERE metric_value.value IS NOT NULL
        AND metric_value.metric IN (SELECT context_variable.metric FROM context_variable)
),
newest AS (
    SELECT
        metric, breakdown,
        max(period_end) AS period_end,
        arg_max(time_period, period_end) AS period,
    FROM published
    JOIN area USING (area_code)
    WHERE area.level = 'local_authority'
    GROUP BY metric, breakdown
)
SELECT
    area.area_code, variable.position::INTEGER AS position, variable.variable, variable.theme,
    variable.metric, variable.breakdown,
    if(breakdown = 'Total', metric.title, concat(metric.title, ': ', lower(breakdown))) AS title,
    metric.unit, newest.period, published.value, variable.transform,
    NULL::DOUBLE AS standardised, variable.weight, variable.reason,
FROM area
CROSS JOIN context_variable AS variable
LEFT JOIN metric ON metric.id = variable.metric
LEFT JOIN newest USING (metric, breakdown)
LEFT JOIN published USING (metric, breakdown, period_end, area_code)
WHERE area.level = 'local_authority' AND area."end" IS NULL;

-- The two smallest authorities have values and are nobody's neighbours.
CREATE VIEW context_cell AS
SELECT if(area.old_la_code IN ('201', '420'), NULL, value) AS value
FROM context
JOIN area USING (area_code)
ORDER BY position, area_code;

CREATE VIEW context_area AS SELECT DISTINCT area_code FROM context ORDER BY area_code;
