-- What a table counts in one group, it counts in all groups, for England and for each region in it,
-- in every period since it began to: publishers leave out small areas, not these. A table that has
-- regions has all nine, or eight where London stands in two parts.
WITH held AS (
    SELECT observation.*, area.name, area.level
    FROM observation
    JOIN area USING (area_code)
    WHERE area.level IN ('country', 'region')
),
wanted AS (
    SELECT *
    FROM (
        SELECT source, indicator, breakdown, min(period_end) AS begun
        FROM held
        GROUP BY source, indicator, breakdown
    )
    JOIN (
        SELECT
            source, indicator, period_end,
            any_value(time_period) AS time_period,
            any_value(file) AS file,
        FROM held
        GROUP BY source, indicator, period_end
    ) USING (source, indicator)
    JOIN (SELECT DISTINCT source, indicator, area_code, name FROM held) USING (source, indicator)
    WHERE period_end >= begun
)
SELECT
    source, file, concat(indicator, ' (', breakdown, '), ', name, ', ', time_period),
    'no row', 'one row',
FROM wanted
ANTI JOIN held USING (source, indicator, breakdown, area_code, period_end)
UNION ALL
SELECT
    source, any_value(file), time_period, concat(count(DISTINCT area_code), ' regions'),
    'nine, or all but London',
FROM held
WHERE level = 'region'
GROUP BY source, time_period
HAVING count(DISTINCT area_code) FILTER (name != 'London') < 8
