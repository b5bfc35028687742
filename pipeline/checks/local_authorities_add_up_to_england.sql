-- Where a publisher's local authorities add up to England, they do here too.
SELECT
    indicator.source, any_value(observation.file),
    concat(observation.indicator, ' (', observation.breakdown, '), ', observation.time_period),
    concat('local authorities that add up to ', sum(value) FILTER (area.level = 'local_authority')),
    concat('England''s ', any_value(value) FILTER (area.level = 'country')),
FROM observation
JOIN area USING (area_code)
JOIN (SELECT DISTINCT source, indicator, breakdown, adds_up_within FROM indicator) AS indicator
    ON indicator.source = observation.source
    AND indicator.indicator = observation.indicator
    AND indicator.breakdown = observation.breakdown
WHERE indicator.adds_up_within IS NOT NULL
    AND indicator.indicator NOT IN (SELECT unnest(published_indicators) FROM metric)
GROUP BY indicator.source, observation.indicator, observation.breakdown, observation.time_period
HAVING bool_and(status = 'ok')
    AND abs(
        sum(value) FILTER (area.level = 'local_authority')
        - any_value(value) FILTER (area.level = 'country')
    ) > any_value(indicator.adds_up_within)
