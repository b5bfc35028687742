-- A period is written in one of the forms of its kind.
SELECT
    source, file, concat(indicator, ', ', coalesce(area_name, area)),
    concat('time period ''', coalesce(time_period, ''), ''''), 'a year in a form this source uses',
FROM observation
WHERE period_end IS NULL
