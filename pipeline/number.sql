-- What is compared with one another (one metric and group in one period) and each area, under
-- numbers in the order of publishing: joining and sorting by them costs a third.
CREATE TABLE series AS
SELECT
    row_number() OVER (ORDER BY metric, breakdown, period_end)::INTEGER AS series,
    metric, breakdown, period_end, any_value(time_period) AS time_period,
FROM metric_value
GROUP BY metric, breakdown, period_end;

CREATE TABLE place AS
SELECT
    row_number() OVER (ORDER BY area_code)::INTEGER AS place,
    area_code, region_code,
    CASE level WHEN 'country' THEN 0 WHEN 'region' THEN 1 WHEN 'local_authority' THEN 2 ELSE 3 END
        ::TINYINT AS level,
    -- Very small populations are shown and never ranked: City of London, Isles of Scilly.
    level IN ('local_authority', 'nhs')
        AND old_la_code IS DISTINCT FROM '201'
        AND old_la_code IS DISTINCT FROM '420' AS is_ranked,
FROM area;

-- Only what a series and a place do not say: each sorted column of text costs as much as five numbers.
CREATE TABLE numbered AS
SELECT
    series, place, value, numerator, denominator, denominator_period, status, note, source_file,
    denominator_source_file
FROM metric_value
JOIN series USING (metric, breakdown, period_end)
JOIN place USING (area_code)
ORDER BY series, place;

DROP TABLE metric_value;

CREATE VIEW metric_value AS
SELECT
    metric, breakdown, area_code, time_period, period_end, value, numerator, denominator,
    denominator_period, status, note, source_file, denominator_source_file,
FROM numbered
JOIN series USING (series)
JOIN place USING (place);
