-- The newest period of a table has about as many local authorities, or integrated care boards, as
-- there are: a file cut short or a renamed headline would not.
WITH newest AS (
    SELECT source, max(period_end) AS period_end FROM observation GROUP BY source
)
SELECT
    source.id, any_value(observation.file), any_value(observation.time_period),
    concat(count(DISTINCT area_code), ' areas'),
    concat('at least ', source.least_areas),
FROM source
JOIN newest ON newest.source = source.id
JOIN observation ON observation.source = source.id AND observation.period_end = newest.period_end
JOIN area USING (area_code)
WHERE area.level IN ('local_authority', 'nhs')
GROUP BY source.id, source.least_areas
HAVING count(DISTINCT area_code) < source.least_areas
