-- A metric's indicators, in each of its groups, are ones that some source provides.
SELECT
    id, 'catalogue', concat('[', id, '] ', breakdown), 'no observation',
    concat('observations of ', numerator_indicator, ' for this group'),
FROM (SELECT *, unnest(breakdowns) AS breakdown FROM metric) AS metric
WHERE of_metric IS NULL
    AND (numerator_indicator, breakdown) NOT IN (SELECT DISTINCT (indicator, breakdown) FROM observation)
UNION ALL
SELECT
    id, 'catalogue', concat('[', id, '] denominator'), 'no observation',
    concat('observations of ', denominator_indicator),
FROM metric
WHERE denominator_indicator NOT IN (SELECT DISTINCT indicator FROM observation)
UNION ALL
SELECT id, 'catalogue', concat('[', id, ']'), 'no value', concat('values of the metric ', of_metric),
FROM metric
WHERE of_metric IS NOT NULL AND id NOT IN (SELECT metric FROM metric_value WHERE value IS NOT NULL)
