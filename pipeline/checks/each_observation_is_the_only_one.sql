-- An indicator has one observation for a group, an area and a time period.
SELECT
    any_value(source), string_agg(DISTINCT file, ' and '),
    concat(indicator, ' (', breakdown, '), ', any_value(area_name), ', ', time_period),
    concat(count(*), ' rows'), 'one row',
FROM observation
-- First only a number for each: to compare the words of every row would cost as much as reading them.
WHERE hash(indicator, breakdown, area_code, time_period) IN (
    SELECT number
    FROM (SELECT hash(indicator, breakdown, area_code, time_period) AS number FROM observation)
    GROUP BY number
    HAVING count(*) > 1
)
GROUP BY indicator, breakdown, area_code, time_period
HAVING count(*) > 1
