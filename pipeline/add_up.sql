-- An indicator that is the sum of others: a number only where every part is one.
INSERT INTO observation BY NAME
SELECT
    any_value(source) AS source,
    any_value(file) AS file,
    total AS indicator,
    breakdown,
    any_value(area) AS area,
    any_value(area_name) AS area_name,
    area_code,
    time_period,
    period_end,
    string_agg(published, ' + ' ORDER BY part) AS published,
    if(bool_and(observation.status = 'ok'), sum(value), NULL) AS value,
    coalesce(min(observation.status) FILTER (observation.status != 'ok'), 'ok') AS status,
    nullif(string_agg(DISTINCT note, ' ' ORDER BY note), '') AS note,
FROM total
JOIN observation ON observation.indicator = total.part
GROUP BY total, breakdown, area_code, time_period, period_end
HAVING count(*) = (SELECT count(*) FROM total AS every WHERE every.total = total.total)
