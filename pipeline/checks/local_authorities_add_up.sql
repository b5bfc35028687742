-- Where a publisher's local authorities add up to their region and to England, they do here too.
WITH rule AS (
    SELECT DISTINCT source, indicator, adds_up_within
    FROM indicator
    WHERE adds_up_within IS NOT NULL
        AND indicator NOT IN (SELECT unnest(published_indicators) FROM metric)
),
held AS (
    SELECT observation.*, adds_up_within, area.name, area.level, area.region_code
    FROM observation
    JOIN rule USING (source, indicator)
    JOIN area USING (area_code)
),
in_region AS (
    SELECT
        source, indicator, breakdown, period_end, region_code,
        any_value(file) AS file, sum(value) AS value, bool_and(status = 'ok') AS is_whole,
    FROM held
    WHERE level = 'local_authority'
    GROUP BY source, indicator, breakdown, period_end, region_code
),
part AS (
    SELECT * RENAME (region_code AS area_code) FROM in_region
    UNION ALL
    SELECT
        source, indicator, breakdown, period_end, 'E92000001', any_value(file), sum(value),
        bool_and(is_whole),
    FROM in_region
    GROUP BY source, indicator, breakdown, period_end
)
SELECT
    source, part.file,
    concat(indicator, ' (', breakdown, '), ', held.time_period),
    concat('local authorities that add up to ', part.value),
    concat(held.name, '''s ', held.value),
FROM part
JOIN held USING (source, indicator, breakdown, period_end, area_code)
WHERE part.is_whole
    AND held.status = 'ok'
    -- Floating noise of a sum is not a difference.
    AND round(abs(part.value - held.value), 6) > held.adds_up_within
ORDER BY area_code DESC
