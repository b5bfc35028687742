-- An indicator has one observation for a group, an area and a time period.
SELECT
    any_value(source), string_agg(DISTINCT file, ' and '),
    concat(indicator, ' (', breakdown, '), ', any_value(area_name), ', ', time_period),
    concat(count(*), ' rows'), 'one row',
FROM observation
GROUP BY indicator, breakdown, area_code, time_period
HAVING count(*) > 1
