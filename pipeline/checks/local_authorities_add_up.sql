-- Where a publisher's local authorities add up to their region and to England, they do here too.
WITH whole AS (
    SELECT observation.*, area.name
    FROM observation
    JOIN area USING (area_code)
    WHERE area.level IN ('country', 'region')
),
part AS (
    SELECT observation.*, unnest(['E92000001', area.region_code]) AS whole_code
    FROM observation
    JOIN area USING (area_code)
    WHERE area.level = 'local_authority'
)
SELECT
    source, any_value(part.file),
    concat(indicator, ' (', breakdown, '), ', any_value(whole.time_period)),
    concat('local authorities that add up to ', sum(part.value)),
    concat(any_value(whole.name), '''s ', any_value(whole.value)),
FROM part
JOIN whole USING (source, indicator, breakdown, period_end)
JOIN (
    SELECT DISTINCT source, indicator, adds_up_within
    FROM indicator
    WHERE adds_up_within IS NOT NULL
        AND indicator NOT IN (SELECT unnest(published_indicators) FROM metric)
) AS rule USING (source, indicator)
WHERE whole.area_code = part.whole_code
GROUP BY source, indicator, breakdown, period_end, part.whole_code
HAVING bool_and(part.status = 'ok' AND whole.status = 'ok')
    -- Floating noise of a sum is not a difference.
    AND round(abs(sum(part.value) - any_value(whole.value)), 6) > any_value(rule.adds_up_within)
ORDER BY part.whole_code DESC
