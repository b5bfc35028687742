-- An indicator has one observation for a group, an area and a time period.
SELECT
    any_value(source), string_agg(DISTINCT file, ' and '),
    concat(indicator, ' (', breakdown, '), ', any_value(area_name), ', ', time_period),
    concat(count(*), ' rows'), 'one row',
FROM observation
-- First only counted: naming every row would cost more than the whole of the reading.
SEMI JOIN (
    SELECT indicator, breakdown, area_code, time_period
    FROM observation
    GROUP BY ALL
    HAVING count(*) > 1
) AS twice USING (indicator, breakdown, area_code, time_period)
GROUP BY indicator, breakdown, area_code, time_period
